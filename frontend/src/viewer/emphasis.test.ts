import { Color, Mesh, MeshStandardMaterial, type Object3D, PerspectiveCamera, Vector3 } from 'three';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { describe, expect, it } from 'vitest';
import { EdgeLines } from './edgeLines.ts';
import { Emphasis } from './emphasis.ts';
import { readModel } from './model.ts';
import { faceOf, pick } from './pick.ts';
import { Rig } from './rig.ts';
import { box, cylinder, glb, numbered } from './testShapes.ts';
import { THEMES } from './theme.ts';
import { VIEWS } from './views.ts';

/** A plate (product 1, faces 1 to 6) and two pins (product 2, faces 7 to 9), which are one mesh placed twice. */
async function plateAndPins() {
  const [plate, pin] = [box(4, 4, 1), cylinder(0.25, 1, 16)];
  const model = await readModel(
    glb([
      { name: 'Plate', extras: { product: 1 }, primitives: [{ triangles: plate, extras: numbered(1, plate) }] },
      { name: 'Pin', extras: { product: 2 }, primitives: [{ triangles: pin, extras: numbered(7, pin) }], instances: [6, 8] },
    ]),
  );
  const edges = new EdgeLines();
  const emphasis = new Emphasis(edges);
  emphasis.setTheme(THEMES.light);
  emphasis.show(model.bodies);
  await edges.add(model.bodies, () => false);
  return { model, emphasis, edges };
}

const lit = (object: Object3D): number =>
  object.children.filter((child) => child instanceof Mesh && !(child instanceof LineSegments2) && child.visible).length / 2;
const triangles = (object: Object3D): number =>
  Math.max(0, ...object.children.filter((child): child is Mesh => child instanceof Mesh && !(child instanceof LineSegments2)).map((child) => child.geometry.index!.count / 3));

describe('light', () => {
  it('lights a face in every instance and nothing else', async () => {
    const { model, emphasis } = await plateAndPins();
    const points = emphasis.light([7]);
    expect(model.bodies.map(({ mesh }) => lit(mesh))).toEqual([0, 1, 1]);
    expect(triangles(model.bodies[1]!.mesh)).toBe(32);
    expect(points.length).toBeGreaterThan(0);
  });

  it('passes over numbers that no face has, and dims nothing for them', async () => {
    const { model, emphasis } = await plateAndPins();
    expect(emphasis.light([0, 99, -1])).toEqual([]);
    for (const { mesh, material } of model.bodies) expect(mesh.material).toBe(material);
  });

  it('paints in the accent colour of the theme and dims the rest towards its own', async () => {
    const { model, emphasis } = await plateAndPins();
    emphasis.light([2]);
    const [plate] = model.bodies;
    const worn = plate!.mesh.material;
    expect(worn).not.toBe(plate!.material);
    emphasis.setTheme(THEMES.dark);
    const painted = plate!.mesh.children.flatMap((child) => (child instanceof Mesh && child.material instanceof MeshStandardMaterial ? [child.material] : []));
    expect(painted[0]!.color.getHex()).toBe(new Color(THEMES.dark.accent).getHex());
    expect(plate!.mesh.material).not.toBe(worn);
  });

  it('leaves the points of the model to the model when it goes out', async () => {
    const { model, emphasis } = await plateAndPins();
    const [plate] = model.bodies;
    let freed = 0;
    plate!.mesh.geometry.addEventListener('dispose', () => freed++);
    emphasis.light([1]);
    emphasis.light([]);
    expect(lit(plate!.mesh)).toBe(0);
    expect(plate!.mesh.material).toBe(plate!.material);
    expect(plate!.mesh.geometry.getAttribute('position').count).toBe(24);
    expect(freed).toBe(0);
  });

  it('outlines what is lit without the seam of a bore', async () => {
    const { model, emphasis } = await plateAndPins();
    emphasis.light([7]);
    const outline = model.bodies[1]!.mesh.children.filter((child) => child instanceof LineSegments2 && child.material.linewidth > 2)[0] as LineSegments2;
    const ends = outline.geometry.getAttribute('instanceStart');
    const zs = Array.from({ length: ends.count }, (_, i) => ends.getZ(i));
    expect(zs.length).toBe(32);
    expect(new Set(zs)).toEqual(new Set([0, 1]));
  });
});

describe('one product', () => {
  it('stands alone: the others are a breath, without edges and light, and cannot be touched', async () => {
    const { model, emphasis } = await plateAndPins();
    emphasis.light([1, 7]);
    emphasis.only(2);
    const [plate, ...pins] = model.bodies;
    expect(plate!.mesh.material.opacity).toBeLessThan(0.2);
    expect(plate!.mesh.children.some((child) => child.visible)).toBe(false);
    for (const pin of pins) expect(lit(pin.mesh)).toBe(1);
    expect(emphasis.touchable).toEqual(pins);
    emphasis.only(null);
    emphasis.light([]);
    expect(plate!.mesh.material).toBe(plate!.material);
    expect(plate!.mesh.children.every((child) => child.visible)).toBe(true);
  });

  it('that the model does not have hides nothing', async () => {
    const { model, emphasis } = await plateAndPins();
    expect(emphasis.only(77)).toEqual([]);
    expect(emphasis.touchable).toEqual(model.bodies);
  });
});

describe('pick', () => {
  it('names the face under a point of the picture, and nothing beside the part', async () => {
    const { model, emphasis } = await plateAndPins();
    const corners = emphasis.light([6]);
    const middle = corners.reduce((sum, point) => sum.add(point), new Vector3()).divideScalar(corners.length);
    const rig = new Rig();
    rig.frame(model.outline);
    rig.look(VIEWS.front); // along the GLB's -Z, onto the plate's upper side
    rig.jump();
    const camera = new PerspectiveCamera();
    rig.apply(camera);
    camera.updateMatrixWorld();
    const { x, y } = middle.project(camera);
    const hit = pick(emphasis.touchable, camera, x, y);
    expect(hit && faceOf(hit)).toMatchObject({ id: 6, product: 1, surface: { type: 'plane' } });
    expect(pick(emphasis.touchable, camera, 0.99, 0.99)).toBeNull();
  });
});
