/** Puts a floating element beside its opener, inside the window. Sizes are CSS pixels. */
const GAP = 4;
const MARGIN = 8;

export function place(floating: HTMLElement, opener: HTMLElement, align: 'start' | 'end'): void {
  const anchor = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const wanted = align === 'start' ? anchor.left : anchor.right - width;
  const x = Math.max(MARGIN, Math.min(wanted, window.innerWidth - width - MARGIN));
  const fitsBelow = anchor.bottom + GAP + height <= window.innerHeight - MARGIN;
  const y = fitsBelow ? anchor.bottom + GAP : Math.max(MARGIN, anchor.top - GAP - height);
  floating.style.left = `${x}px`;
  floating.style.top = `${y}px`;
}
