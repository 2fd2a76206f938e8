/** The card that is being dragged, so that lanes can say whether it may come in. */
import type { Part } from '@/lib/types';

class Drag {
  part = $state.raw<Part | null>(null);
}

export const drag = new Drag();
