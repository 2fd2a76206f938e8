import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { findSession } from './boot';
import { fakeFetch, json } from '@/testing';
import SignIn from '@/features/signin/SignIn.svelte';

const ANA = { name: 'Ana', role: 'member', scopes: ['parts:read'] };
const nobody = () => json({ title: 'Sign in' }, 401);

afterEach(() => vi.unstubAllGlobals());

async function signInWith(key: string) {
  await fireEvent.input(screen.getByLabelText('Key'), { target: { value: key } });
  await fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

it('lets in with a key, without the spaces that came with the paste', async () => {
  let sent: unknown;
  vi.stubGlobal('fetch', fakeFetch({ 'POST /api/auth/session': (body) => ((sent = body), json(ANA)) }).fetch);
  const onenter = vi.fn();
  render(SignIn, { problem: null, onenter });
  await signInWith('  k-1 ');
  await vi.waitFor(() => expect(onenter).toHaveBeenCalledWith(ANA));
  expect(sent).toEqual({ apiKey: 'k-1' });
});

it('says kindly that a key is not known', async () => {
  vi.stubGlobal('fetch', fakeFetch({ 'POST /api/auth/session': nobody }).fetch);
  render(SignIn, { problem: null, onenter: () => {} });
  await signInWith('nope');
  expect((await screen.findByRole('alert')).textContent).toContain('not known');
});

it('opens with the one-time link', async () => {
  vi.stubGlobal('fetch', fakeFetch({ 'POST /api/auth/session': (body) => json({ ...ANA, name: (body as { signInToken: string }).signInToken }) }).fetch);
  expect(await findSession('t-1')).toMatchObject({ who: { name: 't-1' }, problem: null });
});

it('says that a link was used, unless this browser is signed in by it already', async () => {
  vi.stubGlobal('fetch', fakeFetch({ 'POST /api/auth/session': nobody, 'GET /api/auth/session': nobody }).fetch);
  expect((await findSession('old')).problem).toContain('used already');
  vi.stubGlobal('fetch', fakeFetch({ 'POST /api/auth/session': nobody, 'GET /api/auth/session': () => json(ANA) }).fetch);
  expect(await findSession('old')).toEqual({ who: ANA, problem: null });
});
