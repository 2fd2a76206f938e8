import { Box3, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { cadSizeMm, formatMm, metresToMm, mmToInch } from './units.ts';

describe('lengths', () => {
  it('come in metres and are told in millimetres or inches', () => {
    expect(metresToMm(0.00635)).toBeCloseTo(6.35, 9);
    expect(mmToInch(metresToMm(0.0254))).toBeCloseTo(1, 9);
  });

  it("are told along the CAD system's axes: its Z is the model's Y", () => {
    const box = new Box3(new Vector3(0, 0, -0.45), new Vector3(0.8, 0.15, 0));
    expect(cadSizeMm(box)).toEqual({ x: 800, y: 450, z: 150 });
  });

  it('lose the noise of single precision', () => {
    const noisy = new Box3(new Vector3(), new Vector3(0.80000001192, 0.15000000223, 0.0349249988));
    expect(cadSizeMm(noisy)).toEqual({ x: 800, y: 34.925, z: 150 });
  });

  it.each([
    [0.0451, '0.045 mm'],
    [6.35, '6.35 mm'],
    [6, '6 mm'],
    [120.46, '120.5 mm'],
    [100000, '100,000 mm'],
  ])('%s reads %s', (mm, text) => {
    expect(formatMm(mm, 'en')).toBe(text);
  });
});
