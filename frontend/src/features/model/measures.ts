/** Lengths, areas and volumes as a drawing gives them: rounded, in millimetres, without zeros that say nothing. */

const LOCALE = 'en';

function rounded(value: number, digits: number): string {
  return value.toLocaleString(LOCALE, { maximumFractionDigits: digits });
}

/** "6.35", "120.5", "1,250": micrometres where they are felt, none on a hall. */
export function length(mm: number): string {
  return rounded(mm, mm < 100 ? 3 : mm < 1000 ? 2 : 1);
}

/** "120 × 70 × 6.35", in the order given; '' when a side is not known. */
export function sides(...mm: (number | null | undefined)[]): string {
  const known = mm.filter((side): side is number => typeof side === 'number' && Number.isFinite(side));
  return known.length === mm.length ? known.map(length).join(' × ') : '';
}

/** The same, to the hundredth: for lists, where sizes are compared and not made. */
export function shortSides(...mm: (number | null)[]): string {
  return sides(...mm.map((side) => (side === null ? null : Math.round(side * 100) / 100)));
}

/** "48,000 mm³", and cm³ from a litre on: nobody reads ten digits. */
export function volume(mm3: number): string {
  if (mm3 >= 1e6) return `${rounded(mm3 / 1000, mm3 >= 1e8 ? 0 : 1)} cm³`;
  return `${rounded(mm3, mm3 < 100 ? 2 : mm3 < 10_000 ? 1 : 0)} mm³`;
}

export function area(mm2: number): string {
  if (mm2 >= 1e6) return `${rounded(mm2 / 100, mm2 >= 1e8 ? 0 : 1)} cm²`;
  return `${rounded(mm2, mm2 < 100 ? 2 : mm2 < 10_000 ? 1 : 0)} mm²`;
}

const PROTOCOLS: [RegExp, string][] = [
  [/^AP242|^MANAGED_MODEL_BASED/i, 'AP242'],
  [/^AUTOMOTIVE_DESIGN/i, 'AP214'],
  [/^CONFIG_CONTROL_DESIGN|^AP203/i, 'AP203'],
];

/** The application protocol that people know a STEP schema by: AP203, AP214, AP242; else its own name. */
export function protocol(schema: string): string {
  return PROTOCOLS.find(([pattern]) => pattern.test(schema.trim()))?.[1] ?? schema.split(/[\s{]/)[0] ?? schema;
}
