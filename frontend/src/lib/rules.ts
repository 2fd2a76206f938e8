/** The workflow as the page sees it: which action is possible now, and which lane a part may be moved to. */
import type { Action, Category, Part, PartType } from './types';

type PhaseOf = Pick<Part, 'category' | 'type' | 'assigned' | 'amount' | 'completedAmount'>;

export interface Move {
  to: Category;
  action: Action;
  body: Record<string, unknown>;
}

export function left(part: Pick<Part, 'amount' | 'completedAmount'>): number {
  return Math.max(0, part.amount - part.completedAmount);
}

/** Every move out of a part's lane that the server would accept. */
export function movesFrom(part: PhaseOf): Move[] {
  switch (part.category) {
    case 'review':
      return (['cnc', 'hand'] as PartType[]).map((type) => ({ to: type, action: 'approve', body: { type } }));
    case 'cnc':
    case 'hand':
      return [
        { to: 'completed', action: 'complete', body: {} },
        { to: 'review', action: 'reject', body: {} },
      ];
    case 'completed':
      return [{ to: part.type ?? 'hand', action: 'revert', body: {} }];
  }
}

export function moveTo(part: PhaseOf, to: Category): Move | null {
  return movesFrom(part).find((move) => move.to === to) ?? null;
}

/** The one thing to do next: what a card's button and the part page's big button do. */
export function primaryAction(part: PhaseOf): Action | null {
  if (part.category === 'review') return 'approve';
  if (part.category === 'completed') return null;
  return part.assigned ? 'complete' : 'assign';
}

/** All that is possible now, the primary one first. */
export function possibleActions(part: PhaseOf): Action[] {
  if (part.category === 'review') return ['approve'];
  if (part.category === 'completed') return ['revert'];
  return part.assigned ? ['complete', 'unclaim', 'reject'] : ['assign', 'complete', 'reject'];
}

/** Why a part cannot go to that lane, as a message key, or null when it can. */
export function whyNot(part: PhaseOf, to: Category): 'here' | 'type' | 'approveFirst' | 'revertFirst' | null {
  if (part.category === to) return 'here';
  if (moveTo(part, to)) return null;
  if (part.category === 'review') return 'approveFirst';
  return part.category === 'completed' ? 'revertFirst' : 'type';
}
