/** The table's rows: sorted and paged by the server, kept current by what happens to parts. */
import { parts } from '@/lib/api';
import { toApiQuery, type Filters } from '@/lib/filters';
import type { Part } from '@/lib/types';
import { demo } from '@/features/parts/demo.svelte';
import { feed } from '@/features/parts/feed';
import { toasts } from '@/ui/toasts.svelte';
import { t } from '@/lib/messages';
import { fits } from '@/features/parts/fits';

const PAGE = 100;
const LARGEST_PAGE = 500;
const RELOAD_AFTER_MS = 250;

export class Rows {
  parts = $state.raw<Part[]>([]);
  total = $state(0);
  loaded = $state(false);
  loadingMore = $state(false);
  error = $state.raw<unknown>(null);
  #cursor = $state<string | null>(null);
  #filters: Filters | null = null;
  #request: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get more(): boolean {
    return this.#cursor !== null;
  }

  async load(filters: Filters, limit = PAGE): Promise<void> {
    clearTimeout(this.#timer);
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.#filters = filters;
    try {
      const page = await parts.list({ ...this.#query(filters), limit }, request.signal);
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
    if (!this.#cursor || !this.#filters || this.loadingMore) return;
    this.loadingMore = true;
    const request = this.#request;
    try {
      const page = await parts.list({ ...this.#query(this.#filters), limit: PAGE, cursor: this.#cursor }, request?.signal);
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

  follow(): () => void {
    const undo = feed.watch({
      changed: (part) => this.#apply(part),
      gone: (id) => this.#take(id),
      resync: () => this.#reloadSoon(),
    });
    return () => {
      undo();
      clearTimeout(this.#timer);
      this.#request?.abort();
    };
  }

  #query(filters: Filters): Record<string, string> {
    return { ...toApiQuery(filters), ...(filters.phase ? { category: filters.phase } : {}) };
  }

  /** A shown row changes in its place; where a new one belongs in the order only the server knows. */
  #apply(part: Part): void {
    if (!this.#filters) return;
    const fit = fits(part, this.#filters);
    const shown = this.parts.some((row) => row.id === part.id);
    if (shown && fit !== false) this.parts = this.parts.map((row) => (row.id === part.id ? part : row));
    else if (shown) this.#take(part.id);
    else if (fit !== false) this.#reloadSoon();
  }

  #take(id: number): void {
    if (!this.parts.some((row) => row.id === id)) return;
    this.parts = this.parts.filter((row) => row.id !== id);
    this.total = Math.max(0, this.total - 1);
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#filters) void this.load(this.#filters, Math.min(LARGEST_PAGE, Math.max(PAGE, this.parts.length)));
    }, RELOAD_AFTER_MS);
  }
}
