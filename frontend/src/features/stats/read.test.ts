import { expect, it } from 'vitest';
import { readDetailed, readLeaders, readOverview } from './read';

it('reads the counts by their names', () => {
  const overview = readOverview({ total: 3, by_category: { cnc: 2 }, by_status: { pending: 1 }, assignment: { assigned: 1, unassigned: 2 } });
  expect(overview).toEqual({ total: 3, byCategory: { cnc: 2 }, byStatus: { pending: 1 }, assigned: 1, unassigned: 2 });
});

it('lives with answers that lack what it wants', () => {
  expect(readOverview(null).total).toBe(0);
  expect(readDetailed({ byWeek: 'none', hoursToCompletion: null })).toMatchObject({ pieces: 0, medianHours: null, byWeek: [], bySubsystem: [] });
  expect(readLeaders([{ person: 'Ana', points: 1.5 }, { points: 3 }])).toEqual([{ person: 'Ana', finished: 0, points: 1.5 }]);
});
