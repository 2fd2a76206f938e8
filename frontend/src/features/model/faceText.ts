/** A face in words: its number, its form and its size, such as "Face 12 · cylinder ⌀6". */
import { t } from '@/lib/messages';
import type { PickedFace, Surface } from '@/viewer';
import { length } from './measures';

const MM = 1000;
const DEGREES = 180 / Math.PI;

/** `surface` is in metres; '' where the form is not known. */
export function surfaceText(surface: Surface | null): string {
  switch (surface?.type) {
    case 'plane':
      return t('face.plane');
    case 'cylinder':
    case 'sphere':
      return t(`face.${surface.type}`, { diameter: length(tidy(surface.radius * 2 * MM)) });
    case 'cone':
      return t('face.cone', { angle: length(tidy(Math.abs(surface.semi_angle) * 2 * DEGREES)) });
    case 'torus':
      return t('face.torus', { radius: length(tidy(surface.minor_radius * MM)) });
    default:
      return '';
  }
}

/** `name` is the part's, in an assembly. */
export function faceText(face: PickedFace, name = ''): string {
  return [t('face.label', { id: face.id }), surfaceText(face.surface), name].filter(Boolean).join(' · ');
}

/** Numbers of a GLB are written in single precision: what lies behind the micrometre is noise. */
const tidy = (value: number): number => Math.round(value * 1000) / 1000;
