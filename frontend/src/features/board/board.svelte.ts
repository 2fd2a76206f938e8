/** The four lanes: loaded page by page, kept current by what happens to parts. */
import { parts } from '@/lib/api';
import { isFiltered, parseFilters, toApiQuery, type Filters } from '@/lib/filters';
import { CATEGORIES, type Category, type Part } from '@/lib/types';
import { fits } from '@/features/parts/fits';
import { feed } from '@/features/parts/feed';
import { PagedParts } from '@/features/parts/paged.svelte';

const RELOAD_AFTER_MS = 250;

export class Lane extends PagedParts {
  constructor(readonly category: Category) {
    super((query, signal) => parts.lane(category, query, signal));
  }

  load(query: Record<string, string>): Promise<void> {
    const newest = { sort_by: 'completedAt', sort_order: 'desc' };
    return this.read(this.category === 'completed' ? { ...query, ...newest } : query, true);
  }

  put(part: Part): void {
    if (this.has(part.id)) {
      this.replace(part);
    } else {
      this.items = [part, ...this.items];
      this.total += 1;
    }
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
