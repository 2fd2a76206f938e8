/** Paints faces in the accent colour: what shows of them plainly, what lies behind other material faintly. */
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  GreaterDepth,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Object3D,
  Vector3,
} from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { brepEdges } from './edges.ts';
import { type Body, trianglesOf } from './model.ts';

const BEHIND_OPACITY = 0.36;
const OUTLINE_WIDTH = 2.4;
const OUTLINE_BEHIND_WIDTH = 1.4;
const OUTLINE_BEHIND_OPACITY = 0.6;
/** Enough points of what is lit to frame it. */
const POINTS = 2000;

interface Overlay {
  faces: BufferGeometry;
  outline: LineSegmentsGeometry | null;
}

export class Lights {
  #plain = new MeshStandardMaterial({ metalness: 0, roughness: 0.6, emissiveIntensity: 0.4, side: DoubleSide });
  #behind = new MeshBasicMaterial({ transparent: true, opacity: BEHIND_OPACITY, depthFunc: GreaterDepth, depthWrite: false, side: DoubleSide, toneMapped: false });
  #outline = new LineMaterial({ linewidth: OUTLINE_WIDTH, toneMapped: false });
  #outlineBehind = new LineMaterial({ linewidth: OUTLINE_BEHIND_WIDTH, transparent: true, opacity: OUTLINE_BEHIND_OPACITY, depthTest: false, toneMapped: false });
  #overlays = new Map<BufferGeometry, Overlay | null>();
  #objects: { object: Object3D; body: Body }[] = [];

  /** Whether any face is lit. */
  get on(): boolean {
    return this.#objects.length > 0;
  }

  paint(accent: string): void {
    this.#plain.color.set(accent);
    this.#plain.emissive.set(accent);
    for (const material of [this.#behind, this.#outline, this.#outlineBehind]) material.color.set(accent);
  }

  /** Lights these faces in every instance, in the place of those lit before. */
  light(bodies: Body[], ids: ReadonlySet<number>): void {
    this.clear();
    for (const body of bodies) {
      const { geometry } = body.mesh;
      if (!this.#overlays.has(geometry)) this.#overlays.set(geometry, overlay(body, ids));
      const made = this.#overlays.get(geometry);
      if (made) this.#attach(body, made);
    }
  }

  /** Leaves out what is lit on some bodies. */
  hide(hidden: (body: Body) => boolean): void {
    for (const { object, body } of this.#objects) object.visible = !hidden(body);
  }

  /** Points on the lit faces, in the frame that `root` stands in. */
  points(): Vector3[] {
    const meshes = this.#objects.flatMap(({ object }) => (object instanceof Mesh && object.material === this.#plain ? [object as Mesh] : []));
    const corners = meshes.reduce((sum, { geometry }) => sum + geometry.index!.count, 0);
    const stride = Math.max(1, Math.floor(corners / POINTS));
    const found: Vector3[] = [];
    for (const { geometry, matrixWorld } of meshes)
      for (let corner = 0; corner < geometry.index!.count; corner += stride) {
        const at = new Vector3().fromBufferAttribute(geometry.attributes.position!, geometry.index!.getX(corner));
        found.push(at.applyMatrix4(matrixWorld));
      }
    return found;
  }

  clear(): void {
    for (const { object } of this.#objects) object.removeFromParent();
    for (const made of this.#overlays.values()) {
      if (!made) continue;
      // The points belong to the model's geometry, which goes on showing them.
      made.faces.deleteAttribute('position').deleteAttribute('normal').dispose();
      made.outline?.dispose();
    }
    this.#overlays.clear();
    this.#objects = [];
  }

  dispose(): void {
    this.clear();
    for (const material of [this.#plain, this.#behind, this.#outline, this.#outlineBehind]) material.dispose();
  }

  #attach(body: Body, { faces, outline }: Overlay): void {
    const objects: Object3D[] = [new Mesh(faces, this.#plain), new Mesh(faces, this.#behind)];
    if (outline) objects.push(new LineSegments2(outline, this.#outline), new LineSegments2(outline, this.#outlineBehind));
    for (const object of objects) {
      body.mesh.add(object);
      object.updateMatrixWorld(true);
      this.#objects.push({ object, body });
    }
  }
}

/** The triangles of some of a body's faces, and what borders them; `null` when it has none of them. */
function overlay({ mesh: { geometry }, faces }: Body, ids: ReadonlySet<number>): Overlay | null {
  if (!faces) return null;
  const here = new Set<number>();
  for (const id of ids) if (id >= faces.first && id < faces.first + faces.count) here.add(id - faces.first);
  if (here.size === 0) return null;
  const all = trianglesOf(geometry);
  const indices: number[] = [];
  const faceIds: number[] = [];
  for (let triangle = 0; triangle < faces.ids.length; triangle++) {
    const face = faces.ids[triangle]!;
    if (!here.has(face)) continue;
    indices.push(all.indices[triangle * 3]!, all.indices[triangle * 3 + 1]!, all.indices[triangle * 3 + 2]!);
    faceIds.push(face);
  }
  const lit = new BufferGeometry();
  lit.setAttribute('position', geometry.attributes.position!);
  if (geometry.attributes.normal) lit.setAttribute('normal', geometry.attributes.normal);
  lit.setIndex(new BufferAttribute(Uint32Array.from(indices), 1));
  lit.boundingSphere = geometry.boundingSphere;
  const [edges] = brepEdges([{ ...all, indices, faceIds, surfaces: faces.surfaces }]);
  const outline = edges && edges.sharp.length > 0 ? new LineSegmentsGeometry().setPositions(edges.sharp) : null;
  return { faces: lit, outline };
}
