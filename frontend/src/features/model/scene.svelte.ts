/** What the panels around a model want the viewer to point out, and what a person pointed at in it. */
import type { PickedFace } from '@/viewer';

/** Gets a face that was tapped; answers whether it made use of it. */
type Asker = (face: PickedFace) => boolean;

export class Scene {
  /** Lit faces. `still` ones are lit where they are; to the others the camera turns. */
  lit = $state.raw<{ faces: number[]; still: boolean }>({ faces: [], still: true });
  /** The product that somebody chose to see alone. */
  chosen = $state<number | null>(null);
  /** The product that the pointer is over in a list; it goes before the chosen one while it is. */
  peeked = $state<number | null>(null);
  /** The face that was tapped. */
  face = $state.raw<PickedFace | null>(null);
  /** The face that the mouse rests on. */
  under = $state.raw<PickedFace | null>(null);
  /** Whether the model is more than one part, so that an answer has to name the part. */
  assembly = $state(false);
  /** Counts up when somebody asked to see something: the viewer comes into view for it. */
  looks = $state(0);
  #askers = new Set<Asker>();
  #writers = new Set<(id: number) => void>();

  light(faces: number[]): void {
    this.lit = { faces, still: false };
    this.face = this.under = null;
    if (faces.length === 0) return;
    this.chosen = this.peeked = null; // or what proves the answer might be among what is hidden
    this.looks += 1;
  }

  /** Shows one product alone; a second time, or with null, all. */
  choose(product: number | null): void {
    this.chosen = this.chosen === product ? null : product;
    this.peeked = null;
    if (this.chosen === null) return;
    this.lit = { faces: [], still: true };
    this.face = null;
    this.looks += 1;
  }

  peek(product: number | null): void {
    this.peeked = product;
  }

  /** A tap on a face lights it; one beside the part puts the light out. */
  tap(face: PickedFace | null): void {
    this.under = null;
    this.face = face;
    if (!face) {
      this.lit = { faces: [], still: true };
      return;
    }
    if (![...this.#askers].some((asker) => asker(face))) this.lit = { faces: [face.id], still: true };
  }

  /** Puts a face into the question, wherever that is. */
  askAbout(face: PickedFace): void {
    for (const write of this.#writers) write(face.id);
  }

  /** Whether there is a place to ask in. */
  get canAsk(): boolean {
    return this.#writers.size > 0;
  }

  /** Hears of taps while it wants them, and writes a face into the question when asked to. Returns the undoing. */
  join(asker: Asker, write: (id: number) => void): () => void {
    this.#askers.add(asker);
    this.#writers.add(write);
    return () => {
      this.#askers.delete(asker);
      this.#writers.delete(write);
    };
  }

  /** Forgets everything, for another model. */
  reset(): void {
    this.lit = { faces: [], still: true };
    this.chosen = this.peeked = null;
    this.face = this.under = null;
  }
}
