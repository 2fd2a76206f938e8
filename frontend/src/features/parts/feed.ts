/** What changed about parts, from here or elsewhere, for every view that shows some. */
import { parts } from '@/lib/api';
import { ApiError } from '@/lib/http';
import type { ModelNews, Part } from '@/lib/types';
import type { Connection } from '@/live/connection';

export interface Changed {
  id: number;
  version?: number;
  action?: string;
}
interface JobNews {
  part: number | null;
  status: string;
}

export interface Watcher {
  changed?: (part: Part) => void;
  gone?: (id: number) => void;
  /** Too much changed, or some of it was missed: read again. */
  resync?: () => void;
}

const GATHER_MS = 120;
/** From here on one list request is cheaper than single ones. */
const MANY = 8;
const OVER = new Set(['completed', 'failed', 'canceled']);
/** The stages whose results a card shows: the size, the picture. */
const SHOWN = new Set(['convert', 'thumbnails']);

export class PartFeed {
  #watchers = new Set<Watcher>();
  #versions = new Map<number, number>();
  #waiting = new Set<number>();
  /** Parts that were deleted: older news of them may still come. */
  #gone = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Tell everybody how a part is now; an answer that is older than a known one is dropped. */
  announce(part: Part): void {
    if ((this.#versions.get(part.id) ?? 0) > part.version) return;
    this.#versions.set(part.id, part.version);
    this.#gone.delete(part.id);
    for (const watcher of this.#watchers) watcher.changed?.(part);
  }

  announceGone(id: number): void {
    this.#versions.delete(id);
    this.#waiting.delete(id);
    this.#gone.add(id);
    for (const watcher of this.#watchers) watcher.gone?.(id);
  }

  resync(): void {
    for (const watcher of this.#watchers) watcher.resync?.();
  }

  /** Follow the live connection. Returns the undoing. */
  follow(live: Connection): () => void {
    const undo = [
      live.on<Changed>('part.changed', (news) => this.#heard(news)),
      live.on<{ id: number }>('part.deleted', ({ id }) => this.announceGone(id)),
      live.on<JobNews>('job.progress', ({ part, status }) => {
        if (part !== null && OVER.has(status)) this.#fetchSoon(part);
      }),
      live.on<ModelNews>('model.changed', ({ part, stage }) => {
        if (part !== null && stage !== undefined && SHOWN.has(stage)) this.#fetchSoon(part);
      }),
      live.onResync(() => this.resync()),
    ];
    return () => undo.forEach((one) => one());
  }

  #heard({ id, version, action }: Changed): void {
    if (action === 'part.deleted') return this.announceGone(id);
    if (action === 'part.restored') this.#gone.delete(id);
    if (version !== undefined && (this.#versions.get(id) ?? 0) >= version) return;
    this.#fetchSoon(id);
  }

  #fetchSoon(id: number): void {
    if (this.#gone.has(id)) return;
    this.#waiting.add(id);
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#fetch(), GATHER_MS);
  }

  #fetch(): void {
    const ids = [...this.#waiting];
    this.#waiting.clear();
    this.#timer = undefined;
    if (ids.length > MANY) return this.resync();
    for (const id of ids) void this.#refresh(id);
  }

  async #refresh(id: number): Promise<void> {
    try {
      this.announce((await parts.get(id)).part);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.announceGone(id);
      // Anything else (offline, busy) is caught up by the resync after the reconnect.
    }
  }
}

export const feed = new PartFeed();
