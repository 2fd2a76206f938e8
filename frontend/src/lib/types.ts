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
  /** The part that it is a revision of; null in the library. */
  part?: number | null;
  sha256?: string;
  schema?: string | null;
  /** Whether box, volume and area are the exact shape's (else the preview's); null when nothing was measured. */
  exact?: boolean | null;
  distinctParts?: number | null;
  instances?: number | null;
  stages?: Partial<Record<StageName, StageEnd>>;
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
  attempts?: number;
  artifacts?: Artifact[];
  createdBy?: string | null;
  /** The file that it works on. */
  fileName?: string | null;
  /** The stages of its file that failed, as the file stands now. */
  unfinished?: Unfinished[];
}

/** A stage of reading that brought nothing. */
export interface Unfinished {
  stage: StageName;
  code: string | null;
  message: string;
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

/** What reading a file goes through after its text was looked at. */
export type StageName = 'convert' | 'bom' | 'thumbnails' | 'diagram';

/** How a stage of reading ended. */
export interface StageEnd {
  status: 'done' | 'failed' | 'skipped';
  code?: string | null;
  message?: string | null;
}

export const DRAWING_MODES = ['external', 'holes', 'flat', 'active_area'] as const;
export type DrawingMode = (typeof DRAWING_MODES)[number];

export interface ReadOptions {
  thumbnails: boolean;
  bom: boolean;
  diagram: boolean;
  translate: boolean;
  diagram_mode: DrawingMode;
}

/** A line of the bill of materials; its columns are named as in the exports. */
export interface BomRow {
  /** Its place in the tree, such as 1.3.2. */
  path: string;
  level: number;
  part_number: string;
  part_description: string;
  /** How often it is in its parent. */
  quantity: number;
  /** How often it is in the whole file. */
  total_quantity: number;
  parent: string;
  bbox_x_mm: number | null;
  bbox_y_mm: number | null;
  bbox_z_mm: number | null;
  volume_mm3: number | null;
  colour: string | null;
  /** Sentences, parted by "; ". */
  notes: string;
  /** The name as the file has it. */
  source_name: string;
  product: number | null;
  part: number | null;
}

export interface ModelPicture {
  name: string;
  url: string;
}

export interface Artifact {
  name: string;
  kind: string;
  mediaType: string;
  bytes: number;
  url: string;
}

/** Everything that was read from one file. */
export interface ModelDetail extends Model {
  id: number;
  fileName: string;
  stages: Partial<Record<StageName, StageEnd>>;
  options: Partial<ReadOptions>;
  bom: BomRow[];
  views: ModelPicture[];
  artifacts: Artifact[];
  jobs: Job[];
  sourceUrl: string;
  createdBy: string | null;
}

export interface AnswerValue {
  name: string;
  value: number | string | boolean;
  unit: string;
}

/** A row of an answer: all rows have the same columns; `faces` (or `face`) are the numbers of the faces it is about. */
export type AnswerRow = Record<string, unknown>;

export interface Answer {
  query: string;
  /** The question as it was understood. */
  understood: string;
  /** A language model put the question into the grammar. */
  interpreted: boolean;
  sentence: string;
  values: AnswerValue[];
  rows: AnswerRow[];
  faces: number[];
  notes: string[];
}

export interface PastQuestion {
  id: number;
  query: string;
  understood: string | null;
  sentence: string | null;
  code: string | null;
  who: string;
  at: string;
}

/** A model as the library lists it. */
export interface LibraryFile extends Model {
  id: number;
  fileName: string;
  bytes: number;
  createdAt: string;
  createdBy: string | null;
}

export type FileStatus = Model['status'];
export const FILE_STATUSES: readonly FileStatus[] = ['pending', 'ready', 'failed'];

/** What a live event tells of a model: a stage has its result, or it left the library or came back. */
export interface ModelNews {
  id: number;
  part: number | null;
  stage?: StageName;
  deleted?: boolean;
}
