/** The queue of files on their way to the server: two at a time, each with its own progress and end. */
import { ApiError } from '@/lib/http';
import { holdsStep } from '@/lib/files';
import { bytes } from '@/lib/format';
import { randomId } from '@/lib/id';
import { t } from '@/lib/messages';
import { runtime } from '@/lib/runtime';
import type { Job, ReadOptions } from '@/lib/types';
import { sendFile, type Sending } from '@/lib/upload';
import { isOver, jobs } from '@/features/jobs/jobs.svelte';

export type UploadState = 'waiting' | 'sending' | 'done' | 'failed';

export class Upload {
  readonly id = randomId();
  state = $state<UploadState>('waiting');
  /** 0 to 1. */
  share = $state(0);
  error = $state<string | null>(null);
  /** The job that reads it, once it has arrived. */
  job = $state<string | null>(null);
  /** What it has become. */
  model = $state<number | null>(null);
  sending: Sending | null = null;

  /** `partId` is null for a file of the library. */
  constructor(
    readonly file: File,
    readonly partId: number | null,
    readonly options: Partial<ReadOptions> = {},
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

  constructor() {
    jobs.watch((job) => this.#heard(job));
  }

  /** Called when a file has arrived. */
  onArrived(watcher: (upload: Upload) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Send files to a part, or into the library for null; `options` say what is to be read from them. */
  add(partId: number | null, files: Iterable<File>, options: Partial<ReadOptions> = {}): void {
    const added = [...files].map((file) => new Upload(file, partId, options));
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
    try {
      // A library of CAD takes nothing else, and says so before hundreds of megabytes are on their way.
      if (upload.partId === null && !(await holdsStep(upload.file))) throw new ApiError(0, 'not_step', t('add.notStep'));
      upload.sending = sendFile(upload.partId, upload.file, upload.options, (share) => (upload.share = share));
      const answer = await upload.sending.done;
      upload.state = 'done';
      upload.model = answer.model ? Number(answer.model.id) : null;
      if (answer.job && typeof answer.job === 'object') this.#reading(upload, answer.job);
      for (const watcher of this.#watchers) watcher(upload);
      if (upload.job === null) this.#dismissSoon(upload);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      upload.state = 'failed';
      upload.error = error.message;
    } finally {
      upload.sending = null;
      this.#next();
    }
  }

  #reading(upload: Upload, job: Job): void {
    upload.job = job.id;
    jobs.meet(job);
    this.#heard(jobs.known.get(job.id) ?? job);
  }

  /** What was read goes by itself; what could not be read stays until somebody has seen it. */
  #heard(job: Job): void {
    if (!isOver(job) || job.status === 'failed') return;
    for (const upload of this.list) if (upload.job === job.id) this.#dismissSoon(upload);
  }

  #dismissSoon(upload: Upload): void {
    setTimeout(() => this.dismiss(upload), LINGER_MS);
  }
}

export const uploads = new Uploads();
