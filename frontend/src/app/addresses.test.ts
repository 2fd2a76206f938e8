import { expect, it } from 'vitest';
import { routeOf } from './routes';
import { tokenOf } from './boot';
import { readRuntime } from '@/lib/runtime';
import { below } from '@/lib/router.svelte';

it('finds the path below the base path, and nothing outside of it', () => {
  expect(below('', '/parts/3')).toBe('/parts/3');
  expect(below('/parts', '/parts')).toBe('/');
  expect(below('/parts', '/parts/parts/3')).toBe('/parts/3');
  expect(below('/parts', '/partsandmore')).toBeNull();
});

it('knows the views by their address', () => {
  expect(routeOf('/parts/12')).toEqual({ name: 'part', id: 12 });
  expect(routeOf('/library/12/')).toEqual({ name: 'file', id: 12 });
  expect(routeOf('/library')).toEqual({ name: 'library' });
  expect(routeOf('/table/')).toEqual({ name: 'table' });
  expect(routeOf('/parts/twelve')).toEqual({ name: 'missing' });
});

it('reads the token of a sign-in link', () => {
  expect(tokenOf('#token=a-b_c')).toBe('a-b_c');
  expect(tokenOf('')).toBeNull();
});

it('reads what the server wrote into the page, with defaults for the rest', () => {
  document.head.innerHTML = '<script type="application/json" id="kerfline-runtime">{"basePath":"/parts/","apiBase":"/parts/api"}</script>';
  expect(readRuntime()).toMatchObject({ basePath: '/parts', apiBase: '/parts/api', maxUploadMb: 200 });
  document.head.innerHTML = '';
  expect(readRuntime().apiBase).toBe('/api');
});
