/** A part as the viewer holds it: fetched and read from a GLB, its faces known, its materials made ours. */
import {
  Box3,
  BufferAttribute,
  type BufferGeometry,
  Color,
  Group,
  type InterleavedBufferAttribute,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  Sphere,
  Vector3,
} from 'three';
import { type GLTF, GLTFLoader, type GLTFParser } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { ViewerError } from './errors.ts';
import { alignNormals, connectedFaces, facesFromStarts, fits, numbersFaces, type Triangles } from './faces.ts';
import type { BrepFacesExtension, Surface } from './surfaces.ts';
import { namesTree, type TreeNode } from './tree.ts';

const EXTENSION = 'TM_brep_faces';
/** Enough points of the surface to frame it closely from any side. */
const OUTLINE_POINTS = 4000;

/** The faces of one mesh. */
export interface Faces {
  /** For each triangle its face, counted from 0 within the mesh. */
  ids: ArrayLike<number>;
  surfaces: (Surface | null)[];
  count: number;
  /** The number of the mesh's first face when the whole file's are counted, from 1. */
  first: number;
}

/** One mesh: a part of one colour, or one colour of a part. */
export interface Body {
  mesh: Mesh<BufferGeometry, MeshStandardMaterial>;
  /** What it looks like when nothing else is emphasized; the mesh itself may wear another look. */
  material: MeshStandardMaterial;
  /** `null` when the file does not come from a CAD kernel. */
  faces: Faces | null;
  /** The node of the part that the mesh belongs to: bodies with the same one are one part in several colours. */
  owner: Object3D;
  /** The file gives it no colour. */
  bare: boolean;
  /** The numbers of the products that it is a part of, its own first, then those of the assemblies around it. */
  products: number[];
}

export interface Model {
  /** Scaled and moved so that the part's bounding sphere is the unit sphere at the origin: one camera fits all sizes. */
  root: Group;
  bodies: Body[];
  /** In metres, Y up. */
  box: Box3;
  /** Metres for each unit of `root`'s parent. */
  metresPerUnit: number;
  /** Points of the surface in units of `root`'s parent. */
  outline: Vector3[];
  triangles: number;
  tree: TreeNode;
}

interface Primitive {
  mode?: number;
  material?: number;
  extras?: unknown;
  extensions?: { [EXTENSION]?: BrepFacesExtension };
}

/** Reads a GLB. Throws ViewerError `not_a_model` or `empty_model`. */
export async function readModel(bytes: ArrayBuffer): Promise<Model> {
  let gltf: GLTF;
  try {
    gltf = await new GLTFLoader().parseAsync(bytes, '');
  } catch (cause) {
    throw new ViewerError('not_a_model', 'This file is not a 3D model that can be shown.', { cause });
  }
  const bodies = await collectBodies(gltf);
  const measured = measure(gltf.scene, bodies);
  const root = new Group();
  root.scale.setScalar(1 / measured.sphere.radius);
  root.position.copy(measured.sphere.center).divideScalar(-measured.sphere.radius);
  root.add(gltf.scene);
  root.updateMatrixWorld(true);
  return {
    root,
    bodies,
    box: measured.box,
    metresPerUnit: measured.sphere.radius,
    outline: measured.points.map((point) => point.applyMatrix4(root.matrixWorld)),
    triangles: bodies.reduce((sum, { mesh }) => sum + cornerCount(mesh.geometry) / 3, 0),
    tree: namesTree(gltf.parser.json),
  };
}

/** A mesh's triangles for those who need no three.js. */
export function trianglesOf(geometry: BufferGeometry): Triangles {
  const { position, normal } = geometry.attributes;
  const corners = cornerCount(geometry);
  return {
    positions: position ? plainArray(position) : [],
    normals: normal ? plainArray(normal) : null,
    indices: geometry.index?.array ?? Uint32Array.from({ length: corners }, (_, corner) => corner),
  };
}

/** The attribute's own array where it is plain floats; else a copy, unpacked. */
function plainArray(attribute: BufferAttribute | InterleavedBufferAttribute): Float32Array {
  if (attribute instanceof BufferAttribute && attribute.array instanceof Float32Array) return attribute.array;
  const { count, itemSize } = attribute;
  return Float32Array.from({ length: count * itemSize }, (_, i) => attribute.getComponent(Math.floor(i / itemSize), i % itemSize));
}

const cornerCount = (geometry: BufferGeometry): number =>
  geometry.index?.count ?? geometry.getAttribute('position')?.count ?? 0;

async function collectBodies({ scene, parser }: GLTF): Promise<Body[]> {
  const meshes: Mesh[] = [];
  const strays: Object3D[] = [];
  scene.traverse((object) => {
    if (object instanceof Mesh) meshes.push(object);
    else if ('geometry' in object) strays.push(object); // points and wires of annotations: not the part
  });
  for (const stray of strays) stray.removeFromParent();
  const fromKernel: boolean = parser.json.extensionsUsed?.includes(EXTENSION) ?? false;
  const faces = new Map<Primitive | undefined, Faces | null>();
  const bodies: Body[] = [];
  for (const mesh of meshes) {
    const { primitive, alone } = primitiveOf(parser, mesh);
    if (!faces.has(primitive)) faces.set(primitive, await facesOf(parser, mesh, primitive, fromKernel));
    const bare = primitive?.material === undefined;
    const body = mesh as Body['mesh'];
    body.material = ownMaterial(body.material, fromKernel || bare);
    const owner = alone ? mesh : (mesh.parent ?? mesh);
    bodies.push({ mesh: body, material: body.material, faces: faces.get(primitive) ?? null, owner, bare, products: productsOf(mesh) });
  }
  countFaces(parser, faces);
  return bodies;
}

function productsOf(mesh: Object3D): number[] {
  const products: number[] = [];
  for (let at: Object3D | null = mesh; at; at = at.parent) {
    const product: unknown = at.userData.product;
    if (typeof product === 'number' && !products.includes(product)) products.push(product);
  }
  return products;
}

/** Counts the faces through the whole file, meshes in document order, where the file itself does not number them. */
function countFaces(parser: GLTFParser, faces: Map<Primitive | undefined, Faces | null>): void {
  const primitives: Primitive[] = (parser.json.meshes ?? []).flatMap((mesh: { primitives: Primitive[] }) => mesh.primitives);
  let next = 1;
  for (const primitive of primitives) {
    const known = faces.get(primitive);
    if (!known) continue;
    if (known.first === 0) known.first = next;
    next = known.first + known.count;
  }
}

function primitiveOf(parser: GLTFParser, mesh: Mesh): { primitive: Primitive | undefined; alone: boolean } {
  const place = parser.associations.get(mesh) as { meshes?: number; primitives?: number } | undefined;
  const primitives: Primitive[] = parser.json.meshes?.[place?.meshes ?? -1]?.primitives ?? [];
  return { primitive: primitives[place?.primitives ?? 0], alone: primitives.length === 1 };
}

/** `null` when neither the file numbers its faces nor comes from a kernel. `first` is 0 where the file does not say. */
async function facesOf(parser: GLTFParser, mesh: Mesh, primitive: Primitive | undefined, fromKernel: boolean): Promise<Faces | null> {
  const triangles = trianglesOf(mesh.geometry);
  const count = triangles.indices.length / 3;
  const numbers = numbersFaces(primitive?.extras, count) ? primitive.extras : null;
  if (!numbers && !fromKernel) return null;
  if (triangles.normals instanceof Float32Array) alignNormals(triangles, triangles.normals);
  const listed = await listedFaces(parser, primitive, triangles);
  if (numbers) {
    const { firstFace, starts } = numbers;
    const surfaces = listed ? starts.map((start) => listed.surfaces[listed.ids[start]!] ?? null) : [];
    return { ids: facesFromStarts(starts, count), surfaces, count: starts.length, first: firstFace };
  }
  if (listed) return { ...listed, count: listed.surfaces.length, first: 0 };
  const ids = connectedFaces(triangles);
  return { ids, surfaces: [], count: ids.reduce((most, id) => Math.max(most, id + 1), 0), first: 0 };
}

/** The kernel's own list of the primitive's faces, when there is one and it can be true. */
async function listedFaces(parser: GLTFParser, primitive: Primitive | undefined, triangles: Triangles): Promise<Pick<Faces, 'ids' | 'surfaces'> | null> {
  const listed = primitive?.extensions?.[EXTENSION];
  if (!listed) return null;
  const { array } = (await parser.getDependency('accessor', listed.faceIndices)) as BufferAttribute;
  return fits(array, triangles) ? { ids: array, surfaces: listed.faces } : null;
}

/**
 * A material per look, never shared with the loader's cache. Kernels write colours and no finish, which glTF reads as
 * polished metal with nothing to mirror: those get a satin finish that shows form.
 */
function ownMaterial(given: MeshStandardMaterial, satin: boolean): MeshStandardMaterial {
  const material = given.clone();
  if (satin) {
    material.metalness = 0.15;
    material.roughness = 0.45;
  }
  material.dithering = true; // soft shade on a flat face would show steps
  material.polygonOffset = true;
  material.polygonOffsetFactor = 1;
  material.polygonOffsetUnits = 120; // more than the depth's rounding when a flat view puts the camera far off
  if (material.transparent) material.depthWrite = false;
  return material;
}

function measure(scene: Object3D, bodies: Body[]): { box: Box3; sphere: Sphere; points: Vector3[] } {
  scene.updateMatrixWorld(true);
  const total = bodies.reduce((sum, { mesh }) => sum + (mesh.geometry.getAttribute('position')?.count ?? 0), 0);
  const stride = Math.max(1, Math.floor(total / OUTLINE_POINTS));
  const box = new Box3();
  const points: Vector3[] = [];
  const at = new Vector3();
  let seen = 0;
  for (const { mesh } of bodies) {
    const position = mesh.geometry.getAttribute('position');
    for (let i = 0; i < (position?.count ?? 0); i++, seen++) {
      at.fromBufferAttribute(position!, i).applyMatrix4(mesh.matrixWorld);
      if (!Number.isFinite(at.x + at.y + at.z)) continue;
      box.expandByPoint(at);
      if (seen % stride === 0) points.push(at.clone());
    }
  }
  const sphere = box.getBoundingSphere(new Sphere());
  if (!(sphere.radius > 0)) throw new ViewerError('empty_model', 'There is nothing to show in this model.');
  return { box, sphere, points };
}

/** Gives the parts without a colour of their own this one. */
export function paintBare(bodies: Body[], colour: string): void {
  const value = new Color(colour);
  for (const { material, bare } of bodies) if (bare) material.color.copy(value);
}
