import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '@/lib/types';
import { Scene } from '@/features/model/scene.svelte';
import { jobs } from '@/features/jobs/jobs.svelte';
import { fakeFetch, json } from '@/testing';
import { aJob } from '@/testing/models';
import { distinct, withFace } from './asking.svelte';
import Questions from './Questions.svelte';
import { columnsOf, facesOf, measured, written } from './rows';

function anAnswer(over: Partial<Answer> = {}): Answer {
  return { query: 'holes', understood: 'holes', interpreted: false, sentence: '2 holes of ⌀5 mm.', values: [], rows: [], faces: [], notes: [], ...over };
}

const past = (query: string, code: string | null = null) => ({ id: 1, query, understood: null, sentence: null, code, who: 'Lea', at: '' });

describe('withFace', () => {
  it.each([
    ['', 'face 7'],
    ['face 3', 'distance between face 3 and face 7'],
    ['face 7', 'face 7'],
    ['distance between face 3 and face 5', 'face 7'],
    ['distance between face 3 and', 'distance between face 3 and face 7'],
    ['angle between face', 'angle between face 7'],
  ])('makes of %j %j', (text, made) => expect(withFace(text, 7)).toBe(made));
});

describe('rows', () => {
  it('show what tells them apart: no column that is empty or the same everywhere', () => {
    const rows = [
      { count: 2, quantity: 1, total: 2, part: 'Plate', diameter_mm: 5, countersink_angle_deg: null, faces: [1, 2] },
      { count: 1, quantity: 1, total: 1, part: 'Plate', diameter_mm: 6.35, countersink_angle_deg: null, faces: [3] },
    ];
    expect(columnsOf(rows).map(({ name, unit }) => `${name} ${unit}`.trim())).toEqual(['Count', 'Diameter mm']);
    expect(columnsOf(rows, true)[0]!.name).toBe('Part');
    expect(rows.map(facesOf)).toEqual([[1, 2], [3]]);
  });

  it('say how many there are in each and in all where a part is there more than once', () => {
    const rows = [{ part: 'Plate', count: 2, quantity: 3, total: 6, faces: [1] }, { part: 'Bar', count: 1, quantity: 1, total: 1, faces: [2] }];
    expect(columnsOf(rows).map(({ name }) => name)).toEqual(['Part', 'Each', 'Pieces', 'Total']);
  });

  it('keep a number of faces, which lights nothing', () => {
    const rows = [{ surface: 'plane', faces: 4 }, { surface: 'cone', faces: 1 }];
    expect(columnsOf(rows).map(({ key }) => key)).toEqual(['surface', 'faces']);
    expect(facesOf(rows[0]!)).toEqual([]);
    expect(facesOf({ face: 9, x_mm: 1 })).toEqual([9]);
  });

  it('write numbers as drawings do', () => {
    expect([4.9784, 94_874.4413, 0, true, null, ['M3', 'M4']].map(written)).toEqual(['4.978', '94,874', '0', 'yes', '–', 'M3, M4']);
    expect(measured({ name: 'angle', value: 90, unit: '°' })).toBe('90°');
    expect(measured({ name: 'holes', value: 14, unit: '' })).toBe('14');
  });
});

it('remembers each question once, and none that was not understood', () => {
  expect(distinct([past('holes'), past('wobble', 'not_understood'), past('Holes'), past('volume')]).map(({ query }) => query)).toEqual(['holes', 'volume']);
});

describe('the panel', () => {
  let scene: Scene;
  beforeEach(() => void (scene = new Scene()));
  afterEach(() => vi.unstubAllGlobals());

  function show(answer: (query: string) => Response, history: ReturnType<typeof past>[] = []) {
    const server = fakeFetch({
      'POST /api/models/7/query': (body) => answer((body as { query: string }).query),
      'GET /api/models/7/queries': () => json({ queries: history }),
    });
    vi.stubGlobal('fetch', server.fetch);
    render(Questions, { model: 7, scene });
    return server;
  }
  const field = () => screen.getByLabelText<HTMLInputElement>('Ask about this model');
  async function ask(query: string) {
    await fireEvent.input(field(), { target: { value: query } });
    await fireEvent.submit(field().form!);
  }

  it('answers with a sentence, its numbers and the faces that prove it', async () => {
    show(() => json(anAnswer({ values: [{ name: 'holes', value: 2, unit: '' }], faces: [4, 9], notes: ['Without the slot.'] })));
    await ask('holes');
    expect(await screen.findByText('2 holes of ⌀5 mm.')).toBeTruthy();
    expect(screen.getByText('Without the slot.')).toBeTruthy();
    expect(scene.lit).toEqual({ faces: [4, 9], still: false });
  });

  it('puts the answer and its light away with Escape', async () => {
    show(() => json(anAnswer({ faces: [4] })));
    await ask('holes');
    await screen.findByText('2 holes of ⌀5 mm.');
    await fireEvent.keyDown(field(), { key: 'Escape' });
    expect(screen.queryByText('2 holes of ⌀5 mm.')).toBeNull();
    expect(scene.lit.faces).toEqual([]);
  });

  it('lights the faces of a row, by its button too', async () => {
    show(() => json(anAnswer({ rows: [{ kind: 'through', count: 1, faces: [4] }, { kind: 'blind', count: 2, faces: [5, 6] }], faces: [4, 5, 6] })));
    await ask('holes');
    await fireEvent.click(await screen.findByRole('button', { name: 'blind' }));
    expect(scene.lit.faces).toEqual([5, 6]);
    await fireEvent.click(screen.getByRole('button', { name: 'Show the 3 faces' }));
    expect(scene.lit.faces).toEqual([4, 5, 6]);
  });

  it('says what was not understood and asks what is chosen instead', async () => {
    const details = { fields: { query: ['Not that.'] }, unknown: ['wobble'], can: ['volume'] };
    const answers: Record<string, () => Response> = {
      wobble: () => json({ code: 'not_understood', detail: 'Not that.', details }, 422),
      volume: () => json(anAnswer({ query: 'volume', understood: 'volume', sentence: 'The volume is 5 mm³.' })),
    };
    show((query) => answers[query]!());
    await ask('wobble');
    expect(await screen.findByText('Not understood: “wobble”')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'volume' }));
    expect(await screen.findByText('The volume is 5 mm³.')).toBeTruthy();
    expect(field().value).toBe('volume');
  });

  it('asks again by itself when the file is read', async () => {
    let read = false;
    const server = show(() =>
      read ? json(anAnswer()) : json({ code: 'still_reading', detail: 'It is still being read.', details: { job: 'job-1' } }, 409),
    );
    await ask('holes');
    expect(await screen.findByText('It is still being read.')).toBeTruthy();
    read = true;
    jobs.apply(aJob({ id: 'another' }));
    jobs.apply(aJob({ id: 'job-1' }));
    expect(await screen.findByText('2 holes of ⌀5 mm.', {}, { timeout: 3000 })).toBeTruthy();
    expect(server.asked.filter((one) => one.startsWith('POST'))).toHaveLength(2);
  });

  it('says why there is no exact answer', async () => {
    show(() => json({ code: 'not_exact', detail: 'Questions need the exact shape. It took too long.' }, 409));
    await ask('holes');
    expect(await screen.findByText(/It took too long/)).toBeTruthy();
    expect(scene.lit.faces).toEqual([]);
  });

  it('takes a tapped face into the question while somebody writes one', async () => {
    show(() => json(anAnswer()));
    const face = { id: 12, surface: null, product: null };
    scene.tap(face);
    expect(field().value).toBe('');
    field().focus();
    scene.tap(face);
    await vi.waitFor(() => expect(field().value).toBe('face 12'));
    field().blur(); // a tap on the canvas takes the focus first
    scene.tap({ ...face, id: 3 });
    await vi.waitFor(() => expect(field().value).toBe('distance between face 12 and face 3'));
  });

  it('offers what was asked before', async () => {
    show(() => json(anAnswer()), [past('thickness')]);
    field().focus();
    expect(await screen.findByRole('list', { name: 'Asked before' })).toBeTruthy();
  });
});
