/** What is to be read from new files, as it was last chosen in this browser. */
import { readStored, writeStored } from '@/lib/stored';
import { DRAWING_MODES, type DrawingMode, type ReadOptions } from '@/lib/types';

const KEY = 'read';
export const FLAGS = ['bom', 'thumbnails', 'diagram', 'translate'] as const;
export type Flag = (typeof FLAGS)[number];

const USUAL: ReadOptions = { thumbnails: true, bom: true, diagram: true, translate: false, diagram_mode: 'external' };

/** What was stored, member by member: what it has wrongly is as usual. */
export function parseOptions(text: string | null): ReadOptions {
  let stored: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (value && typeof value === 'object') stored = value as Record<string, unknown>;
  } catch {
    // Nothing was chosen yet, or something else wrote there.
  }
  const options = { ...USUAL };
  for (const flag of FLAGS) if (typeof stored[flag] === 'boolean') options[flag] = stored[flag];
  if (DRAWING_MODES.includes(stored.diagram_mode as DrawingMode)) options.diagram_mode = stored.diagram_mode as DrawingMode;
  return options;
}

class Choice {
  options = $state.raw(parseOptions(readStored(KEY)));

  change(changes: Partial<ReadOptions>): void {
    this.options = { ...this.options, ...changes };
    writeStored(KEY, JSON.stringify(this.options));
  }
}

export const choice = new Choice();
