/** The table of an answer: which of its columns say something, and how their values are written. */
import { t, tOr } from '@/lib/messages';
import type { AnswerRow, AnswerValue } from '@/lib/types';

export interface Column {
  key: string;
  name: string;
  unit: string;
  /** Numbers stand right, in mono. */
  numeric: boolean;
}

const UNITS: Record<string, string> = { mm: 'mm', mm2: 'mm²', mm3: 'mm³', deg: '°', g: 'g', in: 'in', in2: 'in²', in3: 'in³', lb: 'lb' };
/** What a row is about comes first, how often it is there next, then its numbers; the answer's own order gets lost on the way. */
const ORDER = ['part', 'face', 'surface', 'kind', 'material', 'name', 'count', 'quantity', 'total', 'diameter', 'radius', 'depth', 'pitch'];
const FACES = ['faces', 'face'];
/** Columns that say nothing when they say the same in every row. */
const PLAIN: Record<string, (value: unknown, row: AnswerRow) => boolean> = {
  quantity: (value) => value === 1,
  total: (value, row) => value === row.count,
};

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** In an `assembly` a row names its part, even when all name the same. */
export function columnsOf(rows: AnswerRow[], assembly = false): Column[] {
  const keys = Object.keys(rows[0] ?? {}).sort((a, b) => placeOf(a) - placeOf(b));
  const isNumbers = (key: string): boolean => rows.every((row) => typeof row[key] === 'number' || isEmpty(row[key]));
  const kept = keys.filter((key) => saysSomething(key, rows) || (assembly && key === 'part'));
  const columns = kept.map((key) => ({ key, ...headOf(key), numeric: isNumbers(key) }));
  const each = kept.includes('quantity') ? columns.find(({ key }) => key === 'count') : undefined;
  if (each) each.name = t('column.each');
  return columns;
}

function placeOf(key: string): number {
  const place = ORDER.findIndex((name) => key === name || key.startsWith(`${name}_`));
  return place === -1 ? ORDER.length : place;
}

function saysSomething(key: string, rows: AnswerRow[]): boolean {
  if (FACES.includes(key) && rows.some((row) => Array.isArray(row[key]))) return false;
  if (rows.every((row) => isEmpty(row[key]))) return false;
  if (key === 'part') return rows.some((row) => row.part !== rows[0]?.part);
  return !PLAIN[key] || !rows.every((row) => PLAIN[key]!(row[key], row));
}

/** "counterbore_depth_mm" → Counterbore depth, mm. */
function headOf(key: string): { name: string; unit: string } {
  const [, stem = key, unit = ''] = /^(.*?)(?:_(mm3|mm2|mm|deg|in3|in2|in|lb|g))?$/.exec(key) ?? [];
  const words = stem.replaceAll('_', ' ');
  const name = words.length === 1 ? words.toUpperCase() : words.charAt(0).toUpperCase() + words.slice(1);
  return { name: tOr(`column.${stem}`, name), unit: UNITS[unit] ?? '' };
}

/** A number with the digits that a drawing would give it, a list in words, yes and no. */
export function written(value: unknown): string {
  if (isEmpty(value)) return '–';
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 3 : Math.abs(value) < 10_000 ? 2 : 0 });
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(written).join(', ');
  return String(value);
}

/** The faces that a row is about. */
export function facesOf(row: AnswerRow): number[] {
  const given = FACES.flatMap((key) => (key === 'face' || Array.isArray(row[key]) ? [row[key]].flat() : []));
  return given.filter((face): face is number => typeof face === 'number');
}

/** "6.35 mm", "90°", "12". */
export function measured({ value, unit }: AnswerValue): string {
  if (!unit) return written(value);
  return unit === '°' ? `${written(value)}°` : `${written(value)} ${unit}`;
}
