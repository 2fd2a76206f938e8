import { describe, expect, it } from 'vitest';
import { alignNormals, connectedFaces, facesFromStarts, fits, numbersFaces } from './faces.ts';
import { PairTable } from './pairs.ts';
import { isSameSurface, type Surface } from './surfaces.ts';
import { box, cylinder } from './testShapes.ts';
import { Welder } from './weld.ts';

describe('face lists', () => {
  const shape = box(1, 2, 3);

  it("believes a part's own list", () => {
    expect(fits(shape.faceIds, shape)).toBe(true);
  });

  it('does not believe the list of another part, longer or shorter or of the same length', () => {
    expect(fits(cylinder(1, 1, 8).faceIds, shape)).toBe(false);
    expect(fits([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5], shape)).toBe(false);
  });

  it('finds the faces again from what shares vertices', () => {
    expect([...connectedFaces(shape)]).toEqual([...(shape.faceIds as Uint32Array)]);
    expect(new Set(connectedFaces(cylinder(1, 1, 16, 2))).size).toBe(4);
  });
});

describe('numbered faces', () => {
  it('gives each triangle the face that began last before it', () => {
    expect([...facesFromStarts([0, 2, 3], 6)]).toEqual([0, 0, 1, 2, 2, 2]);
  });

  it.each([
    [{ firstFace: 1, starts: [0, 2] }, true],
    [{ firstFace: 1, starts: [0, 2, 2] }, false],
    [{ firstFace: 1, starts: [1, 2] }, false],
    [{ firstFace: 1, starts: [0, 12] }, false],
    [{ firstFace: '1', starts: [0] }, false],
    [{ firstFace: 1, starts: [] }, false],
    [{ product: 5 }, false],
    [undefined, false],
  ])('believes %j of twelve triangles: %s', (extras, believed) => {
    expect(numbersFaces(extras, 12)).toBe(believed);
  });
});

describe('alignNormals', () => {
  it('turns normals that point against the winding, and only those', () => {
    const shape = box(1, 1, 1);
    const right = Float32Array.from(shape.normals!);
    const mixed = right.map((value, i) => (i < right.length / 2 ? -value : value));
    alignNormals(shape, mixed);
    mixed.forEach((value, i) => expect(value).toBeCloseTo(right[i]!, 9));
  });
});

describe('isSameSurface', () => {
  const bore: Surface = { type: 'cylinder', origin: [0, 0, 0], axis: [0, 0, 1], radius: 0.003 };
  const bend: Surface = { type: 'torus', center: [0, 0, 0], axis: [0, 0, 1], major_radius: 1, minor_radius: 0.1 };

  it('joins the halves of a bore, whichever way their axes point', () => {
    expect(isSameSurface(bore, { ...bore, axis: [0, 0, -1], origin: [0, 0, 5] })).toBe(true);
  });

  it('keeps apart different radii, forms and bends', () => {
    expect(isSameSurface(bore, { ...bore, radius: 0.004 })).toBe(false);
    expect(isSameSurface(bore, { type: 'plane', origin: [0, 0, 0], normal: [1, 0, 0] })).toBe(false);
    expect(isSameSurface(bend, { ...bend, center: [2, 0, 0] })).toBe(false);
    expect(isSameSurface(bend, bend)).toBe(true);
    expect(isSameSurface(null, null)).toBe(false);
  });
});

describe('Welder', () => {
  it('gives near points one number, on both sides of a grid line too', () => {
    const welder = new Welder(1e-3);
    for (let line = -3; line <= 3; line++) {
      const x = line * 8e-3;
      expect(welder.idOf(x - 4e-4, 0, 0)).toBe(welder.idOf(x + 4e-4, 0, 0));
    }
    expect(welder.size).toBe(7);
  });

  it('keeps points apart that are further than the tolerance', () => {
    const welder = new Welder(1e-3);
    expect(welder.idOf(0, 0, 0)).not.toBe(welder.idOf(0, 0, 2e-3));
  });
});

describe('PairTable', () => {
  it('numbers pairs in the order they come, whichever end is named first', () => {
    const table = new PairTable(1000);
    for (let i = 0; i < 1000; i++) expect(table.idOf(i, i * i + 1)).toBe(i);
    for (let i = 0; i < 1000; i++) expect(table.idOf(i * i + 1, i)).toBe(i);
    expect(table.size).toBe(1000);
  });
});
