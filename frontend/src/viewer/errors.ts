/** What can go wrong in the viewer, by meaning; the message is a sentence for people, in English. */

export type ViewerErrorCode =
  | 'webgl_unavailable'
  | 'context_lost'
  | 'load_failed'
  | 'not_a_model'
  | 'empty_model'
  | 'disposed';

export class ViewerError extends Error {
  readonly code: ViewerErrorCode;
  /** The HTTP status, where a server's answer was the reason. */
  readonly status: number | null;

  constructor(code: ViewerErrorCode, message: string, details: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.name = 'ViewerError';
    this.code = code;
    this.status = details.status ?? null;
  }
}

/** The reason to reject with when a load was called off; the same shape that fetch gives. */
export const abortError = (): DOMException => new DOMException('The load was called off.', 'AbortError');
