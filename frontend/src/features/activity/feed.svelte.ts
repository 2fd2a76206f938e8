/** A list of what happened, newest first: of everything, or of one part. */
import { activity, parts } from '@/lib/api';
import type { ActivityItem, Page } from '@/lib/types';

const PAGE = 40;

export class ActivityFeed {
  items = $state.raw<ActivityItem[]>([]);
  loaded = $state(false);
  loadingMore = $state(false);
  error = $state.raw<unknown>(null);
  #cursor = $state<string | null>(null);

  constructor(private readonly part: number | null = null) {}

  get more(): boolean {
    return this.#cursor !== null;
  }

  async load(): Promise<void> {
    try {
      this.#take(await this.#page({ limit: PAGE }), []);
      this.error = null;
      this.loaded = true;
    } catch (error) {
      this.error = error;
    }
  }

  async showMore(): Promise<void> {
    if (!this.#cursor || this.loadingMore) return;
    this.loadingMore = true;
    try {
      this.#take(await this.#page({ limit: PAGE, cursor: this.#cursor }), this.items);
    } catch (error) {
      this.error = error;
    } finally {
      this.loadingMore = false;
    }
  }

  #page(query: Record<string, string | number>): Promise<Page<ActivityItem>> {
    return this.part === null ? activity.list(query) : parts.activity(this.part, query);
  }

  #take(page: Page<ActivityItem>, before: ActivityItem[]): void {
    this.items = [...before, ...page.items];
    this.#cursor = page.nextCursor;
  }
}
