/** Which view an address shows. */
export type Route =
  | { name: 'board' | 'table' | 'stats' | 'activity' | 'signin' | 'missing' }
  | { name: 'part'; id: number };

const FIXED: Record<string, Exclude<Route['name'], 'part'>> = {
  '/': 'board',
  '/board': 'board',
  '/table': 'table',
  '/stats': 'stats',
  '/activity': 'activity',
  '/sign-in': 'signin',
};

export function routeOf(path: string): Route {
  const bare = path.replace(/\/+$/, '') || '/';
  const part = /^\/parts\/(\d{1,15})$/.exec(bare);
  if (part) return { name: 'part', id: Number(part[1]) };
  return { name: FIXED[bare] ?? 'missing' };
}
