/** Lengths: a GLB speaks metres with Y up, people speak millimetres (or inches) with Z up as their CAD does. */
import type { Box3 } from 'three';

export const MM_PER_METRE = 1000;
export const MM_PER_INCH = 25.4;

/** The overall size in millimetres along the axes of the CAD system (Z up). */
export interface SizeMm {
  x: number;
  y: number;
  z: number;
}

export const metresToMm = (metres: number): number => metres * MM_PER_METRE;
export const mmToInch = (mm: number): number => mm / MM_PER_INCH;

/** A GLB's numbers are single precision: digits beyond the seventh are noise. */
const withoutNoise = (value: number): number => Number(value.toPrecision(7));

/** The size of a box given in metres, Y up. CAD's Z is the GLB's Y, CAD's Y is the GLB's -Z. */
export function cadSizeMm({ min, max }: Box3): SizeMm {
  return {
    x: withoutNoise(metresToMm(max.x - min.x)),
    y: withoutNoise(metresToMm(max.z - min.z)),
    z: withoutNoise(metresToMm(max.y - min.y)),
  };
}

/** A length as people write it: 0.125 mm, 6.35 mm, 120.5 mm, 1,250 mm; never more digits than a drawing would give. */
export function formatMm(mm: number, locale?: string): string {
  const digits = mm < 1 ? 3 : mm < 100 ? 2 : mm < 1000 ? 1 : 0;
  return `${mm.toLocaleString(locale, { maximumFractionDigits: digits })} mm`;
}
