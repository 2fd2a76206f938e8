/** The stage that a part stands on: canvas, renderer, camera and light. Draws one picture when told to. */
import {
  Color,
  DirectionalLight,
  HemisphereLight,
  NeutralToneMapping,
  type Object3D,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from 'three';
import { ViewerError } from './errors.ts';
import { cssGround, paintGround } from './ground.ts';
import type { Rig } from './rig.ts';
import type { Ground, Theme } from './theme.ts';

const MAX_PIXEL_RATIO = 2;

export class Stage {
  readonly canvas: HTMLCanvasElement;
  readonly camera = new PerspectiveCamera();
  #renderer: WebGLRenderer;
  #scene = new Scene();
  #ambient = new HemisphereLight();
  #key = new DirectionalLight();
  #fill = new DirectionalLight();
  #rim = new DirectionalLight();
  #ground: Ground | null = null;

  /** Throws ViewerError `webgl_unavailable`. */
  constructor(private readonly host: HTMLElement) {
    this.canvas = document.createElement('canvas');
    try {
      this.#renderer = new WebGLRenderer({ canvas: this.canvas, antialias: true, alpha: true });
    } catch (cause) {
      throw new ViewerError('webgl_unavailable', 'This browser cannot show 3D models (WebGL is missing or turned off).', { cause });
    }
    this.#renderer.toneMapping = NeutralToneMapping;
    this.#renderer.setClearColor(0x000000, 0);
    const { style } = this.canvas;
    Object.assign(style, { display: 'block', width: '100%', height: '100%', touchAction: 'none', cursor: 'grab' });
    this.#lightFromCamera();
    host.append(this.canvas);
  }

  /** Width over height of the picture. */
  get aspect(): number {
    return this.host.clientWidth / Math.max(1, this.host.clientHeight);
  }

  setTheme({ ambient, lamps, ground }: Theme, showGround: boolean): void {
    this.#ambient.color.set(ambient.sky);
    this.#ambient.groundColor.set(ambient.floor);
    this.#ambient.intensity = ambient.intensity;
    this.#key.intensity = lamps.key;
    this.#fill.intensity = lamps.fill;
    this.#rim.intensity = lamps.rim;
    this.#ground = showGround ? ground : null;
    this.canvas.style.background = showGround ? cssGround(ground) : 'transparent';
  }

  add(object: Object3D): void {
    this.#scene.add(object);
  }

  resize(): void {
    this.#renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, MAX_PIXEL_RATIO));
    this.#renderer.setSize(Math.max(1, this.host.clientWidth), Math.max(1, this.host.clientHeight), false);
  }

  draw(rig: Rig): void {
    rig.apply(this.camera);
    this.#renderer.render(this.#scene, this.camera);
  }

  /** The picture as it stands, ground included, as PNG. */
  async picture(rig: Rig): Promise<Blob> {
    const copy = document.createElement('canvas');
    copy.width = this.canvas.width;
    copy.height = this.canvas.height;
    const context = copy.getContext('2d');
    if (!context) throw new ViewerError('context_lost', 'The picture could not be taken. Try again.');
    if (this.#ground) paintGround(context, this.#ground);
    this.draw(rig); // the drawing buffer is only sure to hold its picture until the browser shows it
    context.drawImage(this.canvas, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, 'image/png'));
    if (!blob) throw new ViewerError('context_lost', 'The picture could not be taken. Try again.');
    return blob;
  }

  /** Gives the GPU back everything, the context itself included: browsers keep only a handful of contexts. */
  dispose(): void {
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.canvas.remove();
  }

  /** Key, fill and rim light hang on the camera: the side that one looks at is always lit, and form reads from shade. */
  #lightFromCamera(): void {
    this.#key.position.set(-0.55, 0.85, 1);
    this.#fill.position.set(1, -0.15, 0.6);
    this.#rim.position.set(0.4, 0.7, -1);
    this.#key.color = new Color('#fffdfa');
    this.#fill.color = new Color('#eef4ff');
    for (const lamp of [this.#key, this.#fill, this.#rim]) {
      this.camera.add(lamp, lamp.target);
    }
    this.#scene.add(this.camera, this.#ambient);
  }
}

let available: boolean | undefined;

/** Whether this browser can show 3D models; asked once, and the context it took to ask is given back. */
export function webglAvailable(): boolean {
  if (available !== undefined) return available;
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    available = context !== null;
  } catch {
    available = false;
  }
  return available;
}
