/** Everything a person does to a part: asks what must be asked, calls the server, says what came of it. */
import { SvelteSet } from 'svelte/reactivity';
import { parts } from '@/lib/api';
import { lasting } from '@/lib/format';
import { ApiError } from '@/lib/http';
import { t } from '@/lib/messages';
import { allowedMove } from '@/lib/permits';
import { left } from '@/lib/rules';
import { session } from '@/lib/session.svelte';
import type { Action, Category, Part } from '@/lib/types';
import { toasts } from '@/ui/toasts.svelte';
import { dialogs } from './dialogs.svelte';
import { feed } from './feed';

/** Parts with a request under way: their buttons wait. */
export const busy = new SvelteSet<number>();

/** Do what a button or menu says: at once where nothing must be asked, else through a small dialog. */
export function start(part: Part, action: Action): void {
  if (action === 'approve' && !part.type) dialogs.show({ kind: 'approve', part });
  else if (action === 'reject') dialogs.show({ kind: 'reject', part });
  else if (action === 'assign') void perform(part, 'assign', { assigned: session.name });
  else void perform(part, action);
}

/** Move to another lane, as far as the workflow allows it. */
export function move(part: Part, to: Category): void {
  const step = allowedMove(part, to);
  if (!step) return;
  if (step.action === 'reject') dialogs.show({ kind: 'reject', part });
  else void perform(part, step.action, step.body);
}

/** Call the server; true when it worked. Everything else was told to the person. */
export async function perform(part: Part, action: Action, body: Record<string, unknown> = {}): Promise<boolean> {
  if (busy.has(part.id)) return false;
  busy.add(part.id);
  try {
    const now = await parts.act(part.id, action, body);
    feed.announce(now);
    report(part, now, action);
    return true;
  } catch (error) {
    await explain(part, error);
    return false;
  } finally {
    busy.delete(part.id);
  }
}

function report(before: Part, now: Part, action: Action): void {
  const name = now.name;
  const about = `part-${now.id}`;
  if (action === 'complete' && now.category === 'completed') {
    toasts.say(t('did.complete', { name }), { about, action: { label: t('action.undo'), run: () => void undoComplete(before) } });
  } else if (action === 'complete') {
    toasts.say(t('did.completeSome', { name, made: now.completedAmount, amount: now.amount }), { about });
  } else {
    toasts.say(t(`did.${action}`, { name, who: now.assigned, type: now.type ? t(`type.${now.type}`) : '' }), { about });
  }
}

/** Reopening sets the made pieces to 0, so put back what was made before. */
async function undoComplete(before: Part): Promise<void> {
  if (!(await perform(before, 'revert'))) return;
  if (before.completedAmount > 0) await perform(before, 'complete', { amount: before.completedAmount });
  if (!before.assigned) await perform(before, 'unclaim');
}

/** Say why it did not work, and show how the part really is. */
export async function explain(part: Part, error: unknown): Promise<void> {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'part_already_claimed') {
    const { assigned, claimedDate } = error.details as Record<string, string | undefined>;
    const text = t('error.claimed', { who: assigned, lasting: lasting(claimedDate, Date.now(), true) });
    toasts.fail(t('error.claimedTitle', { name: part.name }), assigned && claimedDate ? text : error.message);
  } else if (error.status === 412) {
    toasts.fail(t('error.title'), t('error.changed'));
  } else {
    toasts.fail(t('error.title'), error.message);
  }
  if (error.status === 404) feed.announceGone(part.id);
  else if (!error.offline) await refresh(part.id);
}

async function refresh(id: number): Promise<void> {
  const tagged = await parts.get(id).catch(() => null);
  if (tagged) feed.announce(tagged.part);
}

/** Delete without asking twice: the message offers to undo it. */
export async function remove(part: Part): Promise<boolean> {
  try {
    const { part: now, etag } = await parts.get(part.id);
    if (now.version !== part.version) throw new ApiError(412, 'stale', t('error.changed'));
    await parts.remove(part.id, etag);
  } catch (error) {
    await explain(part, error);
    return false;
  }
  feed.announceGone(part.id);
  toasts.say(t('did.delete', { name: part.name }), { about: `part-${part.id}`, action: { label: t('action.undo'), run: () => void restore(part) } });
  return true;
}

export async function restore(part: Pick<Part, 'id' | 'name'>): Promise<void> {
  try {
    await parts.restore(part.id);
    const { part: now } = await parts.get(part.id);
    feed.announce(now);
    toasts.say(t('did.restore', { name: now.name }), { about: `part-${now.id}` });
  } catch (error) {
    if (error instanceof ApiError) toasts.fail(t('error.title'), error.message);
  }
}

/** Whether finishing could mean only some of them. */
export function severalLeft(part: Part): boolean {
  return left(part) > 1;
}
