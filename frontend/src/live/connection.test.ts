import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Connection, type Source } from './connection';

class FakeSource implements Source {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;
  #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(name, listener);
  }
  close(): void {
    this.readyState = 2;
  }
  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  breaks(forGood: boolean): void {
    this.readyState = forGood ? 2 : 0;
    this.onerror?.();
  }
  says(name: string, data: string): void {
    this.#listeners.get(name)?.(new MessageEvent(name, { data }));
  }
}

let sources: FakeSource[];
let live: Connection;
const newest = () => sources.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  live = new Connection(() => {
    sources.push(new FakeSource());
    return newest();
  });
});
afterEach(() => vi.useRealTimers());

it('gives each named event to its listeners, until they stop listening', () => {
  const heard = vi.fn();
  const stop = live.on('part.changed', heard);
  live.start();
  newest().opens();
  newest().says('part.changed', '{"id":3}');
  stop();
  newest().says('part.changed', '{"id":4}');
  expect(heard.mock.calls).toEqual([[{ id: 3 }]]);
});

it('hears those who come after it was opened, and overlooks what is no JSON', () => {
  const heard = vi.fn();
  live.start();
  live.on('job.progress', heard);
  newest().says('job.progress', 'half a mess');
  newest().says('job.progress', '{"id":"j"}');
  expect(heard).toHaveBeenCalledOnce();
});

it('asks for everything again after a reconnect, not after the first connect', () => {
  const resync = vi.fn();
  live.onResync(resync);
  live.start();
  newest().opens();
  expect(resync).not.toHaveBeenCalled();
  newest().breaks(false);
  newest().opens();
  expect(resync).toHaveBeenCalledOnce();
});

it('opens a new stream by itself when the browser gave up, with growing patience', () => {
  live.start();
  newest().opens();
  newest().breaks(true);
  expect(live.state).toBe('lost');
  vi.advanceTimersByTime(1000);
  expect(sources).toHaveLength(2);
  newest().breaks(true);
  vi.advanceTimersByTime(1000);
  expect(sources).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  expect(sources).toHaveLength(3);
});

it('is lost when the browser goes offline, and catches up when it is back', () => {
  const resync = vi.fn();
  live.onResync(resync);
  live.start();
  newest().opens();
  live.lose();
  expect(live.state).toBe('lost');
  live.retry();
  newest().opens();
  expect(live.state).toBe('live');
  expect(resync).toHaveBeenCalledOnce();
});

it('is not called lost while it sleeps, and catches up when it wakes', () => {
  const states: string[] = [];
  const resync = vi.fn();
  live.onState((state) => states.push(state));
  live.onResync(resync);
  live.start();
  newest().opens();
  live.sleep();
  live.start();
  newest().opens();
  expect(states).toEqual(['connecting', 'live', 'asleep', 'live']);
  expect(resync).toHaveBeenCalledOnce();
});
