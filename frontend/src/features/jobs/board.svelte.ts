/** What the server does: the jobs that run, those that wait, those that failed or were done lately. */
import { jobs as api } from '@/lib/api';
import type { Job } from '@/lib/types';
import type { Connection } from '@/live/connection';
import { isOver, jobs } from './jobs.svelte';

const LATELY = 30;
const FAILED_LATELY = 20;
const AT_WORK_LIMIT = 200;
const GATHER_MS = 300;

export class JobBoard {
  #listed = $state.raw<Job[]>([]);
  loaded = $state(false);
  error = $state.raw<unknown>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Every listed job as it is now; live news go before what was listed. */
  get #all(): Job[] {
    const newest = new Map(this.#listed.toReversed().map(({ id, model }) => [model, id]));
    return this.#listed.map((one) => {
      const job = { ...one, ...jobs.known.get(one.id) };
      // What a file lacks now was left undone by its last job, not by those before.
      return newest.get(one.model) === one.id ? job : { ...job, unfinished: [] };
    });
  }

  get running(): Job[] {
    return this.#all.filter((job) => job.status === 'running');
  }

  get waiting(): Job[] {
    // The server lists the newest first; whoever has waited longest is next.
    return this.#all.filter((job) => !isOver(job) && job.status !== 'running').reverse();
  }

  get failed(): Job[] {
    return this.#over.filter((job) => job.status === 'failed').slice(0, FAILED_LATELY);
  }

  get done(): Job[] {
    return this.#over.filter((job) => job.status !== 'failed').slice(0, LATELY);
  }

  get #over(): Job[] {
    const ended = (job: Job) => job.finishedAt ?? job.createdAt ?? '';
    return this.#all.filter(isOver).sort((a, b) => ended(b).localeCompare(ended(a)));
  }

  async load(): Promise<void> {
    try {
      const lists = await Promise.all([
        api.list({ limit: LATELY }),
        api.list({ status: 'failed', limit: FAILED_LATELY }),
        api.list({ status: 'running', limit: AT_WORK_LIMIT }),
        api.list({ status: 'queued', limit: AT_WORK_LIMIT }),
      ]);
      const found = new Map(lists.flatMap((page) => page.items.map((job) => [job.id, job])));
      for (const job of found.values()) jobs.apply(job);
      this.#listed = [...found.values()].sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''));
      this.error = null;
      this.loaded = true;
    } catch (error) {
      this.error = error;
    }
  }

  /** Follow what happens. Returns the undoing. */
  follow(live: Connection): () => void {
    const undo = [
      live.onResync(() => this.#soon()),
      // News of a job that is not listed yet, and its end, tell less than the list: who, how long, which files.
      live.on<Job>('job.progress', (job) => {
        if (isOver(job) || !this.#listed.some(({ id }) => id === job.id)) this.#soon();
      }),
    ];
    return () => {
      undo.forEach((one) => one());
      clearTimeout(this.#timer);
    };
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.load();
    }, GATHER_MS);
  }
}
