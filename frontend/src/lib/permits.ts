/** What the signed-in key may do, so that the page offers nothing that the server would refuse. */
import { moveTo, possibleActions, primaryAction, type Move } from './rules';
import { session } from './session.svelte';
import type { Action, Category, Part, PartChanges } from './types';

const SCOPE: Record<Action, string> = {
  approve: 'parts:write',
  reject: 'parts:write',
  assign: 'parts:work',
  unclaim: 'parts:work',
  complete: 'parts:work',
  revert: 'parts:work',
};

/** What somebody at the machine may note; everything else says what is to be made. */
const MAKERS_OWN = new Set<keyof PartChanges>(['notes', 'storage', 'customFields']);

export function mayWrite(): boolean {
  return session.may('parts:write');
}

export function maySend(): boolean {
  return session.may('models:write');
}

export function mayComment(): boolean {
  return session.may('parts:work');
}

export function mayEdit(member: keyof PartChanges): boolean {
  return mayWrite() || (MAKERS_OWN.has(member) && session.may('parts:work'));
}

/** Actions on somebody's work, which are theirs, or for who may write parts. */
const HOLDERS = new Set<Action>(['unclaim', 'revert']);

/** Whether this key may do this to this part. */
export function mayDo(part: Part, action: Action): boolean {
  if (HOLDERS.has(action) && part.assigned !== session.name) return mayWrite();
  return session.may(SCOPE[action]);
}

export function allowedActions(part: Part): Action[] {
  return possibleActions(part).filter((action) => mayDo(part, action));
}

export function allowedPrimary(part: Part): Action | null {
  const action = primaryAction(part);
  return action && mayDo(part, action) ? action : null;
}

export function allowedMove(part: Part, to: Category): Move | null {
  const move = moveTo(part, to);
  return move && mayDo(part, move.action) ? move : null;
}
