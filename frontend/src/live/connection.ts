/** One EventSource for the whole page: named listeners, reconnecting with patience, quiet while nobody looks. */
export type State = 'connecting' | 'live' | 'lost' | 'asleep';
type Handler = (payload: never) => void;

export interface Source {
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  readyState: number;
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

const CLOSED = 2;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export class Connection {
  state: State = 'connecting';
  #source: Source | null = null;
  #listeners = new Map<string, Set<Handler>>();
  #watchers = new Set<(state: State) => void>();
  #resyncs = new Set<() => void>();
  #wait = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasOpen = false;

  constructor(private readonly open: () => Source) {}

  /** Listen to one kind of event; returns the undoing. */
  on<T>(name: string, handler: (payload: T) => void): () => void {
    const known = this.#listeners.get(name);
    const handlers = known ?? new Set<Handler>();
    handlers.add(handler as Handler);
    if (!known) {
      this.#listeners.set(name, handlers);
      if (this.#source) this.#attach(this.#source, name);
    }
    return () => handlers.delete(handler as Handler);
  }

  /** Called when events may have been missed: everything shown should be read again. */
  onResync(handler: () => void): () => void {
    this.#resyncs.add(handler);
    return () => this.#resyncs.delete(handler);
  }

  onState(handler: (state: State) => void): () => void {
    this.#watchers.add(handler);
    handler(this.state);
    return () => this.#watchers.delete(handler);
  }

  start(): void {
    if (this.#source) return;
    clearTimeout(this.#timer);
    const source = this.open();
    this.#source = source;
    for (const name of this.#listeners.keys()) this.#attach(source, name);
    source.onopen = () => this.#opened();
    source.onerror = () => this.#failed(source);
  }

  /** Close without calling it lost: a hidden tab, a sign-out. `start` catches up. */
  sleep(): void {
    this.#close();
    this.#set('asleep');
  }

  /** The browser says that the network is gone; the stream itself may not have noticed. */
  lose(): void {
    this.#close();
    this.#set('lost');
  }

  /** Try at once, for a person who does not want to wait. */
  retry(): void {
    this.#close();
    this.#wait = FIRST_WAIT_MS;
    this.start();
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #opened(): void {
    this.#wait = FIRST_WAIT_MS;
    const missed = this.#wasOpen;
    this.#wasOpen = true;
    this.#set('live');
    if (missed) for (const resync of this.#resyncs) resync();
  }

  #failed(source: Source): void {
    if (source !== this.#source) return;
    this.#set('lost');
    // A browser retries a broken stream by itself but gives up on an error answer; then it is on us.
    if (source.readyState !== CLOSED) return;
    this.#close();
    this.#timer = setTimeout(() => this.start(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #attach(source: Source, name: string): void {
    source.addEventListener(name, (event) => {
      if (source !== this.#source) return;
      let payload: unknown;
      try {
        payload = JSON.parse(event.data);
      } catch {
        return;
      }
      for (const handler of this.#listeners.get(name) ?? []) handler(payload as never);
    });
  }

  #set(state: State): void {
    if (this.state === state) return;
    this.state = state;
    for (const watcher of this.#watchers) watcher(state);
  }
}
