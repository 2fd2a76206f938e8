/** An entry of the activity as a sentence: who did what to which part. */
import { t, tOr } from '@/lib/messages';
import type { ActivityItem } from '@/lib/types';

export interface Sentence {
  before: string;
  /** The part's name, to be a link; null where it is not wanted. */
  part: string | null;
  after: string;
}

const HERE = '\u0000';

/** Split around the part's name, so that it can be a link without any HTML in messages. */
export function sentenceOf(item: ActivityItem): Sentence {
  const who = item.who ?? t('activity.somebody');
  const text = tOr(`did.${item.action}`, `{who}: ${item.action} {part}`, { who, part: HERE });
  const [before = '', after = ''] = text.split(HERE);
  return { before, part: item.part?.name ?? null, after };
}

const SHOWN: Record<string, string> = {
  name: 'field.name', amount: 'field.amount', completedAmount: 'field.completedAmount', material: 'field.material',
  materialThickness: 'field.materialThickness', subsystem: 'field.subsystem', priority: 'field.priority',
  dueDate: 'field.dueDate', storage: 'field.storage', type: 'field.type', project: 'field.project', partId: 'field.partId',
};

function text(value: unknown): string {
  return value === null || value === undefined || value === '' ? '–' : String(value);
}

/** What an update changed, member by member: "Quantity 2 → 4". */
export function changesOf(item: ActivityItem): string[] {
  if (item.action !== 'part.updated') return [];
  const after = item.after ?? {};
  return Object.keys(after)
    .filter((name) => name in SHOWN)
    .map((name) => `${tOr(SHOWN[name]!, name)} ${text(item.before?.[name])} → ${text(after[name])}`);
}
