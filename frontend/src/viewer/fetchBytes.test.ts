// @vitest-environment node
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchBytes, type LoadProgress } from './fetchBytes.ts';

const BODY = Buffer.alloc(100_000, 'kerf');
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/plain') response.setHeader('content-length', BODY.length).end(BODY);
    else if (request.url === '/packed') response.setHeader('content-encoding', 'gzip').end(gzipSync(BODY));
    else if (request.url === '/missing') response.writeHead(404).end();
    else if (request.url === '/torn') response.setHeader('content-length', BODY.length).write(BODY.subarray(0, 10), () => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const never = new AbortController().signal;

describe('fetchBytes', () => {
  it('gives all bytes and tells how far it is', async () => {
    const told: LoadProgress[] = [];
    const bytes = await fetchBytes(`${base}/plain`, never, (progress) => told.push(progress));
    expect(Buffer.from(bytes).equals(BODY)).toBe(true);
    expect(told.at(-1)).toEqual({ loadedBytes: BODY.length, totalBytes: BODY.length });
  });

  it('promises no total where the size on the way is another than the size at hand', async () => {
    const told: LoadProgress[] = [];
    const bytes = await fetchBytes(`${base}/packed`, never, (progress) => told.push(progress));
    expect(bytes.byteLength).toBe(BODY.length);
    expect(told.at(-1)).toEqual({ loadedBytes: BODY.length, totalBytes: null });
  });

  it("passes on a server's refusal with its status", async () => {
    await expect(fetchBytes(`${base}/missing`, never)).rejects.toMatchObject({ code: 'load_failed', status: 404 });
  });

  it('says when the connection breaks, before or within the body', async () => {
    await expect(fetchBytes('http://127.0.0.1:1/x', never)).rejects.toMatchObject({ code: 'load_failed', status: null });
    await expect(fetchBytes(`${base}/torn`, never, () => undefined)).rejects.toMatchObject({ code: 'load_failed' });
  });

  it('stops when told to, with the reason it was given', async () => {
    const stop = new AbortController();
    const answer = fetchBytes(`${base}/silent`, stop.signal);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });
});
