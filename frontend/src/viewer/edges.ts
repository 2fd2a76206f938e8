/**
 * The edges of a part, from its triangles and the faces they belong to.
 *
 * Neighbouring faces have vertices of their own, so an edge shows up as two outlines that lie on each other: outlines are
 * collected first (cheap, most edges lie inside a face), then welded by position and paired.
 */
import type { Triangles } from './faces.ts';
import { PairTable } from './pairs.ts';
import { isSameSurface, type Surface } from './surfaces.ts';
import { Welder } from './weld.ts';

export interface FacedTriangles extends Triangles {
  /** A face number for each triangle. */
  faceIds: ArrayLike<number>;
  /** The surface of each face number, where the file knows it. */
  surfaces: (Surface | null)[];
}

/** Line segments as x y z of one end, x y z of the other, in the unit of the positions. */
export interface Edges {
  /** Where two faces meet at an angle, and the rims of open surfaces. */
  sharp: Float32Array;
  /** Where two different surfaces run into each other without a bend, as a fillet does. */
  tangent: Float32Array;
}

/** Faces whose normals differ by less than this along their edge meet without a bend; kernels give exact normals. */
const SMOOTH_COS = Math.cos((3 * Math.PI) / 180);
/** With flat triangles only, a bend has to be a clear one, or every facet of a bore would be an edge. */
const CREASE_COS = Math.cos((30 * Math.PI) / 180);
/** Points of one edge may differ by the kernel's tolerance; as a share of the mesh's diagonal. */
const WELD_SHARE = 2e-5;

interface Outline {
  mesh: FacedTriangles;
  face: number;
  triangle: number;
  a: number;
  b: number;
}

/**
 * The edges of one part, whose triangles may come in several groups (one a colour) that share one frame.
 * Gives edges for each group; one between two groups goes to the earlier.
 */
export function brepEdges(groups: FacedTriangles[]): Edges[] {
  const drawn = new Map(groups.map((group) => [group, { sharp: [] as number[], tangent: [] as number[] }]));
  for (const sides of pairUp(groups.flatMap(outlines), diagonal(groups) * WELD_SHARE)) {
    const [one, other] = sides;
    if (!one) continue;
    const into = drawn.get(one.mesh)!;
    if (!other || sides.length > 2) pushSegment(into.sharp, one);
    else if (one.mesh === other.mesh && one.face === other.face) continue; // a face's own seam, as along a bore
    else if (!meetSmoothly(one, other)) pushSegment(into.sharp, one);
    else if (!isSameSurface(one.mesh.surfaces[one.face], other.mesh.surfaces[other.face])) pushSegment(into.tangent, one);
  }
  return groups.map((group) => pack(drawn.get(group)!));
}

/** The edges of a mesh that knows no faces (a scan, a generated model): clear bends and rims. */
export function creaseEdges(mesh: Triangles): Edges {
  const each = Uint32Array.from({ length: mesh.indices.length / 3 }, (_, triangle) => triangle);
  const faced: FacedTriangles = { ...mesh, faceIds: each, surfaces: [] };
  const sharp: number[] = [];
  // A triangle without area has no direction to compare, and would stand between the two that meet there.
  const sidesWithArea = outlines(faced).filter((side) => flatNormal(side).some((share) => share !== 0));
  for (const sides of pairUp(sidesWithArea, diagonal([mesh]) * WELD_SHARE)) {
    const [one, other] = sides;
    if (!one || (other && sides.length === 2 && flatDot(one, other) > CREASE_COS)) continue;
    pushSegment(sharp, one);
  }
  return pack({ sharp, tangent: [] });
}

/** The sides of triangles with no neighbour of the same face across shared vertices. */
function outlines(mesh: FacedTriangles): Outline[] {
  const { indices, faceIds } = mesh;
  const table = new PairTable(indices.length);
  const firstTriangle = new Int32Array(indices.length).fill(-1);
  const inner = new Uint8Array(indices.length);
  const found: Outline[] = [];
  const ids: number[] = [];
  for (let corner = 0; corner < indices.length; corner++) {
    const triangle = Math.floor(corner / 3);
    const a = indices[corner]!;
    const b = indices[corner % 3 === 2 ? corner - 2 : corner + 1]!;
    const id = table.idOf(a, b);
    const first = firstTriangle[id]!;
    if (first === -1) firstTriangle[id] = triangle;
    else if (faceIds[first] === faceIds[triangle]) {
      inner[id] = 1;
      continue;
    }
    found.push({ mesh, face: faceIds[triangle]!, triangle, a, b });
    ids.push(id);
  }
  return found.filter((_, index) => inner[ids[index]!] === 0);
}

/** Groups outlines that lie on each other. */
function pairUp(found: Outline[], tolerance: number): Outline[][] {
  const welder = new Welder(tolerance > 0 ? tolerance : Number.MIN_VALUE);
  const numbers = new Map<FacedTriangles, Int32Array>();
  const weld = (mesh: FacedTriangles, vertex: number): number => {
    let known = numbers.get(mesh);
    if (!known) numbers.set(mesh, (known = new Int32Array(mesh.positions.length / 3).fill(-1)));
    const at = vertex * 3;
    if (known[vertex] === -1)
      known[vertex] = welder.idOf(mesh.positions[at]!, mesh.positions[at + 1]!, mesh.positions[at + 2]!);
    return known[vertex]!;
  };
  const table = new PairTable(found.length);
  const grouped: Outline[][] = [];
  for (const outline of found) {
    const a = weld(outline.mesh, outline.a);
    const b = weld(outline.mesh, outline.b);
    if (a === b) continue;
    (grouped[table.idOf(a, b)] ??= []).push(outline);
  }
  return grouped;
}

/** Whether the normals agree at both ends; the ends of the two outlines are matched by their position. */
function meetSmoothly(one: Outline, other: Outline): boolean {
  if (!one.mesh.normals || !other.mesh.normals) return flatDot(one, other) > CREASE_COS;
  const straight =
    distance(one.mesh, one.a, other.mesh, other.a) + distance(one.mesh, one.b, other.mesh, other.b) <=
    distance(one.mesh, one.a, other.mesh, other.b) + distance(one.mesh, one.b, other.mesh, other.a);
  const [a, b] = straight ? [other.a, other.b] : [other.b, other.a];
  return (
    normalDot(one.mesh.normals, one.a, other.mesh.normals, a) > SMOOTH_COS &&
    normalDot(one.mesh.normals, one.b, other.mesh.normals, b) > SMOOTH_COS
  );
}

function normalDot(n: ArrayLike<number>, i: number, m: ArrayLike<number>, j: number): number {
  return n[i * 3]! * m[j * 3]! + n[i * 3 + 1]! * m[j * 3 + 1]! + n[i * 3 + 2]! * m[j * 3 + 2]!;
}

function distance(one: Triangles, i: number, other: Triangles, j: number): number {
  const [p, q] = [one.positions, other.positions];
  return Math.hypot(p[i * 3]! - q[j * 3]!, p[i * 3 + 1]! - q[j * 3 + 1]!, p[i * 3 + 2]! - q[j * 3 + 2]!);
}

function flatDot(one: Outline, other: Outline): number {
  const [nx, ny, nz] = flatNormal(one);
  const [mx, my, mz] = flatNormal(other);
  return nx * mx + ny * my + nz * mz;
}

/** Of length 1, or 0 for a triangle without area. */
function flatNormal({ mesh: { positions: p, indices }, triangle }: Outline): [number, number, number] {
  const [a, b, c] = [indices[triangle * 3]! * 3, indices[triangle * 3 + 1]! * 3, indices[triangle * 3 + 2]! * 3];
  const [ux, uy, uz] = [p[b]! - p[a]!, p[b + 1]! - p[a + 1]!, p[b + 2]! - p[a + 2]!];
  const [vx, vy, vz] = [p[c]! - p[a]!, p[c + 1]! - p[a + 1]!, p[c + 2]! - p[a + 2]!];
  const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

function diagonal(meshes: Triangles[]): number {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { positions } of meshes)
    for (let i = 0; i < positions.length; i++) {
      low[i % 3] = Math.min(low[i % 3]!, positions[i]!);
      high[i % 3] = Math.max(high[i % 3]!, positions[i]!);
    }
  const length = Math.hypot(high[0]! - low[0]!, high[1]! - low[1]!, high[2]! - low[2]!);
  return Number.isFinite(length) ? length : 0;
}

const pack = (drawn: { sharp: number[]; tangent: number[] }): Edges => ({
  sharp: Float32Array.from(drawn.sharp),
  tangent: Float32Array.from(drawn.tangent),
});

function pushSegment(into: number[], { mesh: { positions: p }, a, b }: Outline): void {
  into.push(p[a * 3]!, p[a * 3 + 1]!, p[a * 3 + 2]!, p[b * 3]!, p[b * 3 + 1]!, p[b * 3 + 2]!);
}
