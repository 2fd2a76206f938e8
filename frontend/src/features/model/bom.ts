/** The bill of materials as a list that folds: which rows are seen when some are closed or something is looked for. */
import type { BomRow } from '@/lib/types';

export interface BomLine {
  row: BomRow;
  /** Whether other rows stand under it. */
  holds: boolean;
  /** How far it is indented: 0 for the rows at the top. */
  depth: number;
}

const under = (path: string, parent: string): boolean => path.startsWith(`${parent}.`);

function matches({ part_number, part_description, source_name, notes }: BomRow, words: string[]): boolean {
  const text = `${part_number} ${part_description} ${source_name} ${notes}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

/**
 * The lines to show. Rows come in the order of the tree. A search opens everything and keeps what fits, with the
 * assemblies that it stands in.
 */
export function linesOf(rows: BomRow[], closed: ReadonlySet<string>, search = ''): BomLine[] {
  const top = rows.reduce((least, { level }) => Math.min(least, level), Infinity);
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const wanted = words.length > 0 ? wantedPaths(rows, words) : null;
  const lines: BomLine[] = [];
  let closedAt: string | null = null;
  rows.forEach((row, at) => {
    if (wanted ? !wanted.has(row.path) : closedAt !== null && under(row.path, closedAt)) return;
    closedAt = closed.has(row.path) ? row.path : null;
    const next = rows[at + 1];
    lines.push({ row, holds: next !== undefined && under(next.path, row.path), depth: row.level - top });
  });
  return lines;
}

function wantedPaths(rows: BomRow[], words: string[]): Set<string> {
  const wanted = new Set<string>();
  for (const row of rows) {
    if (!matches(row, words)) continue;
    const steps = row.path.split('.');
    steps.forEach((_, at) => wanted.add(steps.slice(0, at + 1).join('.')));
  }
  return wanted;
}

/** Whether the file is one part: nothing to take apart. */
export function isSinglePart(rows: BomRow[]): boolean {
  return rows.length <= 1;
}

/** The name that the file has for it, when it says more than what is shown anyway. */
export function sourceName({ source_name, part_number, part_description }: BomRow): string {
  const plain = (text: string): string => text.replace(/[\s\p{P}\p{S}]+/gu, '').toLocaleLowerCase();
  return [part_number, part_description, `${part_number} ${part_description}`].some((shown) => plain(shown) === plain(source_name) && shown.trim() !== '')
    ? ''
    : source_name;
}
