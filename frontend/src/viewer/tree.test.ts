import { describe, expect, it } from 'vitest';
import { countSolids, describeTree, namesTree } from './tree.ts';

const SOLID = [{ mode: 4 }];

/** A gearbox as cascadio and the turn to Y up leave it. */
const GEARBOX = {
  scenes: [{ nodes: [5] }],
  nodes: [
    { name: 'Gearbox', children: [1, 2, 3] },
    { name: 'NAUO1', mesh: 0 },
    { name: 'NAUO2', mesh: 0 },
    { name: 'Stage 1', children: [4] },
    { name: '=>[0:1:1:8]', mesh: 1 },
    { children: [0] },
  ],
  meshes: [
    { name: 'Bolt M6', primitives: SOLID },
    { name: 'Wheel, 30 % glass', primitives: SOLID },
  ],
};

describe('names', () => {
  it("are the products', and the turn to Y up is no part of the tree", () => {
    const tree = namesTree(GEARBOX);
    expect(tree.name).toBe('Gearbox');
    expect(tree.children.map(({ name }) => name)).toEqual(['Bolt M6', 'Bolt M6', 'Stage 1']);
    expect(countSolids(tree)).toBe(3);
  });

  it('read as an outline that counts equal parts', () => {
    expect(describeTree(namesTree(GEARBOX))).toBe('Gearbox\n  2 × Bolt M6\n  Stage 1\n    Wheel, 30 % glass');
  });

  it('leave out annotations, which have no surface', () => {
    const document = {
      scenes: [{ nodes: [0, 1] }],
      nodes: [{ mesh: 0 }, { mesh: 1 }],
      meshes: [
        { name: 'Plate', primitives: SOLID },
        { name: 'COMPOUND', primitives: [{ mode: 0 }] },
      ],
    };
    expect(describeTree(namesTree(document))).toBe('Plate');
  });

  it('are told to be missing where they are', () => {
    const document = { scenes: [{ nodes: [0] }], nodes: [{ name: 'NAUO7', mesh: 0 }], meshes: [{ primitives: SOLID }] };
    expect(describeTree(namesTree(document))).toBe('unnamed');
    expect(countSolids(namesTree(document))).toBe(1);
  });
});
