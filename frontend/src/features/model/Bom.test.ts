import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { session } from '@/lib/session.svelte';
import type { ModelDetail } from '@/lib/types';
import { fakeFetch, json } from '@/testing';
import { aJob, aModel, aRow } from '@/testing/models';
import Bom from './Bom.svelte';
import Drawing from './Drawing.svelte';
import Measures from './Measures.svelte';
import { Reading } from './reading.svelte';

beforeEach(() => {
  session.who = { name: 'Lea', role: 'lead', scopes: ['models:write'] };
});
afterEach(() => {
  session.who = null;
  vi.unstubAllGlobals();
});

async function readingOf(model: ModelDetail, answers: Parameters<typeof fakeFetch>[0] = {}) {
  const server = fakeFetch({ 'GET /api/models/7': () => json(model), ...answers });
  vi.stubGlobal('fetch', server.fetch);
  const reading = new Reading();
  reading.show(7);
  await vi.waitFor(() => expect(reading.model).toBeTruthy());
  return { reading, asked: server.asked };
}

const gearbox = [
  aRow('1', 'Gearbox', { bbox_x_mm: null, bbox_y_mm: null, bbox_z_mm: null }),
  aRow('1.1', 'Plate', { product: 11, part_description: 'Side plate, left' }),
  aRow('1.2', 'Screw M3', { product: 12, quantity: 4, total_quantity: 8, notes: 'Approximate', source_name: 'Schraube' }),
];

it('shows each line with its size, how many there are, and what the file calls it', async () => {
  const { reading } = await readingOf(aModel({ bom: gearbox, artifacts: [{ name: 'bom.csv', kind: 'bom', mediaType: 'text/csv', bytes: 9, url: '/csv' }] }));
  render(Bom, { reading, name: '26-P-1' });
  const [, , plate, screw] = screen.getAllByRole('row');
  expect(within(plate!).getByText('10 × 20 × 5.56')).toBeTruthy();
  expect(within(plate!).getByText('Side plate, left')).toBeTruthy();
  expect(screw!.textContent).toMatch(/4\s*8 in all/);
  expect(within(screw!).getByText('In the file: Schraube')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe('/csv');
  expect(screen.queryByRole('link', { name: 'Excel' })).toBeNull();
});

it('shows a line’s part alone in the model at a press, and all at the next', async () => {
  const { reading } = await readingOf(aModel({ bom: gearbox }));
  render(Bom, { reading, name: 'x' });
  const button = screen.getByRole('button', { name: 'Plate' });
  await fireEvent.click(button);
  expect(reading.scene.chosen).toBe(11);
  expect(button.getAttribute('aria-pressed')).toBe('true');
  await fireEvent.click(screen.getAllByRole('row')[2]!);
  expect(reading.scene.chosen).toBeNull();
});

it('folds and searches', async () => {
  const rows = [...gearbox, ...Array.from({ length: 30 }, (_, i) => aRow(`1.${i + 3}`, `Washer ${i + 3}`))];
  const { reading } = await readingOf(aModel({ bom: rows }));
  render(Bom, { reading, name: 'x' });
  const lines = () => screen.getAllByRole('row').length - 1;
  expect(lines()).toBeLessThan(20);
  await fireEvent.click(screen.getByRole('button', { name: 'Show all 33 lines' }));
  expect(lines()).toBe(33);
  await fireEvent.input(screen.getByLabelText('Search the parts list'), { target: { value: 'washer 13' } });
  expect(lines()).toBe(2);
  await fireEvent.input(screen.getByLabelText('Search the parts list'), { target: { value: '' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Close Gearbox' }));
  expect(lines()).toBe(1);
});

it('says that one part is no assembly', async () => {
  const { reading } = await readingOf(aModel({ bom: [aRow('1', 'Plate')] }));
  render(Bom, { reading, name: 'x' });
  expect(screen.getByText('One part, no assembly.')).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
});

it('says why the parts list is missing and tries again', async () => {
  const stages = { bom: { status: 'failed', code: 'died', message: 'Reading it took too long.' } } as const;
  const retried = vi.fn(() => json(aJob({ status: 'queued', stage: null })));
  const { reading } = await readingOf(aModel({ stages }), { 'POST /api/jobs/job-1/retry': retried });
  render(Bom, { reading, name: 'x' });
  expect(screen.getByText('Reading it took too long.')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await vi.waitFor(() => expect(retried).toHaveBeenCalledOnce());
});

it('offers no second try to who may not send files', async () => {
  session.who = { name: 'Ana', role: 'member', scopes: ['parts:read'] };
  const { reading } = await readingOf(aModel({ stages: { bom: { status: 'failed', message: 'Too long.' } } }));
  render(Bom, { reading, name: 'x' });
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

it('tells exact measures from those of the preview', async () => {
  const exact = await readingOf(aModel());
  const { unmount } = render(Measures, { reading: exact.reading, model: aModel() });
  expect(screen.getByText('120 × 70 × 6.35 mm')).toBeTruthy();
  expect(screen.getByText(/^Exact/)).toBeTruthy();
  unmount();
  const rough = await readingOf(aModel({ exact: false }));
  render(Measures, { reading: rough.reading, model: aModel() });
  expect(screen.queryByText(/^Exact/)).toBeNull();
  expect(screen.getByText(/From the preview/)).toBeTruthy();
});

it('says why nothing exact was read of a file that was read', async () => {
  const stages = { bom: { status: 'done', code: 'tessellated', message: 'This file holds triangles only.' } } as const;
  const { reading } = await readingOf(aModel({ exact: false, stages }));
  render(Measures, { reading, model: aModel() });
  expect(screen.getByText('This file holds triangles only.')).toBeTruthy();
});

it('draws the sheet again as it is asked to', async () => {
  const drawing = (format: string) => ({ name: `drawing.${format}`, kind: 'drawing', mediaType: 'x', bytes: 9, url: `/${format}` });
  const read = vi.fn((body: unknown) => json({ job: aJob({ id: 'job-9', status: 'queued', message: JSON.stringify(body) }) }, 202));
  const { reading } = await readingOf(aModel({ artifacts: ['svg', 'pdf', 'dxf'].map(drawing) }), { 'POST /api/models/7/read': read });
  render(Drawing, { reading, name: 'Plate' });
  expect(screen.getByRole('img', { name: 'Drawing sheet of Plate' }).getAttribute('src')).toBe('/svg');
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['PDF', 'SVG', 'DXF']);
  await fireEvent.change(screen.getByLabelText('What it shows'), { target: { value: 'holes' } });
  await vi.waitFor(() => expect(read).toHaveBeenCalledOnce());
  expect(read.mock.calls[0]![0]).toEqual({ diagram: true, diagram_mode: 'holes' });
});
