import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '@/lib/session.svelte';
import type { ModelDetail } from '@/lib/types';
import Ask from '@/features/questions/Ask.svelte';
import { fakeFetch, json } from '@/testing';
import { aJob, aModel } from '@/testing/models';
import Drawing from './Drawing.svelte';
import Measures from './Measures.svelte';
import { Reading } from './reading.svelte';

const TRIANGLES = 'This file holds triangles only. Export it again with exact geometry.';
const done = { status: 'done' } as const;
const tessellated = aModel({
  exact: false,
  stages: { convert: done, bom: { ...done, code: 'tessellated', message: TRIANGLES }, thumbnails: done, diagram: { status: 'skipped', message: 'The bill of materials says why.' } },
});
let sent: unknown[];

beforeEach(() => {
  sent = [];
  session.who = { name: 'Ana', role: 'member', scopes: ['models:write'] };
  const server = fakeFetch({
    'POST /api/models/7/read': (body) => (sent.push(body), json({ job: aJob({ id: 'job-2', status: 'queued' }) }, 202)),
    'GET /api/models/7': () => json(aModel()),
    'GET /api/models/7/queries': () => json({ queries: [] }),
  });
  vi.stubGlobal('fetch', server.fetch);
});
afterEach(() => {
  session.who = undefined;
  vi.unstubAllGlobals();
});

function read(model: ModelDetail): Reading {
  const reading = new Reading();
  reading.show(model.id);
  reading.model = model;
  return reading;
}
const again = () => screen.queryByRole('button', { name: 'Try again' });

describe('the drawing', () => {
  const failed = (code: string) => aModel({ stages: { bom: done, diagram: { status: 'failed', code, message: 'Why.' } } });

  it('that the part does not allow is explained, with another choice and no other try', async () => {
    render(Drawing, { reading: read(failed('no_aperture')), name: 'plate' });
    expect(screen.getByText('Why.')).toBeTruthy();
    expect(screen.getByText(/Choose above/)).toBeTruthy();
    expect(again()).toBeNull();
    await fireEvent.change(screen.getByLabelText('What it shows'), { target: { value: 'holes' } });
    expect(sent).toEqual([{ diagram: true, diagram_mode: 'holes' }]);
  });

  it('of a file without shape offers neither', () => {
    render(Drawing, { reading: read(failed('no_shape')), name: 'plate' });
    expect(screen.getByText('Why.')).toBeTruthy();
    expect([again(), screen.queryByLabelText('What it shows'), screen.queryByText(/Choose above/)]).toEqual([null, null, null]);
  });

  it('that was cut short can be tried again', () => {
    render(Drawing, { reading: read(failed('took_too_long')), name: 'plate' });
    expect(again()).toBeTruthy();
    expect(screen.queryByText(/Choose above/)).toBeNull();
  });

  it('that lacks the exact shape says why there is none', () => {
    render(Drawing, { reading: read(tessellated), name: 'plate' });
    expect(screen.getByText(`A drawing needs the exact shape, and there is none. ${TRIANGLES}`)).toBeTruthy();
    expect(screen.queryByText(/bill of materials says/)).toBeNull();
  });
});

describe('the place for questions', () => {
  it('says why there are no answers instead of asking for questions', () => {
    render(Ask, { reading: read(tessellated) });
    expect(screen.getByText(`Questions need the exact shape. ${TRIANGLES}`)).toBeTruthy();
    expect([screen.queryByRole('textbox'), screen.queryByRole('button')]).toEqual([null, null]);
  });

  it('offers to read the exact shape again where that may help', async () => {
    render(Ask, { reading: read({ ...tessellated, stages: { bom: { ...done, code: 'kernel_crashed', message: 'It crashed.' } } }) });
    await fireEvent.click(again()!);
    expect(sent).toEqual([{ bom: true }]);
  });

  it('asks where there is an exact shape', () => {
    render(Ask, { reading: read(aModel()) });
    expect(screen.getByRole('textbox')).toBeTruthy();
  });
});

describe('the measures', () => {
  const old = aModel({ exact: null, bbox: null, volumeMm3: null, areaMm2: null, stages: {}, options: {} });
  const rest = () => screen.queryByRole('button', { name: 'Read the rest' });

  it('of a file from before there were stages offer to read the rest', async () => {
    render(Measures, { reading: read(old), model: old });
    await fireEvent.click(rest()!);
    expect(sent).toEqual([{}]);
  });

  it('offer it too when only the drawing was never tried', () => {
    const some = aModel({ stages: { convert: done, bom: done, thumbnails: done } });
    render(Measures, { reading: read(some), model: some });
    expect(rest()).toBeTruthy();
    expect(screen.getByText('Not all of this file was read yet.')).toBeTruthy();
  });

  it('do not offer it while a job is at work, just after one, or to who may not', () => {
    const busy = { ...old, jobs: [aJob({ status: 'running', stage: 'loading' })] };
    const { unmount } = render(Measures, { reading: read(busy), model: busy });
    expect(rest()).toBeNull();
    unmount();
    const stale = read(old);
    stale.stale = true;
    const shown = render(Measures, { reading: stale, model: old });
    expect(rest()).toBeNull();
    shown.unmount();
    session.who = { name: 'Guest', role: 'viewer', scopes: [] };
    render(Measures, { reading: read(old), model: old });
    expect(rest()).toBeNull();
  });
});
