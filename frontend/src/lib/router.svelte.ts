/** The address bar as state: where the page is (below the base path), and how to go elsewhere. */
import { runtime } from './runtime';

export interface Where {
  /** The path below the base path, starting with a slash. */
  path: string;
  /** The query, with its question mark, or empty. */
  search: string;
}

/** The path inside the page of a full path, or null when it lies outside of `base`. */
export function below(base: string, pathname: string): string | null {
  if (base === '') return pathname || '/';
  if (pathname === base) return '/';
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : null;
}

class Router {
  #where = $state.raw<Where>({ path: '/', search: '' });
  /** True once a step inside the page was made, so that "back" stays inside it. */
  #stepped = false;

  constructor() {
    this.#read();
    window.addEventListener('popstate', () => this.#read());
  }

  get path(): string {
    return this.#where.path;
  }

  get search(): string {
    return this.#where.search;
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#where.search);
  }

  /** The href of a place in the page, for links. */
  href(to: string): string {
    return runtime.basePath + to;
  }

  go(to: string, { replace = false } = {}): void {
    history[replace ? 'replaceState' : 'pushState']({}, '', this.href(to));
    this.#stepped ||= !replace;
    this.#read();
  }

  back(fallback: string): void {
    if (this.#stepped) history.back();
    else this.go(fallback);
  }

  #read(): void {
    this.#where = { path: below(runtime.basePath, location.pathname) ?? '/', search: location.search };
  }
}

export const router = new Router();

/** Let plain links inside the page move it without loading it again. Returns the undoing. */
export function interceptLinks(root: Document): () => void {
  const follow = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a[href]') as HTMLAnchorElement | null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute('download')) return;
    if (link.origin !== location.origin || link.pathname.startsWith(runtime.apiBase + '/')) return;
    const path = below(runtime.basePath, link.pathname);
    if (path === null || link.getAttribute('href')!.startsWith('#')) return;
    event.preventDefault();
    router.go(path + link.search);
  };
  root.addEventListener('click', follow);
  return () => root.removeEventListener('click', follow);
}
