/** The exact surfaces behind a mesh's triangles, as cascadio writes them into a GLB (extension `TM_brep_faces`). */

type Vec3 = [number, number, number];

/** One face's surface in metres, in its mesh's own frame; `null` in a face list stands for a free-form surface. */
export type Surface =
  | { type: 'plane'; origin: Vec3; normal: Vec3 }
  | { type: 'cylinder'; origin: Vec3; axis: Vec3; radius: number }
  | { type: 'cone'; apex: Vec3; axis: Vec3; semi_angle: number; ref_radius: number }
  | { type: 'sphere'; center: Vec3; radius: number }
  | { type: 'torus'; center: Vec3; axis: Vec3; major_radius: number; minor_radius: number };

export interface BrepFacesExtension {
  /** Index of the accessor with a face number for each triangle. */
  faceIndices: number;
  faces: (Surface | null)[];
}

const RELATIVE = 1e-4;
const close = (a: number, b: number): boolean => Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const parallel = (a: Vec3, b: Vec3): boolean => Math.abs(dot(a, b)) > 1 - RELATIVE;
const near = (a: Vec3, b: Vec3, size: number): boolean =>
  Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) <= RELATIVE * size;

/**
 * Whether two faces that meet smoothly along an edge lie on one surface, as the two halves of a bore do.
 * Since they touch with equal normals, equal form is enough for most; a torus could still bend the other way.
 */
export function isSameSurface(a: Surface | null | undefined, b: Surface | null | undefined): boolean {
  if (!a || !b) return false;
  if (a.type === 'plane') return b.type === 'plane';
  if (a.type === 'cylinder') return b.type === 'cylinder' && close(a.radius, b.radius) && parallel(a.axis, b.axis);
  if (a.type === 'cone') return b.type === 'cone' && close(a.semi_angle, b.semi_angle) && parallel(a.axis, b.axis);
  if (a.type === 'sphere') return b.type === 'sphere' && close(a.radius, b.radius);
  return (
    b.type === 'torus' &&
    close(a.major_radius, b.major_radius) &&
    close(a.minor_radius, b.minor_radius) &&
    near(a.center, b.center, a.major_radius)
  );
}
