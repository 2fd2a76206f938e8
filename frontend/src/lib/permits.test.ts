import { afterEach, describe, expect, it } from 'vitest';
import { aPart } from '@/testing';
import { allowedActions, allowedMove, allowedPrimary, mayEdit } from './permits';
import { session } from './session.svelte';

const as = (...scopes: string[]) => (session.who = { name: 'Ana', role: 'x', scopes });
afterEach(() => (session.who = null));

describe('a viewer', () => {
  it('is offered nothing to do', () => {
    as('parts:read');
    for (const category of ['review', 'cnc', 'hand', 'completed'] as const) expect(allowedActions(aPart({ category }))).toEqual([]);
    expect(mayEdit('notes')).toBe(false);
  });
});

describe('a maker', () => {
  const maker = () => as('parts:read', 'parts:work', 'models:write');

  it('claims and finishes, but does not approve or reject', () => {
    maker();
    expect(allowedPrimary(aPart({ category: 'review' }))).toBeNull();
    expect(allowedActions(aPart({ category: 'cnc' }))).toEqual(['assign', 'complete']);
    expect(allowedMove(aPart({ category: 'cnc' }), 'review')).toBeNull();
    expect(allowedMove(aPart({ category: 'cnc' }), 'completed')?.action).toBe('complete');
  });

  it('puts back only what is theirs', () => {
    maker();
    expect(allowedActions(aPart({ category: 'cnc', assigned: 'Ana' }))).toContain('unclaim');
    expect(allowedActions(aPart({ category: 'cnc', assigned: 'Mei' }))).not.toContain('unclaim');
    expect(allowedActions(aPart({ category: 'completed', assigned: 'Mei' }))).toEqual([]);
  });

  it('notes what happened at the machine, not what is to be made', () => {
    maker();
    expect([mayEdit('notes'), mayEdit('storage'), mayEdit('amount')]).toEqual([true, true, false]);
  });
});

describe('a lead', () => {
  it('may do all that the workflow allows', () => {
    as('parts:read', 'parts:work', 'parts:write');
    expect(allowedActions(aPart({ category: 'cnc', assigned: 'Mei' }))).toEqual(['complete', 'unclaim', 'reject']);
    expect(mayEdit('amount')).toBe(true);
  });
});
