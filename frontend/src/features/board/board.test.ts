import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseFilters } from '@/lib/filters';
import { aPart, fakeFetch, json } from '@/testing';
import type { Part } from '@/lib/types';
import { feed } from '@/features/parts/feed';
import { Board } from './board.svelte';
import { groupsOf } from './lanes';

const lanes = (by: Partial<Record<string, Part[]>>) =>
  fakeFetch(
    Object.fromEntries(
      ['review', 'cnc', 'hand', 'completed'].map((category) => [
        `GET /api/parts/categories/${category}`,
        () => json({ parts: by[category] ?? [], total: by[category]?.length ?? 0, nextCursor: null }),
      ]),
    ),
  );
const shown = (board: Board) => Object.fromEntries(board.lanes.map((lane) => [lane.category, lane.parts.map((part) => part.id)]));

async function boardWith(by: Partial<Record<string, Part[]>>, query = '') {
  vi.stubGlobal('fetch', lanes(by).fetch);
  const board = new Board();
  board.load(parseFilters(new URLSearchParams(query)));
  await vi.waitFor(() => expect(board.loaded).toBe(true));
  return board;
}

afterEach(() => vi.unstubAllGlobals());

describe('the board', () => {
  it('moves a part to its new lane and counts it there', async () => {
    const board = await boardWith({ review: [aPart({ id: 11 })] });
    const stop = board.follow();
    feed.announce(aPart({ id: 11, category: 'cnc', version: 2 }));
    expect(shown(board)).toEqual({ review: [], cnc: [11], hand: [], completed: [] });
    expect(board.lanes.map((lane) => lane.total)).toEqual([0, 1, 0, 0]);
    stop();
  });

  it('leaves out a new part that the filters leave out', async () => {
    const board = await boardWith({}, 'subsystem=Arm');
    const stop = board.follow();
    feed.announce(aPart({ id: 12, subsystem: 'Intake' }));
    feed.announce(aPart({ id: 13, subsystem: 'Arm' }));
    expect(shown(board).review).toEqual([13]);
    stop();
  });

  it('takes a deleted part away', async () => {
    const board = await boardWith({ hand: [aPart({ id: 14, category: 'hand' })] });
    const stop = board.follow();
    feed.announceGone(14);
    expect(board.lanes[2]!.total).toBe(0);
    stop();
  });

  it('is empty only when there is nothing at all', async () => {
    expect((await boardWith({})).empty).toBe(true);
    expect((await boardWith({}, 'q=x')).empty).toBe(false);
  });
});

describe('a lane', () => {
  it('shows yours first, then what is ready, then what others have', () => {
    const mine = aPart({ id: 1, category: 'cnc', assigned: 'Ana' });
    const free = aPart({ id: 2, category: 'cnc' });
    const theirs = aPart({ id: 3, category: 'cnc', assigned: 'Mei' });
    const groups = groupsOf('cnc', [theirs, free, mine], 'Ana');
    expect(groups.map((group) => group.parts[0]!.id)).toEqual([1, 2, 3]);
  });

  it('puts high priority and near dates on top', () => {
    const parts = [aPart({ id: 1 }), aPart({ id: 2, dueDate: '2026-01-02' }), aPart({ id: 3, priority: 'high' })];
    expect(groupsOf('review', parts, '')[0]!.parts.map((part) => part.id)).toEqual([3, 2, 1]);
  });

  it('sorts what is done by when', () => {
    const now = new Date('2026-03-20T12:00:00').getTime();
    const done = (id: number, at: string) => aPart({ id, category: 'completed', completedAt: new Date(at).toISOString() });
    const groups = groupsOf('completed', [done(1, '2026-02-01T10:00'), done(2, '2026-03-20T08:00'), done(3, '2026-03-17T10:00')], '', now);
    expect(groups.map((group) => [group.key, group.parts.map((part) => part.id)])).toEqual([['lane.today', [2]], ['lane.week', [3]], ['lane.earlier', [1]]]);
  });
});
