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
