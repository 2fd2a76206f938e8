import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { session } from '@/lib/session.svelte';
import type { Part } from '@/lib/types';
import { aPart, fakeFetch, json } from '@/testing';
import { toasts } from '@/ui/toasts.svelte';
import ActionButton from './ActionButton.svelte';
import { dialogs, type Open } from './dialogs.svelte';
import { feed } from './feed';
import PartDialogs from './PartDialogs.svelte';

let told: unknown;
function serverThat(action: string, answer: () => Response) {
  const server = fakeFetch({
    [`POST /api/parts/7/${action}`]: (body) => {
      told = body;
      return answer();
    },
    'GET /api/parts/7': () => json(aPart({ id: 7, assigned: 'Mei', version: 9 })),
  });
  vi.stubGlobal('fetch', server.fetch);
  return server;
}

function open(kind: Exclude<Open['kind'], 'add'>, part: Partial<Part>) {
  render(PartDialogs);
  dialogs.show({ kind, part: aPart({ id: 7, ...part }) });
}

afterEach(() => {
  dialogs.close();
  toasts.list = [];
  session.who = null;
  vi.unstubAllGlobals();
});

it('approves for what was chosen, and closes', async () => {
  serverThat('approve', () => json(aPart({ id: 7, category: 'hand', type: 'hand', version: 2 })));
  open('approve', { type: null });
  await fireEvent.click(await screen.findByRole('button', { name: /Hand/ }));
  await vi.waitFor(() => expect(told).toEqual({ type: 'hand' }));
  expect(dialogs.open).toBeNull();
});

it('rejects only with a reason', async () => {
  serverThat('reject', () => json(aPart({ id: 7, version: 2 })));
  open('reject', { category: 'cnc' });
  const button = await screen.findByRole('button', { name: 'Reject' });
  expect(button).toHaveProperty('disabled', true);
  await fireEvent.input(screen.getByLabelText('Reason'), { target: { value: '  too thin ' } });
  await fireEvent.click(button);
  await vi.waitFor(() => expect(told).toEqual({ reason: 'too thin' }));
});

it('finishes the number that was set, between one and what is left', async () => {
  serverThat('complete', () => json(aPart({ id: 7, category: 'cnc', amount: 4, completedAmount: 3, version: 2 })));
  open('complete', { category: 'cnc', assigned: 'Ana', amount: 4, completedAmount: 1 });
  expect(await screen.findByRole('button', { name: 'Done, all 3' })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'One fewer' }));
  await fireEvent.click(screen.getByRole('button', { name: '2 made' }));
  await vi.waitFor(() => expect(told).toEqual({ amount: 2 }));
});

it('claims with one tap in the name of who is signed in', async () => {
  session.who = { name: 'Ana', role: 'member', scopes: ['parts:work'] };
  serverThat('assign', () => json(aPart({ id: 7, category: 'cnc', assigned: 'Ana', version: 2 })));
  const changed = vi.fn();
  const stop = feed.watch({ changed });
  render(ActionButton, { part: aPart({ id: 7, category: 'cnc' }) });
  await fireEvent.click(screen.getByRole('button', { name: /^Claim/ }));
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  expect(told).toEqual({ assigned: 'Ana' });
  stop();
});

it('says who was faster, and shows the part as it is', async () => {
  session.who = { name: 'Ana', role: 'member', scopes: ['parts:work'] };
  const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
  serverThat('assign', () => json({ title: 'Taken', code: 'part_already_claimed', details: { assigned: 'Mei', claimedDate: since } }, 409));
  const changed = vi.fn();
  const stop = feed.watch({ changed });
  render(ActionButton, { part: aPart({ id: 7, category: 'cnc' }) });
  await fireEvent.click(screen.getByRole('button', { name: /^Claim/ }));
  await vi.waitFor(() => expect(changed).toHaveBeenCalledWith(expect.objectContaining({ assigned: 'Mei' })));
  expect(toasts.list[0]?.text).toBe('Mei has had this for 3 days.');
  stop();
});
