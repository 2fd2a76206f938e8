/** The queue of files on their way to the server: two at a time, each with its own progress and end. */
import { ApiError } from '@/lib/http';
import { bytes } from '@/lib/format';
import { randomId } from '@/lib/id';
import { t } from '@/lib/messages';
import { runtime } from '@/lib/runtime';
import { sendFile, type Sending } from '@/lib/upload';

export type UploadState = 'waiting' | 'sending' | 'done' | 'failed';

export class Upload {
  readonly id = randomId();
  state = $state<UploadState>('waiting');
  /** 0 to 1. */
  share = $state(0);
  error = $state<string | null>(null);
  /** Whether the server now makes a 3D model of it. */
  reading = $state(false);
  sending: Sending | null = null;

  constructor(
    readonly file: File,
    readonly partId: number,
  ) {}

  cancel(): void {
    this.sending?.cancel();
  }
}

const AT_ONCE = 2;
/** What went well needs no tidying up by hand; what failed stays until somebody has seen it. */
const LINGER_MS = 6000;

/** What is wrong with a file before it is sent, or null. */
export function refuse(file: Pick<File, 'size'>, maxMb = runtime.maxUploadMb): string | null {
  if (file.size === 0) return t('upload.empty');
  if (file.size > maxMb * 1024 * 1024) return t('upload.tooLarge', { size: bytes(file.size), max: maxMb });
  return null;
}

class Uploads {
  list = $state.raw<Upload[]>([]);
  /** The part whose page is open: it shows its own files itself. */
  shownAt = $state<number | null>(null);
  #watchers = new Set<(upload: Upload) => void>();

  /** Called when a file has arrived. */
  onArrived(watcher: (upload: Upload) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  add(partId: number, files: Iterable<File>): void {
    const added = [...files].map((file) => new Upload(file, partId));
    for (const upload of added) {
      upload.error = refuse(upload.file);
      if (upload.error) upload.state = 'failed';
    }
    this.list = [...this.list, ...added];
    this.#next();
  }

  ofPart(partId: number): Upload[] {
    return this.list.filter((upload) => upload.partId === partId);
  }

  retry(upload: Upload): void {
    upload.error = refuse(upload.file);
    upload.state = upload.error ? 'failed' : 'waiting';
    this.#next();
  }

  dismiss(upload: Upload): void {
    upload.cancel();
    this.list = this.list.filter((one) => one !== upload);
  }

  clear(): void {
    this.list = this.list.filter((upload) => upload.state === 'sending' || upload.state === 'waiting');
  }

  #next(): void {
    const sending = this.list.filter((upload) => upload.state === 'sending').length;
    const waiting = this.list.filter((upload) => upload.state === 'waiting');
    for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - sending))) void this.#send(upload);
  }

  async #send(upload: Upload): Promise<void> {
    upload.state = 'sending';
    upload.share = 0;
    upload.sending = sendFile(upload.partId, upload.file, (share) => (upload.share = share));
    try {
      const answer = await upload.sending.done;
      upload.state = 'done';
      upload.reading = answer.job !== undefined && answer.job !== null;
      for (const watcher of this.#watchers) watcher(upload);
      setTimeout(() => this.dismiss(upload), LINGER_MS);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      upload.state = 'failed';
      upload.error = error.message;
    } finally {
      upload.sending = null;
      this.#next();
    }
  }
}

export const uploads = new Uploads();
