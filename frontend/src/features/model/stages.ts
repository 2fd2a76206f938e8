/** Where the reading of a file stands, stage by stage: what the stored ends and the job at work say together. */
import { liesInFile } from '@/features/jobs/ends';
import { t } from '@/lib/messages';
import { isOver } from '@/features/jobs/jobs.svelte';
import type { Job, ModelDetail, StageName } from '@/lib/types';

const ORDER = ['loading', 'convert', 'bom', 'thumbnails', 'diagram', 'collect', 'done'];

export interface Stage {
  /** `unread`: nobody asked for it, and nobody does now. */
  state: 'done' | 'failed' | 'skipped' | 'working' | 'waiting' | 'unread';
  /** Why it failed or was skipped, as the server says it. */
  message: string;
  code: string;
  /** The job that is at it, or the newest one that was. */
  job: Job | null;
}

/** The newest job of a model; the server lists them newest first, live ones come to the front. */
export function newestJob({ jobs }: Pick<ModelDetail, 'jobs'>): Job | null {
  return jobs.reduce<Job | null>((newest, job) => (newest && (newest.createdAt ?? '') >= (job.createdAt ?? '') ? newest : job), null);
}

export function jobAtWork(model: Pick<ModelDetail, 'jobs'>): Job | null {
  return model.jobs.find((job) => !isOver(job)) ?? null;
}

export function stageOf(model: ModelDetail, name: StageName): Stage {
  const working = jobAtWork(model);
  const job = working ?? newestJob(model);
  const end = model.stages[name];
  const ended: Stage = { state: end?.status ?? 'unread', message: end?.message ?? '', code: end?.code ?? '', job };
  if (!working || isUnwanted(model, name)) return ended;
  const [at, here] = [ORDER.indexOf(working.stage ?? ''), ORDER.indexOf(name)];
  if (at === here) return { ...ended, state: 'working' };
  return at < here ? { ...ended, state: 'waiting' } : ended;
}

function isUnwanted({ options }: ModelDetail, name: StageName): boolean {
  return name !== 'convert' && options[name] === false;
}

/** Whether a stage has something to say or to show, now or soon. */
export function isThere({ state }: Stage): boolean {
  return state !== 'unread';
}

/** Whether trying again can help: the job is over, and something of it went wrong. */
export function mayRetry({ state, code, job }: Stage): boolean {
  return state === 'failed' && !liesInFile(code) && job !== null && isOver(job);
}

/** Whether stages were never tried, as in a file from before there were any, and no job is about to. */
export function isUnread(model: ModelDetail): boolean {
  if (model.status !== 'ready' || jobAtWork(model)) return false;
  return (['bom', 'thumbnails', 'diagram'] as const).some((name) => !model.stages[name] && !isUnwanted(model, name));
}

export interface NoAnswers {
  message: string;
  /** What may help: the same reading once more, the reading that never was; nothing where it lies in the file. */
  way: 'retry' | 'read' | null;
}

/** Why a model answers no questions; null when it does, or will when it is read. */
export function noAnswers(model: ModelDetail): NoAnswers | null {
  const { state, code, message } = stageOf(model, 'bom');
  if (model.exact || model.status !== 'ready' || state === 'working' || state === 'waiting') return null;
  if (state === 'unread') return jobAtWork(model) ? null : { message: t('measures.readNow'), way: 'read' };
  if (state === 'skipped') return { message, way: 'read' };
  return { message, way: liesInFile(code) ? null : 'retry' };
}
