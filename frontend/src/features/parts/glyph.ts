/** Which placeholder drawing stands for a part that has no picture yet, guessed from its words. */
import type { Part } from '@/lib/types';

export type Shape = 'plate' | 'tube' | 'shaft' | 'gear' | 'bracket' | 'block';

const WORDS: [Shape, RegExp][] = [
  ['gear', /gear|pulley|sprocket|wheel|hub|flange/i],
  ['shaft', /shaft|axle|spacer|standoff|bushing|hex|rod|pin|roller|dowel/i],
  ['tube', /tube|rail|beam|extrusion|channel|crossbar/i],
  ['bracket', /bracket|gusset|angle|mount|clamp|hook/i],
  ['plate', /plate|panel|sheet|cover|guard|polycarb|lexan|shim/i],
];

export function shapeOf(part: Pick<Part, 'name' | 'material'>): Shape {
  for (const text of [part.name, part.material ?? '']) {
    const found = WORDS.find(([, words]) => words.test(text));
    if (found) return found[0];
  }
  return 'block';
}
