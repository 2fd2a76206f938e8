/** Fetches a file's bytes, telling how far it is. */
import { ViewerError } from './errors.ts';

export interface LoadProgress {
  loadedBytes: number;
  /** `null` when the server does not say, or says the size of the packed bytes. */
  totalBytes: number | null;
}

/** Rejects with ViewerError `load_failed`, or with the signal's AbortError. */
export async function fetchBytes(
  url: string,
  signal: AbortSignal,
  onProgress?: (progress: LoadProgress) => void,
): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(url, { signal, credentials: 'same-origin' });
    if (!response.ok)
      throw new ViewerError('load_failed', `The model could not be loaded (${response.status}).`, { status: response.status });
    return await readBody(response, onProgress);
  } catch (cause) {
    if (signal.aborted || cause instanceof ViewerError) throw cause;
    throw new ViewerError('load_failed', 'The model could not be loaded. Check the connection and try again.', { cause });
  }
}

async function readBody(response: Response, onProgress?: (progress: LoadProgress) => void): Promise<ArrayBuffer> {
  if (!response.body || !onProgress) return response.arrayBuffer();
  const packed = response.headers.get('content-encoding');
  const length = Number(response.headers.get('content-length'));
  const totalBytes = !packed && length > 0 ? length : null;
  let loadedBytes = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        loadedBytes += chunk.byteLength;
        onProgress({ loadedBytes, totalBytes });
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted).arrayBuffer();
}
