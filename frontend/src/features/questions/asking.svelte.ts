/** Questions about one model: what was asked, what came back, and what to do when no answer came. */
import { models } from '@/lib/api';
import { ApiError } from '@/lib/http';
import { live } from '@/live';
import type { Answer, PastQuestion } from '@/lib/types';
import { isOver, jobs } from '@/features/jobs/jobs.svelte';

const REMEMBERED = 6;
/** The first news of a finished job may be a moment ahead of what it stored. */
const SETTLE_MS = 400;

export interface Trouble {
  /** `unknown`: not understood. `reading`: ask again when the file is read, which happens by itself. */
  kind: 'unknown' | 'reading' | 'inexact' | 'refused' | 'failed';
  message: string;
  /** Words that were not understood and that the message does not name. */
  unknown: string[];
  can: string[];
}

const KINDS: Record<string, Trouble['kind']> = {
  not_understood: 'unknown',
  still_reading: 'reading',
  not_exact: 'inexact',
};

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

export function troubleOf(error: ApiError): Trouble {
  const kind = KINDS[error.code] ?? (error.offline || error.status >= 500 || error.status === 429 ? 'failed' : 'refused');
  const message = error.fields.query ?? error.message;
  const unknown = texts(error.details.unknown).filter((word) => !message.includes(word));
  return { kind, message, unknown, can: texts(error.details.can) };
}

export class Asking {
  /** The question that is being answered, or that was answered last. */
  query = $state('');
  asking = $state(false);
  answer = $state.raw<Answer | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  history = $state.raw<PastQuestion[]>([]);
  #turn = 0;
  #job: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly model: number,
    /** Told about the faces that prove an answer. */
    private readonly prove: (faces: number[]) => void,
  ) {}

  async ask(text: string): Promise<void> {
    const query = text.trim();
    if (!query) return;
    const turn = ++this.#turn;
    this.query = query;
    this.asking = true;
    try {
      const answer = await models.ask(this.model, query);
      if (turn !== this.#turn) return;
      this.answer = answer;
      this.trouble = null;
      this.#job = null;
      this.prove(answer.faces);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (turn === this.#turn) this.#refused(error);
    } finally {
      if (turn === this.#turn) this.asking = false;
    }
    void this.remember();
  }

  /** Asks the same once more. */
  again(): void {
    void this.ask(this.query);
  }

  async remember(): Promise<void> {
    try {
      this.history = distinct((await models.questions(this.model, REMEMBERED * 3)).items);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // a list of old questions is no loss
    }
  }

  /** Follow the reading of the file, to ask again when it is done. Returns the undoing. */
  follow(): () => void {
    const undo = [
      jobs.watch((job) => job.id === this.#job && isOver(job) && this.#againSoon()),
      live.on<{ id: number; stage?: string }>('model.changed', ({ id, stage }) => id === this.model && stage === 'bom' && this.#againSoon()),
      live.onResync(() => this.#againSoon()),
    ];
    return () => {
      undo.forEach((one) => one());
      clearTimeout(this.#timer);
      this.#turn += 1;
    };
  }

  #refused(error: ApiError): void {
    this.answer = null;
    this.trouble = troubleOf(error);
    const { job } = error.details;
    this.#job = this.trouble.kind === 'reading' && typeof job === 'string' ? job : null;
    this.prove([]);
  }

  #againSoon(): void {
    if (this.trouble?.kind !== 'reading') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.trouble?.kind === 'reading' && this.again(), SETTLE_MS);
  }
}

/** What was understood, each question once, the newest first. */
export function distinct(asked: PastQuestion[]): PastQuestion[] {
  const seen = new Set<string>();
  const kept = asked.filter(({ query, code }) => {
    const key = query.toLocaleLowerCase();
    if (code || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return kept.slice(0, REMEMBERED);
}

/**
 * A question with a face put into it: alone it is about the face, two make a distance, and behind other words it is
 * the next of them.
 */
export function withFace(text: string, id: number): string {
  const face = `face ${id}`;
  const only = /^\s*(face \d+)\s*$/i.exec(text);
  if (only) return only[1]!.toLowerCase() === face ? face : `distance between ${only[1]!.toLowerCase()} and ${face}`;
  if (text.trim() === '' || /^distance between face \d+ and face \d+$/i.test(text.trim())) return face;
  if (/\bface\s*$/i.test(text)) return `${text.trimEnd()} ${id}`;
  return `${text.trimEnd()} ${face}`;
}
