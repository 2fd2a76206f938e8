/** The viewer: shows one part, lets people turn it, and takes all of itself away again. */
import { EdgeLines } from './edgeLines.ts';
import { Emphasis } from './emphasis.ts';
import { abortError, ViewerError } from './errors.ts';
import { fetchBytes, type LoadProgress } from './fetchBytes.ts';
import { handle } from './input.ts';
import { freeObject, Lifetime } from './lifetime.ts';
import { type Model, paintBare, readModel } from './model.ts';
import { faceOf, MAX_QUICK_TRIANGLES, pick, type PickedFace } from './pick.ts';
import { Rig } from './rig.ts';
import { Stage } from './stage.ts';
import { type ThemeName, THEMES } from './theme.ts';
import { countSolids, type TreeNode } from './tree.ts';
import { cadSizeMm, formatMm, type SizeMm } from './units.ts';
import { type ViewName, VIEWS } from './views.ts';

export interface ModelFacts {
  /** Overall size in millimetres along the CAD system's axes (Z up). */
  sizeMm: SizeMm;
  triangles: number;
  /** Shapes placed in the model, each instance counted. */
  parts: number;
  /** Faces of the exact model, or `null` when the file does not come from a CAD kernel. */
  faces: number | null;
  tree: TreeNode;
}

export interface ViewerOptions {
  theme?: ThemeName;
  /** `ground`: a soft ground of the theme (default); `transparent`: whatever the page has behind. */
  background?: 'ground' | 'transparent';
  edges?: boolean;
  /** What a screen reader says about the canvas. English by default. */
  label?: (facts: ModelFacts | null) => string;
  /** Told about what happens outside of a call: `context_lost`. What a call meets, its promise rejects with. */
  onError?: (error: ViewerError) => void;
  /** The graphics context came back after a loss, and with it the picture. */
  onRestored?: () => void;
  /** The mouse rests on a face, or a face was tapped; `null` when there is none under it. */
  onFace?: (face: PickedFace | null, how: 'rest' | 'tap') => void;
}

export interface LoadOptions {
  signal?: AbortSignal;
  onProgress?: (progress: LoadProgress) => void;
}

export interface Viewer {
  /**
   * Shows the GLB at `url` in the isometric view; resolves when its first picture is drawn. A later load takes the
   * place of an earlier one, which then rejects with an AbortError; the part on show stays until the new one is read.
   * Rejects with ViewerError `load_failed`, `not_a_model`, `empty_model` or `disposed`.
   */
  load(url: string, options?: LoadOptions): Promise<ModelFacts>;
  fit(): void;
  view(name: ViewName): void;
  setTheme(theme: ThemeName): void;
  setEdges(on: boolean): void;
  /**
   * Lights faces by their numbers (counted from 1 through the whole file) in every instance, also where they lie behind
   * other material, and dims the rest. Turns to them when they are out of the picture or too small, unless `still`.
   */
  light(faceIds: Iterable<number>, options?: { still?: boolean }): void;
  clearLight(): void;
  /** Shows one product (the number that the file's extras give it) plainly and all others as a breath; `null` shows all. */
  showOnly(product: number | null, options?: { still?: boolean }): void;
  /** The face under a point of the page, in CSS pixels as pointer events give them. */
  pickFace(clientX: number, clientY: number): PickedFace | null;
  /** PNG of what is on show, in device pixels. */
  screenshot(): Promise<Blob>;
  /** Frees GPU memory, listeners and the context. Safe to call twice. */
  dispose(): void;
}

const defaultLabel = (facts: ModelFacts | null): string => {
  if (!facts) return '3D model, loading';
  const { x, y, z } = facts.sizeMm;
  return `3D model, ${formatMm(x)} by ${formatMm(y)} by ${formatMm(z)}. Arrow keys turn it, plus and minus zoom, F fits, 1 to 7 show it from a side.`;
};

/** Throws ViewerError `webgl_unavailable`. */
export function createViewer(element: HTMLElement, options: ViewerOptions = {}): Viewer {
  return new PartViewer(element, options);
}

class PartViewer implements Viewer {
  #life = new Lifetime();
  #stage: Stage;
  #rig = new Rig();
  #edges = new EdgeLines();
  #emphasis = new Emphasis(this.#edges);
  #edgesReady: Promise<void> = Promise.resolve();
  #model: Model | null = null;
  #loading: AbortController | null = null;
  #theme: ThemeName;
  #frame = 0;
  #lastFrame = 0;
  #lost = false;

  constructor(
    element: HTMLElement,
    private readonly options: ViewerOptions,
  ) {
    this.#theme = options.theme ?? 'light';
    this.#stage = new Stage(element);
    this.#life.add(() => this.#stage.dispose());
    this.#life.add(() => this.#emphasis.dispose());
    this.#life.add(() => this.#clear());
    this.#life.add(() => cancelAnimationFrame(this.#frame));
    this.#life.add(() => this.#loading?.abort(abortError()));
    this.#edges.show(options.edges ?? true);
    this.setTheme(this.#theme);
    this.#describe(null);
    this.#followElement(element);
    this.#followMotionSetting();
    this.#followContext();
    handle(this.#stage.canvas, this.#rig, this.#life, {
      moved: () => this.#redraw(),
      pick: (x, y) => (this.#quick ? (this.#hit(x, y)?.point ?? null) : null),
      tapped: (x, y) => this.options.onFace?.(this.#face(x, y), 'tap'),
      rests: (at) => this.options.onFace?.(at && this.#quick ? this.#face(at.x, at.y) : null, 'rest'),
    });
  }

  async load(url: string, { signal, onProgress }: LoadOptions = {}): Promise<ModelFacts> {
    if (this.#life.ended) throw new ViewerError('disposed', 'The viewer is closed.');
    this.#loading?.abort(abortError());
    const loading = new AbortController();
    this.#loading = loading;
    const giveUp = (): void => loading.abort(signal?.reason);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { signal: loading.signal });
    const model = await readModel(await fetchBytes(url, loading.signal, onProgress));
    if (loading.signal.aborted) {
      freeObject(model.root);
      throw loading.signal.reason;
    }
    signal?.removeEventListener('abort', giveUp);
    this.#show(model);
    return factsOf(model);
  }

  fit(): void {
    this.#rig.fit();
    this.#redraw();
  }

  view(name: ViewName): void {
    this.#rig.look(VIEWS[name]);
    this.#redraw();
  }

  setTheme(theme: ThemeName): void {
    this.#theme = theme;
    this.#stage.setTheme(THEMES[theme], this.options.background !== 'transparent');
    if (this.#model) paintBare(this.#model.bodies, THEMES[theme].bareMetal);
    this.#edges.repaint();
    this.#emphasis.setTheme(THEMES[theme]);
    this.#redraw();
  }

  setEdges(on: boolean): void {
    this.#edges.show(on);
    this.#redraw();
  }

  light(faceIds: Iterable<number>, { still = false } = {}): void {
    const points = this.#emphasis.light(faceIds);
    if (!still) this.#rig.reveal(points);
    this.#redraw();
  }

  clearLight(): void {
    this.light([]);
  }

  showOnly(product: number | null, { still = false } = {}): void {
    const points = this.#emphasis.only(product);
    if (!still) this.#rig.reveal(points);
    this.#redraw();
  }

  pickFace(clientX: number, clientY: number): PickedFace | null {
    const box = this.#stage.canvas.getBoundingClientRect();
    return this.#face(((clientX - box.left) / box.width) * 2 - 1, 1 - ((clientY - box.top) / box.height) * 2);
  }

  async screenshot(): Promise<Blob> {
    await this.#edgesReady;
    if (this.#life.ended) throw new ViewerError('disposed', 'The viewer is closed.');
    return this.#stage.picture(this.#rig);
  }

  dispose(): void {
    this.#life.end();
  }

  /** Whether a look for what lies under the mouse is not felt. */
  get #quick(): boolean {
    return (this.#model?.triangles ?? 0) <= MAX_QUICK_TRIANGLES;
  }

  #hit(x: number, y: number): ReturnType<typeof pick> {
    return pick(this.#emphasis.touchable, this.#stage.camera, x, y);
  }

  #face(x: number, y: number): PickedFace | null {
    const hit = this.#hit(x, y);
    return hit && faceOf(hit);
  }

  #show(model: Model): void {
    this.#clear();
    this.#model = model;
    paintBare(model.bodies, THEMES[this.#theme].bareMetal);
    this.#emphasis.show(model.bodies);
    this.#stage.add(model.root);
    this.#stage.resize();
    this.#rig.resize(this.#stage.aspect);
    this.#rig.frame(model.outline);
    this.#describe(factsOf(model));
    this.#edgesReady = this.#edges.add(model.bodies, () => this.#model !== model).then(() => this.#redraw());
    this.#draw();
  }

  #clear(): void {
    this.#emphasis.clear();
    this.#edges.clear();
    if (this.#model) freeObject(this.#model.root);
    this.#model = null;
  }

  #describe(facts: ModelFacts | null): void {
    const { canvas } = this.#stage;
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-roledescription', '3D model');
    canvas.setAttribute('aria-label', (this.options.label ?? defaultLabel)(facts));
  }

  /** Draws on the next frame, and goes on for as long as something glides; at rest nothing runs. */
  #redraw(): void {
    if (this.#frame || this.#life.ended) return;
    this.#lastFrame = performance.now();
    const next = (now: number): void => {
      const seconds = Math.max(0, now - this.#lastFrame) / 1000;
      this.#lastFrame = now;
      const more = this.#rig.step(seconds);
      this.#frame = more ? requestAnimationFrame(next) : 0;
      this.#draw();
    };
    this.#frame = requestAnimationFrame(next);
  }

  #draw(): void {
    if (!this.#lost) this.#stage.draw(this.#rig);
  }

  #followElement(element: HTMLElement): void {
    const observer = new ResizeObserver(() => {
      this.#stage.resize();
      this.#rig.resize(this.#stage.aspect);
      this.#draw(); // at once: a resized canvas is blank until it is drawn
    });
    observer.observe(element);
    this.#life.add(() => observer.disconnect());
  }

  #followMotionSetting(): void {
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    const follow = (): void => void (this.#rig.glides = !reduced.matches);
    follow();
    this.#life.listen(reduced, 'change', follow);
  }

  #followContext(): void {
    const { canvas } = this.#stage;
    this.#life.listen(canvas, 'webglcontextlost', (event) => {
      event.preventDefault(); // asks the browser to give it back
      this.#lost = true;
      this.options.onError?.(new ViewerError('context_lost', 'The graphics card stopped. The picture comes back when it does.'));
    });
    this.#life.listen(canvas, 'webglcontextrestored', () => {
      this.#lost = false;
      this.#redraw();
      this.options.onRestored?.();
    });
  }
}

function factsOf(model: Model): ModelFacts {
  const known = model.bodies.every(({ faces }) => faces !== null);
  return {
    sizeMm: cadSizeMm(model.box),
    triangles: model.triangles,
    parts: countSolids(model.tree),
    faces: known ? model.bodies.reduce((sum, { faces }) => sum + faces!.count, 0) : null,
    tree: model.tree,
  };
}
