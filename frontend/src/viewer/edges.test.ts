import { describe, expect, it } from 'vitest';
import { brepEdges, creaseEdges, type FacedTriangles } from './edges.ts';
import { box, cylinder, FaceBuilder } from './testShapes.ts';

const SEGMENT = 6;
const count = (segments: Float32Array): number => segments.length / SEGMENT;
const only = (shape: FacedTriangles): ReturnType<typeof creaseEdges> => brepEdges([shape])[0]!;

function totalLength(segments: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < segments.length; i += SEGMENT) {
    const [ax, ay, az, bx, by, bz] = segments.subarray(i, i + SEGMENT);
    sum += Math.hypot(ax! - bx!, ay! - by!, az! - bz!);
  }
  return sum;
}

/** The same triangles with vertices shared between faces, as a welded mesh has them. */
function welded(shape: FacedTriangles): FacedTriangles {
  const numbers = new Map<string, number>();
  const positions: number[] = [];
  const indices = Array.from(shape.indices, (vertex) => {
    const point = [0, 1, 2].map((axis) => shape.positions[vertex * 3 + axis]!);
    const key = point.join();
    if (!numbers.has(key)) {
      numbers.set(key, numbers.size);
      positions.push(...point);
    }
    return numbers.get(key)!;
  });
  return { ...shape, positions, indices, normals: null };
}

describe('brepEdges', () => {
  it('finds the 12 edges of a box, each once', () => {
    const { sharp, tangent } = only(box(0.02, 0.03, 0.05));
    expect(count(sharp)).toBe(12);
    expect(totalLength(sharp)).toBeCloseTo(4 * (0.02 + 0.03 + 0.05), 6);
    expect(count(tangent)).toBe(0);
  });

  it('finds the same 12 where the faces share their vertices', () => {
    expect(count(only(welded(box(1, 2, 3))).sharp)).toBe(12);
  });

  it.each([1e-3, 1, 100])('does not depend on the size of the part (%s m)', (size) => {
    expect(count(only(box(size, size, size / 50)).sharp)).toBe(12);
  });

  it('draws a cylinder as two circles, without the seam of its wall', () => {
    const segments = 32;
    const { sharp, tangent } = only(cylinder(0.005, 0.02, segments));
    expect(count(sharp)).toBe(2 * segments);
    expect(totalLength(sharp)).toBeCloseTo(2 * segments * 2 * 0.005 * Math.sin(Math.PI / segments), 6);
    expect(count(tangent)).toBe(0);
    for (let i = 0; i < sharp.length; i += 3) expect(Math.hypot(sharp[i]!, sharp[i + 1]!)).toBeCloseTo(0.005, 6);
  });

  it('hides the seams of a bore that the kernel stores as two halves', () => {
    const { sharp, tangent } = only(cylinder(0.005, 0.02, 32, 2));
    expect(count(sharp)).toBe(64);
    expect(count(tangent)).toBe(0);
  });

  it('draws those seams as tangent edges where it cannot know that the surface is one', () => {
    const { sharp, tangent } = only({ ...cylinder(0.005, 0.02, 32, 2), surfaces: [] });
    expect(count(sharp)).toBe(64);
    expect(totalLength(tangent)).toBeCloseTo(2 * 0.02, 6);
  });

  it('tells the soft run-out of a fillet from its sharp ends', () => {
    const steps = [0, 1, 2, 3, 4].map((step) => (step * Math.PI) / 8);
    const fillet = new FaceBuilder()
      .strip([[1, -1, 0], [1, 0, 0]], [[1, -1, 1], [1, 0, 1]], [[1, 0, 0], [1, 0, 0]], { type: 'plane', origin: [1, 0, 0], normal: [1, 0, 0] })
      .strip(
        steps.map((a) => [Math.cos(a), Math.sin(a), 0]),
        steps.map((a) => [Math.cos(a), Math.sin(a), 1]),
        steps.map((a) => [Math.cos(a), Math.sin(a), 0]),
        { type: 'cylinder', origin: [0, 0, 0], axis: [0, 0, 1], radius: 1 },
      )
      .build();
    const { sharp, tangent } = only(fillet);
    expect(count(tangent)).toBe(1);
    expect(count(sharp)).toBe(3 + 9); // the open rims of the plane and of the fillet
  });

  it('pairs faces whose points differ by the tolerance of a kernel', () => {
    const loose = box(1, 1, 1);
    const positions = Float32Array.from(loose.positions, (value, i) => value + ((i % 7) - 3) * 1e-6);
    expect(count(only({ ...loose, positions }).sharp)).toBe(12);
  });

  it('keeps the edges of a part in several colours apart and draws none twice', () => {
    const [red, blue] = brepEdges([box(1, 1, 1, [0, 2, 4]), box(1, 1, 1, [1, 3, 5])]);
    expect(count(red!.sharp) + count(blue!.sharp)).toBe(12);
    expect(count(red!.sharp)).toBe(9); // three inside its group, six shared
  });

  it('draws the rim of an open sheet', () => {
    expect(count(only(box(1, 1, 1, [0])).sharp)).toBe(4);
  });

  it('gives nothing for nothing', () => {
    expect(brepEdges([])).toEqual([]);
    expect(count(only(new FaceBuilder().build()).sharp)).toBe(0);
  });
});

describe('creaseEdges', () => {
  it('finds the edges of a box and the circles of a cylinder from their angles', () => {
    expect(count(creaseEdges(box(1, 2, 3)).sharp)).toBe(12);
    expect(count(creaseEdges(cylinder(1, 2, 32)).sharp)).toBe(64);
  });
});
