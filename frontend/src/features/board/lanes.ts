/** How a lane's cards are ordered and grouped. */
import type { MessageKey } from '@/lib/messages';
import type { Category, Part } from '@/lib/types';

export interface Group {
  key: MessageKey | null;
  parts: Part[];
}

const RANK = { high: 0, normal: 1, low: 2 } as const;
const DAY_MS = 86_400_000;

/** High priority first, then what is due first; else as the server sorted it. */
export function byUrgency(a: Part, b: Part): number {
  return RANK[a.priority] - RANK[b.priority] || (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999');
}

function grouped(named: [MessageKey, Part[]][]): Group[] {
  return named.filter(([, parts]) => parts.length > 0).map(([key, parts]) => ({ key, parts }));
}

/** Review as one list; a shop lane as yours, ready, in work; completed by when. `me` is the session's name. */
export function groupsOf(category: Category, parts: Part[], me: string, now = Date.now()): Group[] {
  if (category === 'review') return [{ key: null, parts: parts.toSorted(byUrgency) }];
  if (category === 'completed') {
    const midnight = new Date(now).setHours(0, 0, 0, 0);
    const when = (part: Part) => Date.parse(part.completedAt ?? '') || 0;
    const sorted = parts.toSorted((a, b) => when(b) - when(a));
    return grouped([
      ['lane.today', sorted.filter((part) => when(part) >= midnight)],
      ['lane.week', sorted.filter((part) => when(part) < midnight && when(part) >= midnight - 6 * DAY_MS)],
      ['lane.earlier', sorted.filter((part) => when(part) < midnight - 6 * DAY_MS)],
    ]);
  }
  const sorted = parts.toSorted(byUrgency);
  return grouped([
    ['lane.yours', sorted.filter((part) => part.assigned !== null && part.assigned === me)],
    ['lane.ready', sorted.filter((part) => part.assigned === null)],
    ['lane.working', sorted.filter((part) => part.assigned !== null && part.assigned !== me)],
  ]);
}
