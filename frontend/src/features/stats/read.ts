/** Reads the statistics' answers into what the page draws, and lives with members that are missing. */
export interface Bar {
  label: string | null;
  value: number;
  /** The part of `value` that is done, where that makes sense. */
  done?: number;
}

type Loose = Record<string, unknown>;

const loose = (value: unknown): Loose => (value && typeof value === 'object' && !Array.isArray(value) ? (value as Loose) : {});
const rows = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(loose) : []);
const num = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);

export interface Overview {
  total: number;
  byCategory: Record<string, number>;
  byStatus: Record<string, number>;
  assigned: number;
  unassigned: number;
}

export function readOverview(body: unknown): Overview {
  const { by_category, by_status, assignment, total } = loose(body);
  const numbers = (value: unknown) => Object.fromEntries(Object.entries(loose(value)).map(([name, count]) => [name, num(count)]));
  return {
    total: num(total),
    byCategory: numbers(by_category),
    byStatus: numbers(by_status),
    assigned: num(loose(assignment).assigned),
    unassigned: num(loose(assignment).unassigned),
  };
}

export interface Detailed {
  pieces: number;
  piecesDone: number;
  meanHours: number | null;
  medianHours: number | null;
  bySubsystem: Bar[];
  byType: Bar[];
  byWeek: Bar[];
}

const progress = (value: unknown): Bar[] =>
  rows(value).map((row) => ({ label: text(row.value), value: num(row.pieces), done: num(row.piecesCompleted) }));

export function readDetailed(body: unknown): Detailed {
  const all = loose(body);
  const totals = loose(all.totals);
  const hours = loose(all.hoursToCompletion);
  return {
    pieces: num(totals.pieces),
    piecesDone: num(totals.piecesCompleted),
    meanHours: typeof hours.mean === 'number' ? hours.mean : null,
    medianHours: typeof hours.median === 'number' ? hours.median : null,
    bySubsystem: progress(all.bySubsystem),
    byType: progress(all.byType),
    byWeek: rows(all.byWeek).map((row) => ({ label: text(row.week), value: num(row.parts) })),
  };
}

export interface Leader {
  person: string;
  finished: number;
  points: number;
}

export function readLeaders(body: unknown): Leader[] {
  const list = Array.isArray(body) ? body : loose(body).leaderboard;
  return rows(list)
    .map((row) => ({ person: text(row.person) ?? '', finished: num(row.finished), points: num(row.points) }))
    .filter((leader) => leader.person !== '');
}
