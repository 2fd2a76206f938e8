import { describe, expect, it } from 'vitest';
import { left, moveTo, movesFrom, possibleActions, primaryAction, whyNot } from './rules';
import { aPart } from '@/testing';

describe('lanes', () => {
  it('lets a part in review go to CNC or hand, which approves it for that', () => {
    const part = aPart({ category: 'review', type: null });
    expect(movesFrom(part).map((move) => move.to)).toEqual(['cnc', 'hand']);
    expect(moveTo(part, 'hand')).toEqual({ to: 'hand', action: 'approve', body: { type: 'hand' } });
    expect(whyNot(part, 'completed')).toBe('approveFirst');
  });

  it('never moves a part between CNC and hand', () => {
    expect(moveTo(aPart({ category: 'cnc', type: 'cnc' }), 'hand')).toBeNull();
    expect(whyNot(aPart({ category: 'hand', type: 'hand' }), 'cnc')).toBe('type');
  });

  it('finishes a part that is dropped on completed, claimed or not', () => {
    for (const assigned of [null, 'Ana']) {
      expect(moveTo(aPart({ category: 'cnc', assigned }), 'completed')?.action).toBe('complete');
    }
  });

  it('reopens a completed part only into the lane that it was made in', () => {
    const part = aPart({ category: 'completed', type: 'hand' });
    expect(moveTo(part, 'hand')?.action).toBe('revert');
    expect(moveTo(part, 'cnc')).toBeNull();
    expect(whyNot(part, 'review')).toBe('revertFirst');
  });

  it('has nothing to move where a part already is', () => {
    expect(whyNot(aPart({ category: 'cnc' }), 'cnc')).toBe('here');
  });
});

describe('actions', () => {
  it('names one thing to do in each phase', () => {
    expect(primaryAction(aPart({ category: 'review' }))).toBe('approve');
    expect(primaryAction(aPart({ category: 'cnc', assigned: null }))).toBe('assign');
    expect(primaryAction(aPart({ category: 'hand', assigned: 'Ana' }))).toBe('complete');
    expect(primaryAction(aPart({ category: 'completed' }))).toBeNull();
  });

  it('lets only a claimed part be put back', () => {
    expect(possibleActions(aPart({ category: 'cnc', assigned: 'Ana' }))).toContain('unclaim');
    expect(possibleActions(aPart({ category: 'cnc', assigned: null }))).not.toContain('unclaim');
  });

  it('counts what is left, never below nothing', () => {
    expect(left({ amount: 4, completedAmount: 1 })).toBe(3);
    expect(left({ amount: 1, completedAmount: 2 })).toBe(0);
  });
});
