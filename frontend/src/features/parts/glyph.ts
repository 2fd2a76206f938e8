/** Which placeholder drawing stands for a part that has no picture yet, guessed from its words. */
import type { Part } from '@/lib/types';

export type Shape = 'plate' | 'tube' | 'shaft' | 'gear' | 'bracket' | 'block';

const WORDS: [Shape, RegExp][] = [
  ['bracket', /\b(bracket|gusset|angle|mount|clamp|hook|clip)s?\b/i],
  ['plate', /\b(plate|panel|sheet|cover|guard|pan|tray|ramp|polycarb\w*|shim|link)s?\b/i],
  ['tube', /\b(tube|rail|beam|extrusion|channel|upright)s?\b/i],
  ['shaft', /\b(shaft|axle|spacer|standoff|bushing|rod|pin|roller|dowel|plug)s?\b/i],
  ['gear', /\b(gear|gearbox|pulley|sprocket|wheel|hub|flange|drum)s?\b/i],
];

export function shapeOf(part: Pick<Part, 'name' | 'material'>): Shape {
  for (const text of [part.name, part.material ?? '']) {
    const found = WORDS.find(([, words]) => words.test(text));
    if (found) return found[0];
  }
  return 'block';
}
