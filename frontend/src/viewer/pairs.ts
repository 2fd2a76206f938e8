/** A compact table of unordered pairs of whole numbers: the edges of a mesh, a few million of them in well under a second. */

const EMPTY = -1;

export class PairTable {
  #mask: number;
  #slots: Int32Array;
  #low: Uint32Array;
  #high: Uint32Array;
  #size = 0;

  /** `capacity`: the most pairs it will ever hold. */
  constructor(capacity: number) {
    let slots = 16;
    while (slots < capacity * 2) slots *= 2;
    this.#mask = slots - 1;
    this.#slots = new Int32Array(slots).fill(EMPTY);
    this.#low = new Uint32Array(capacity);
    this.#high = new Uint32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of the pair {a, b}: a new one counts on from 0. */
  idOf(a: number, b: number): number {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
    for (slot = (slot ^ (slot >>> 15)) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const id = this.#slots[slot]!;
      if (id === EMPTY) {
        this.#slots[slot] = this.#size;
        this.#low[this.#size] = low;
        this.#high[this.#size] = high;
        return this.#size++;
      }
      if (this.#low[id] === low && this.#high[id] === high) return id;
    }
  }
}
