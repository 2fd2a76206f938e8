/** What kinds of file the page knows by name; the server decides by content. */
const STEP = /\.(step|stp|p21)$/i;

export const ACCEPTED = '.step,.stp,.pdf,.dxf,.svg,.stl,.3mf,.gcode,.nc,.png,.jpg,.jpeg,.webp';

export function isStep(name: string): boolean {
  return STEP.test(name);
}

/** A part's name from its file's: `bearing_block-v2.STEP` becomes "bearing block v2". */
export function partNameOf(fileName: string): string {
  const bare = fileName.replace(/^.*[\\/]/, '').replace(STEP, '');
  return bare.replace(/[_\s]+/g, ' ').trim().slice(0, 200) || fileName.slice(0, 200);
}
