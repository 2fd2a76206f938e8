/** One part's page: the part, its files, revisions, jobs and words, kept current while it is open. */
import { jobs as jobApi, parts } from '@/lib/api';
import { ApiError } from '@/lib/http';
import { t } from '@/lib/messages';
import type { Attachment, Comment, Job, Model, Part, PartChanges } from '@/lib/types';
import { demo } from '@/features/parts/demo.svelte';
import { feed } from '@/features/parts/feed';
import { isOver, jobs } from '@/features/jobs/jobs.svelte';
import { ActivityFeed } from '@/features/activity/feed.svelte';
import { uploads } from '@/features/upload/uploads.svelte';
import { toasts } from '@/ui/toasts.svelte';

const GATHER_MS = 150;

export class PartPage {
  part = $state.raw<Part | null>(null);
  error = $state.raw<unknown>(null);
  gone = $state(false);
  revisions = $state.raw<Model[]>([]);
  attachments = $state.raw<Attachment[]>([]);
  comments = $state.raw<Comment[]>([]);
  jobs = $state.raw<Job[]>([]);
  readonly activity: ActivityFeed;
  #etag: { version: number; value: string | null } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly id: number) {
    this.activity = new ActivityFeed(id);
  }

  /** The job that reads the newest file, while it is at work or when it failed. */
  get readingJob(): Job | null {
    const newer = this.part?.newerModel;
    if (!newer) return null;
    return this.jobs.find((job) => job.model === newer.id) ?? null;
  }

  async load(): Promise<void> {
    try {
      const { part, etag } = await parts.get(this.id);
      this.#show(part, etag);
      this.error = null;
      this.gone = false;
      await this.#around();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.gone = true;
      else if (!this.part) this.error = error;
    }
  }

  /** Follow what happens to this part. Returns the undoing. */
  follow(): () => void {
    const undo = [
      feed.watch({
        changed: (part) => part.id === this.id && this.#changed(part),
        gone: (id) => id === this.id && (this.gone = true),
        resync: () => void this.load(),
      }),
      jobs.watch((job) => job.part === this.id && this.#job(job)),
      uploads.onArrived((upload) => upload.partId === this.id && void this.load()),
    ];
    return () => {
      undo.forEach((one) => one());
      clearTimeout(this.#timer);
    };
  }

  /**
   * Save changes on top of what is shown. Answers by member why they are not saved, so that what was typed stays, else null.
   * When somebody else was faster nothing is saved, the newest is shown, and the person is told.
   */
  async save(changes: PartChanges): Promise<Record<string, string> | null> {
    try {
      const { part, etag } = await parts.change(this.id, changes, await this.#currentEtag());
      this.#show(part, etag);
      feed.announce(part);
      return null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (Object.keys(error.fields).length > 0) return error.fields;
      if (error.offline || error.status >= 500) return Object.fromEntries(Object.keys(changes).map((name) => [name, error.message]));
      toasts.fail(t('error.title'), error.status === 412 ? t('error.changed') : error.message);
      await this.load();
      return null;
    }
  }

  async comment(text: string): Promise<boolean> {
    try {
      const comment = await parts.comment(this.id, text);
      this.comments = [comment, ...this.comments.filter((one) => one.id !== comment.id)];
      void this.activity.load();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toasts.fail(t('error.title'), error.message);
      return false;
    }
  }

  async retry(job: Job): Promise<void> {
    try {
      jobs.apply(await jobApi.retry(job.id));
      await this.load();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toasts.fail(t('error.title'), error.message);
    }
  }

  /** The ETag of the version on show; a part that came by the feed has none yet, so it is asked for. */
  async #currentEtag(): Promise<string | null> {
    if (this.#etag && this.#etag.version === this.part?.version) return this.#etag.value;
    const { part, etag } = await parts.get(this.id);
    if (part.version !== this.part?.version) throw new ApiError(412, 'stale', t('error.changed'));
    this.#etag = { version: part.version, value: etag };
    return etag;
  }

  #show(part: Part, etag: string | null): void {
    this.part = part;
    this.#etag = { version: part.version, value: etag };
    demo.look([part]);
  }

  #changed(part: Part): void {
    this.gone = false;
    this.part = part;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#around(), GATHER_MS);
  }

  #job(job: Job): void {
    const known = this.jobs.some((one) => one.id === job.id);
    this.jobs = known ? this.jobs.map((one) => (one.id === job.id ? { ...one, ...job } : one)) : [job, ...this.jobs];
  }

  /** What stands around the part. Each loads for itself: one that fails leaves the others. */
  async #around(): Promise<void> {
    const take = async <T>(asked: Promise<{ items: T[] }>, put: (items: T[]) => void) => {
      try {
        put((await asked).items);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
    };
    await Promise.all([
      take(parts.revisions(this.id), (items) => (this.revisions = items)),
      take(parts.attachments(this.id), (items) => (this.attachments = items)),
      take(parts.comments(this.id), (items) => (this.comments = items)),
      take(jobApi.ofPart(this.id), (items) => this.#jobs(items)),
      this.activity.load(),
    ]);
  }

  #jobs(list: Job[]): void {
    this.jobs = list;
    const running = list.find((job) => !isOver(job));
    if (running) jobs.running.set(this.id, running);
    else jobs.running.delete(this.id);
  }
}
