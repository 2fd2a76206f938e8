/** Parts of one list, loaded page by page; what is shown stays until an answer is there. */
import type { Query } from '@/lib/api';
import { t } from '@/lib/messages';
import type { Page, Part } from '@/lib/types';
import { toasts } from '@/ui/toasts.svelte';
import { demo } from './demo.svelte';

const PAGE = 100;
const LARGEST_PAGE = 500;

type Ask = (query: Query, signal?: AbortSignal) => Promise<Page<Part>>;

export class PagedParts {
  parts = $state.raw<Part[]>([]);
  total = $state(0);
  loaded = $state(false);
  loadingMore = $state(false);
  error = $state.raw<unknown>(null);
  #cursor = $state<string | null>(null);
  #query: Query = {};
  #request: AbortController | null = null;
  #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  get more(): boolean {
    return this.#cursor !== null;
  }

  /** Read from the start, as many as are shown now when `keep` says so. */
  async read(query: Query, keep: boolean): Promise<void> {
    this.stop();
    const request = new AbortController();
    this.#request = request;
    this.#query = query;
    const limit = keep ? Math.min(LARGEST_PAGE, Math.max(PAGE, this.parts.length)) : PAGE;
    try {
      const page = await this.#ask({ ...query, limit }, request.signal);
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
      const page = await this.#ask({ ...this.#query, limit: PAGE, cursor: this.#cursor }, request?.signal);
      this.parts = [...this.parts, ...page.items.filter((part) => !this.has(part.id))];
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

  /** Show a part's newest state in its place; nothing when it is not shown. */
  replace(part: Part): void {
    this.parts = this.parts.map((old) => (old.id === part.id ? part : old));
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
