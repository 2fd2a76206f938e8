/** Small preferences kept in this browser; a browser that refuses storage just forgets them. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(`kerfline.${key}`);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`kerfline.${key}`);
    else localStorage.setItem(`kerfline.${key}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
