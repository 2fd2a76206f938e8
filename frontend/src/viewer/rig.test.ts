import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { fitPose, orientation, Rig } from './rig.ts';
import { nearestTurn, VIEW_NAMES, VIEWS } from './views.ts';

/** The corners of a block whose bounding sphere is the unit sphere. */
function corners(x: number, y: number, z: number): Vector3[] {
  const r = Math.hypot(x, y, z);
  const points: Vector3[] = [];
  for (const i of [-1, 1]) for (const j of [-1, 1]) for (const k of [-1, 1]) points.push(new Vector3((i * x) / r, (j * y) / r, (k * z) / r));
  return points;
}

function cameraOf(rig: Rig): PerspectiveCamera {
  const camera = new PerspectiveCamera();
  rig.apply(camera);
  camera.updateMatrixWorld();
  return camera;
}

function fitted(points: Vector3[], aspect: number): Rig {
  const rig = new Rig();
  rig.glides = false;
  rig.resize(aspect);
  rig.frame(points);
  return rig;
}

const PARTS = { plate: corners(8, 0.2, 4), shaft: corners(0.3, 6, 0.3), cube: corners(1, 1, 1) };

describe('fit', () => {
  for (const [name, points] of Object.entries(PARTS))
    for (const view of VIEW_NAMES)
      for (const aspect of [0.45, 1, 2.2])
        it(`shows the whole ${name} from ${view} at ${aspect}:1, filling the picture but for a tenth`, () => {
          const rig = fitted(points, aspect);
          rig.look(VIEWS[view]);
          rig.step(1);
          const camera = cameraOf(rig);
          const seen = points.map((point) => point.clone().project(camera));
          const reach = Math.max(...seen.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]));
          expect(reach).toBeCloseTo(0.9, 4);
          for (const { z } of seen) expect(Math.abs(z)).toBeLessThanOrEqual(1);
        });

  it('puts the part in the middle as perspective draws it', () => {
    const points = PARTS.plate;
    const camera = cameraOf(fitted(points, 1));
    const xs = points.map((point) => point.clone().project(camera).x);
    expect(Math.max(...xs) + Math.min(...xs)).toBeCloseTo(0, 4);
  });

  it('has a place to stand even for no points', () => {
    expect(fitPose([], VIEWS.iso, 1).span).toBeGreaterThan(0);
  });
});

describe('standard views', () => {
  const look = (view: keyof typeof VIEWS): Vector3 => new Vector3(0, 0, -1).applyQuaternion(orientation(VIEWS[view]));
  const up = (view: keyof typeof VIEWS): Vector3 => new Vector3(0, 1, 0).applyQuaternion(orientation(VIEWS[view]));

  // In the GLB, CAD's X Y Z are X, -Z and Y.
  it.each([
    ['front', [0, 0, -1], [0, 1, 0]],
    ['rear', [0, 0, 1], [0, 1, 0]],
    ['right', [-1, 0, 0], [0, 1, 0]],
    ['left', [1, 0, 0], [0, 1, 0]],
    ['top', [0, -1, 0], [0, 0, -1]],
    ['bottom', [0, 1, 0], [0, 0, 1]],
  ] as const)('%s looks the way a drawing does', (view, along, upward) => {
    expect(look(view).distanceTo(new Vector3(...along))).toBeLessThan(1e-9);
    expect(up(view).distanceTo(new Vector3(...upward))).toBeLessThan(1e-9);
  });

  it('iso sees front, right and top at the same angle', () => {
    const { x, y, z } = look('iso').negate();
    expect(x).toBeCloseTo(1 / Math.sqrt(3), 9);
    expect(y).toBeCloseTo(1 / Math.sqrt(3), 9);
    expect(z).toBeCloseTo(1 / Math.sqrt(3), 9);
  });

  it('turns the short way round', () => {
    expect(nearestTurn(-Math.PI / 2, 2 * Math.PI)).toBeCloseTo((3 * Math.PI) / 2, 9);
    expect(nearestTurn(0, -13)).toBeCloseTo(-4 * Math.PI, 9);
  });
});

describe('flat and deep', () => {
  const widths = (rig: Rig): number[] => {
    const camera = cameraOf(rig);
    return [-0.5, 0.5].map((z) => new Vector3(0.5, 0, z).project(camera).x - new Vector3(-0.5, 0, z).project(camera).x);
  };

  it('draws a standard view like a drawing: what is further away is not smaller', () => {
    const rig = fitted(PARTS.cube, 1);
    rig.look(VIEWS.front);
    rig.step(1);
    const [far, near] = widths(rig);
    expect(near! / far!).toBeLessThan(1.02);
  });

  it('gives depth back as soon as the part is turned', () => {
    const rig = fitted(PARTS.cube, 1);
    rig.look(VIEWS.front);
    rig.orbit(0, 1e-6);
    rig.step(1);
    const [far, near] = widths(rig);
    expect(near! / far!).toBeGreaterThan(1.1);
  });
});

describe('moving', () => {
  it('aims at a depth without a change in the picture, and then zooms to it and not through it', () => {
    const rig = fitted(PARTS.cube, 1);
    const nearCorner = new Vector3(1, 1, 1).normalize();
    const before = nearCorner.clone().project(cameraOf(rig));
    const other = new Vector3(0.3, -0.2, 0.1);
    const otherBefore = other.clone().project(cameraOf(rig));
    rig.aim(nearCorner);
    rig.step(1);
    expect(nearCorner.clone().project(cameraOf(rig)).x).toBeCloseTo(before.x, 6);
    expect(other.clone().project(cameraOf(rig)).y).toBeCloseTo(otherBefore.y, 6);
    rig.zoom(0.02, before.x, before.y);
    rig.step(1);
    const seen = nearCorner.clone().project(cameraOf(rig));
    expect(seen.x).toBeCloseTo(before.x, 5);
    expect(Math.abs(seen.z)).toBeLessThan(1);
  });

  it('keeps what is under the pointer there while zooming', () => {
    const rig = fitted(PARTS.cube, 1.5);
    const pointer = { x: 0.4, y: -0.3 };
    const { span } = rig.pose;
    const under = new Vector3(pointer.x * span * 1.5, pointer.y * span, 0).applyQuaternion(orientation(rig.pose)).add(rig.pose.target);
    rig.zoom(0.5, pointer.x, pointer.y);
    rig.step(1);
    const { x, y } = under.project(cameraOf(rig));
    expect(x).toBeCloseTo(pointer.x, 6);
    expect(y).toBeCloseTo(pointer.y, 6);
  });

  it('moves the part with the hand when it pans', () => {
    const rig = fitted(PARTS.cube, 1.5);
    const point = rig.pose.target.clone();
    rig.pan(0.25, 0.5);
    rig.step(1);
    const { x, y } = point.project(cameraOf(rig));
    expect(x).toBeCloseTo(0.25, 6);
    expect(y).toBeCloseTo(0.5, 6);
  });

  it('never turns over the poles, and never comes so close or goes so far that the part is lost', () => {
    const rig = fitted(PARTS.cube, 1);
    rig.orbit(0, 99);
    rig.zoom(1e-9);
    rig.step(1);
    expect(rig.pose.polar).toBe(Math.PI);
    expect(rig.pose.span).toBeGreaterThan(0.001);
    rig.zoom(1e9);
    rig.pan(1e6, 0);
    rig.step(1);
    expect(rig.pose.span).toBeLessThan(100);
    expect(rig.pose.target.length()).toBeLessThanOrEqual(4.001);
  });

  it('glides to its goal and then stands still', () => {
    const rig = fitted(PARTS.cube, 1);
    rig.glides = true;
    rig.look(VIEWS.front);
    expect(rig.step(0.016)).toBe(true);
    let frames = 0;
    while (rig.step(0.016)) expect(++frames).toBeLessThan(100);
    expect(rig.pose.azimuth).toBe(0);
  });

  it('is there at once for people who want less motion', () => {
    const rig = fitted(PARTS.cube, 1);
    rig.look(VIEWS.front);
    expect(rig.step(0.001)).toBe(false);
    expect(rig.pose.azimuth).toBe(0);
  });

  it('fits again in a new window only while nobody has moved the part', () => {
    const rig = fitted(PARTS.cube, 1);
    const before = rig.pose.span;
    rig.resize(0.5);
    expect(rig.pose.span).toBeGreaterThan(before);
    rig.orbit(0.1, 0);
    rig.step(1);
    const moved = rig.pose.span;
    rig.resize(2);
    expect(rig.pose.span).toBe(moved);
  });

  it('keeps near and far around the part from very close and from far away', () => {
    const rig = fitted(PARTS.cube, 1);
    for (const factor of [0.01, 0.5, 100]) {
      rig.zoom(factor);
      rig.step(1);
      const { near, far, position } = cameraOf(rig);
      expect(near).toBeGreaterThan(0);
      expect(far / near).toBeLessThan(20_000);
      expect(far).toBeGreaterThan(position.length() + 1);
      if (position.length() > 2) expect(near).toBeLessThan(position.length() - 1);
    }
  });
});

describe('reveal', () => {
  const far = new Vector3(0.9, 0.1, 0);
  const rigOn = (points: Vector3[]): Rig => fitted([...PARTS.cube, ...points], 1);
  const shares = (rig: Rig, points: Vector3[]): { reach: number; extent: number } => {
    rig.jump();
    const seen = points.map((point) => point.clone().project(cameraOf(rig)));
    const [xs, ys] = [seen.map(({ x }) => x), seen.map(({ y }) => y)];
    return {
      reach: Math.max(...[...xs, ...ys].map(Math.abs)),
      extent: Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) / 2,
    };
  };
  const spot = (size: number): Vector3[] => [far, far.clone().add(new Vector3(0, size, 0)), far.clone().add(new Vector3(-size, 0, 0))];

  it('leaves the picture alone while what is meant is seen in it', () => {
    const rig = rigOn([]);
    const before = { ...rig.goal, target: rig.goal.target.clone() };
    expect(rig.reveal(spot(0.4))).toBe(false);
    expect(rig.goal).toEqual(before);
    expect(rig.reveal([])).toBe(false);
  });

  it('comes closer to what is tiny, and keeps what is around it in the picture', () => {
    const rig = rigOn([]);
    expect(rig.reveal(spot(0.02))).toBe(true);
    const { reach, extent } = shares(rig, spot(0.02));
    expect(reach).toBeLessThan(0.5);
    expect(extent).toBeGreaterThan(0.08);
    expect(extent).toBeLessThan(0.4);
  });

  it('turns to what is out of the picture', () => {
    const rig = rigOn([]);
    rig.zoom(0.05, -0.8, 0.8);
    expect(rig.reveal(spot(0.2))).toBe(true);
    expect(shares(rig, spot(0.2)).reach).toBeLessThan(0.9);
  });
});
