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
}

export const THEMES: Record<ThemeName, Theme> = {
  light: {
    ground: { centre: '#fbfbfa', rim: '#e6e8e8' },
    bareMetal: '#aeb7bd',
    ambient: { sky: '#ffffff', floor: '#b9bcbd', intensity: 1.1 },
    lamps: { key: 2.1, fill: 0.55, rim: 0.5 },
  },
  dark: {
    ground: { centre: '#2b3033', rim: '#191c1e' },
    bareMetal: '#a7b0b6',
    ambient: { sky: '#f2f6f8', floor: '#6b7275', intensity: 0.9 },
    lamps: { key: 2.1, fill: 0.5, rim: 0.9 },
  },
};

const NEAR_BLACK = 0.035;

/** The tone of a face's edges: its own colour, much darker; on faces close to black a lighter one, or none would show. */
export function edgeColour(face: Color): Color {
  const luminance = 0.2126 * face.r + 0.7152 * face.g + 0.0722 * face.b;
  if (luminance < NEAR_BLACK) return face.clone().lerp(new Color(1, 1, 1), 0.14);
  return face.clone().multiplyScalar(0.14);
}
