import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aPart, fakeFetch, json } from '@/testing';
import { Connection, type Source } from '@/live/connection';
import { PartFeed } from './feed';

type Listener = (event: MessageEvent<string>) => void;
const listeners = new Map<string, Listener>();
const source: Source = { onopen: null, onerror: null, readyState: 1, addEventListener: (name, listener) => listeners.set(name, listener), close: () => {} };
const says = (name: string, payload: unknown) => listeners.get(name)?.(new MessageEvent(name, { data: JSON.stringify(payload) }));

let feed: PartFeed;
beforeEach(() => {
  vi.useFakeTimers();
  feed = new PartFeed();
  const live = new Connection(() => source);
  feed.follow(live);
  live.start();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('reads a changed part once, however often it changed in a moment', async () => {
  const server = fakeFetch({ 'GET /api/parts/1': () => json(aPart({ version: 3 })) });
  vi.stubGlobal('fetch', server.fetch);
  const changed = vi.fn();
  feed.watch({ changed });
  says('part.changed', { id: 1, version: 2 });
  says('part.changed', { id: 1, version: 3 });
  await vi.advanceTimersByTimeAsync(200);
  expect(server.asked).toEqual(['GET /api/parts/1']);
  expect(changed).toHaveBeenCalledOnce();
});

it('does not ask for what this page itself has just done', async () => {
  const server = fakeFetch({});
  vi.stubGlobal('fetch', server.fetch);
  feed.announce(aPart({ version: 2 }));
  says('part.changed', { id: 1, version: 2 });
  await vi.advanceTimersByTimeAsync(200);
  expect(server.asked).toEqual([]);
});

it('drops an answer that is older than what is known', () => {
  const changed = vi.fn();
  feed.watch({ changed });
  feed.announce(aPart({ version: 5 }));
  feed.announce(aPart({ version: 4 }));
  expect(changed).toHaveBeenCalledOnce();
});

it('reads lists again instead of many single parts', async () => {
  vi.stubGlobal('fetch', fakeFetch({}).fetch);
  const resync = vi.fn();
  feed.watch({ resync });
  for (let id = 1; id <= 20; id += 1) says('part.changed', { id, version: 1 });
  await vi.advanceTimersByTimeAsync(200);
  expect(resync).toHaveBeenCalledOnce();
});

it('takes a part away when it is deleted, or gone when it is asked for', async () => {
  const server = fakeFetch({ 'GET /api/parts/2': () => json({ title: 'Not here' }, 404) });
  vi.stubGlobal('fetch', server.fetch);
  const gone = vi.fn();
  feed.watch({ gone });
  says('part.deleted', { id: 1 });
  says('part.changed', { id: 2, version: 9 });
  await vi.advanceTimersByTimeAsync(200);
  expect(gone.mock.calls).toEqual([[1], [2]]);
});

it('fetches a part as soon as its picture is rendered, long before the rest is read', async () => {
  const server = fakeFetch({ 'GET /api/parts/4': () => json(aPart({ id: 4 })) });
  vi.stubGlobal('fetch', server.fetch);
  const changed = vi.fn();
  feed.watch({ changed });
  says('model.changed', { id: 9, part: 4, stage: 'thumbnails' });
  says('model.changed', { id: 10, part: null, stage: 'thumbnails' });
  await vi.advanceTimersByTimeAsync(200);
  expect(server.asked).toEqual(['GET /api/parts/4']);
  expect(changed).toHaveBeenCalledOnce();
});

it('does not ask for a deleted part when older news of it come late, but does when it is restored', async () => {
  const server = fakeFetch({ 'GET /api/parts/1': () => json(aPart({ version: 9 })) });
  vi.stubGlobal('fetch', server.fetch);
  feed.announceGone(1);
  says('part.changed', { id: 1, version: 7, action: 'revision.detached' });
  says('job.progress', { part: 1, status: 'completed' });
  await vi.advanceTimersByTimeAsync(200);
  expect(server.asked).toEqual([]);
  says('part.changed', { id: 1, version: 9, action: 'part.restored' });
  await vi.advanceTimersByTimeAsync(200);
  expect(server.asked).toEqual(['GET /api/parts/1']);
});
