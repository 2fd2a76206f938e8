/** The four lanes: loaded page by page, kept current by what happens to parts. */
import { parts } from '@/lib/api';
import { isFiltered, parseFilters, toApiQuery, type Filters } from '@/lib/filters';
import { CATEGORIES, type Category, type Part } from '@/lib/types';
import { demo } from '@/features/parts/demo.svelte';
import { fits } from '@/features/parts/fits';
import { feed } from '@/features/parts/feed';
import { toasts } from '@/ui/toasts.svelte';
import { t } from '@/lib/messages';

const PAGE = 100;
const LARGEST_PAGE = 500;
const RELOAD_AFTER_MS = 250;

export class Lane {
  parts = $state.raw<Part[]>([]);
  total = $state(0);
  loaded = $state(false);
  loadingMore = $state(false);
  error = $state.raw<unknown>(null);
  #cursor = $state<string | null>(null);
  #query: Record<string, string> = {};
  #request: AbortController | null = null;

  constructor(readonly category: Category) {}

  get more(): boolean {
    return this.#cursor !== null;
  }

  /** Read from the start; what is shown stays until the answer is there. */
  async load(query: Record<string, string>): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.#query = this.category === 'completed' ? { ...query, sort_by: 'completedAt', sort_order: 'desc' } : query;
    const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, this.parts.length));
    try {
      const page = await parts.lane(this.category, { ...this.#query, limit }, request.signal);
      this.parts = page.items;
      demo.look(page.items);
      this.total = page.total;
      this.#cursor = page.nextCursor;
      this.error = null;
      this.loaded = true;
    } catch (error) {
      if (!request.signal.aborted) this.error = error;
    }
  }

  async showMore(): Promise<void> {
    if (!this.#cursor || this.loadingMore) return;
    this.loadingMore = true;
    const request = this.#request;
    try {
      const page = await parts.lane(this.category, { ...this.#query, limit: PAGE, cursor: this.#cursor }, request?.signal);
      const known = new Set(this.parts.map((part) => part.id));
      this.parts = [...this.parts, ...page.items.filter((part) => !known.has(part.id))];
      this.#cursor = page.nextCursor;
    } catch (error) {
      // What is shown stays; the button is still there to try again.
      if (!request?.signal.aborted) toasts.fail(t('error.load'), error instanceof Error ? error.message : '');
    } finally {
      this.loadingMore = false;
    }
  }

  has(id: number): boolean {
    return this.parts.some((part) => part.id === id);
  }

  put(part: Part): void {
    if (this.has(part.id)) {
      this.parts = this.parts.map((old) => (old.id === part.id ? part : old));
    } else {
      this.parts = [part, ...this.parts];
      this.total += 1;
    }
  }

  take(id: number): void {
    if (!this.has(id)) return;
    this.parts = this.parts.filter((part) => part.id !== id);
    this.total = Math.max(0, this.total - 1);
  }

  stop(): void {
    this.#request?.abort();
  }
}

export class Board {
  readonly lanes = CATEGORIES.map((category) => new Lane(category));
  #filters: Filters = parseFilters(new URLSearchParams());
  #timer: ReturnType<typeof setTimeout> | undefined;

  get loaded(): boolean {
    return this.lanes.every((lane) => lane.loaded);
  }

  /** Nothing at all, not just nothing that fits. */
  get empty(): boolean {
    return this.loaded && !isFiltered(this.#filters) && this.lanes.every((lane) => lane.total === 0);
  }

  load(filters: Filters): void {
    this.#filters = filters;
    clearTimeout(this.#timer);
    const query = toApiQuery({ ...filters, sort: null, phase: null });
    for (const lane of this.lanes) void lane.load(query);
  }

  /** Follow what happens to parts. Returns the undoing. */
  follow(): () => void {
    const undo = feed.watch({
      changed: (part) => this.#apply(part),
      gone: (id) => this.lanes.forEach((lane) => lane.take(id)),
      resync: () => this.#reloadSoon(),
    });
    return () => {
      undo();
      clearTimeout(this.#timer);
      for (const lane of this.lanes) lane.stop();
    };
  }

  #apply(part: Part): void {
    const fit = fits(part, { ...this.#filters, phase: null });
    const shown = this.lanes.some((lane) => lane.has(part.id));
    if (fit === null) this.#reloadSoon();
    const keep = fit ?? shown;
    for (const lane of this.lanes) {
      if (keep && lane.category === part.category) lane.put(part);
      else lane.take(part.id);
    }
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.load(this.#filters), RELOAD_AFTER_MS);
  }
}
