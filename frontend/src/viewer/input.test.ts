import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { handle, pinch, pressKey } from './input.ts';
import { Lifetime } from './lifetime.ts';
import { Rig } from './rig.ts';
import { VIEWS } from './views.ts';

function rigAtRest(): Rig {
  const rig = new Rig();
  rig.frame([new Vector3(-1, 0, 0), new Vector3(1, 0, 0)]);
  return rig;
}

describe('keys', () => {
  it('shows the standard views on 1 to 7', () => {
    const rig = rigAtRest();
    const order = ['front', 'rear', 'left', 'right', 'top', 'bottom', 'iso'] as const;
    order.forEach((view, index) => {
      expect(pressKey(rig, String(index + 1), false)).toBe(true);
      expect(rig.goal.polar).toBeCloseTo(VIEWS[view].polar, 9);
      expect(Math.cos(rig.goal.azimuth)).toBeCloseTo(Math.cos(VIEWS[view].azimuth), 9);
    });
  });

  it('turns with arrows, pans with Shift and arrows, zooms with + and -, fits with F', () => {
    const rig = rigAtRest();
    const fit = { ...rig.goal };
    pressKey(rig, 'ArrowRight', false);
    expect(rig.goal.azimuth).toBeGreaterThan(fit.azimuth);
    pressKey(rig, 'ArrowUp', false);
    expect(rig.goal.polar).toBeLessThan(fit.polar);
    pressKey(rig, 'ArrowLeft', true);
    expect(rig.goal.target.length()).toBeGreaterThan(0);
    pressKey(rig, '+', false);
    expect(rig.goal.span).toBeLessThan(fit.span);
    expect(rig.fitted).toBe(false);
    pressKey(rig, 'f', false);
    expect(rig.fitted).toBe(true);
  });

  it.each(['0', '8', 'a', 'Tab', 'Escape', ' '])('leaves %j to the page', (key) => {
    expect(pressKey(rigAtRest(), key, false)).toBe(false);
  });
});

describe('two fingers', () => {
  it('bring the part closer as they part, around their middle', () => {
    const moved = pinch([{ x: 100, y: 100 }, { x: 200, y: 100 }], [{ x: 80, y: 120 }, { x: 280, y: 120 }]);
    expect(moved).toEqual({ from: { x: 150, y: 100 }, to: { x: 180, y: 120 }, factor: 0.5 });
  });

  it('stay harmless when they meet', () => {
    const { factor } = pinch([{ x: 5, y: 5 }, { x: 5, y: 5 }], [{ x: 5, y: 5 }, { x: 5, y: 5 }]);
    expect(factor).toBe(1);
  });
});

describe('hands on the canvas', () => {
  const press = (canvas: HTMLCanvasElement, init: KeyboardEventInit): boolean =>
    canvas.dispatchEvent(new KeyboardEvent('keydown', { cancelable: true, ...init }));

  it('takes its own keys, leaves shortcuts to the page, and lets go at the end', () => {
    const canvas = document.createElement('canvas');
    const life = new Lifetime();
    let moves = 0;
    handle(canvas, rigAtRest(), life, { moved: () => moves++, pick: () => null, tapped: () => {}, rests: () => {} });
    expect(press(canvas, { key: 'ArrowLeft' })).toBe(false);
    expect(press(canvas, { key: 'f', ctrlKey: true })).toBe(true);
    expect(moves).toBe(1);
    life.end();
    expect(press(canvas, { key: 'ArrowLeft' })).toBe(true);
    expect(moves).toBe(1);
  });

  it('tells a tap from a drag, and a long press from both', () => {
    const canvas = document.createElement('canvas');
    canvas.setPointerCapture = () => {};
    canvas.getBoundingClientRect = () => new DOMRect(0, 0, 200, 100);
    const life = new Lifetime();
    const taps: number[][] = [];
    handle(canvas, rigAtRest(), life, { moved: () => {}, pick: () => null, tapped: (x, y) => taps.push([x, y]), rests: () => {} });
    const pointer = (type: string, clientX: number, timeStamp: number): void => {
      const event = new PointerEvent(type, { pointerId: 1, clientX, clientY: 25, button: 0 });
      Object.defineProperty(event, 'timeStamp', { value: timeStamp });
      canvas.dispatchEvent(event);
    };
    const pressed = (from: number, to: number, lasting: number): void => {
      pointer('pointerdown', from, 1000);
      if (to !== from) pointer('pointermove', to, 1000 + lasting / 2);
      pointer('pointerup', to, 1000 + lasting);
    };
    pressed(150, 152, 120);
    pressed(150, 190, 120);
    pressed(150, 150, 2000);
    expect(taps).toEqual([[0.52, 0.5]]);
    life.end();
  });
});
