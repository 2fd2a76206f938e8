/** The colour theme: as the system has it, unless a person chose one. */
import { readStored, writeStored } from './stored';

export type Choice = 'system' | 'light' | 'dark';
export const CHOICES: readonly Choice[] = ['system', 'light', 'dark'];

class Theme {
  #choice = $state<Choice>('system');
  #system = $state<'light' | 'dark'>('light');

  constructor() {
    const stored = readStored('theme');
    if (stored === 'light' || stored === 'dark') this.#choice = stored;
    const dark = window.matchMedia?.('(prefers-color-scheme: dark)');
    this.#system = dark?.matches ? 'dark' : 'light';
    dark?.addEventListener?.('change', (event) => (this.#system = event.matches ? 'dark' : 'light'));
    this.#apply();
  }

  get choice(): Choice {
    return this.#choice;
  }

  get shown(): 'light' | 'dark' {
    return this.#choice === 'system' ? this.#system : this.#choice;
  }

  choose(choice: Choice): void {
    this.#choice = choice;
    writeStored('theme', choice === 'system' ? null : choice);
    this.#apply();
  }

  #apply(): void {
    const root = document.documentElement;
    if (this.#choice === 'system') delete root.dataset.theme;
    else root.dataset.theme = this.#choice;
  }
}

export const theme = new Theme();
