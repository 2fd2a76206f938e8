/** The soft ground behind the part: drawn by CSS on the page, by hand into a picture that is saved. */
import type { Ground } from './theme.ts';

const CENTRE = { x: 0.5, y: 0.44 };
const REACH = 0.8;

export function cssGround({ centre, rim }: Ground): string {
  const place = `${CENTRE.x * 100}% ${CENTRE.y * 100}%`;
  return `radial-gradient(ellipse ${REACH * 100}% ${REACH * 100}% at ${place}, ${centre}, ${rim})`;
}

export function paintGround(context: CanvasRenderingContext2D, { centre, rim }: Ground): void {
  const { width, height } = context.canvas;
  const gradient = context.createRadialGradient(CENTRE.x, CENTRE.y, 0, CENTRE.x, CENTRE.y, REACH);
  gradient.addColorStop(0, centre);
  gradient.addColorStop(1, rim);
  context.save();
  context.scale(width, height);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 1, 1);
  context.restore();
}
