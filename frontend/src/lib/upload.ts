/** Sending one file with progress. `fetch` cannot report upload progress, so this is XMLHttpRequest. */
import { ApiError, apiUrl, offlineError, toError } from './http';
import { t } from './messages';
import type { ReadOptions, UploadAnswer } from './types';

export interface Sending {
  done: Promise<UploadAnswer>;
  cancel: () => void;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Send a file to a part, or into the library for null; `onProgress` gets 0 to 1. Rejects with `ApiError`. */
export function sendFile(partId: number | null, file: File, options: Partial<ReadOptions>, onProgress: (share: number) => void): Sending {
  const xhr = new XMLHttpRequest();
  const done = new Promise<UploadAnswer>((resolve, reject) => {
    xhr.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    xhr.onload = () => {
      const body = parse(xhr.responseText);
      if (xhr.status >= 200 && xhr.status < 300) resolve(body as UploadAnswer);
      else reject(toError(xhr.status, body));
    };
    xhr.onerror = () => reject(offlineError());
    xhr.onabort = () => reject(new ApiError(0, 'canceled', t('upload.canceled')));
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) form.append(name, String(value));
  form.append('file', file, file.name);
  xhr.open('POST', apiUrl(partId === null ? '/upload/' : `/parts/${partId}/upload`));
  xhr.setRequestHeader('Accept', 'application/json');
  xhr.send(form);
  return { done, cancel: () => xhr.abort() };
}
