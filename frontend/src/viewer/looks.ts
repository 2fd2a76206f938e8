/** What bodies wear: their own colour, a dimmed one while faces are lit, or next to nothing while another part is shown. */
import { Color, MeshStandardMaterial } from 'three';
import type { Body } from './model.ts';
import type { Theme } from './theme.ts';

export type Look = 'own' | 'dimmed' | 'ghost';

/** How far a dimmed colour goes towards the theme's. */
const DIM = 0.84;
const GHOST_OPACITY = 0.1;

export class Looks {
  #dimmed = new Map<string, MeshStandardMaterial>();
  #ghost = new MeshStandardMaterial({ transparent: true, opacity: GHOST_OPACITY, depthWrite: false, metalness: 0, roughness: 0.8 });
  #towards = new Color();

  /** Takes the theme's colours; bodies have to be dressed anew after it. */
  paint({ dimmed, ghost }: Theme): void {
    this.#forget();
    this.#towards.set(dimmed);
    this.#ghost.color.set(ghost);
  }

  dress(bodies: Body[], lookOf: (body: Body) => Look): void {
    for (const body of bodies) {
      const look = lookOf(body);
      body.mesh.material = look === 'own' ? body.material : look === 'ghost' ? this.#ghost : this.#dim(body.material);
    }
  }

  dispose(): void {
    this.#forget();
    this.#ghost.dispose();
  }

  #dim(own: MeshStandardMaterial): MeshStandardMaterial {
    const key = `${own.color.getHexString()}${own.side}${own.opacity}`;
    let material = this.#dimmed.get(key);
    if (!material) {
      material = own.clone();
      material.color.lerp(this.#towards, DIM);
      material.map = null;
      material.vertexColors = false;
      this.#dimmed.set(key, material);
    }
    return material;
  }

  #forget(): void {
    for (const material of this.#dimmed.values()) material.dispose();
    this.#dimmed.clear();
  }
}
