/** Which view an address shows. */
export type Route =
  | { name: 'board' | 'table' | 'library' | 'stats' | 'activity' | 'jobs' | 'signin' | 'missing' }
  | { name: 'part' | 'file'; id: number };

const FIXED: Record<string, Exclude<Route['name'], 'part' | 'file'>> = {
  '/': 'board',
  '/board': 'board',
  '/table': 'table',
  '/library': 'library',
  '/stats': 'stats',
  '/activity': 'activity',
  '/jobs': 'jobs',
  '/sign-in': 'signin',
};
const ONE: Record<string, 'part' | 'file'> = { parts: 'part', library: 'file' };

export function routeOf(path: string): Route {
  const bare = path.replace(/\/+$/, '') || '/';
  const one = /^\/(parts|library)\/(\d{1,15})$/.exec(bare);
  if (one) return { name: ONE[one[1]!]!, id: Number(one[2]) };
  return { name: FIXED[bare] ?? 'missing' };
}
