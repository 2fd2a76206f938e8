/** How long a job has taken: it counts seconds, which the page's own clock does not. */
import { createSubscriber } from 'svelte/reactivity';
import { t } from '@/lib/messages';
import type { Job } from '@/lib/types';

const SECOND = 1000;

class Seconds {
  #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, SECOND);
    return () => clearInterval(timer);
  });

  /** The time now; whatever reads it in the page is told each second. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

export const seconds = new Seconds();

/** "12 s", "2 min 5 s", "14 min", "3 h". */
export function span(milliseconds: number): string {
  const count = Math.max(0, Math.round(milliseconds / SECOND));
  if (count < 60) return t('time.seconds', { count });
  const minutes = Math.floor(count / 60);
  if (minutes < 10) return t('time.minutesSeconds', { minutes, seconds: count % 60 });
  if (minutes < 60) return t('time.minutes', { count: minutes });
  return t('time.hours', { count: Math.floor(minutes / 60) });
}

/** How long it has run so far, or ran; empty before it began. */
export function took(job: Pick<Job, 'startedAt' | 'finishedAt'>, now: number): string {
  const from = Date.parse(job.startedAt ?? '');
  const until = job.finishedAt ? Date.parse(job.finishedAt) : now;
  return Number.isNaN(from) || Number.isNaN(until) ? '' : span(until - from);
}
