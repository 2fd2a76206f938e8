/** What the server tells the page at start: where it lives, what it allows. Development falls back to defaults. */
export interface Runtime {
  /** The path that page, API and cookie live under; empty at the root, never with a trailing slash. */
  basePath: string;
  /** The path of the API, from the origin's root. */
  apiBase: string;
  version: string;
  maxUploadMb: number;
  demo: boolean;
}

const DEFAULTS: Runtime = { basePath: '', apiBase: '/api', version: 'dev', maxUploadMb: 200, demo: false };

export function readRuntime(root: ParentNode = document): Runtime {
  const text = root.querySelector('#kerfline-runtime')?.textContent;
  const given: Partial<Runtime> = text ? (JSON.parse(text) as Partial<Runtime>) : {};
  const runtime = { ...DEFAULTS, ...given };
  return { ...runtime, basePath: runtime.basePath.replace(/\/+$/, ''), apiBase: runtime.apiBase.replace(/\/+$/, '') };
}

export const runtime = readRuntime();
