import { BoxGeometry, Group, Mesh, MeshStandardMaterial, Texture } from 'three';
import { describe, expect, it } from 'vitest';
import { freeObject, Lifetime } from './lifetime.ts';

describe('Lifetime', () => {
  it('undoes everything once, last made first', () => {
    const life = new Lifetime();
    const undone: string[] = [];
    life.add(() => undone.push('context'));
    life.add(() => undone.push('model'));
    life.end();
    life.end();
    expect(undone).toEqual(['model', 'context']);
    expect(life.ended).toBe(true);
  });

  it('undoes at once what comes after the end', () => {
    const life = new Lifetime();
    life.end();
    let undone = false;
    life.add(() => (undone = true));
    expect(undone).toBe(true);
  });

  it('undoes the rest when one fails, and says so', () => {
    const life = new Lifetime();
    let freed = false;
    life.add(() => (freed = true));
    life.add(() => {
      throw new Error('stuck');
    });
    expect(() => life.end()).toThrow('stuck');
    expect(freed).toBe(true);
  });

  it('takes its listeners away', () => {
    const life = new Lifetime();
    const target = new EventTarget();
    let heard = 0;
    life.listen(target, 'ping', () => heard++);
    target.dispatchEvent(new Event('ping'));
    life.end();
    target.dispatchEvent(new Event('ping'));
    expect(heard).toBe(1);
  });
});

describe('freeObject', () => {
  it('frees shared geometry, materials and textures exactly once each, and takes the model off the stage', () => {
    const freed: string[] = [];
    const note = (name: string, resource: BoxGeometry | MeshStandardMaterial | Texture): void =>
      (resource as BoxGeometry).addEventListener('dispose', () => freed.push(name));
    const geometry = new BoxGeometry();
    const picture = new Texture({ close: () => freed.push('bitmap') } as unknown as HTMLImageElement);
    const [steel, brass] = [new MeshStandardMaterial({ map: picture }), new MeshStandardMaterial({ map: picture })];
    note('geometry', geometry);
    note('steel', steel);
    note('brass', brass);
    note('texture', picture);
    const root = new Group();
    const stage = new Group().add(root);
    root.add(new Mesh(geometry, steel), new Mesh(geometry, brass), new Mesh(geometry, steel));
    freeObject(root);
    expect(freed.sort()).toEqual(['bitmap', 'brass', 'geometry', 'steel', 'texture']);
    expect(stage.children).toHaveLength(0);
  });
});
