/** Which dialog about a part is open. One at a time: no dialogs on dialogs. */
import type { Part } from '@/lib/types';

export type Open =
  | { kind: 'approve' | 'claim' | 'complete' | 'reject'; part: Part }
  | { kind: 'add'; files: File[] };

class Dialogs {
  open = $state.raw<Open | null>(null);

  show(open: Open): void {
    this.open = open;
  }

  close(): void {
    this.open = null;
  }
}

export const dialogs = new Dialogs();
