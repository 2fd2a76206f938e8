/** The shapes of the HTTP contract that the page reads. Times are ISO 8601 UTC, lengths millimetres. */
export type Category = 'review' | 'cnc' | 'hand' | 'completed';
export type PartType = 'cnc' | 'hand';
export type Status = 'Pending' | 'Approved' | 'In Progress' | 'Already Started' | 'Completed';
export type Priority = 'high' | 'normal' | 'low';
export type Action = 'approve' | 'assign' | 'unclaim' | 'complete' | 'revert' | 'reject';

export const CATEGORIES: readonly Category[] = ['review', 'cnc', 'hand', 'completed'];

export interface Reason {
  code: string;
  message: string;
}

/** One revision of a part's CAD. A part's own `model` carries only the first members. */
export interface Model {
  id: number | string;
  revision: string;
  status: 'pending' | 'ready' | 'failed';
  thumbnailUrl: string | null;
  modelUrl: string | null;
  fileName?: string;
  bytes?: number;
  units?: string | null;
  bbox?: { xMm: number; yMm: number; zMm: number } | null;
  volumeMm3?: number | null;
  areaMm2?: number | null;
  error?: Reason | null;
  modelBytes?: number | null;
  createdAt?: string;
  job?: string | Job | null;
}

export interface Part {
  id: number;
  uuid: string;
  partId: string | null;
  name: string;
  type: PartType | null;
  category: Category;
  status: Status;
  material: string | null;
  materialThickness: string | null;
  subsystem: string | null;
  project: string | number | { id: number; name: string; prefix?: string } | null;
  assigned: string | null;
  claimedDate: string | null;
  completedAt: string | null;
  amount: number;
  completedAmount: number;
  priority: Priority;
  dueDate: string | null;
  notes: string | null;
  file: string | null;
  onshapeUrl: string | null;
  storage: string | null;
  revision: string | null;
  model: Model | null;
  newerModel: Model | null;
  customFields: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
  version: number;
  demo?: boolean;
}

export type PartChanges = Partial<Omit<Part, 'id' | 'version' | 'model' | 'newerModel'>>;

export interface Page<T> {
  items: T[];
  total: number;
  totalIsEstimate: boolean;
  nextCursor: string | null;
}

export type JobStatus = 'submitted' | 'validated' | 'queued' | 'running' | 'completed' | 'failed' | 'canceled' | 'expired';

export interface Job {
  id: string;
  kind?: string;
  status: JobStatus;
  stage: string | null;
  /** 0 to 1. */
  progress: number | null;
  message: string | null;
  error: Reason | null;
  part: number | null;
  model: number | string | null;
  createdAt?: string;
  startedAt?: string | null;
  finishedAt?: string | null;
}

export interface Attachment {
  id: number | string;
  name: string;
  mediaType: string;
  bytes: number;
  createdAt: string;
  by: string | null;
  url: string;
}

export interface Comment {
  id: number | string;
  text: string;
  by: string | null;
  createdAt: string;
}

export interface ActivityItem {
  id: number | string;
  action: string;
  who: string | null;
  at: string;
  part: { id: number; partId: string | null; name: string } | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  note: string | null;
}

export interface Session {
  name: string;
  role: string;
  scopes: string[];
}

export interface Project {
  id: number;
  name: string;
  prefix: string;
}

export interface FacetValue {
  value: string | null;
  count: number;
}
export type Facets = Partial<Record<'subsystem' | 'assigned' | 'material' | 'project' | 'type' | 'priority', FacetValue[]>>;

export interface UploadAnswer {
  message: string;
  filename: string;
  model?: Model;
  job?: string | Job;
  attachment?: Attachment;
}
