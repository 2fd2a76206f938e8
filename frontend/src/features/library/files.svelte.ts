/** The library's files: searched and paged by the server, kept current by what happens to them here and elsewhere. */
import { library } from '@/lib/api';
import { ApiError } from '@/lib/http';
import { FILE_STATUSES, type FileStatus, type Job, type LibraryFile, type ModelNews } from '@/lib/types';
import { isOver, jobs } from '@/features/jobs/jobs.svelte';
import { Paged } from '@/features/parts/paged.svelte';
import type { Connection } from '@/live/connection';

const PAGE = 60;
const GATHER_MS = 250;
/** From here on one list request is cheaper than single ones. */
const MANY = 6;

export interface Wanted {
  search: string;
  status: FileStatus | null;
}

export function parseWanted(query: URLSearchParams): Wanted {
  const status = query.get('status') as FileStatus | null;
  return { search: query.get('q') ?? '', status: status && FILE_STATUSES.includes(status) ? status : null };
}

export function formatWanted({ search, status }: Wanted): string {
  const query = new URLSearchParams();
  if (search.trim()) query.set('q', search);
  if (status) query.set('status', status);
  const text = query.toString();
  return text ? `?${text}` : '';
}

export class LibraryFiles extends Paged<LibraryFile> {
  #wanted: Wanted | null = null;
  #stale = new Set<number>();
  #whole = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super((query, signal) => library.list(query, signal), PAGE);
  }

  async load(wanted: Wanted, keep = false): Promise<void> {
    this.#wanted = wanted;
    await this.read({ search: wanted.search.trim(), status: wanted.status }, keep);
  }

  /** Follow what happens. Returns the undoing. */
  follow(live: Connection): () => void {
    const undo = [
      live.on<ModelNews>('model.changed', (news) => this.#heard(news)),
      live.onResync(() => this.reloadSoon()),
      jobs.watch((job) => this.#worked(job)),
    ];
    return () => {
      undo.forEach((one) => one());
      clearTimeout(this.#timer);
      this.stop();
    };
  }

  override take(id: number): void {
    this.#stale.delete(id);
    super.take(id);
  }

  reloadSoon(): void {
    this.#whole = true;
    this.#soon();
  }

  #heard({ id, part, deleted }: ModelNews): void {
    if (deleted || part !== null) this.take(id);
    else this.#freshen(id);
  }

  /** A job for a file that is not shown may be a file that has just come in; one that is over has changed its file. */
  #worked({ part, model, status }: Job): void {
    if (part !== null || model === null) return;
    if (!this.has(Number(model)) || isOver({ status })) this.#freshen(Number(model));
  }

  /** Read a shown file again; where a new one belongs only the server knows. */
  #freshen(id: number): void {
    if (this.has(id)) this.#stale.add(id);
    else this.#whole = true;
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const ids = [...this.#stale];
      const whole = this.#whole || ids.length > MANY;
      this.#stale.clear();
      this.#whole = false;
      if (whole && this.#wanted) void this.load(this.#wanted, true);
      else for (const id of ids) void this.#refresh(id);
    }, GATHER_MS);
  }

  async #refresh(id: number): Promise<void> {
    try {
      const file = await library.get(id);
      const fits = file.part === null && (!this.#wanted?.status || file.status === this.#wanted.status);
      if (fits) this.replace(file);
      else this.take(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Anything but gone (offline, busy) is caught up by the resync after the reconnect.
      if (error.status === 404) this.take(id);
    }
  }
}
