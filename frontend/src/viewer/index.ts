/** Kerfline's 3D viewer: knows GLB models and a DOM element, and nothing of the page around it. */
export { ViewerError, type ViewerErrorCode } from './errors.ts';
export type { LoadProgress } from './fetchBytes.ts';
export type { PickedFace } from './pick.ts';
export { webglAvailable } from './stage.ts';
export type { Surface } from './surfaces.ts';
export type { ThemeName } from './theme.ts';
export { describeTree, type TreeNode } from './tree.ts';
export { formatMm, metresToMm, mmToInch, type SizeMm } from './units.ts';
export { createViewer, type LoadOptions, type ModelFacts, type Viewer, type ViewerOptions } from './viewer.ts';
export { VIEW_NAMES, type ViewName } from './views.ts';
