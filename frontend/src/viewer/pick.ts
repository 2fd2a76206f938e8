/** What lies under a point of the picture. */
import { type Camera, Raycaster, Vector2, type Vector3 } from 'three';
import type { Body } from './model.ts';

/** Without a search tree every triangle is tried: on larger models that would be felt at each turn of the wheel. */
const MAX_TRIANGLES = 400_000;

/** The nearest point of a surface under (x, y), each from -1 to 1, in the frame that the camera stands in. */
export function pick(bodies: Body[], triangles: number, camera: Camera, x: number, y: number): Vector3 | null {
  if (triangles > MAX_TRIANGLES) return null;
  const ray = new Raycaster();
  ray.setFromCamera(new Vector2(x, y), camera);
  const hits = ray.intersectObjects(bodies.map(({ mesh }) => mesh), false);
  return hits[0]?.point ?? null;
}
