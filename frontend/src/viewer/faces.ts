/** Which face each triangle of a mesh belongs to: read where the file says it, found from the mesh where it does not. */

/** Triangles as a GLB gives them: positions in metres, three indices a triangle. */
export interface Triangles {
  positions: ArrayLike<number>;
  normals: ArrayLike<number> | null;
  indices: ArrayLike<number>;
}

/**
 * Whether `faceIds` can be this mesh's own: one a triangle, and no vertex used by two faces.
 * A kernel's export gives each face vertices of its own, and cascadio 0.1.1 hands the lists of a part with
 * several colours to the wrong primitives, so a list is believed only when it fits.
 */
export function fits(faceIds: ArrayLike<number>, { indices, positions }: Triangles): boolean {
  if (faceIds.length * 3 !== indices.length) return false;
  const owner = new Int32Array(positions.length / 3).fill(-1);
  for (let corner = 0; corner < indices.length; corner++) {
    const face = faceIds[Math.floor(corner / 3)]!;
    const vertex = indices[corner]!;
    if (owner[vertex] !== -1 && owner[vertex] !== face) return false;
    owner[vertex] = face;
  }
  return true;
}

/** What a numbered preview says of a primitive: its first face's number, and the triangle that each of its faces begins with. */
export interface FaceNumbers {
  firstFace: number;
  starts: number[];
}

/** Whether `extras` number the faces of a primitive of so many triangles: from the first on, each with at least one. */
export function numbersFaces(extras: unknown, triangles: number): extras is FaceNumbers {
  const { firstFace, starts } = (extras ?? {}) as Partial<FaceNumbers>;
  if (!Number.isInteger(firstFace) || !Array.isArray(starts) || starts[0] !== 0) return false;
  return starts.every((start, face) => Number.isInteger(start) && start < (starts[face + 1] ?? triangles));
}

/** The face of each triangle, counted from 0, where `starts` has the triangles that faces begin with. */
export function facesFromStarts(starts: number[], triangles: number): Uint32Array {
  const faceIds = new Uint32Array(triangles);
  starts.forEach((start, face) => faceIds.fill(face, start, starts[face + 1] ?? triangles));
  return faceIds;
}

/** Numbers the groups of triangles that share vertices: the faces of a kernel's export, whose faces share none. */
export function connectedFaces({ indices, positions }: Triangles): Uint32Array {
  const parent = new Uint32Array(positions.length / 3).map((_, vertex) => vertex);
  const rootOf = (vertex: number): number => {
    let root = vertex;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  for (let corner = 0; corner < indices.length; corner += 3) {
    const root = rootOf(indices[corner]!);
    parent[rootOf(indices[corner + 1]!)] = root;
    parent[rootOf(indices[corner + 2]!)] = root;
  }
  const numbers = new Map<number, number>();
  const faceIds = new Uint32Array(indices.length / 3);
  for (let triangle = 0; triangle < faceIds.length; triangle++) {
    const root = rootOf(indices[triangle * 3]!);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    faceIds[triangle] = numbers.get(root)!;
  }
  return faceIds;
}

/**
 * Turns normals that point against their triangle's winding. Tessellated STEP files mix the two, and a face lit by such
 * normals looks as if it lay in the dark. Changes `normals` in place.
 */
export function alignNormals({ positions: p, indices }: Triangles, normals: Float32Array): void {
  const turned = new Uint8Array(normals.length / 3);
  for (let corner = 0; corner < indices.length; corner += 3) {
    const [a, b, c] = [indices[corner]! * 3, indices[corner + 1]! * 3, indices[corner + 2]! * 3];
    const [ux, uy, uz] = [p[b]! - p[a]!, p[b + 1]! - p[a + 1]!, p[b + 2]! - p[a + 2]!];
    const [vx, vy, vz] = [p[c]! - p[a]!, p[c + 1]! - p[a + 1]!, p[c + 2]! - p[a + 2]!];
    const sum = (axis: number): number => normals[a + axis]! + normals[b + axis]! + normals[c + axis]!;
    const agreement = (uy * vz - uz * vy) * sum(0) + (uz * vx - ux * vz) * sum(1) + (ux * vy - uy * vx) * sum(2);
    if (agreement < 0) for (const vertex of [a, b, c]) turned[vertex / 3] = 1;
  }
  turned.forEach((turn, vertex) => {
    if (turn) for (let axis = 0; axis < 3; axis++) normals[vertex * 3 + axis]! *= -1;
  });
}
