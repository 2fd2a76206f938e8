/** The calls of the HTTP contract, by name. Each throws `ApiError`. */
import { request, type Options } from './http';
import { randomId } from './id';
import type {
  Action, ActivityItem, Answer, Attachment, Category, Comment, Facets, Job, LibraryFile, Model, ModelDetail, Page, Part, PartChanges,
  PastQuestion, Project, ReadOptions, Session,
} from './types';

export type Query = NonNullable<Options['query']>;

/** Read a list answer under any plural name. */
export function toPage<T>(body: Record<string, unknown>, plural: string): Page<T> {
  const items = (body[plural] ?? []) as T[];
  const total = typeof body.total === 'number' ? body.total : items.length;
  return { items, total, totalIsEstimate: body.totalIsEstimate === true, nextCursor: (body.nextCursor as string | null) ?? null };
}

async function list<T>(path: string, plural: string, query: Query = {}, signal?: AbortSignal): Promise<Page<T>> {
  const { body } = await request<Record<string, unknown>>(path, { query, signal });
  return toPage<T>(body, plural);
}

async function send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
  return (await request<T>(path, { method, body, headers })).body;
}

export interface Tagged {
  part: Part;
  etag: string | null;
}

export const parts = {
  list: (query: Query, signal?: AbortSignal) => list<Part>('/parts/', 'parts', query, signal),
  lane: (category: Category, query: Query, signal?: AbortSignal) =>
    list<Part>(`/parts/categories/${category}`, 'parts', query, signal),
  facets: (signal?: AbortSignal) => request<Facets>('/parts/facets', { signal }).then((answer) => answer.body),

  async get(id: number, signal?: AbortSignal): Promise<Tagged> {
    const answer = await request<Part>(`/parts/${id}`, { signal });
    return { part: answer.body, etag: answer.etag };
  },
  create: (values: PartChanges) => send<Part>('POST', '/parts/', values, { 'Idempotency-Key': randomId() }),
  /** Change a part that has not changed since `etag`; 412 when it has. */
  async change(id: number, changes: PartChanges, etag: string | null): Promise<Tagged> {
    const headers: Record<string, string> = etag ? { 'If-Match': etag } : {};
    const answer = await request<Part>(`/parts/${id}`, { method: 'PATCH', body: changes, headers });
    return { part: answer.body, etag: answer.etag };
  },
  remove: (id: number, etag: string | null) =>
    send<{ message: string }>('DELETE', `/parts/${id}`, undefined, etag ? { 'If-Match': etag } : {}),
  restore: (id: number) => send<Part>('POST', `/parts/${id}/restore`, {}),
  act: (id: number, action: Action, body: Record<string, unknown> = {}) => send<Part>('POST', `/parts/${id}/${action}`, body),

  revisions: (id: number, signal?: AbortSignal) => list<Model>(`/parts/${id}/revisions`, 'models', {}, signal),
  attachments: (id: number, signal?: AbortSignal) => list<Attachment>(`/parts/${id}/attachments`, 'attachments', {}, signal),
  comments: (id: number, signal?: AbortSignal) => list<Comment>(`/parts/${id}/comments`, 'comments', {}, signal),
  comment: (id: number, text: string) => send<Comment>('POST', `/parts/${id}/comments`, { text }),
  activity: (id: number, query: Query = {}, signal?: AbortSignal) =>
    list<ActivityItem>(`/parts/${id}/activity`, 'activity', query, signal),

  stats: () => request<unknown>('/parts/stats').then((answer) => answer.body),
  detailed: () => request<unknown>('/parts/stats/detailed').then((answer) => answer.body),
  leaderboard: () => request<unknown>('/parts/leaderboard').then((answer) => answer.body),
};

export const jobs = {
  ofPart: (part: number, signal?: AbortSignal) => list<Job>('/jobs', 'jobs', { part }, signal),
  list: (query: Query = {}, signal?: AbortSignal) => list<Job>('/jobs', 'jobs', query, signal),
  get: (id: string) => request<Job>(`/jobs/${id}`).then((answer) => answer.body),
  retry: (id: string) => send<Job>('POST', `/jobs/${id}/retry`, {}),
  cancel: (id: string) => send<Job>('POST', `/jobs/${id}/cancel`, {}),
};

export const session = {
  read: () => request<Session>('/auth/session').then((answer) => answer.body),
  withKey: (apiKey: string) => send<Session>('POST', '/auth/session', { apiKey }),
  withToken: (signInToken: string) => send<Session>('POST', '/auth/session', { signInToken }),
  end: () => send<unknown>('DELETE', '/auth/session'),
};

export const projects = {
  list: () => list<Project>('/projects', 'projects'),
};

export const activity = {
  list: (query: Query, signal?: AbortSignal) => list<ActivityItem>('/activity', 'activity', query, signal),
};

export const demo = {
  remove: () => send<unknown>('DELETE', '/demo'),
};

export const models = {
  get: (id: number, signal?: AbortSignal) => request<ModelDetail>(`/models/${id}`, { signal }).then((answer) => answer.body),
  /** Read the file again with other flags; 409 while it is being read. */
  read: (id: number, options: Partial<ReadOptions>) => send<{ job: Job }>('POST', `/models/${id}/read`, options).then(({ job }) => job),
  ask: (id: number, query: string) => send<Answer>('POST', `/models/${id}/query`, { query }),
  questions: (id: number, limit: number, signal?: AbortSignal) =>
    list<PastQuestion>(`/models/${id}/queries`, 'queries', { limit }, signal),
};

/** Files that belong to no part. */
export const library = {
  list: (query: Query, signal?: AbortSignal) => list<LibraryFile>('/models/', 'models', { ...query, library: 'true' }, signal),
  get: (id: number) => request<LibraryFile>(`/models/${id}`).then((answer) => answer.body),
  /** Make a file a part's next revision; null gives it back. */
  attach: (id: number, part: number | null) => send<LibraryFile>('PATCH', `/models/${id}`, { part }),
  remove: (id: number) => send<{ message: string }>('DELETE', `/models/${id}`),
  restore: (id: number) => send<LibraryFile>('POST', `/models/${id}/restore`, {}),
};
