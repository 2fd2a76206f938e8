/** Things to undo at the end: listeners, observers, GPU resources. Each runs once, last made first undone. */
import type { BufferGeometry, Material, Object3D, Texture } from 'three';

export class Lifetime {
  #undo: (() => void)[] = [];
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  /** Runs `undo` at the end; at once when the end has already been. */
  add(undo: () => void): void {
    if (this.#ended) undo();
    else this.#undo.push(undo);
  }

  listen<K extends keyof HTMLElementEventMap>(
    target: HTMLElement,
    type: K,
    handler: (event: HTMLElementEventMap[K]) => void,
    options?: AddEventListenerOptions,
  ): void;
  listen(target: EventTarget, type: string, handler: (event: Event) => void, options?: AddEventListenerOptions): void;
  listen(target: EventTarget, type: string, handler: (event: never) => void, options?: AddEventListenerOptions): void {
    const listener = handler as EventListener;
    target.addEventListener(type, listener, options);
    this.add(() => target.removeEventListener(type, listener, options));
  }

  /** Undoes everything. One that throws does not keep the others from being undone; the first error is thrown last. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const errors: unknown[] = [];
    for (const undo of this.#undo.reverse()) {
      try {
        undo();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#undo = [];
    if (errors.length > 0) throw errors[0];
  }
}

const isTexture = (value: unknown): value is Texture =>
  typeof value === 'object' && value !== null && 'isTexture' in value && value.isTexture === true;

/** Decoded pictures (ImageBitmap) hold memory of their own until they are closed. */
function closePicture(image: unknown): void {
  if (typeof image === 'object' && image !== null && 'close' in image && typeof image.close === 'function') image.close();
}

/** Frees every geometry, material and texture below `root`, each exactly once however many meshes share it. */
export function freeObject(root: Object3D): void {
  const resources = new Set<BufferGeometry | Material | Texture>();
  root.traverse((object) => {
    const { geometry, material } = object as Partial<{ geometry: BufferGeometry; material: Material | Material[] }>;
    if (geometry) resources.add(geometry);
    for (const one of material === undefined ? [] : [material].flat()) {
      resources.add(one);
      for (const value of Object.values(one)) if (isTexture(value)) resources.add(value);
    }
  });
  for (const resource of resources) {
    resource.dispose();
    if (isTexture(resource)) closePicture(resource.image);
  }
  root.removeFromParent();
}
