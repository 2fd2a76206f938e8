/** The page's words by key. `t('quantity.partly', {made: 2, amount: 4})`; plural forms follow `count`. */
import { en } from './messages.en';

type Values = Record<string, string | number | null | undefined>;
type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type MessageKey = keyof typeof en;

const locale = 'en';
const catalogue: Record<MessageKey, Text> = en;
const plural = new Intl.PluralRules(locale);

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export function t(key: MessageKey, values: Values = {}): string {
  const entry = catalogue[key];
  const text = typeof entry === 'string' ? entry : (entry[plural.select(Number(values.count ?? 0))] ?? entry.other ?? '');
  return filled(text, values);
}

/** A message for a word that came from the server, or the word itself when there is none. */
export function tOr(key: string, fallback: string, values: Values = {}): string {
  return key in catalogue ? t(key as MessageKey, values) : filled(fallback, values);
}
