/** Who is signed in, for everything that acts in a person's name. The shell fills it. */
import type { Session } from './types';

class CurrentSession {
  /** Undefined until the server was asked, null when nobody is signed in. */
  who = $state.raw<Session | null | undefined>(undefined);

  get name(): string {
    return this.who?.name ?? '';
  }

  /** Whether the key has a scope; the server expands roles, so there is nothing to guess. */
  may(scope: string): boolean {
    return this.who?.scopes.includes(scope) ?? false;
  }
}

export const session = new CurrentSession();
