/** What lies under a point of the picture. */
import { type Camera, Raycaster, Vector2, type Vector3 } from 'three';
import type { Body } from './model.ts';
import type { Surface } from './surfaces.ts';

/** Without a search tree every triangle is tried: on larger models that would be felt at each move of the mouse. */
export const MAX_QUICK_TRIANGLES = 400_000;

export interface Hit {
  /** In the frame that the camera stands in. */
  point: Vector3;
  body: Body;
  triangle: number;
}

/** One face of the part. */
export interface PickedFace {
  /** Its number, counted from 1 through the whole file. */
  id: number;
  /** Its exact surface, where the file has it. */
  surface: Surface | null;
  /** The number of the product that it belongs to. */
  product: number | null;
}

const ray = new Raycaster();
const place = new Vector2();

/** The nearest surface under (x, y), each from -1 to 1. */
export function pick(bodies: Body[], camera: Camera, x: number, y: number): Hit | null {
  ray.setFromCamera(place.set(x, y), camera);
  let nearest: Hit | null = null;
  let distance = Infinity;
  for (const body of bodies) {
    const hit = ray.intersectObject(body.mesh, false)[0];
    if (!hit || hit.distance >= distance) continue;
    distance = hit.distance;
    nearest = { point: hit.point, body, triangle: hit.faceIndex ?? 0 };
  }
  return nearest;
}

/** The face that was hit; `null` when the file knows no faces. */
export function faceOf({ body: { faces, products }, triangle }: Hit): PickedFace | null {
  if (!faces) return null;
  const face = faces.ids[triangle]!;
  return { id: faces.first + face, surface: faces.surfaces[face] ?? null, product: products[0] ?? null };
}
