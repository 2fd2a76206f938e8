import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aPart, fakeFetch, json } from '@/testing';
import { aModel } from '@/testing/models';
import { router } from '@/lib/router.svelte';
import { session } from '@/lib/session.svelte';
import type { LibraryFile } from '@/lib/types';
import { Connection, type Source } from '@/live/connection';
import { toasts } from '@/ui/toasts.svelte';
import { attach, makePart, remove } from './doing.svelte';
import FileCard from './FileCard.svelte';
import FilesMade from './FilesMade.svelte';
import { formatWanted, LibraryFiles, parseWanted } from './files.svelte';
import { parseOptions } from './readOptions.svelte';
import { contentOf, sizeOf } from './words';

const aFile = (over: Partial<LibraryFile> = {}): LibraryFile => ({
  id: 1, revision: 'A', fileName: 'plate.step', bytes: 1000, status: 'ready', thumbnailUrl: null, modelUrl: null, part: null,
  createdAt: '2026-01-10T10:00:00Z', createdBy: 'Ana', stages: {}, ...over,
});
const listed = (...models: LibraryFile[]) => json({ models, total: models.length, nextCursor: null });

let listeners: Map<string, (event: MessageEvent<string>) => void>;
let live: Connection;
const says = (name: string, payload: unknown) => listeners.get(name)?.(new MessageEvent(name, { data: JSON.stringify(payload) }));

beforeEach(() => {
  listeners = new Map();
  const source: Source = { onopen: null, onerror: null, readyState: 1, addEventListener: (name, listener) => listeners.set(name, listener), close: () => {} };
  live = new Connection(() => source);
  session.who = { name: 'Ana', role: 'member', scopes: ['models:write', 'parts:write'] };
});
afterEach(() => {
  for (const { id } of toasts.list) toasts.close(id);
  session.who = undefined;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the files of the library', () => {
  async function shown(answers: Parameters<typeof fakeFetch>[0], status: 'pending' | null = null) {
    const server = fakeFetch({ 'GET /api/models/': () => listed(aFile(), aFile({ id: 2 })), ...answers });
    vi.stubGlobal('fetch', server.fetch);
    vi.useFakeTimers();
    const files = new LibraryFiles();
    files.follow(live);
    live.start();
    await files.load({ search: ' plate ', status });
    server.asked.length = 0;
    return { files, asked: server.asked };
  }

  it('read a shown file again when a stage of it has its result, once for several', async () => {
    const { files, asked } = await shown({ 'GET /api/models/2': () => json(aFile({ id: 2, thumbnailUrl: '/t.webp' })) });
    says('model.changed', { id: 2, part: null, stage: 'convert' });
    says('model.changed', { id: 2, part: null, stage: 'thumbnails' });
    await vi.advanceTimersByTimeAsync(400);
    expect(asked).toEqual(['GET /api/models/2']);
    expect(files.items[1]!.thumbnailUrl).toBe('/t.webp');
  });

  it('ask for the list when something comes in', async () => {
    const { asked } = await shown({});
    says('model.changed', { id: 9, part: null, deleted: false });
    await vi.advanceTimersByTimeAsync(400);
    expect(asked).toEqual(['GET /api/models/']);
  });

  it('drop what was deleted or went to a part, without asking for it', async () => {
    const { files, asked } = await shown({});
    says('model.changed', { id: 2, part: null, stage: 'bom' });
    says('model.changed', { id: 2, part: null, deleted: true });
    says('model.changed', { id: 1, part: 5, deleted: false });
    await vi.advanceTimersByTimeAsync(400);
    expect([files.items, files.total, asked]).toEqual([[], 0, []]);
  });

  it('drop what no longer fits the filter', async () => {
    const { files } = await shown({ 'GET /api/models/1': () => json(aFile({ status: 'ready' })) }, 'pending');
    says('model.changed', { id: 1, part: null, stage: 'convert' });
    await vi.advanceTimersByTimeAsync(400);
    expect(files.items.map(({ id }) => id)).toEqual([2]);
  });

  it('keep search and filter in the address, and overlook what is no filter', () => {
    const wanted = { search: 'hex shaft', status: 'failed' as const };
    expect(parseWanted(new URLSearchParams(formatWanted(wanted)))).toEqual(wanted);
    expect(parseWanted(new URLSearchParams('status=lost'))).toEqual({ search: '', status: null });
    expect(formatWanted({ search: ' ', status: null })).toBe('');
  });
});

describe('a card', () => {
  it('says what the file is', () => {
    render(FileCard, { file: aFile({ bbox: { xMm: 120, yMm: 70, zMm: 6.35 }, distinctParts: 21, instances: 70 }) });
    expect(screen.getByText('120 × 70 × 6.35 mm')).toBeTruthy();
    expect(screen.getByText('21 parts, 70 pieces')).toBeTruthy();
    expect(contentOf({ distinctParts: 1, instances: 1 })).toBe('');
    expect(contentOf({ distinctParts: 1, instances: 2 })).toBe('1 part, 2 pieces');
    expect(sizeOf({ bbox: null })).toBe('');
  });

  it('says why a file could not be read, and tries its newest job again', async () => {
    const server = fakeFetch({
      'GET /api/jobs': () => json({ jobs: [{ id: 'newest' }], total: 1 }),
      'POST /api/jobs/newest/retry': () => json({ id: 'newest', status: 'queued', part: null, model: 1 }, 202),
    });
    vi.stubGlobal('fetch', server.fetch);
    render(FileCard, { file: aFile({ status: 'failed', error: { code: 'cut', message: 'It is cut off.' } }) });
    expect(screen.getByText('It is cut off.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(server.asked).toContain('POST /api/jobs/newest/retry'));
  });

  it('says which stage failed of a file that else is there', () => {
    render(FileCard, { file: aFile({ id: 3, stages: { thumbnails: { status: 'failed', message: 'No room.' } } }) });
    expect(screen.getByText('Views failed. No room.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('says what lies in the file without offering another try', () => {
    render(FileCard, { file: aFile({ id: 3, stages: { diagram: { status: 'failed', code: 'no_aperture', message: 'It has no opening.' } } }) });
    expect(screen.getByText('Without the drawing. It has no opening.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

it('the files made of a file that was read twice are listed once, the newest of each', () => {
  const log = (url: string) => ({ name: 'log.txt', kind: 'log', mediaType: 'text/plain', bytes: 1, url });
  render(FilesMade, { model: aModel({ artifacts: [log('/first'), log('/second')] }) });
  expect(screen.getAllByRole('link', { name: /What reading it said/ }).map((link) => link.getAttribute('href'))).toEqual(['/second']);
});

describe('what a person does', () => {
  const file = { id: 4, fileName: 'hex_shaft.step' };

  it('deletes at once and undoes it', async () => {
    const server = fakeFetch({ 'DELETE /api/models/4': () => json({}), 'POST /api/models/4/restore': () => json(aFile({ id: 4 })) });
    vi.stubGlobal('fetch', server.fetch);
    await remove(file);
    toasts.list[0]!.action!.run();
    await vi.waitFor(() => expect(server.asked).toEqual(['DELETE /api/models/4', 'POST /api/models/4/restore']));
  });

  it('attaches to a part, and gives back on undo', async () => {
    const sent: unknown[] = [];
    const server = fakeFetch({ 'PATCH /api/models/4': (body) => (sent.push(body), json(aFile({ id: 4 }))), 'GET /api/parts/7': () => json(aPart({ id: 7 })) });
    vi.stubGlobal('fetch', server.fetch);
    expect(await attach(file, { id: 7, name: 'Shaft' })).toBe(true);
    toasts.list[0]!.action!.run();
    await vi.waitFor(() => expect(sent).toEqual([{ part: 7 }, { part: null }]));
  });

  it('reads in the words of the server why it was not attached', async () => {
    vi.stubGlobal('fetch', fakeFetch({ 'PATCH /api/models/4': () => json({ code: 'model_attached', detail: 'It is another part’s.' }, 409) }).fetch);
    expect(await attach(file, { id: 7, name: 'Shaft' })).toBe(false);
    expect(toasts.list[0]).toMatchObject({ kind: 'error', text: 'It is another part’s.' });
  });

  it('makes a part, and on undo takes the file back and the part away', async () => {
    const server = fakeFetch({
      'POST /api/parts/': () => json(aPart({ id: 7 }), 201),
      'PATCH /api/models/4': () => json(aFile({ id: 4 })),
      'GET /api/parts/7': () => json(aPart({ id: 7 })),
      'DELETE /api/parts/7': () => json({}),
    });
    vi.stubGlobal('fetch', server.fetch);
    expect(await makePart(file)).toBe(true);
    expect(router.path).toBe('/parts/7');
    server.asked.length = 0;
    toasts.list[0]!.action!.run();
    await vi.waitFor(() => expect(server.asked).toEqual(['PATCH /api/models/4', 'DELETE /api/parts/7']));
    expect(router.path).toBe('/library/4');
  });

  it('makes a part named after the file, and leaves none behind when the file does not follow', async () => {
    let made: unknown;
    const server = fakeFetch({
      'POST /api/parts/': (body) => ((made = body), json(aPart({ id: 7 }), 201)),
      'PATCH /api/models/4': () => json({ detail: 'Taken.' }, 409),
      'DELETE /api/parts/7': () => json({}),
    });
    vi.stubGlobal('fetch', server.fetch);
    expect(await makePart(file)).toBe(false);
    expect(made).toEqual({ name: 'Hex shaft' });
    expect(server.asked.at(-1)).toBe('DELETE /api/parts/7');
  });
});

it('what to read is as usual where nothing sensible was stored', () => {
  const usual = parseOptions(null);
  expect(usual).toMatchObject({ bom: true, translate: false, diagram_mode: 'external' });
  expect(parseOptions('nonsense')).toEqual(usual);
  expect(parseOptions('{"bom":"no","diagram_mode":"sideways","translate":true}')).toEqual({ ...usual, translate: true });
});
