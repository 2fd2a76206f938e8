/** Models for tests: whole by default, with what a test is about put in. */
import type { BomRow, Job, ModelDetail } from '@/lib/types';

export function aJob(over: Partial<Job> = {}): Job {
  return {
    id: 'job-1', kind: 'step', status: 'completed', stage: 'done', progress: 1, message: null, error: null, part: 1, model: 7,
    createdAt: '2026-01-10T10:00:00Z', startedAt: '2026-01-10T10:00:01Z', finishedAt: '2026-01-10T10:00:09Z', ...over,
  };
}

export function aModel(over: Partial<ModelDetail> = {}): ModelDetail {
  return {
    id: 7, part: 1, revision: 'A', fileName: 'gearbox.step', status: 'ready', thumbnailUrl: null, modelUrl: '/api/models/7/artifacts/model.glb',
    bytes: 1000, units: 'mm', schema: 'AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }', bbox: { xMm: 120, yMm: 70, zMm: 6.35 },
    volumeMm3: 48_000, areaMm2: 12_345.6, exact: true, distinctParts: 1, instances: 1, error: null, modelBytes: 2000,
    stages: { convert: { status: 'done' }, bom: { status: 'done' }, thumbnails: { status: 'done' }, diagram: { status: 'done' } },
    options: { thumbnails: true, bom: true, diagram: true, translate: false, diagram_mode: 'external' },
    bom: [], views: [], artifacts: [], jobs: [aJob()], sourceUrl: '/api/models/7/source', createdBy: 'Lea', createdAt: '2026-01-10T10:00:00Z', ...over,
  };
}

export function aRow(path: string, name: string, over: Partial<BomRow> = {}): BomRow {
  return {
    path, level: path.split('.').length - 1, part_number: name, part_description: name, quantity: 1, total_quantity: 1, parent: '',
    bbox_x_mm: 10, bbox_y_mm: 20, bbox_z_mm: 5.555, volume_mm3: 1000, colour: '#b8bdc2', notes: '', source_name: name,
    product: Number(path.replaceAll('.', '')), part: null, ...over,
  };
}
