import { expect, it } from 'vitest';
import type { ActivityItem } from '@/lib/types';
import { changesOf, sentenceOf } from './words';

const item = (over: Partial<ActivityItem>): ActivityItem => ({
  id: 1, action: 'part.claimed', who: 'Ana', at: '2026-01-01T10:00:00Z', part: { id: 3, partId: null, name: '{who} <b>' }, before: {}, after: {}, note: null, ...over,
});

it('tells who did what to which part, and takes names as they are', () => {
  expect(sentenceOf(item({}))).toEqual({ before: 'Ana claimed ', part: '{who} <b>', after: '' });
  expect(sentenceOf(item({ action: 'revision.ready' }))).toEqual({ before: 'The 3D model of ', part: '{who} <b>', after: ' is ready' });
});

it('shows an action that it does not know by its name', () => {
  expect(sentenceOf(item({ action: 'part.painted', who: null })).before).toBe('Somebody: part.painted ');
});

it('lists what an update changed', () => {
  const update = item({ action: 'part.updated', before: { amount: 2, storage: null }, after: { amount: 4, storage: 'Bin 9', secret: 1 } });
  expect(changesOf(update)).toEqual(['Quantity 2 → 4', 'Storage place – → Bin 9']);
});
