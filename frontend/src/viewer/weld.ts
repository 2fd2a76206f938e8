/** Gives points that lie closer together than a tolerance the same number, also across the borders of the search grid. */

const NONE = -1;

export class Welder {
  #cells = new Map<number, number>();
  #next: number[] = [];
  #points: number[] = [];
  #tolerance: number;
  #cell: number;

  /** `tolerance` in the unit of the points, above 0. */
  constructor(tolerance: number) {
    this.#tolerance = tolerance;
    this.#cell = tolerance * 8;
  }

  get size(): number {
    return this.#next.length;
  }

  idOf(x: number, y: number, z: number): number {
    const reach = this.#tolerance;
    const [x0, x1] = [this.#floor(x - reach), this.#floor(x + reach)];
    const [y0, y1] = [this.#floor(y - reach), this.#floor(y + reach)];
    const [z0, z1] = [this.#floor(z - reach), this.#floor(z + reach)];
    for (let i = x0; i <= x1; i++)
      for (let j = y0; j <= y1; j++)
        for (let k = z0; k <= z1; k++) {
          const found = this.#find(hash(i, j, k), x, y, z);
          if (found !== NONE) return found;
        }
    return this.#insert(hash(this.#floor(x), this.#floor(y), this.#floor(z)), x, y, z);
  }

  #floor(value: number): number {
    return Math.floor(value / this.#cell);
  }

  #find(cell: number, x: number, y: number, z: number): number {
    const p = this.#points;
    for (let id = this.#cells.get(cell) ?? NONE; id !== NONE; id = this.#next[id]!) {
      const at = id * 3;
      const distance = Math.max(Math.abs(p[at]! - x), Math.abs(p[at + 1]! - y), Math.abs(p[at + 2]! - z));
      if (distance <= this.#tolerance) return id;
    }
    return NONE;
  }

  #insert(cell: number, x: number, y: number, z: number): number {
    const id = this.#next.length;
    this.#next.push(this.#cells.get(cell) ?? NONE);
    this.#cells.set(cell, id);
    this.#points.push(x, y, z);
    return id;
  }
}

/** Two cells may share a hash: the distance decides, so that costs time and never a wrong answer. */
const hash = (i: number, j: number, k: number): number =>
  (Math.imul(i, 73856093) ^ Math.imul(j, 19349663) ^ Math.imul(k, 83492791)) | 0;
