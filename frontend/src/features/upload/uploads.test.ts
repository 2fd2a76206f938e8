import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { JobStatus } from '@/lib/types';
import { jobs } from '@/features/jobs/jobs.svelte';
import { refuse, uploads } from './uploads.svelte';

class FakeXhr {
  static all: FakeXhr[] = [];
  upload: { onprogress: ((event: Partial<ProgressEvent>) => void) | null } = { onprogress: null };
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;
  status = 0;
  responseText = '';
  constructor() {
    FakeXhr.all.push(this);
  }
  open() {}
  send() {}
  setRequestHeader() {}
  abort() {
    this.onabort?.();
  }
  answers(status: number, body: unknown) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
  }
}

const file = (name: string, size = 10) => new File(['x'.repeat(size)], name);
const states = () => uploads.list.map((upload) => upload.state);

beforeEach(() => {
  FakeXhr.all = [];
  vi.stubGlobal('XMLHttpRequest', FakeXhr);
});
afterEach(() => {
  for (const upload of uploads.list) uploads.dismiss(upload);
  vi.unstubAllGlobals();
});

it('sends two files at a time, the next when one is through', async () => {
  uploads.add(1, [file('a.step'), file('b.step'), file('c.step')]);
  expect(states()).toEqual(['sending', 'sending', 'waiting']);
  FakeXhr.all[0]!.answers(202, { message: '', filename: 'a.step', job: { id: 'j' } });
  await vi.waitFor(() => expect(states()).toEqual(['done', 'sending', 'sending']));
  expect(uploads.list[0]!.job).toBe('j');
});

it('shows how far each file is', () => {
  uploads.add(1, [file('a.step')]);
  FakeXhr.all[0]!.upload.onprogress!({ lengthComputable: true, loaded: 3, total: 4 });
  expect(uploads.list[0]!.share).toBe(0.75);
});

it('keeps what failed with the words of the server, and can try again', async () => {
  uploads.add(1, [file('a.step')]);
  FakeXhr.all[0]!.answers(415, { detail: 'This is no STEP file.' });
  await vi.waitFor(() => expect(states()).toEqual(['failed']));
  expect(uploads.list[0]!.error).toBe('This is no STEP file.');
  uploads.retry(uploads.list[0]!);
  expect(states()).toEqual(['sending']);
});

it('does not send what the server would refuse anyway', () => {
  expect(refuse({ size: 0 })).toContain('empty');
  expect(refuse({ size: 3 * 1024 * 1024 }, 2)).toContain('up to 2 MB');
  expect(refuse({ size: 1000 }, 2)).toBeNull();
  uploads.add(1, [file('empty.step', 0)]);
  expect(states()).toEqual(['failed']);
  expect(FakeXhr.all).toHaveLength(0);
});

it('sends into the library only what is STEP inside, with what is to be read from it', async () => {
  const sent: [string, FormData][] = [];
  vi.spyOn(FakeXhr.prototype, 'open').mockImplementation((...said: unknown[]) => void sent.push([String(said[1]), new FormData()]));
  vi.spyOn(FakeXhr.prototype, 'send').mockImplementation((...said: unknown[]) => void (sent.at(-1)![1] = said[0] as FormData));
  uploads.add(null, [new File(['ISO-10303-21;'], 'a.step'), new File(['words'], 'b.step')], { bom: false, diagram_mode: 'flat' });
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  await vi.waitFor(() => expect(states()).toEqual(['sending', 'failed']));
  const [path, form] = sent[0]!;
  expect(path).toBe('/api/upload/');
  expect([form.get('bom'), form.get('diagram_mode')]).toEqual(['false', 'flat']);
  expect(uploads.list[1]!.error).toContain('not STEP');
});

it('keeps a file in sight while it is read, and for good when it could not be', async () => {
  vi.useFakeTimers();
  const job = (id: string, status: JobStatus) => ({ id, status, stage: null, progress: 0, message: null, error: null, part: 1, model: 7 });
  uploads.add(1, [file('good.step'), file('bad.step')]);
  FakeXhr.all[0]!.answers(202, { message: '', filename: '', job: job('good', 'queued') });
  FakeXhr.all[1]!.answers(202, { message: '', filename: '', job: job('bad', 'queued') });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states()).toEqual(['done', 'done']);
  jobs.apply(job('good', 'completed'));
  jobs.apply(job('bad', 'failed'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(uploads.list.map((upload) => upload.job)).toEqual(['bad']);
  vi.useRealTimers();
});
