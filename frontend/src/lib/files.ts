/** What kinds of file the page knows by name; the server decides by content. */
const STEP = /\.(step|stp|p21)$/i;

export const ACCEPTED = '.step,.stp,.pdf,.dxf,.svg,.stl,.3mf,.gcode,.nc,.png,.jpg,.jpeg,.webp';

export function isStep(name: string): boolean {
  return STEP.test(name);
}

/** Whether a file begins as STEP does (ISO 10303-21): a mark, blanks and comments may come first. */
export async function holdsStep(file: Blob): Promise<boolean> {
  const head = await file.slice(0, 4096).text();
  return /^\uFEFF?(?:\s|\/\*[^]*?\*\/)*ISO-10303-21\s*;/.test(head);
}

/** A part's name from its file's: `bearing_block-v2.STEP` becomes "Bearing block v2". */
export function partNameOf(fileName: string): string {
  const bare = fileName.replace(/^.*[\\/]/, '').replace(STEP, '');
  // A hyphen between letters stood for a space; one between digits may be a number's own.
  const words = bare.replace(/[_\s]+|(?<=\p{L})-(?=\p{L})/gu, ' ').trim();
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 200) || fileName.slice(0, 200);
}
