/** How reading ended where not all went well: which stages failed, why, and whether another try could help. */
import { t } from '@/lib/messages';
import type { Job, Model, StageName, Unfinished } from '@/lib/types';

const STAGES: StageName[] = ['convert', 'bom', 'thumbnails', 'diagram'];
const FACTS = new Set(['no_aperture', 'not_a_plate', 'no_holes', 'several_parts', 'too_many_steps', 'not_closed', 'tessellated', 'no_shape', 'not_a_number']);
const listed = new Intl.ListFormat('en', { type: 'conjunction' });

/** Whether the reason is what the file holds: reading the same file once more ends the same. */
export function liesInFile(code: string | null | undefined): boolean {
  return FACTS.has(code ?? '');
}

/** Which stages of a file failed, in the order that they run. */
export function failures({ stages = {} }: Pick<Model, 'stages'>): Unfinished[] {
  return STAGES.filter((stage) => stages[stage]?.status === 'failed').map((stage) => ({
    stage,
    code: stages[stage]?.code ?? null,
    message: stages[stage]?.message ?? '',
  }));
}

/** What a job that else went well left undone. */
export function undoneBy({ status, unfinished = [] }: Job): Unfinished[] {
  return status === 'completed' ? unfinished : [];
}

/** "Drawing failed." where another try may help, "Without the drawing." where it would not. */
export function lackText({ stage, code }: Unfinished): string {
  return liesInFile(code) ? t('job.without', { part: t(`job.lack.${stage}`) }) : t('job.about.failed', { part: t(`job.about.${stage}`) });
}

/** How a job that is over ended: "Done", "Done, without the drawing", "Failed". */
export function endText(job: Job): string {
  const undone = undoneBy(job);
  if (undone.length === 0) return t(`job.status.${job.status}`);
  return t('job.doneWithout', { parts: listed.format(undone.map(({ stage }) => t(`job.lack.${stage}`))) });
}
