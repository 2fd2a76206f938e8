/** The values that filters and fields offer; read when first wanted and again when parts have changed. */
import { parts } from '@/lib/api';
import type { Facets } from '@/lib/types';
import { feed } from './feed';

class FacetValues {
  current = $state.raw<Facets>({});
  #fresh = false;

  constructor() {
    const stale = () => (this.#fresh = false);
    feed.watch({ changed: stale, gone: stale, resync: stale });
  }

  /** Make sure that the values are recent; an error leaves the older ones. */
  async want(): Promise<void> {
    if (this.#fresh) return;
    this.#fresh = true;
    try {
      this.current = await parts.facets();
    } catch {
      this.#fresh = false;
    }
  }

  /** The texts known for a member, most used first. */
  texts(name: keyof Facets): string[] {
    return (this.current[name] ?? []).map(({ value }) => value).filter((value): value is string => !!value);
  }
}

export const facets = new FacetValues();
