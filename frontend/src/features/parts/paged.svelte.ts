/** One list, loaded page by page; what is shown stays until an answer is there. */
import type { Query } from '@/lib/api';
import { t } from '@/lib/messages';
import type { Page, Part } from '@/lib/types';
import { toasts } from '@/ui/toasts.svelte';
import { demo } from './demo.svelte';

const PAGE = 100;
const LARGEST_PAGE = 500;

type Ask<T> = (query: Query, signal?: AbortSignal) => Promise<Page<T>>;

export class Paged<T extends { id: number }> {
  items = $state.raw<T[]>([]);
  total = $state(0);
  loaded = $state(false);
  loadingMore = $state(false);
  error = $state.raw<unknown>(null);
  #cursor = $state<string | null>(null);
  #query: Query = {};
  #request: AbortController | null = null;
  #ask: Ask<T>;

  constructor(
    ask: Ask<T>,
    private readonly size = PAGE,
  ) {
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
    const limit = keep ? Math.min(LARGEST_PAGE, Math.max(this.size, this.items.length)) : this.size;
    try {
      const page = await this.#ask({ ...query, limit }, request.signal);
      this.items = page.items;
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
      const page = await this.#ask({ ...this.#query, limit: this.size, cursor: this.#cursor }, request?.signal);
      this.items = [...this.items, ...page.items.filter((item) => !this.has(item.id))];
      this.#cursor = page.nextCursor;
    } catch (error) {
      // What is shown stays; the button is still there to try again.
      if (!request?.signal.aborted) toasts.fail(t('error.load'), error instanceof Error ? error.message : '');
    } finally {
      this.loadingMore = false;
    }
  }

  has(id: number): boolean {
    return this.items.some((item) => item.id === id);
  }

  /** Show the newest state of an item in its place; nothing when it is not shown. */
  replace(item: T): void {
    this.items = this.items.map((old) => (old.id === item.id ? item : old));
  }

  take(id: number): void {
    if (!this.has(id)) return;
    this.items = this.items.filter((item) => item.id !== id);
    this.total = Math.max(0, this.total - 1);
  }

  stop(): void {
    this.#request?.abort();
  }
}

export class PagedParts extends Paged<Part> {
  constructor(ask: Ask<Part>) {
    super(async (query, signal) => {
      const page = await ask(query, signal);
      demo.look(page.items);
      return page;
    });
  }

  get parts(): Part[] {
    return this.items;
  }
}
