/** Short messages at the edge of the page. They go by themselves, but wait while a pointer or focus is on them. */
export interface Toast {
  id: number;
  kind: 'plain' | 'error';
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
  /** A newer toast about the same thing takes the place of the older. */
  about?: string;
}

const SHOWN_MS = 5000;
const WITH_ACTION_MS = 9000;
const MOST = 4;

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(title: string, options: Partial<Omit<Toast, 'id' | 'title'>> = {}): void {
    const toast: Toast = { id: this.#next++, kind: 'plain', title, ...options };
    for (const old of this.list) if (toast.about !== undefined && old.about === toast.about) this.close(old.id);
    for (const old of this.list.slice(0, Math.max(0, this.list.length - MOST + 1))) this.close(old.id);
    this.list = [...this.list, toast];
    this.release(toast.id);
  }

  fail(title: string, text?: string, action?: Toast['action']): void {
    this.say(title, { kind: 'error', text, action });
  }

  close(id: number): void {
    this.hold(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Keep a toast while somebody reads it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  release(id: number): void {
    const toast = this.list.find((one) => one.id === id);
    if (!toast) return;
    this.hold(id);
    const wait = toast.action || toast.kind === 'error' ? WITH_ACTION_MS : SHOWN_MS;
    this.#timers.set(id, setTimeout(() => this.close(id), wait));
  }
}

export const toasts = new Toasts();
