/** The standard views, as angles of a camera that circles the part. */

export type ViewName = 'front' | 'rear' | 'left' | 'right' | 'top' | 'bottom' | 'iso';

/** Radians. `azimuth` turns from the front (CAD's -Y) to the right (+X); `polar` goes from straight above (0) to below (π). */
export interface Direction {
  azimuth: number;
  polar: number;
}

export interface View extends Direction {
  /** Drawn without perspective, as a drawing is: a hole shows its rim, not its wall. */
  flat: boolean;
}

const RIGHT_ANGLE = Math.PI / 2;

export const VIEWS: Record<ViewName, View> = {
  front: { azimuth: 0, polar: RIGHT_ANGLE, flat: true },
  rear: { azimuth: Math.PI, polar: RIGHT_ANGLE, flat: true },
  left: { azimuth: -RIGHT_ANGLE, polar: RIGHT_ANGLE, flat: true },
  right: { azimuth: RIGHT_ANGLE, polar: RIGHT_ANGLE, flat: true },
  top: { azimuth: 0, polar: 0, flat: true },
  bottom: { azimuth: 0, polar: Math.PI, flat: true },
  // All three faces of a cube at the same size, seen from the front, right and above.
  iso: { azimuth: Math.PI / 4, polar: Math.acos(1 / Math.sqrt(3)), flat: false },
};

/** In the order of the keys 1 to 7. */
export const VIEW_NAMES: readonly ViewName[] = ['front', 'rear', 'left', 'right', 'top', 'bottom', 'iso'];

/** `azimuth` plus whole turns, as close to `from` as it gets: a camera goes the short way round. */
export function nearestTurn(azimuth: number, from: number): number {
  const turn = 2 * Math.PI;
  return azimuth + turn * Math.round((from - azimuth) / turn);
}
