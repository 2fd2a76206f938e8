/** What is pointed out in a model: faces in the accent colour, or one product among all the others. */
import { Box3, Vector3 } from 'three';
import type { EdgeLines } from './edgeLines.ts';
import { Lights } from './lights.ts';
import { Looks } from './looks.ts';
import type { Body } from './model.ts';
import type { Theme } from './theme.ts';

export class Emphasis {
  #bodies: Body[] = [];
  #lights = new Lights();
  #looks = new Looks();
  #product: number | null = null;

  constructor(private readonly edges: EdgeLines) {}

  /** The bodies that are shown plainly: those a finger can touch. */
  get touchable(): Body[] {
    return this.#product === null ? this.#bodies : this.#bodies.filter((body) => !this.#isGhost(body));
  }

  show(bodies: Body[]): void {
    this.clear();
    this.#bodies = bodies;
  }

  setTheme(theme: Theme): void {
    this.#lights.paint(theme.accent);
    this.#looks.paint(theme);
    this.#dress();
  }

  /** Lights faces; gives points of them. Numbers that no face has are passed over. */
  light(ids: Iterable<number>): Vector3[] {
    this.#lights.light(this.#bodies, new Set(ids));
    this.#dress();
    return this.#lights.points();
  }

  /** Shows one product plainly and the rest as a breath; `null`, or one that is nowhere, shows all. Gives points of it. */
  only(product: number | null): Vector3[] {
    const known = product !== null && this.#bodies.some(({ products }) => products.includes(product));
    this.#product = known ? product : null;
    this.#dress();
    return known ? this.touchable.flatMap(corners) : [];
  }

  /** Lets go of the model: every body wears its own look again. */
  clear(): void {
    this.#lights.clear();
    this.#product = null;
    this.#dress();
    this.#bodies = [];
  }

  dispose(): void {
    this.clear();
    this.#lights.dispose();
    this.#looks.dispose();
  }

  #isGhost(body: Body): boolean {
    return this.#product !== null && !body.products.includes(this.#product);
  }

  #dress(): void {
    const lit = this.#lights.on;
    const ghost = (body: Body): boolean => this.#isGhost(body);
    this.#looks.dress(this.#bodies, (body) => (ghost(body) ? 'ghost' : lit ? 'dimmed' : 'own'));
    this.#lights.hide(ghost);
    this.edges.hide(ghost);
  }
}

/** The corners of a body's box, in the frame that the model's root stands in. */
function corners({ mesh: { geometry, matrixWorld } }: Body): Vector3[] {
  if (!geometry.boundingBox) geometry.computeBoundingBox();
  const { min, max } = geometry.boundingBox ?? new Box3();
  const found: Vector3[] = [];
  for (const x of [min.x, max.x]) for (const y of [min.y, max.y]) for (const z of [min.z, max.z]) found.push(new Vector3(x, y, z).applyMatrix4(matrixWorld));
  return found;
}
