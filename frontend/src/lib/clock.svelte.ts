/** One clock for all relative times of the page; it ticks every 20 s. */
const TICK_MS = 20_000;

class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), TICK_MS);
  }
}

export const clock = new Clock();
