/** The tree of names in a model, as its CAD system had them, and the same as plain text for those who cannot see it. */

export interface TreeNode {
  /** The product's name, or the node's where the file knows no product; '' when it has neither. */
  name: string;
  /** The node's number in the file: what hide and isolate will name it by. */
  id: number;
  /** Whether the node carries a shape of its own. */
  solid: boolean;
  children: TreeNode[];
}

/** The parts of a glTF document that name things. */
export interface NamedDocument {
  scene?: number;
  scenes?: { nodes?: number[] }[];
  nodes?: { name?: string; mesh?: number; children?: number[] }[];
  meshes?: { name?: string; primitives: { mode?: number }[] }[];
}

/** What exporters write when they have no name: `NAUO12` numbers an instance, `=>[0:1:1:8]` points into their own file. */
const PLACEHOLDER = /^(NAUO\d*|=>\[[\d:]+\]|mesh_?\d*|node_?\d*)$/i;
const TRIANGLES = 4;

/** The tree below the scene; nameless nodes with one child (the turn to Y up is one) are left out. */
export function namesTree(document: NamedDocument): TreeNode {
  const { nodes = [], meshes = [] } = document;
  const build = (id: number): TreeNode[] => {
    const node = nodes[id];
    if (!node) return [];
    const mesh = node.mesh === undefined ? undefined : meshes[node.mesh];
    const solid = mesh?.primitives.some(({ mode = TRIANGLES }) => mode >= TRIANGLES) ?? false;
    const children = (node.children ?? []).flatMap(build);
    const name = [mesh?.name, node.name].find((known) => known && !PLACEHOLDER.test(known)) ?? '';
    if (!solid && children.length === 0) return [];
    if (!solid && name === '' && children.length === 1) return children;
    return [{ name, id, solid, children }];
  };
  const roots = (document.scenes?.[document.scene ?? 0]?.nodes ?? []).flatMap(build);
  return roots.length === 1 && roots[0] ? roots[0] : { name: '', id: -1, solid: false, children: roots };
}

/** An indented outline with equal parts counted: `4 × Bolt M6`. */
export function describeTree(tree: TreeNode, unnamed = 'unnamed'): string {
  const lines = (siblings: TreeNode[], indent: string): string[] => {
    const counted = new Map<string, number>();
    for (const node of siblings) {
      const text = [`${indent}%${node.name || unnamed}`, ...lines(node.children, `${indent}  `)].join('\n');
      counted.set(text, (counted.get(text) ?? 0) + 1);
    }
    return [...counted].map(([text, count]) => text.replace('%', count > 1 ? `${count} × ` : ''));
  };
  const top = tree.name === '' && !tree.solid ? tree.children : [tree];
  return lines(top, '').join('\n');
}

/** How many shapes the tree places, instances counted one by one. */
export function countSolids(tree: TreeNode): number {
  return (tree.solid ? 1 : 0) + tree.children.reduce((sum, child) => sum + countSolids(child), 0);
}
