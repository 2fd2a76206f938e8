import { describe, expect, it } from 'vitest';
import { holdsStep } from './files';

describe('holdsStep', () => {
  const inside = (text: string) => holdsStep(new Blob([text]));

  it('goes by what the file holds', async () => {
    expect(await inside('ISO-10303-21;\nHEADER;')).toBe(true);
    expect(await inside('\uFEFF/* exported */ \n ISO-10303-21 ;')).toBe(true);
    expect(await inside('')).toBe(false);
    expect(await inside('\u0089PNG')).toBe(false);
    expect(await inside('words about ISO-10303-21;')).toBe(false);
  });
});
