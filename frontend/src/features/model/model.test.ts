import { describe, expect, it } from 'vitest';
import { aJob, aModel, aRow } from '@/testing/models';
import { linesOf, sourceName } from './bom';
import { faceText } from './faceText';
import { area, protocol, shortSides, sides, volume } from './measures';
import { Scene } from './scene.svelte';
import { isUnread, mayRetry, newestJob, noAnswers, stageOf } from './stages';

describe('measures', () => {
  it('have the digits that somebody can measure', () => {
    expect(sides(120, 3.175, 0.0254)).toBe('120 × 3.175 × 0.025');
    expect(shortSides(17.7324, 1250.123, 8.0112)).toBe('17.73 × 1,250.1 × 8.01');
    expect(volume(94_874.44)).toBe('94,874 mm³');
    expect(volume(1_250_000)).toBe('1,250 cm³');
    expect(area(35.746)).toBe('35.75 mm²');
  });

  it('are not given when a side is missing', () => {
    expect(sides(1, null, 2)).toBe('');
  });

  it('name the protocol that people know a schema by', () => {
    expect(protocol('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }')).toBe('AP214');
    expect(protocol('AP242_MANAGED_MODEL_BASED_3D_ENGINEERING_MIM_LF')).toBe('AP242');
    expect(protocol('PLANT_SPATIAL_CONFIGURATION { 1 }')).toBe('PLANT_SPATIAL_CONFIGURATION');
  });
});

describe('a stage', () => {
  const working = aJob({ id: 'job-2', status: 'running', stage: 'bom', createdAt: '2026-01-11T10:00:00Z' });

  it('is what its stored end says when no job is at work', () => {
    const model = aModel({ stages: { bom: { status: 'failed', code: 'kernel_missing', message: 'No kernel.' } } });
    expect(stageOf(model, 'bom')).toMatchObject({ state: 'failed', message: 'No kernel.', code: 'kernel_missing' });
    expect(stageOf(model, 'diagram').state).toBe('unread');
  });

  it('works, waits or has ended while a job goes through them in order', () => {
    const model = aModel({ jobs: [working, aJob()], stages: { convert: { status: 'done' } } });
    expect(['convert', 'bom', 'thumbnails'].map((name) => stageOf(model, name as 'bom').state)).toEqual(['done', 'working', 'waiting']);
  });

  it('does not wait for what nobody wants', () => {
    const model = aModel({ jobs: [working], stages: {}, options: { diagram: false } });
    expect(stageOf(model, 'diagram').state).toBe('unread');
  });

  it('can be tried again when its job is over, with the newest job', () => {
    const ended = { bom: { status: 'failed', message: 'Too large.' } } as const;
    expect(mayRetry(stageOf(aModel({ stages: ended }), 'bom'))).toBe(true);
    expect(mayRetry(stageOf(aModel({ stages: ended, jobs: [aJob({ status: 'running', stage: 'diagram' })] }), 'bom'))).toBe(false);
    expect(mayRetry(stageOf(aModel({ stages: { diagram: { status: 'failed', code: 'not_a_plate' } } }), 'diagram'))).toBe(false);
    expect(newestJob(aModel({ jobs: [aJob(), working] }))?.id).toBe('job-2');
  });
});

describe('a file', () => {
  const working = aJob({ id: 'job-2', status: 'running', stage: 'diagram', createdAt: '2026-01-11T10:00:00Z' });
  const ended = (code: string, status: 'done' | 'failed' | 'skipped' = 'done') => aModel({ exact: false, stages: { bom: { status, code, message: 'Why.' } } });

  it('has a rest to read when stages were never tried, wanted, and no job is at work', () => {
    const old = aModel({ stages: { convert: { status: 'done' } }, options: {} });
    expect(isUnread(old)).toBe(true);
    expect(isUnread({ ...old, jobs: [working] })).toBe(false);
    expect(isUnread({ ...old, status: 'failed' })).toBe(false);
    expect(isUnread({ ...old, options: { bom: false, thumbnails: false, diagram: false } })).toBe(false);
    expect(isUnread(aModel())).toBe(false);
    expect(isUnread(ended('tessellated', 'failed'))).toBe(true);
  });

  it('answers no questions without its exact shape, and says what may help', () => {
    expect(noAnswers(aModel())).toBeNull();
    expect(noAnswers(ended('tessellated'))).toEqual({ message: 'Why.', way: null });
    expect(noAnswers(ended('kernel_crashed'))?.way).toBe('retry');
    expect(noAnswers(ended('took_too_long', 'failed'))?.way).toBe('retry');
    expect(noAnswers(ended('', 'skipped'))?.way).toBe('read');
    expect(noAnswers(aModel({ exact: null, stages: {} }))?.way).toBe('read');
    expect(noAnswers(aModel({ exact: null, stages: {}, jobs: [{ ...working, stage: 'convert' }] }))).toBeNull();
  });
});

describe('the lines of a bill of materials', () => {
  const rows = [
    aRow('1', 'Gearbox'),
    aRow('1.1', 'Housing'),
    aRow('1.1.1', 'Plate'),
    aRow('1.1.2', 'Screw M3', { source_name: 'Schraube M3' }),
    aRow('1.10', 'Motor'),
  ];
  const shown = (closed: string[], search = '') => linesOf(rows, new Set(closed), search).map(({ row }) => row.path);

  it('are all there, indented from the top', () => {
    const lines = linesOf(rows, new Set());
    expect(lines.map(({ depth }) => depth)).toEqual([0, 1, 2, 2, 1]);
    expect(lines.map(({ holds }) => holds)).toEqual([true, true, false, false, false]);
  });

  it('fold away under a closed one, and only those', () => {
    expect(shown(['1.1'])).toEqual(['1', '1.1', '1.10']);
    expect(shown(['1'])).toEqual(['1']);
  });

  it('are found by any of their words, also inside closed ones, with what they stand in', () => {
    expect(shown(['1'], 'm3 SCREW')).toEqual(['1', '1.1', '1.1.2']);
    expect(shown([], 'schraube')).toEqual(['1', '1.1', '1.1.2']);
    expect(shown([], 'nothing like it')).toEqual([]);
  });

  it('show the name in the file only when it says more', () => {
    expect(sourceName(rows[3]!)).toBe('Schraube M3');
    expect(sourceName(aRow('1', 'Plate_6'))).toBe('');
    expect(sourceName(aRow('1', 'Plate', { source_name: '側板' }))).toBe('側板');
    expect(sourceName(aRow('1', '26-P-1', { part_description: 'Plate', source_name: '26-P-1_Plate' }))).toBe('');
  });
});

describe('a face in words', () => {
  it('has its number, form and size in millimetres', () => {
    const cylinder = { type: 'cylinder', origin: [0, 0, 0], axis: [0, 0, 1], radius: 0.0030000001 } as const;
    expect(faceText({ id: 12, surface: { ...cylinder, origin: [0, 0, 0], axis: [0, 0, 1] }, product: 3 }, 'Plate')).toBe('Face 12 · cylinder ⌀6 · Plate');
    expect(faceText({ id: 4, surface: null, product: null })).toBe('Face 4');
  });
});

describe('the scene', () => {
  const face = { id: 5, surface: null, product: 2 };

  it('shows what proves an answer, even when only another part was shown', () => {
    const scene = new Scene();
    scene.choose(3);
    scene.light([1, 2]);
    expect(scene.chosen).toBeNull();
    expect(scene.lit).toEqual({ faces: [1, 2], still: false });
  });

  it('shows all again when the same part is chosen twice', () => {
    const scene = new Scene();
    scene.choose(3);
    scene.choose(3);
    expect(scene.chosen).toBeNull();
  });

  it('lights a tapped face unless somebody who asks takes it, and puts it out beside the part', () => {
    const scene = new Scene();
    let takes = true;
    const taken: number[] = [];
    const leave = scene.join(({ id }) => takes && taken.push(id) > 0, () => {});
    scene.tap(face);
    expect(taken).toEqual([5]);
    expect(scene.lit.faces).toEqual([]);
    takes = false;
    scene.tap(face);
    expect(scene.lit).toEqual({ faces: [5], still: true });
    scene.tap(null);
    expect([scene.lit.faces, scene.face]).toEqual([[], null]);
    expect(scene.canAsk).toBe(true);
    leave();
    expect(scene.canAsk).toBe(false);
  });
});
