import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeFetch, json } from '@/testing';
import { session } from '@/lib/session.svelte';
import type { Job, Unfinished } from '@/lib/types';
import { Connection, type Source } from '@/live/connection';
import { JobBoard } from './board.svelte';
import { span, took } from './elapsed.svelte';
import { endText, failures } from './ends';
import JobProgress from './JobProgress.svelte';
import { Jobs, stageText } from './jobs.svelte';

const aJob = (over: Partial<Job> = {}): Job => ({ id: 'j', kind: 'step', status: 'running', stage: 'convert', progress: 0.4, message: '', error: null, part: null, model: 7, ...over });
const listed = (...jobs: Job[]) => json({ jobs, total: jobs.length, nextCursor: null });

afterEach(() => vi.unstubAllGlobals());

describe('jobs', () => {
  it('are known by part and by model while they are at work', () => {
    const jobs = new Jobs();
    jobs.apply(aJob({ part: 3 }));
    expect([jobs.running.get(3)?.id, jobs.reading.get(7)?.id]).toEqual(['j', 'j']);
    jobs.apply(aJob({ part: 3, status: 'completed' }));
    expect([jobs.running.size, jobs.reading.size]).toEqual([0, 0]);
    expect(jobs.known.get('j')?.status).toBe('completed');
  });

  it('keep what only an answer of the server tells when a live event tells less', () => {
    const jobs = new Jobs();
    jobs.apply(aJob({ createdBy: 'Ana', fileName: 'plate.step', startedAt: '2026-01-01T10:00:00Z' }));
    jobs.apply(aJob({ stage: 'bom', progress: 0.6 }));
    expect(jobs.known.get('j')).toMatchObject({ createdBy: 'Ana', fileName: 'plate.step', stage: 'bom', startedAt: '2026-01-01T10:00:00Z' });
  });

  it('leave a part that their file was taken off', () => {
    const jobs = new Jobs();
    jobs.apply(aJob({ part: 3 }));
    jobs.apply(aJob({ part: null }));
    expect(jobs.running.size).toBe(0);
    expect(jobs.reading.size).toBe(1);
  });

  it('are not taken back by an answer that is older than the news', () => {
    const jobs = new Jobs();
    jobs.apply(aJob({ status: 'completed' }));
    jobs.meet(aJob({ status: 'queued' }));
    expect(jobs.known.get('j')?.status).toBe('completed');
  });

  it('of the newer kind stay when an older one of the same model ends', () => {
    const jobs = new Jobs();
    jobs.apply(aJob({ id: 'old' }));
    jobs.apply(aJob({ id: 'new' }));
    jobs.apply(aJob({ id: 'old', status: 'canceled' }));
    expect(jobs.reading.get(7)?.id).toBe('new');
  });

  it('are caught up after a lost connection: what began, and what ended unseen', async () => {
    const ended = { ...aJob({ id: 'ended', status: 'failed', model: 8 }), error: { code: 'x', message: 'Cut off.' } };
    const server = fakeFetch({
      'GET /api/jobs': (_, request) => (request.url.includes('status=running') ? listed(aJob({ id: 'begun', model: 9 })) : listed()),
      'GET /api/jobs/ended': () => json(ended),
    });
    vi.stubGlobal('fetch', server.fetch);
    const source: Source = { onopen: null, onerror: null, readyState: 1, addEventListener: () => {}, close: () => {} };
    const live = new Connection(() => source);
    const jobs = new Jobs();
    jobs.apply(aJob({ id: 'ended', model: 8 }));
    jobs.follow(live);
    live.start();
    source.onopen?.();
    source.onopen?.();
    await vi.waitFor(() => expect(jobs.known.get('ended')?.status).toBe('failed'));
    expect([...jobs.reading.keys()]).toEqual([9]);
  });

  it('that were stopped are remembered by model until another one begins', () => {
    const jobs = new Jobs();
    jobs.apply(aJob({ status: 'canceled' }));
    expect(jobs.stopped.get(7)?.id).toBe('j');
    jobs.apply(aJob({ id: 'again', status: 'queued' }));
    expect(jobs.stopped.size).toBe(0);
  });

  it('that are over are forgotten before they fill the memory, those at work never', () => {
    const jobs = new Jobs();
    jobs.apply(aJob({ id: 'long' }));
    for (let at = 0; at < 400; at += 1) jobs.apply(aJob({ id: `j${at}`, status: 'completed' }));
    expect(jobs.known.size).toBeLessThanOrEqual(300);
    expect(jobs.known.has('long')).toBe(true);
  });
});

describe('words', () => {
  it('name the stage, the wait for a turn, and the wait for the rest', () => {
    expect(stageText(aJob())).toBe('Making the 3D preview');
    expect(stageText(aJob({ status: 'queued', stage: null }))).toBe('Waiting for its turn');
    expect(stageText(aJob({ status: 'queued', stage: 'bom' }))).toBe('The rest waits for its turn');
    expect(stageText(aJob({ status: 'failed', error: { code: 'x', message: 'Cut off.' } }))).toBe('Cut off.');
  });

  it('give a time in what fits it', () => {
    expect([span(4400), span(65_000), span(20 * 60_000), span(3 * 3_600_000)]).toEqual(['4 s', '1 min 5 s', '20 min', '3 h']);
    expect(took({ startedAt: '2026-01-01T10:00:00Z', finishedAt: '2026-01-01T10:00:09Z' }, 0)).toBe('9 s');
    expect(took({ startedAt: null, finishedAt: null }, 0)).toBe('');
    expect(took({ startedAt: '2026-01-01T10:00:00Z' }, Date.parse('2026-01-01T09:59:00Z'))).toBe('0 s');
  });

  it('list the stages that failed in their order', () => {
    const stages = { diagram: { status: 'failed', message: 'b' }, convert: { status: 'done' }, bom: { status: 'failed', message: 'a' } } as const;
    expect(failures({ stages })).toEqual([{ stage: 'bom', code: null, message: 'a' }, { stage: 'diagram', code: null, message: 'b' }]);
    expect(failures({})).toEqual([]);
  });

  it('say of a job that is done what it is done without', () => {
    const lack = (...stages: Unfinished['stage'][]) => stages.map((stage) => ({ stage, code: null, message: '' }));
    expect(endText(aJob({ status: 'completed' }))).toBe('Done');
    expect(endText(aJob({ status: 'completed', unfinished: lack('diagram') }))).toBe('Done, without the drawing');
    expect(endText(aJob({ status: 'completed', unfinished: lack('bom', 'diagram') }))).toBe('Done, without the exact measures and the drawing');
    expect(endText(aJob({ status: 'canceled', unfinished: lack('diagram') }))).toBe('Stopped');
  });
});

describe('the list of jobs', () => {
  it('says what the last job of a file left undone, not those before it', async () => {
    const unfinished = [{ stage: 'diagram' as const, code: 'no_holes', message: 'No holes.' }];
    const ended = (id: string, createdAt: string) => aJob({ id, status: 'completed', createdAt, unfinished });
    const server = fakeFetch({ 'GET /api/jobs': (_, { url }) => (url.includes('status=') ? listed() : listed(ended('b', '2026-01-02T10:00:00Z'), ended('a', '2026-01-01T10:00:00Z'))) });
    vi.stubGlobal('fetch', server.fetch);
    const board = new JobBoard();
    await board.load();
    expect(board.done.map(endText)).toEqual(['Done, without the drawing', 'Done']);
  });
});

describe('the progress of a job', () => {
  const show = (job: Job, more = {}) => render(JobProgress, { job, name: 'plate.step', ...more });
  beforeEach(() => (session.who = { name: 'Ana', role: 'member', scopes: ['models:write'] }));
  afterEach(() => (session.who = undefined));

  it('shows stage, share and time so far, and stops on request', async () => {
    const server = fakeFetch({ 'POST /api/jobs/j/cancel': () => json(aJob({ status: 'canceled' }), 202) });
    vi.stubGlobal('fetch', server.fetch);
    show(aJob({ startedAt: new Date(Date.now() - 12_000).toISOString() }));
    expect(screen.getByText('Making the 3D preview')).toBeTruthy();
    expect(screen.getByText(/12 s/)).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'Reading plate.step' }).getAttribute('aria-valuenow')).toBe('40');
    await fireEvent.click(screen.getByRole('button', { name: 'Stop reading plate.step' }));
    await vi.waitFor(() => expect(server.asked).toEqual(['POST /api/jobs/j/cancel']));
  });

  it('says what went wrong, that the file is kept, and offers another try and the log', async () => {
    const server = fakeFetch({ 'POST /api/jobs/j/retry': () => json(aJob({ status: 'queued' }), 202) });
    vi.stubGlobal('fetch', server.fetch);
    const log = { name: 'log.txt', kind: 'log', mediaType: 'text/plain', bytes: 1, url: '' };
    show(aJob({ status: 'failed', error: { code: 'x', message: 'The file is cut off.' }, artifacts: [log] }));
    expect(screen.getByRole('alert').textContent).toContain('The file is cut off.');
    expect(screen.getByText('The file is kept.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Log' }).getAttribute('href')).toBe('/api/jobs/j/artifacts/log.txt');
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(server.asked).toEqual(['POST /api/jobs/j/retry']));
  });

  it('of a job that left something undone says what and why', () => {
    show(aJob({ status: 'completed', unfinished: [{ stage: 'diagram', code: 'kernel_crashed', message: 'It is hollow.' }] }));
    expect(screen.getByText(/Drawing failed/).parentElement?.textContent).toContain('It is hollow.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('offers no other try where the reason lies in the file', () => {
    const lacking = aJob({ status: 'completed', unfinished: [{ stage: 'diagram', code: 'no_holes', message: 'It has no round holes.' }] });
    const { unmount } = show(lacking);
    expect(screen.getByText('Without the drawing. It has no round holes.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    unmount();
    show(aJob({ status: 'failed', error: { code: 'no_shape', message: 'There is no shape in it.' } }));
    expect(screen.getByRole('alert').textContent).toContain('There is no shape in it.');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('of a job that went well says nothing', () => {
    const { container } = show(aJob({ status: 'completed' }));
    expect(container.textContent?.trim()).toBe('');
  });

  it('offers nothing that the key may not do', () => {
    session.who = { name: 'Guest', role: 'viewer', scopes: [] };
    show(aJob());
    expect(screen.queryByRole('button')).toBeNull();
  });
});
