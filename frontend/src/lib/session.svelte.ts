/** Who is signed in, for everything that acts in a person's name. The shell fills it. */
import type { Session } from './types';

class CurrentSession {
  /** Undefined until the server was asked, null when nobody is signed in. */
  who = $state.raw<Session | null | undefined>(undefined);

  get name(): string {
    return this.who?.name ?? '';
  }

  /** Whether the key may do something; an admin may do all. */
  may(scope: string): boolean {
    const scopes = this.who?.scopes ?? [];
    return scopes.includes('admin') || scopes.includes('*') || scopes.includes(scope);
  }
}

export const session = new CurrentSession();
