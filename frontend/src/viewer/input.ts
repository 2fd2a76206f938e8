/** Hands on the model: mouse, touch, pen, wheel and keys, turned into moves of the rig. */
import type { Vector3 } from 'three';
import type { Lifetime } from './lifetime.ts';
import type { Rig } from './rig.ts';
import { VIEW_NAMES, VIEWS } from './views.ts';

/** Half a turn for a drag across the shorter side. */
const TURN_PER_DRAG = Math.PI;
const KEY_TURN = Math.PI / 12;
const KEY_PAN = 0.12;
const KEY_ZOOM = 1.25;
const WHEEL_ZOOM = 0.0016;
const PIXELS_PER_LINE = 16;
const MAX_WHEEL = 240;
/** Turns of the wheel further apart than this (milliseconds) aim anew. */
const WHEEL_PAUSE = 250;
const MIDDLE_OR_RIGHT = [1, 2];
/** A press that stays within this many pixels and milliseconds is a tap. */
const TAP_REACH = 5;
const TAP_TIME = 600;
/** The mouse rests when it has not moved for so long (milliseconds). */
const REST = 60;

interface Point {
  x: number;
  y: number;
}

/** What two fingers do between two events: where they were and are (pixels), and how much closer they brought the part. */
export function pinch(before: [Point, Point], after: [Point, Point]): { from: Point; to: Point; factor: number } {
  const middle = ([a, b]: [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const spread = ([a, b]: [Point, Point]): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  return { from: middle(before), to: middle(after), factor: spread(before) / spread(after) };
}

/** Does what a key stands for; tells whether it stood for anything. */
export function pressKey(rig: Rig, key: string, shift: boolean): boolean {
  const move = (x: number, y: number): void =>
    shift ? rig.pan(x * KEY_PAN, y * KEY_PAN) : rig.orbit(x * KEY_TURN, -y * KEY_TURN);
  const view = VIEW_NAMES[Number(key) - 1];
  if (view) rig.look(VIEWS[view]);
  else if (key === 'ArrowLeft') move(-1, 0);
  else if (key === 'ArrowRight') move(1, 0);
  else if (key === 'ArrowUp') move(0, 1);
  else if (key === 'ArrowDown') move(0, -1);
  else if (key === '+' || key === '=') rig.zoom(1 / KEY_ZOOM);
  else if (key === '-' || key === '_') rig.zoom(KEY_ZOOM);
  else if (key === 'f' || key === 'F' || key === 'Home') rig.fit();
  else return false;
  return true;
}

export interface Hands {
  /** Called after each move. */
  moved(): void;
  /** The point of the part under (x, y) of the picture, each from -1 to 1. */
  pick(x: number, y: number): Vector3 | null;
  /** A press without a drag at (x, y) of the picture. */
  tapped(x: number, y: number): void;
  /** The mouse rests over (x, y) of the picture; `null` when it moves on, drags or leaves. */
  rests(at: Point | null): void;
}

/** Listens on the canvas for as long as `life` lasts. */
export function handle(canvas: HTMLCanvasElement, rig: Rig, life: Lifetime, { moved, pick, tapped, rests }: Hands): void {
  const fingers = new Map<number, Point>();
  let pans = false;
  let lastWheel = -Infinity;
  let press: (Point & { time: number }) | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const place = (event: { clientX: number; clientY: number }): Point => ({ x: event.clientX, y: event.clientY });
  /** Pixels to the picture plane, -1 to 1. */
  const onPlane = ({ x, y }: Point): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: ((x - box.left) / box.width) * 2 - 1, y: 1 - ((y - box.top) / box.height) * 2 };
  };
  const panBy = (from: Point, to: Point): void => {
    const [a, b] = [onPlane(from), onPlane(to)];
    rig.pan(b.x - a.x, b.y - a.y);
  };
  const orbitBy = (from: Point, to: Point): void => {
    const perPixel = TURN_PER_DRAG / Math.min(canvas.clientWidth, canvas.clientHeight);
    rig.orbit((from.x - to.x) * perPixel, (from.y - to.y) * perPixel);
  };

  const aimAt = ({ x, y }: Point): void => {
    const point = pick(x, y);
    if (point) rig.aim(point);
  };

  const drag = (event: PointerEvent): void => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    const to = place(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, to);
    if (other) {
      const two = pinch([from, other], [to, other]);
      panBy(two.from, two.to);
      const { x, y } = onPlane(two.to);
      rig.zoom(two.factor, x, y);
    } else if (pans || event.shiftKey) panBy(from, to);
    else orbitBy(from, to);
    moved();
  };

  const leaveRest = (): void => {
    clearTimeout(rest);
    rests(null);
  };
  life.add(() => clearTimeout(rest));

  life.listen(canvas, 'pointerdown', (event) => {
    leaveRest();
    press = fingers.size === 0 && event.button === 0 ? { ...place(event), time: event.timeStamp } : null;
    if (fingers.size >= 2) return;
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    const [first, second] = [...fingers.values()];
    if (first && second) aimAt(onPlane(pinch([first, second], [first, second]).from));
    pans = MIDDLE_OR_RIGHT.includes(event.button);
    canvas.style.cursor = 'grabbing';
    if (event.button === 1) event.preventDefault(); // no scroll-anywhere mark
  });
  life.listen(canvas, 'pointermove', (event) => {
    drag(event);
    if (event.pointerType !== 'mouse') return;
    leaveRest();
    if (fingers.size === 0) rest = setTimeout(() => rests(onPlane(place(event))), REST);
  });
  life.listen(canvas, 'pointerleave', leaveRest);
  life.listen(canvas, 'pointerup', (event) => {
    const held = press;
    press = null;
    if (!held || fingers.size !== 1 || event.timeStamp - held.time > TAP_TIME) return;
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > TAP_REACH) return;
    const { x, y } = onPlane(place(event));
    tapped(x, y);
  });
  const release = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    if (fingers.size === 0) canvas.style.cursor = 'grab';
  };
  life.listen(canvas, 'pointerup', release);
  life.listen(canvas, 'pointercancel', release);
  life.listen(canvas, 'lostpointercapture', release);
  life.listen(canvas, 'contextmenu', (event) => event.preventDefault());

  life.listen(
    canvas,
    'wheel',
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * PIXELS_PER_LINE;
      // A pinch on a trackpad comes as a wheel with small steps and Ctrl held.
      const travel = Math.max(-MAX_WHEEL, Math.min(MAX_WHEEL, event.ctrlKey ? pixels * 6 : pixels));
      const { x, y } = onPlane(place(event));
      if (event.timeStamp - lastWheel > WHEEL_PAUSE) aimAt({ x, y });
      lastWheel = event.timeStamp;
      rig.zoom(Math.exp(travel * WHEEL_ZOOM), x, y);
      moved();
    },
    { passive: false },
  );
  life.listen(canvas, 'dblclick', () => {
    rig.fit();
    moved();
  });
  life.listen(canvas, 'keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !pressKey(rig, event.key, event.shiftKey)) return;
    event.preventDefault();
    moved();
  });
}
