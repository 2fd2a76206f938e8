/** Work under way on files, as the live connection tells it: a ring on a card, a stage on a page, a bar in the tray. */
import { SvelteMap } from 'svelte/reactivity';
import { jobs as api } from '@/lib/api';
import { ApiError } from '@/lib/http';
import { tOr, t } from '@/lib/messages';
import type { Job } from '@/lib/types';
import type { Connection } from '@/live/connection';

const OVER = new Set(['completed', 'failed', 'canceled', 'expired']);
/** So many jobs are remembered; the oldest of those that are over go first. */
const REMEMBERED = 300;
const AT_WORK_LIMIT = 200;

export function isOver(job: Pick<Job, 'status'>): boolean {
  return OVER.has(job.status);
}

export class Jobs {
  /** The newest job of a part that is still at work. */
  readonly running = new SvelteMap<number, Job>();
  /** The same by model. */
  readonly reading = new SvelteMap<number, Job>();
  /** The job of a model that was stopped, until another one begins. */
  readonly stopped = new SvelteMap<number, Job>();
  /** Every job that was heard of since the page was opened, as it is now. */
  readonly known = new SvelteMap<string, Job>();
  #watchers = new Set<(job: Job) => void>();

  /** Follow the live connection, beginning with what is at work already. Returns the undoing. */
  follow(live: Connection): () => void {
    const undo = [live.on<Job>('job.progress', (job) => this.apply(job)), live.onResync(() => void this.catchUp())];
    void this.catchUp();
    return () => undo.forEach((one) => one());
  }

  watch(watcher: (job: Job) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Take in how a job is now. A live event tells less than an answer of the server, so the rest stays as it was known. */
  apply(news: Job): void {
    const before = this.known.get(news.id);
    const job = { ...before, ...news };
    job.startedAt ??= before?.startedAt ?? (job.status === 'running' ? new Date().toISOString() : null);
    this.known.set(job.id, job);
    if (before && before.part !== job.part) this.#forget(this.running, before.part, job);
    this.#place(this.running, job.part, job);
    const model = job.model === null ? null : Number(job.model);
    this.#place(this.reading, model, job);
    if (model !== null && job.status === 'canceled') this.stopped.set(model, job);
    else if (model !== null) this.stopped.delete(model);
    this.#tidy();
    for (const watcher of this.#watchers) watcher(job);
  }

  /** Take in a job from an answer that may be older than what the live connection said of it meanwhile. */
  meet(job: Job): void {
    if (!this.known.has(job.id)) this.apply(job);
  }

  /** Read what is at work, and what became of the jobs that are not any more. */
  async catchUp(): Promise<void> {
    try {
      const answers = await Promise.all((['running', 'queued'] as const).map((status) => api.list({ status, limit: AT_WORK_LIMIT })));
      const atWork = answers.flatMap((page) => page.items);
      const missed = [...this.known.values()].filter((job) => !isOver(job) && !atWork.some(({ id }) => id === job.id));
      for (const job of atWork) this.apply(job);
      for (const { id } of missed) this.apply(await api.get(id));
    } catch (error) {
      // Offline or busy: the next reconnect catches up.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #place(map: SvelteMap<number, Job>, key: number | null, job: Job): void {
    if (key === null || Number.isNaN(key)) return;
    if (isOver(job)) this.#forget(map, key, job);
    else map.set(key, job);
  }

  #forget(map: SvelteMap<number, Job>, key: number | null, job: Job): void {
    if (key !== null && map.get(key)?.id === job.id) map.delete(key);
  }

  #tidy(): void {
    if (this.known.size <= REMEMBERED) return;
    for (const job of this.known.values()) {
      if (isOver(job)) {
        this.known.delete(job.id);
        this.#forget(this.stopped, job.model === null ? null : Number(job.model), job);
        return;
      }
    }
  }
}

export const jobs = new Jobs();

/** What a job does now, in words. */
export function stageText(job: Job): string {
  if (job.status === 'failed') return job.error?.message ?? t('job.failed');
  if (job.status === 'canceled') return t('job.canceled');
  // It gives way to others once the preview is made.
  if (job.status !== 'running') return t(job.stage && job.stage !== 'loading' ? 'job.resting' : 'job.waiting');
  return tOr(`job.stage.${job.stage}`, job.message ?? job.stage ?? t('job.waiting'));
}
