import { describe, expect, it } from 'vitest';
import { paintBare, readModel } from './model.ts';
import { box, cylinder, glb, numbered } from './testShapes.ts';
import { cadSizeMm } from './units.ts';

const RED: [number, number, number, number] = [1, 0, 0, 1];

describe('readModel', () => {
  it.each([0.001, 1, 100])('fits a part of %s m into the unit sphere and tells its size in mm', async (size) => {
    const model = await readModel(glb([{ name: 'Plate', primitives: [{ triangles: box(size, size, size / 10) }] }]));
    expect(cadSizeMm(model.box).x).toBeCloseTo(size * 1000, 3);
    expect(model.metresPerUnit).toBeCloseTo((size * Math.sqrt(2.01)) / 2, 5);
    for (const point of model.outline) expect(point.length()).toBeCloseTo(1, 5);
    expect(model.triangles).toBe(12);
    expect(model.tree.name).toBe('Plate');
  });

  it("takes the faces and surfaces from cascadio's extension", async () => {
    const { bodies } = await readModel(glb([{ name: 'Pin', primitives: [{ triangles: cylinder(1, 2, 16) }] }]));
    expect(bodies[0]!.faces!.count).toBe(3);
    expect(bodies[0]!.faces!.surfaces[0]).toMatchObject({ type: 'cylinder', radius: 1 });
  });

  it('finds the faces itself where the list belongs to another part', async () => {
    const wrong = cylinder(1, 2, 16).faceIds;
    const { bodies } = await readModel(glb([{ name: 'Block', primitives: [{ triangles: box(1, 1, 1), faceIds: wrong }] }]));
    expect(bodies[0]!.faces).toMatchObject({ count: 6, surfaces: [] });
  });

  it('knows no faces in a file that does not come from a kernel', async () => {
    const { bodies } = await readModel(glb([{ name: 'Scan', primitives: [{ triangles: box(1, 1, 1) }] }], { plain: true }));
    expect(bodies[0]!.faces).toBeNull();
  });

  it("numbers faces as the file's extras do, with the surfaces of the kernel's list", async () => {
    const pin = cylinder(1, 2, 16, 2);
    const turned = Uint32Array.from(pin.faceIds, (face) => 3 - face);
    const surfaces = [...pin.surfaces].reverse();
    const { bodies } = await readModel(
      glb([
        { name: 'Plate', primitives: [{ triangles: box(1, 1, 1), extras: numbered(21, box(1, 1, 1)) }] },
        { name: 'Pin', primitives: [{ triangles: { ...pin, faceIds: turned, surfaces }, extras: numbered(27, pin) }] },
      ]),
    );
    expect(bodies.map(({ faces }) => [faces!.first, faces!.count])).toEqual([[21, 6], [27, 4]]);
    expect(bodies[1]!.faces!.surfaces.map((surface) => surface!.type)).toEqual(['cylinder', 'cylinder', 'plane', 'plane']);
  });

  it('numbers faces without a kernel’s list too', async () => {
    const { bodies } = await readModel(glb([{ name: 'Pin', primitives: [{ triangles: cylinder(1, 1, 8), extras: numbered(5, cylinder(1, 1, 8)) }] }], { plain: true }));
    expect(bodies[0]!.faces).toMatchObject({ first: 5, count: 3, surfaces: [] });
  });

  it('counts faces through all meshes where the file does not number them', async () => {
    const { bodies } = await readModel(
      glb([
        { name: 'Plate', primitives: [{ triangles: box(1, 1, 1), faceIds: null }], instances: [0, 3] },
        { name: 'Pin', primitives: [{ triangles: cylinder(1, 2, 16) }] },
      ]),
    );
    expect(bodies.map(({ faces }) => faces!.first)).toEqual([1, 1, 7]);
  });

  it('knows which products a mesh is a part of', async () => {
    const { bodies } = await readModel(glb([{ name: 'Plate', extras: { product: 41 }, primitives: [{ triangles: box(1, 1, 1) }] }, { name: 'Scrap', extras: { product: null }, primitives: [{ triangles: box(1, 1, 1) }] }]));
    expect(bodies.map(({ products }) => products)).toEqual([[41], []]);
  });

  it('holds the colours of one part together and keeps them', async () => {
    const { bodies } = await readModel(
      glb([{ name: 'Two-tone', primitives: [{ triangles: box(1, 1, 1, [0, 1, 2]), colour: RED }, { triangles: box(1, 1, 1, [3, 4, 5]), faceIds: null }] }]),
    );
    expect(bodies).toHaveLength(2);
    expect(bodies[0]!.owner).toBe(bodies[1]!.owner);
    paintBare(bodies, '#00ff00');
    expect(bodies[0]!.material.color.getHexString()).toBe('ff0000');
    expect(bodies[1]!.material.color.getHexString()).toBe('00ff00');
  });

  it('does not let a point of an annotation stretch the size', async () => {
    const stray = { ...box(1, 1, 1), positions: [9, 9, 9], normals: [0, 0, 1], indices: [0] };
    const model = await readModel(
      glb([
        { name: 'Plate', primitives: [{ triangles: box(1, 1, 1) }] },
        { name: 'PMI', primitives: [{ triangles: stray, mode: 0, faceIds: null }] },
      ]),
    );
    expect(model.bodies).toHaveLength(1);
    expect(cadSizeMm(model.box)).toEqual({ x: 1000, y: 1000, z: 1000 });
  });

  it('says when there is nothing to show', async () => {
    await expect(readModel(glb([]))).rejects.toMatchObject({ code: 'empty_model' });
  });

  it.each(['', '<!doctype html><title>Sign in</title>', 'glTF but cut off'])('says when %j is no model', async (text) => {
    const bytes = new TextEncoder().encode(text);
    await expect(readModel(bytes.buffer)).rejects.toMatchObject({ code: 'not_a_model' });
  });
});
