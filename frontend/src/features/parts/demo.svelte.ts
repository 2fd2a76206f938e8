/** Whether demonstration parts are about, as far as the page has seen any. */
import { runtime } from '@/lib/runtime';
import type { Part } from '@/lib/types';

class Demo {
  seen = $state(runtime.demo);

  /** Look at parts that were just read. */
  look(parts: readonly Part[]): void {
    if (!this.seen && parts.some((part) => part.demo)) this.seen = true;
  }
}

export const demo = new Demo();
