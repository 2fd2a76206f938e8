import { describe, expect, it } from 'vitest';
import { ago, bytes, day, due, lasting, quantity, safeLink } from './format';
import { partNameOf } from './files';
import { aPart } from '@/testing';

const NOW = new Date('2026-03-20T12:00:00').getTime();
const before = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

describe('dates', () => {
  it('are relative up to a week, then absolute', () => {
    expect(ago(before(0), NOW)).toBe('just now');
    expect(ago(before(5), NOW)).toBe('5 min ago');
    expect(ago(before(3 * 60), NOW)).toBe('3 h ago');
    expect(ago(before(24 * 60), NOW)).toBe('1 day ago');
    expect(ago(before(3 * 24 * 60), NOW)).toBe('3 days ago');
    expect(ago(before(10 * 24 * 60), NOW)).toBe('on 10 Mar');
  });

  it('name the year when it is another one', () => {
    expect(day('2024-02-03', NOW)).toBe('3 Feb 2024');
  });

  it('keep a plain date the same day in every zone', () => {
    expect(day('2026-03-01', NOW)).toBe('1 Mar');
  });

  it('are empty for what is no date', () => {
    expect(ago(null, NOW)).toBe('');
    expect(lasting('soon', NOW)).toBe('');
  });
});

describe('due', () => {
  it('is said only when it is late or near', () => {
    expect(due(aPart({ dueDate: '2026-03-18' }), NOW)).toEqual({ text: '2 d late', late: true });
    expect(due(aPart({ dueDate: '2026-03-20' }), NOW)?.text).toBe('Due today');
    expect(due(aPart({ dueDate: '2026-03-22' }), NOW)?.text).toBe('Due in 2 d');
    expect(due(aPart({ dueDate: '2026-05-22' }), NOW)).toBeNull();
  });

  it('no longer matters for a finished part', () => {
    expect(due(aPart({ dueDate: '2026-03-01', category: 'completed' }), NOW)).toBeNull();
  });
});

describe('quantities', () => {
  it('say how many are made while some are left', () => {
    expect(quantity({ amount: 4, completedAmount: 2 })).toBe('2 of 4 made');
    expect(quantity({ amount: 4, completedAmount: 0 })).toBe('×4');
    expect(quantity({ amount: 1, completedAmount: 0 })).toBe('');
  });

  it('carry their units', () => {
    expect(bytes(999)).toBe('999 B');
    expect(bytes(1_234_567)).toBe('1.2 MB');
  });
});

describe('links', () => {
  it('are followed only over http and https', () => {
    expect(safeLink('https://cad.example.com/d/1')).toBe('https://cad.example.com/d/1');
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'not a link', '', null]) expect(safeLink(bad)).toBeNull();
  });
});

describe('names from files', () => {
  it('lose their folder, ending and underscores', () => {
    expect(partNameOf('bearing_block-v2.STEP')).toBe('Bearing block v2');
    expect(partNameOf('../../x.step')).toBe('X');
    expect(partNameOf('日本語.stp')).toBe('日本語');
  });

  it('fit into a part name and are never empty', () => {
    expect(partNameOf(`${'a'.repeat(300)}.step`)).toHaveLength(200);
    expect(partNameOf('.step')).toBe('.step');
  });
});
