/** Numbers, sizes and dates as people read them: relative up to a week, absolute after. */
import type { Part } from './types';
import { t } from './messages';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** "just now", "5 min ago", "3 h ago", "2 days ago", then "14 Nov". */
export function ago(iso: string | null | undefined, now = Date.now()): string {
  const time = Date.parse(iso ?? '');
  if (Number.isNaN(time)) return '';
  const past = now - time;
  if (past < MINUTE) return t('time.now');
  if (past < HOUR) return t('time.minutesAgo', { count: Math.floor(past / MINUTE) });
  if (past < DAY) return t('time.hoursAgo', { count: Math.floor(past / HOUR) });
  if (past < 7 * DAY) return t('time.daysAgo', { count: Math.floor(past / DAY) });
  return t('time.on', { date: day(iso!, now) });
}

/** How long something has lasted: "5 min", "3 h", "2 d"; with `words`, as a sentence has it, "2 days". */
export function lasting(iso: string | null | undefined, now = Date.now(), words = false): string {
  const time = Date.parse(iso ?? '');
  if (Number.isNaN(time)) return '';
  const past = Math.max(0, now - time);
  if (past < HOUR) return t('time.minutes', { count: Math.max(1, Math.floor(past / MINUTE)) });
  if (past < DAY) return t('time.hours', { count: Math.floor(past / HOUR) });
  return t(words ? 'time.daysInWords' : 'time.days', { count: Math.floor(past / DAY) });
}

/** "14 Nov", with the year when it is another one. A plain date stays that date in every zone. */
export function day(iso: string, now = Date.now()): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const date = new Date(plain ? `${iso}T00:00` : iso);
  if (Number.isNaN(date.getTime())) return iso;
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

export function moment(iso: string | null | undefined): string {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) return '';
  return date.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

export interface Due {
  text: string;
  late: boolean;
}

const SOON_DAYS = 3;

/** A due date only when it matters: late, or within three days. */
export function due(part: Pick<Part, 'dueDate' | 'category'>, now = Date.now()): Due | null {
  if (!part.dueDate || part.category === 'completed') return null;
  const end = new Date(`${part.dueDate.slice(0, 10)}T23:59:59`).getTime();
  if (Number.isNaN(end)) return null;
  const days = Math.floor((end - now) / DAY);
  if (end < now) return { text: t('due.late', { count: Math.ceil((now - end) / DAY) }), late: true };
  if (days === 0) return { text: t('due.today'), late: false };
  return days <= SOON_DAYS ? { text: t('due.in', { count: days }), late: false } : null;
}

/** "2 of 4 made", "×4", or nothing for a single one. */
export function quantity(part: Pick<Part, 'amount' | 'completedAmount'>): string {
  if (part.completedAmount > 0 && part.completedAmount < part.amount) {
    return t('quantity.partly', { made: part.completedAmount, amount: part.amount });
  }
  return part.amount > 1 ? `×${part.amount}` : '';
}

export function bytes(count: number | null | undefined): string {
  if (count === null || count === undefined) return '';
  if (count < 1000) return `${count} B`;
  if (count < 1_000_000) return `${number.format(count / 1000)} kB`;
  return `${number.format(count / 1_000_000)} MB`;
}

export function stock(part: Pick<Part, 'material' | 'materialThickness'>): string {
  return [part.material, part.materialThickness].filter(Boolean).join(' ');
}

export function count(value: number): string {
  return number.format(value);
}

/** A link that a person gave, only when following it is safe. */
export function safeLink(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? href : null;
  } catch {
    return null;
  }
}

export function projectName(project: Part['project']): string {
  if (project === null || project === undefined) return '';
  return typeof project === 'object' ? project.name : String(project);
}
