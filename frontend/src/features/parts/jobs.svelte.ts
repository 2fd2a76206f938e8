/** Work under way on parts' files, as the live connection tells it: a ring on a card, a stage on the part's page. */
import { SvelteMap } from 'svelte/reactivity';
import { tOr, t } from '@/lib/messages';
import type { Job } from '@/lib/types';
import type { Connection } from '@/live/connection';

const OVER = new Set(['completed', 'failed', 'canceled', 'expired']);

export function isOver(job: Pick<Job, 'status'>): boolean {
  return OVER.has(job.status);
}

class JobsByPart {
  /** The newest job of a part that is still at work. */
  readonly running = new SvelteMap<number, Job>();
  #watchers = new Set<(job: Job) => void>();

  follow(live: Connection): () => void {
    return live.on<Job>('job.progress', (job) => this.apply(job));
  }

  watch(watcher: (job: Job) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  apply(job: Job): void {
    if (job.part !== null) {
      if (isOver(job)) this.running.delete(job.part);
      else this.running.set(job.part, job);
    }
    for (const watcher of this.#watchers) watcher(job);
  }
}

export const jobs = new JobsByPart();

/** What a job does now, in words. */
export function stageText(job: Job): string {
  if (job.status === 'failed') return job.error?.message ?? t('job.failed');
  if (job.status === 'canceled') return t('job.canceled');
  if (job.status !== 'running') return t('job.waiting');
  return tOr(`job.stage.${job.stage}`, job.message ?? job.stage ?? t('job.waiting'));
}
