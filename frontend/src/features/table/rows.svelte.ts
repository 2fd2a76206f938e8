/** The table's rows: sorted and paged by the server, kept current by what happens to parts. */
import { parts } from '@/lib/api';
import { toApiQuery, type Filters } from '@/lib/filters';
import type { Part } from '@/lib/types';
import { feed } from '@/features/parts/feed';
import { fits } from '@/features/parts/fits';
import { PagedParts } from '@/features/parts/paged.svelte';

const RELOAD_AFTER_MS = 250;

export class Rows extends PagedParts {
  #filters: Filters | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super((query, signal) => parts.list(query, signal));
  }

  async load(filters: Filters, keep = false): Promise<void> {
    clearTimeout(this.#timer);
    this.#filters = filters;
    await this.read({ ...toApiQuery(filters), ...(filters.phase ? { category: filters.phase } : {}) }, keep);
  }

  follow(): () => void {
    const undo = feed.watch({
      changed: (part) => this.#apply(part),
      gone: (id) => this.take(id),
      resync: () => this.#reloadSoon(),
    });
    return () => {
      undo();
      clearTimeout(this.#timer);
      this.stop();
    };
  }

  /** A shown row changes in its place; where a new one belongs in the order only the server knows. */
  #apply(part: Part): void {
    if (!this.#filters) return;
    const fit = fits(part, this.#filters);
    const shown = this.has(part.id);
    if (shown && fit !== false) this.replace(part);
    else if (shown) this.take(part.id);
    else if (fit !== false) this.#reloadSoon();
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#filters) void this.load(this.#filters, true);
    }, RELOAD_AFTER_MS);
  }
}
