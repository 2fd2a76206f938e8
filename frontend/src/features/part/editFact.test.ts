import { fireEvent, render, screen } from '@testing-library/svelte';
import { session } from '@/lib/session.svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aPart, fakeFetch, json } from '@/testing';
import EditFact from './EditFact.svelte';
import { PartPage } from './page.svelte';

const sent: { body: unknown; match: string | null }[] = [];
const lists = Object.fromEntries(
  ['parts/1/revisions', 'parts/1/attachments', 'parts/1/comments', 'parts/1/activity', 'jobs'].map((path) => [`GET /api/${path}`, () => json({})]),
);

beforeEach(() => {
  session.who = { name: 'Lea', role: 'lead', scopes: ['parts:write'] };
});

async function pageThatAnswers(change: () => Response) {
  sent.length = 0;
  const server = fakeFetch({
    ...lists,
    'GET /api/parts/1': () => json(aPart(), 200, { ETag: '"1-1"' }),
    'PATCH /api/parts/1': (body, request) => {
      sent.push({ body, match: request.headers.get('If-Match') });
      return change();
    },
  });
  vi.stubGlobal('fetch', server.fetch);
  const page = new PartPage(1);
  await page.load();
  return page;
}

async function type(text: string, key: string) {
  await fireEvent.click(screen.getByRole('button'));
  const input = await screen.findByRole('textbox');
  await fireEvent.input(input, { target: { value: text } });
  await fireEvent.keyDown(input, { key });
}

afterEach(() => vi.unstubAllGlobals());

it('saves with Enter on top of the version that is shown', async () => {
  const page = await pageThatAnswers(() => json(aPart({ storage: 'Shelf 2', version: 2 }), 200, { ETag: '"1-2"' }));
  render(EditFact, { page, name: 'storage', value: null });
  await type(' Shelf 2 ', 'Enter');
  await vi.waitFor(() => expect(page.part?.storage).toBe('Shelf 2'));
  expect(sent).toEqual([{ body: { storage: 'Shelf 2' }, match: '"1-1"' }]);
});

it('leaves everything as it was with Escape', async () => {
  const page = await pageThatAnswers(() => json(aPart()));
  render(EditFact, { page, name: 'storage', value: 'Bin 9' });
  await type('x', 'Escape');
  expect(await screen.findByText('Bin 9')).toBeTruthy();
  expect(sent).toEqual([]);
});

it('shows what the server has against a value beside it', async () => {
  const page = await pageThatAnswers(() => json({ title: 'Invalid', details: { fields: { onshapeUrl: ['Only http.'] } } }, 422));
  render(EditFact, { page, name: 'onshapeUrl', value: null });
  await type('javascript:alert(1)', 'Enter');
  expect((await screen.findByRole('alert')).textContent).toBe('Only http.');
  expect(screen.getByRole('textbox')).toHaveProperty('value', 'javascript:alert(1)');
});

it('keeps what was typed when the server does not answer', async () => {
  const page = await pageThatAnswers(() => {
    throw new TypeError('Failed to fetch');
  });
  render(EditFact, { page, name: 'storage', value: 'Bin 9' });
  await type('Shelf 2', 'Enter');
  expect((await screen.findByRole('alert')).textContent).not.toBe('');
  expect(screen.getByRole('textbox')).toHaveProperty('value', 'Shelf 2');
});

it('asks before it puts a value over one that somebody wrote meanwhile', async () => {
  const page = await pageThatAnswers(() => json(aPart({ storage: 'Shelf 2', version: 3 })));
  const { rerender } = render(EditFact, { page, name: 'storage', value: null });
  await type('Shelf 2', 'Tab');
  await rerender({ value: 'Bin 9' });
  await fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' });
  expect((await screen.findByRole('alert')).textContent).toContain('Bin 9');
  expect(sent).toEqual([]);
  await fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' });
  await vi.waitFor(() => expect(sent).toHaveLength(1));
});

it('saves nothing and shows the newest when the server says that it is stale', async () => {
  const page = await pageThatAnswers(() => json({ title: 'Stale', code: 'stale' }, 412));
  expect(await page.save({ name: 'x' })).toBeNull();
  expect(page.part?.name).toBe('Gusset, left');
});
