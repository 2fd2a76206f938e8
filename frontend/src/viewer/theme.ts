/** How the viewer looks: the ground behind the part, the light on it and the tones of its faces and edges. */
import { Color } from 'three';

export type ThemeName = 'light' | 'dark';

/** The ground: one CSS colour in the middle, one at the rim. */
export interface Ground {
  centre: string;
  rim: string;
}

export interface Theme {
  ground: Ground;
  /** For parts that the file gives no colour: bare aluminium, seen by eye in sRGB. */
  bareMetal: string;
  /** Light from all sides and the share of it; the three lamps hang on the camera. */
  ambient: { sky: string; floor: string; intensity: number };
  lamps: { key: number; fill: number; rim: number };
  /** What faces that are pointed out are painted with. */
  accent: string;
  /** What the colours of everything else go towards meanwhile. */
  dimmed: string;
  /** What stands around a product that is shown alone. */
  ghost: string;
}

export const THEMES: Record<ThemeName, Theme> = {
  light: {
    ground: { centre: '#fbfbfa', rim: '#e6e8e8' },
    bareMetal: '#c6cdd2',
    ambient: { sky: '#ffffff', floor: '#c2c6c8', intensity: 1.55 },
    lamps: { key: 2.3, fill: 0.85, rim: 0.6 },
    accent: '#00878f',
    dimmed: '#dfe3e5',
    ghost: '#7c888e',
  },
  dark: {
    ground: { centre: '#2b3033', rim: '#191c1e' },
    bareMetal: '#c0c8cd',
    ambient: { sky: '#f4f7f8', floor: '#9aa2a6', intensity: 1.35 },
    lamps: { key: 2.15, fill: 0.8, rim: 1.1 },
    accent: '#35d0c8',
    dimmed: '#4a5256',
    ghost: '#a9b4ba',
  },
};

const NEAR_BLACK = 0.07;

/** The tone of a face's edges: its own colour, much darker; on faces close to black a lighter one, or none would show. */
export function edgeColour(face: Color): Color {
  const luminance = 0.2126 * face.r + 0.7152 * face.g + 0.0722 * face.b;
  if (luminance < NEAR_BLACK) return face.clone().lerp(new Color(1, 1, 1), 0.09);
  return face.clone().multiplyScalar(0.14);
}
