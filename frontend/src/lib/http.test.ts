import { afterEach, describe, expect, it, vi } from 'vitest';
import { parts, toPage } from './api';
import { ApiError, request, setUnauthorizedListener, toError } from './http';
import { aPart, fakeFetch, json } from '@/testing';

afterEach(() => {
  vi.unstubAllGlobals();
  setUnauthorizedListener(() => {});
});

describe('errors', () => {
  it('take the words, code and fields of problem+json', () => {
    const error = toError(422, {
      title: 'Invalid', detail: 'Two members are wrong.', code: 'validation', requestId: 'r1',
      details: { fields: { name: ['Too long.', 'No.'], amount: ['At least 1.'] } },
    });
    expect(error).toMatchObject({ status: 422, code: 'validation', message: 'Two members are wrong.', requestId: 'r1' });
    expect(error.fields).toEqual({ name: 'Too long. No.', amount: 'At least 1.' });
  });

  it('say something to act on when the body is no problem', () => {
    expect(toError(502, '<html>bad gateway</html>').message).toContain('502');
    expect(toError(507, null).message).toContain('disk');
  });

  it('say offline when nothing answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(request('/parts/')).rejects.toMatchObject({ status: 0, code: 'offline', offline: true });
  });

  it('pass an abort on as an abort', async () => {
    const stop = new AbortController();
    stop.abort();
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('', 'AbortError')));
    const failure = await request('/parts/', { signal: stop.signal }).catch((reason: unknown) => reason);
    expect(failure).not.toBeInstanceOf(ApiError);
  });

  it('tell the shell about a 401', async () => {
    const told = vi.fn();
    setUnauthorizedListener(told);
    vi.stubGlobal('fetch', async () => json({ title: 'Sign in' }, 401));
    await expect(request('/parts/')).rejects.toBeInstanceOf(ApiError);
    expect(told).toHaveBeenCalledOnce();
  });
});

describe('requests', () => {
  it('send If-Match with a change and answer the new ETag', async () => {
    let sent: string | null = null;
    const { fetch } = fakeFetch({
      'PATCH /api/parts/1': (_body, request) => {
        sent = request.headers.get('If-Match');
        return json(aPart({ version: 2 }), 200, { ETag: '"1-2"' });
      },
    });
    vi.stubGlobal('fetch', fetch);
    const { part, etag } = await parts.change(1, { name: 'x' }, '"1-1"');
    expect(sent).toBe('"1-1"');
    expect([part.version, etag]).toEqual([2, '"1-2"']);
  });

  it('send another Idempotency-Key with each new part', async () => {
    const keys = new Set<string | null>();
    const { fetch } = fakeFetch({
      'POST /api/parts/': (_body, request) => {
        keys.add(request.headers.get('Idempotency-Key'));
        return json(aPart(), 201);
      },
    });
    vi.stubGlobal('fetch', fetch);
    await parts.create({ name: 'a' });
    await parts.create({ name: 'a' });
    expect(keys.size).toBe(2);
  });

  it('read lists under their plural', () => {
    expect(toPage({ jobs: [1], total: 7, nextCursor: 'c' }, 'jobs')).toEqual({ items: [1], total: 7, totalIsEstimate: false, nextCursor: 'c' });
    expect(toPage({}, 'jobs').items).toEqual([]);
  });
});
