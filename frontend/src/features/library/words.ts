/** What is said of a file in a line: its size, what it is made of. */
import { t } from '@/lib/messages';
import type { Model } from '@/lib/types';
import { sides } from '@/features/model/measures';

/** "120 × 70 × 6.35 mm", or nothing before it was measured. */
export function sizeOf({ bbox }: Pick<Model, 'bbox'>): string {
  const text = bbox ? sides(bbox.xMm, bbox.yMm, bbox.zMm) : '';
  return text && t('file.size', { sides: text });
}

/** "21 parts, 70 pieces" of an assembly; nothing of a single part. */
export function contentOf({ distinctParts, instances }: Pick<Model, 'distinctParts' | 'instances'>): string {
  if (!distinctParts || !instances || instances === 1) return '';
  return `${t('file.parts', { count: distinctParts })}, ${t('file.pieces', { count: instances })}`;
}
