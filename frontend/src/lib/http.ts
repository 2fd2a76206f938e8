/** One place where the page speaks HTTP: JSON in and out, problems as `ApiError`, nothing swallowed. */
import { runtime } from './runtime';

/** What the server (or the missing network, `status` 0) said when a request did not work. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
    readonly requestId: string | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Messages by member, from a 422's `details.fields`. */
  get fields(): Record<string, string> {
    const fields = this.details.fields;
    if (!fields || typeof fields !== 'object') return {};
    return Object.fromEntries(
      Object.entries(fields).map(([name, messages]) => [name, Array.isArray(messages) ? messages.join(' ') : String(messages)]),
    );
  }

  get offline(): boolean {
    return this.status === 0;
  }
}

const PLAIN: Record<number, string> = {
  0: 'The server does not answer. Nothing was changed.',
  401: 'You are signed out. Sign in again; what you typed is still here.',
  403: 'Your key does not allow this.',
  404: 'This is not here any more.',
  412: 'Somebody changed this part meanwhile.',
  413: 'This file is larger than the server takes.',
  429: 'Too many requests at once. Wait a moment and try again.',
  503: 'The server is busy or starting. Try again in a moment.',
  507: 'The server has no disk space left. What you have is safe; nothing new can be stored.',
};

/** Turn an answer that is no success into an `ApiError`, whether or not its body is problem+json. */
export function toError(status: number, body: unknown): ApiError {
  const problem = (body && typeof body === 'object' ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof problem[name] === 'string' ? (problem[name] as string) : '');
  const message =
    text('detail') || text('title') || text('error') || PLAIN[status] || `The server answered ${status}. Nothing was changed.`;
  const details = problem.details && typeof problem.details === 'object' ? (problem.details as Record<string, unknown>) : {};
  return new ApiError(status, text('code') || `http_${status}`, message, details, text('requestId') || null);
}

export function offlineError(): ApiError {
  return new ApiError(0, 'offline', PLAIN[0]!);
}

export interface Options {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  query?: Record<string, string | number | null | undefined>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  etag: string | null;
  status: number;
}

type Listener = (error: ApiError) => void;
let onUnauthorized: Listener = () => {};

/** Called for each 401, so that the shell can ask for a key again. */
export function setUnauthorizedListener(listener: Listener): void {
  onUnauthorized = listener;
}

export function apiUrl(path: string, query: Options['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return runtime.apiBase + path + (search ? `?${search}` : '');
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const type = response.headers.get('content-type') ?? '';
  return type.includes('json') ? response.json().catch(() => null) : response.text();
}

/** Ask the API. Throws `ApiError`, or the `AbortError` of `signal`. */
export async function request<T>(path: string, options: Options = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), {
      method: options.method ?? 'GET',
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: 'same-origin',
      signal: options.signal,
    });
  } catch (reason) {
    if (options.signal?.aborted) throw reason;
    throw offlineError();
  }
  const body = await readBody(response);
  if (!response.ok) {
    const error = toError(response.status, body);
    if (response.status === 401) onUnauthorized(error);
    throw error;
  }
  return { body: body as T, etag: response.headers.get('etag'), status: response.status };
}
