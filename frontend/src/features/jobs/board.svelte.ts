/** What the server does: the jobs that run, those that wait, those that were over lately. */
import { jobs as api } from '@/lib/api';
import type { Job } from '@/lib/types';
import type { Connection } from '@/live/connection';
import { isOver, jobs } from './jobs.svelte';

const LATELY = 40;
const AT_WORK_LIMIT = 200;
const GATHER_MS = 300;

export class JobBoard {
  #listed = $state.raw<Job[]>([]);
  loaded = $state(false);
  error = $state.raw<unknown>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Every listed job as it is now; live news go before what was listed. */
  get #all(): Job[] {
    return this.#listed.map((job) => ({ ...job, ...jobs.known.get(job.id) }));
  }

  get running(): Job[] {
    return this.#all.filter((job) => job.status === 'running');
  }

  get waiting(): Job[] {
    // The server lists the newest first; whoever has waited longest is next.
    return this.#all.filter((job) => !isOver(job) && job.status !== 'running').reverse();
  }

  get lately(): Job[] {
    const over = this.#all.filter(isOver);
    return over.sort((a, b) => (b.finishedAt ?? b.createdAt ?? '').localeCompare(a.finishedAt ?? a.createdAt ?? '')).slice(0, LATELY);
  }

  async load(): Promise<void> {
    try {
      const [newest, running, queued] = await Promise.all([api.list({ limit: LATELY }), ...(['running', 'queued'] as const).map((status) => api.list({ status, limit: AT_WORK_LIMIT }))]);
      const found = new Map<string, Job>();
      for (const job of [...(newest?.items ?? []), ...(running?.items ?? []), ...(queued?.items ?? [])]) found.set(job.id, job);
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
