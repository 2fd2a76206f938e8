/** Shapes with known edges for the tests, built the way a kernel's export is: every face with vertices of its own. */
import type { FacedTriangles } from './edges.ts';
import type { Surface } from './surfaces.ts';

type Point = [number, number, number];

/** Collects faces, each with its own vertices, normals and surface. */
export class FaceBuilder {
  positions: number[] = [];
  normals: number[] = [];
  indices: number[] = [];
  faceIds: number[] = [];
  surfaces: (Surface | null)[] = [];

  /** A strip between two rows of points, `normals` one for each column. */
  strip(from: Point[], to: Point[], normals: Point[], surface: Surface | null = null): this {
    const first = this.positions.length / 3;
    const face = this.surfaces.push(surface) - 1;
    from.forEach((point, column) => {
      this.positions.push(...point, ...to[column]!);
      this.normals.push(...normals[column]!, ...normals[column]!);
      if (column === 0) return;
      const at = first + column * 2;
      this.indices.push(at - 2, at, at - 1, at - 1, at, at + 1);
      this.faceIds.push(face, face);
    });
    return this;
  }

  build(): FacedTriangles {
    return {
      positions: Float32Array.from(this.positions),
      normals: Float32Array.from(this.normals),
      indices: Uint32Array.from(this.indices),
      faceIds: Uint32Array.from(this.faceIds),
      surfaces: this.surfaces,
    };
  }
}

/** A box from the origin: 6 faces, 24 vertices, 12 triangles. `faces` picks some of them. */
export function box(x: number, y: number, z: number, faces = [0, 1, 2, 3, 4, 5]): FacedTriangles {
  const builder = new FaceBuilder();
  const size: Point = [x, y, z];
  for (const face of faces) {
    const axis = face >> 1;
    const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
    const outward = face & 1;
    const corner = (alongU: number, alongV: number): Point => {
      const point: Point = [0, 0, 0];
      point[axis] = outward * size[axis]!;
      point[u] = alongU * size[u]!;
      point[v] = alongV * size[v]!;
      return point;
    };
    const normal: Point = [0, 0, 0];
    normal[axis] = outward ? 1 : -1;
    const rows: [Point[], Point[]] = [[corner(0, 0), corner(1, 0)], [corner(0, 1), corner(1, 1)]];
    const [from, to] = outward ? rows : [rows[1], rows[0]];
    builder.strip(from, to, [normal, normal], { type: 'plane', origin: corner(0, 0), normal });
  }
  return builder.build();
}

/** A cylinder along Z whose wall is cut into `pieces` faces; each circle has `segments` segments. */
export function cylinder(radius: number, height: number, segments: number, pieces = 1): FacedTriangles {
  const builder = new FaceBuilder();
  const surface: Surface = { type: 'cylinder', origin: [0, 0, 0], axis: [0, 0, 1], radius };
  const direction = (step: number): Point => {
    const angle = (2 * Math.PI * (step % segments)) / segments;
    return [Math.cos(angle), Math.sin(angle), 0];
  };
  const rim = (step: number, z: number): Point => {
    const [x, y] = direction(step);
    return [x * radius, y * radius, z];
  };
  for (let piece = 0; piece < pieces; piece++) {
    const [first, last] = [piece * (segments / pieces), (piece + 1) * (segments / pieces)];
    const steps = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    builder.strip(
      steps.map((step) => rim(step, 0)),
      steps.map((step) => rim(step, height)),
      steps.map(direction),
      surface,
    );
  }
  const around = Array.from({ length: segments + 1 }, (_, step) => step);
  for (const [z, nz] of [[0, -1], [height, 1]] as const) {
    const middle = around.map((): Point => [0, 0, z]);
    const edge = around.map((step) => rim(step, z));
    const [from, to] = nz === 1 ? [edge, middle] : [middle, edge];
    builder.strip(from, to, around.map((): Point => [0, 0, nz]), { type: 'plane', origin: [0, 0, z], normal: [0, 0, nz] });
  }
  return builder.build();
}

export interface TestPrimitive {
  triangles: FacedTriangles;
  colour?: [number, number, number, number];
  /** The face list to write, when it is to differ from the true one; `null` for none. */
  faceIds?: ArrayLike<number> | null;
  /** 0 writes points instead of triangles. */
  mode?: number;
  extras?: object;
}

export interface TestMesh {
  name: string;
  primitives: TestPrimitive[];
  extras?: object;
  /** One instance each: how far it is moved along X. One that is not moved by default. */
  instances?: number[];
}

/** A primitive's extras as the server numbers its faces. */
export function numbered(firstFace: number, { faceIds }: FacedTriangles): object {
  const ids = [...(faceIds as Uint32Array)];
  return { firstFace, starts: ids.flatMap((face, triangle) => (face === ids[triangle - 1] ? [] : [triangle])) };
}

/** A GLB as cascadio writes it: one node an instance, faces in `TM_brep_faces`. `plain` leaves the extension out. */
export function glb(meshes: TestMesh[], { plain = false } = {}): ArrayBuffer {
  const chunks: Uint8Array[] = [];
  const bufferViews: object[] = [];
  const accessors: object[] = [];
  let offset = 0;
  const accessor = (values: ArrayLike<number>, type: 'VEC3' | 'SCALAR'): number => {
    const bytes = type === 'VEC3' ? Float32Array.from(values) : Uint32Array.from(values);
    chunks.push(new Uint8Array(bytes.buffer));
    bufferViews.push({ buffer: 0, byteOffset: offset, byteLength: bytes.byteLength });
    offset += bytes.byteLength;
    const count = type === 'VEC3' ? values.length / 3 : values.length;
    const along = (axis: number): number[] => Array.from({ length: count }, (_, i) => values[i * 3 + axis]!);
    const bounds = type === 'VEC3' && { min: [0, 1, 2].map((axis) => Math.min(...along(axis))), max: [0, 1, 2].map((axis) => Math.max(...along(axis))) };
    return accessors.push({ bufferView: bufferViews.length - 1, componentType: type === 'VEC3' ? 5126 : 5125, count, type, ...bounds }) - 1;
  };
  const materials: object[] = [];
  const primitive = ({ triangles, colour, faceIds, extras, mode = 4 }: TestPrimitive): object => ({
    mode,
    ...(extras && { extras }),
    attributes: { POSITION: accessor(triangles.positions, 'VEC3'), NORMAL: accessor(triangles.normals!, 'VEC3') },
    indices: accessor(triangles.indices, 'SCALAR'),
    ...(colour && { material: materials.push({ pbrMetallicRoughness: { baseColorFactor: colour } }) - 1 }),
    ...(!plain && faceIds !== null && {
      extensions: {
        TM_brep_faces: { faceIndices: accessor(faceIds ?? triangles.faceIds, 'SCALAR'), faces: triangles.surfaces },
      },
    }),
  });
  const written = meshes.map(({ name, extras, primitives }) => ({ name, ...(extras && { extras }), primitives: primitives.map(primitive) }));
  const nodes = meshes.flatMap(({ name, instances = [0] }, mesh) => instances.map((x) => ({ name, mesh, translation: [x, 0, 0] })));
  const document = {
    asset: { version: '2.0' },
    ...(!plain && { extensionsUsed: ['TM_brep_faces'] }),
    scene: 0,
    scenes: [{ nodes: nodes.map((_, node) => node) }],
    nodes,
    meshes: written,
    ...(materials.length > 0 && { materials }),
    accessors,
    bufferViews,
    buffers: [{ byteLength: offset }],
  };
  return pack(document, chunks, offset);
}

function pack(document: object, chunks: Uint8Array[], binaryLength: number): ArrayBuffer {
  let json = JSON.stringify(document);
  while (json.length % 4 !== 0) json += ' ';
  const bytes = new Uint8Array(28 + json.length + binaryLength);
  const header = new DataView(bytes.buffer);
  const words = [0x46546c67, 2, bytes.length, json.length, 0x4e4f534a];
  words.forEach((word, index) => header.setUint32(index * 4, word, true));
  bytes.set(new TextEncoder().encode(json), 20);
  header.setUint32(20 + json.length, binaryLength, true);
  header.setUint32(24 + json.length, 0x004e4942, true);
  let at = 28 + json.length;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.buffer;
}
