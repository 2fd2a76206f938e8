/** Finding out who is here: a one-time token in the address, else the session cookie, else nobody. */
import { session as api } from '@/lib/api';
import { ApiError } from '@/lib/http';
import { t } from '@/lib/messages';
import type { Session } from '@/lib/types';

export interface Found {
  who: Session | null;
  /** Why the sign-in asks for a key although there was a link. */
  problem: string | null;
}

/** The sign-in token of a `#token=…` address, or null. */
export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token');
}

/** Take the token out of the address at once: it must not stay in history or be shared by accident. */
export function takeToken(): string | null {
  const token = tokenOf(location.hash);
  if (token !== null) history.replaceState({}, '', location.pathname + location.search);
  return token;
}

async function existing(problem: string | null): Promise<Found> {
  try {
    return { who: await api.read(), problem: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { who: null, problem: error.status === 401 ? problem : t('signin.offline') };
  }
}

export async function findSession(token: string | null): Promise<Found> {
  if (token === null) return existing(null);
  try {
    return { who: await api.withToken(token), problem: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Whoever opens a used link again in the same browser is signed in already.
    return existing(error.offline ? t('signin.offline') : t('signin.usedUp'));
  }
}
