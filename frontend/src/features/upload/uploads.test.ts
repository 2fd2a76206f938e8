import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
  expect(uploads.list[0]!.reading).toBe(true);
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
