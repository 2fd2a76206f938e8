/** What was read from one file, kept current while it is open: facts, bill of materials, pictures, drawing, jobs. */
import { jobs as jobApi, models } from '@/lib/api';
import { ApiError } from '@/lib/http';
import { t } from '@/lib/messages';
import type { BomRow, Job, ModelDetail, ReadOptions, StageName } from '@/lib/types';
import { live } from '@/live';
import { isOver, jobs } from '@/features/jobs/jobs.svelte';
import { toasts } from '@/ui/toasts.svelte';
import { Scene } from './scene.svelte';
import { newestJob, type Stage, stageOf } from './stages';

const GATHER_MS = 150;

interface ModelNews {
  id: number;
  deleted?: boolean;
}

export class Reading {
  /** Undefined until the server was asked, null when it does not have the model. */
  model = $state.raw<ModelDetail | null | undefined>(undefined);
  error = $state.raw<unknown>(null);
  /** A job of the model ended, and what came of it is still to be asked for. */
  stale = $state(false);
  readonly scene = new Scene();
  #id: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request: AbortController | null = null;

  /** Turns to another model, or to none; the same one stays as it is. */
  show(id: number | null): void {
    if (id === this.#id) return;
    this.#id = id;
    this.model = undefined;
    this.error = null;
    this.stale = false;
    this.scene.reset();
    this.#request?.abort();
    if (id !== null) void this.load();
  }

  async load(): Promise<void> {
    const id = this.#id;
    if (id === null) return;
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    try {
      const model = await models.get(id, request.signal);
      if (request.signal.aborted) return;
      this.model = model;
      this.stale = false;
      this.scene.assembly = model.bom.length > 1;
      this.error = null;
    } catch (error) {
      if (request.signal.aborted) return;
      if (error instanceof ApiError && error.status === 404) this.model = null;
      else if (!this.model) this.error = error;
    }
  }

  /** Follow what happens to the model. Returns the undoing. */
  follow(): () => void {
    const undo = [
      live.on<ModelNews>('model.changed', ({ id }) => id === this.#id && this.#loadSoon()),
      live.onResync(() => void this.load()),
      jobs.watch((job) => job.model === this.#id && this.#job(job)),
    ];
    return () => {
      undo.forEach((one) => one());
      clearTimeout(this.#timer);
      this.#request?.abort();
    };
  }

  stage(name: StageName): Stage | null {
    return this.model ? stageOf(this.model, name) : null;
  }

  /** The bill of materials' row of a product. */
  row(product: number | null): BomRow | null {
    return product === null ? null : (this.model?.bom.find((row) => row.product === product) ?? null);
  }

  /** Reads what went wrong once more. */
  async retry(): Promise<void> {
    const job = this.model && newestJob(this.model);
    if (job) await this.#start(() => jobApi.retry(job.id));
  }

  /** Reads the file again with other flags. */
  async again(options: Partial<ReadOptions>): Promise<void> {
    const { model } = this;
    if (model) await this.#start(() => models.read(model.id, options));
  }

  async #start(send: () => Promise<Job>): Promise<void> {
    try {
      jobs.apply(await send());
      await this.load();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toasts.fail(t('error.title'), error.message);
    }
  }

  #job(job: Job): void {
    const { model } = this;
    if (!model) return;
    const known = model.jobs.some((one) => one.id === job.id);
    const list = known ? model.jobs.map((one) => (one.id === job.id ? { ...one, ...job } : one)) : [job, ...model.jobs];
    this.model = { ...model, jobs: list };
    if (!isOver(job)) return;
    this.stale = true;
    this.#loadSoon();
  }

  #loadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), GATHER_MS);
  }
}
