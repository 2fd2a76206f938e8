/** Draws the edges of a model: lines of an even width on screen, in a darker tone of the face they border. */
import type { Color, Object3D } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { brepEdges, creaseEdges, type Edges } from './edges.ts';
import { type Body, trianglesOf } from './model.ts';
import { edgeColour } from './theme.ts';

/** CSS pixels. */
const SHARP_WIDTH = 1.35;
const TANGENT_WIDTH = 1;
const TANGENT_OPACITY = 0.32;
/** A mesh without faces is a scan or a generated model; on large ones edges cost much and show little. */
const MAX_CREASE_TRIANGLES = 200_000;
/** The longest stretch of work between two chances for the page to answer its user, milliseconds. */
const SLICE = 12;

interface LinePair {
  sharp: LineSegmentsGeometry | null;
  tangent: LineSegmentsGeometry | null;
}

function byOwner(bodies: Body[]): Iterable<Body[]> {
  const parts = new Map<Object3D, Body[]>();
  for (const body of bodies) parts.set(body.owner, [...(parts.get(body.owner) ?? []), body]);
  return parts.values();
}

/** One part's edges for each of its bodies. */
function partEdges(bodies: Body[]): Edges[] {
  const groups = bodies.map(({ mesh, faces }) => ({ triangles: trianglesOf(mesh.geometry), faces }));
  if (groups.every(({ faces }) => faces !== null))
    return brepEdges(groups.map(({ triangles, faces }) => ({ ...triangles, faceIds: faces!.ids, surfaces: faces!.surfaces })));
  return groups.map(({ triangles }) =>
    triangles.indices.length / 3 > MAX_CREASE_TRIANGLES
      ? { sharp: new Float32Array(), tangent: new Float32Array() }
      : creaseEdges(triangles),
  );
}

function linePair({ sharp, tangent }: Edges): LinePair {
  const lines = (segments: Float32Array): LineSegmentsGeometry | null =>
    segments.length === 0 ? null : new LineSegmentsGeometry().setPositions(segments);
  return { sharp: lines(sharp), tangent: lines(tangent) };
}

export class EdgeLines {
  #lines: { line: LineSegments2; body: Body }[] = [];
  #materials = new Map<string, LineMaterial>();
  #visible = true;
  #hidden: (body: Body) => boolean = () => false;

  /**
   * Adds the edges of every part to its meshes, in slices of some milliseconds; parts that share their geometry share
   * their lines. Stops, without an error, when `stopped` says so.
   */
  async add(bodies: Body[], stopped: () => boolean): Promise<void> {
    const known = new Map<string, LinePair[]>();
    let started = performance.now();
    for (const part of byOwner(bodies)) {
      const key = part.map(({ mesh }) => mesh.geometry.uuid).join();
      if (!known.has(key)) known.set(key, partEdges(part).map(linePair));
      known.get(key)!.forEach((pair, index) => this.#attach(part[index]!, pair));
      if (performance.now() - started < SLICE) continue;
      await new Promise((resume) => setTimeout(resume));
      if (stopped()) return;
      started = performance.now();
    }
  }

  show(visible: boolean): void {
    this.#visible = visible;
    this.#apply();
  }

  /** Hides the edges of some bodies, whatever `show` says. */
  hide(hidden: (body: Body) => boolean): void {
    this.#hidden = hidden;
    this.#apply();
  }

  /** Takes up the colours of the faces again, after they changed. */
  repaint(): void {
    for (const { line, body } of this.#lines)
      line.material = this.#material(body.material.color, line.material.transparent);
  }

  /** Lets go of the model's lines; their geometry is freed with the model they hang on. */
  clear(): void {
    for (const material of this.#materials.values()) material.dispose();
    this.#materials.clear();
    this.#lines = [];
  }

  #apply(): void {
    for (const { line, body } of this.#lines) line.visible = this.#visible && !this.#hidden(body);
  }

  #attach(body: Body, { sharp, tangent }: LinePair): void {
    for (const [geometry, soft] of [[sharp, false], [tangent, true]] as const) {
      if (!geometry) continue;
      const line = new LineSegments2(geometry, this.#material(body.material.color, soft));
      line.visible = this.#visible && !this.#hidden(body);
      body.mesh.add(line);
      this.#lines.push({ line, body });
    }
  }

  #material(face: Color, soft: boolean): LineMaterial {
    const colour = edgeColour(face);
    const key = `${colour.getHexString()}${soft}`;
    let material = this.#materials.get(key);
    if (!material) {
      material = new LineMaterial({ linewidth: soft ? TANGENT_WIDTH : SHARP_WIDTH, transparent: soft, toneMapped: false });
      material.color.copy(colour);
      material.opacity = soft ? TANGENT_OPACITY : 1;
      this.#materials.set(key, material);
    }
    return material;
  }
}
