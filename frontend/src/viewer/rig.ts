/**
 * The camera's rig: circles a target, pans and zooms, and glides to where it was sent.
 *
 * It works on a part that fills the unit sphere at the origin, so its limits and its depth range fit a washer and a hall.
 * Angles follow views.ts; the picture plane is measured from -1 to 1, x to the right and y up.
 */
import { Box3, Euler, MathUtils, type PerspectiveCamera, Quaternion, Vector3 } from 'three';
import { type Direction, nearestTurn, type View, VIEWS } from './views.ts';

export interface Pose extends Direction {
  /** Half the height of the picture where the target is: small means close. */
  span: number;
  /** The camera's vertical angle of view, radians: narrow draws flat, and the camera stands back for it. */
  angle: number;
  target: Vector3;
}

/** A picture with depth that still reads almost like a drawing, and one that is a drawing but for one per cent. */
const DEEP = MathUtils.degToRad(20);
const FLAT = MathUtils.degToRad(1);
const MIN_SPAN = 0.002;
const MAX_SPAN = 12;
const MAX_TARGET_OFFSET = 4;
/** The picture keeps this share free around the part. */
const FIT_MARGIN = 0.1;
/** Seconds in which the way left shrinks to a third: about 160 ms to a standstill for the eye. */
const GLIDE_SECONDS = 0.045;
const ARRIVED = 1e-4;
/** What is pointed out is too small to see below this share of the picture, and is then given the other one. */
const TINY = 0.035;
const CLOSE_UP = 0.18;
/** Still in the picture, with a little air. */
const INSIDE = 0.97;

const clampSpan = (span: number): number => MathUtils.clamp(span, MIN_SPAN, MAX_SPAN);
const clonePose = (pose: Pose): Pose => ({ ...pose, target: pose.target.clone() });

/** How far the camera stands from its target. */
export const distanceOf = ({ span, angle }: Pose): number => span / Math.tan(angle / 2);

/** The turn that makes a camera look along a direction; whole at the poles too, where "up" has no meaning. */
export function orientation({ azimuth, polar }: Direction): Quaternion {
  return new Quaternion().setFromEuler(new Euler(polar - Math.PI / 2, azimuth, 0, 'YXZ'));
}

/**
 * The pose along `direction` in which every point fills the picture but for its margin: the tightest one, with its target
 * in the plane through the origin that puts the part, as perspective draws it, in the middle.
 * `aspect` is the picture's width over its height.
 */
export function fitPose(points: Iterable<Vector3>, direction: Direction, aspect: number, angle = DEEP): Pose {
  const { azimuth, polar } = direction;
  const turn = orientation(direction);
  const toCamera = turn.clone().invert();
  const slopeY = Math.tan(angle / 2) * (1 - FIT_MARGIN);
  const slopeX = slopeY * aspect;
  const most = { left: -Infinity, right: -Infinity, down: -Infinity, up: -Infinity };
  const at = new Vector3();
  for (const point of points) {
    // A camera at height d over the middle (0, 0) sees a point while |x| <= (d - z) * slope; each side bounds d.
    const { x, y, z } = at.copy(point).applyQuaternion(toCamera);
    most.left = Math.max(most.left, z * slopeX - x);
    most.right = Math.max(most.right, z * slopeX + x);
    most.down = Math.max(most.down, z * slopeY - y);
    most.up = Math.max(most.up, z * slopeY + y);
  }
  if (most.left === -Infinity) return { azimuth, polar, angle, span: 1, target: new Vector3() };
  const middle = new Vector3((most.right - most.left) / 2, (most.up - most.down) / 2, 0);
  const distance = Math.max((most.left + most.right) / (2 * slopeX), (most.down + most.up) / (2 * slopeY));
  return { azimuth, polar, angle, span: clampSpan(distance * Math.tan(angle / 2)), target: middle.applyQuaternion(turn) };
}

export class Rig {
  /** Off for people who asked their system for less motion: every move is at once where it ends. */
  glides = true;
  #now: Pose = fitPose([], VIEWS.iso, 1);
  #goal: Pose = clonePose(this.#now);
  #points: Vector3[] = [];
  #aspect = 1;
  #fitted = true;

  /** Whether the part still stands as the last fit put it. */
  get fitted(): boolean {
    return this.#fitted;
  }

  get pose(): Readonly<Pose> {
    return this.#now;
  }

  get goal(): Readonly<Pose> {
    return this.#goal;
  }

  /** Takes a new part and shows it in the isometric view at once. */
  frame(points: Vector3[]): void {
    this.#points = points;
    this.look(VIEWS.iso);
    this.jump();
  }

  /** A new shape of the picture: a part that nobody has moved since is fitted again. */
  resize(aspect: number): void {
    this.#aspect = aspect;
    if (!this.#fitted) return;
    this.fit();
    this.jump();
  }

  look({ azimuth, polar, flat }: View): void {
    this.#goal.azimuth = nearestTurn(azimuth, this.#now.azimuth);
    this.#goal.polar = polar;
    this.#goal.angle = flat ? FLAT : DEEP;
    this.fit();
  }

  fit(): void {
    this.#goal = fitPose(this.#points, this.#goal, this.#aspect, this.#goal.angle);
    this.#fitted = true;
  }

  orbit(azimuth: number, polar: number): void {
    this.#goal.azimuth += azimuth;
    this.#goal.polar = MathUtils.clamp(this.#goal.polar + polar, 0, Math.PI);
    this.#goal.angle = DEEP; // what turns needs depth to be read
    this.#fitted = false;
  }

  /** Moves the part by shares of half the picture. */
  pan(x: number, y: number): void {
    const { span } = this.#goal;
    const way = new Vector3(-x * span * this.#aspect, -y * span, 0).applyQuaternion(orientation(this.#goal));
    this.#goal.target.add(way).clampLength(0, MAX_TARGET_OFFSET);
    this.#fitted = false;
  }

  /** Multiplies the span by `factor`; what lies under (x, y) stays there. */
  zoom(factor: number, x = 0, y = 0): void {
    const span = clampSpan(this.#goal.span * factor);
    const share = 1 - span / this.#goal.span;
    this.pan(-x * share, -y * share);
    this.#goal.span = span;
  }

  /**
   * Moves the target along the view to the depth of a point, changing nothing in the picture: from then on zooming goes
   * towards what is seen there, and not through it.
   */
  aim(point: Vector3): void {
    const goal = this.#goal;
    const forward = new Vector3(0, 0, -1).applyQuaternion(orientation(goal));
    const distance = distanceOf(goal);
    const deeper = point.clone().sub(goal.target).dot(forward);
    const span = (distance + deeper) * Math.tan(goal.angle / 2);
    if (span < MIN_SPAN || span > MAX_SPAN) return;
    goal.target.addScaledVector(forward, deeper);
    goal.span = span;
    this.#now.target.addScaledVector(forward, deeper);
    this.#now.span *= (distance + deeper) / distance;
  }

  /** Turns to points that are out of the picture, or too small in it to be seen; otherwise leaves all as it is. */
  reveal(points: Vector3[]): boolean {
    if (points.length === 0 || this.#shows(points)) return false;
    const goal = this.#goal;
    const centre = new Box3().setFromPoints(points).getCenter(new Vector3());
    const tight = fitPose(points.map((point) => point.clone().sub(centre)), goal, this.#aspect, goal.angle);
    const whole = fitPose(this.#points, goal, this.#aspect, goal.angle);
    goal.span = clampSpan(Math.max(tight.span, Math.min(tight.span / CLOSE_UP, whole.span)));
    goal.target = centre.add(tight.target);
    this.#fitted = false;
    return true;
  }

  #shows(points: Vector3[]): boolean {
    const toCamera = orientation(this.#goal).invert();
    const distance = distanceOf(this.#goal);
    const slope = Math.tan(this.#goal.angle / 2);
    const seen = new Box3();
    const at = new Vector3();
    for (const point of points) {
      const { x, y, z } = at.copy(point).sub(this.#goal.target).applyQuaternion(toCamera);
      const reach = (distance - z) * slope;
      if (reach <= 0) return false;
      seen.expandByPoint(at.set(x / reach / this.#aspect, y / reach, 0));
    }
    const { min, max } = seen;
    if (Math.min(min.x, min.y) < -INSIDE || Math.max(max.x, max.y) > INSIDE) return false;
    return Math.max(max.x - min.x, max.y - min.y) / 2 >= TINY;
  }

  /** Goes to the goal at once. */
  jump(): void {
    this.#now = clonePose(this.#goal);
  }

  /** Glides on for some seconds; tells whether there is more to go. */
  step(seconds: number): boolean {
    const [now, goal] = [this.#now, this.#goal];
    const share = 1 - Math.exp(-seconds / GLIDE_SECONDS);
    now.azimuth += (goal.azimuth - now.azimuth) * share;
    now.polar += (goal.polar - now.polar) * share;
    now.span *= (goal.span / now.span) ** share;
    now.angle *= (goal.angle / now.angle) ** share;
    now.target.lerp(goal.target, share);
    const left =
      Math.abs(goal.azimuth - now.azimuth) +
      Math.abs(goal.polar - now.polar) +
      Math.abs(Math.log(goal.span / now.span)) +
      Math.abs(Math.log(goal.angle / now.angle)) +
      goal.target.distanceTo(now.target) / goal.span;
    if (this.glides && left > ARRIVED) return true;
    this.jump();
    return false;
  }

  /** Places the camera, with near and far as close around the part as its depth resolution likes. */
  apply(camera: PerspectiveCamera): void {
    const { target, angle } = this.#now;
    const distance = distanceOf(this.#now);
    camera.quaternion.copy(orientation(this.#now));
    camera.position.set(0, 0, distance).applyQuaternion(camera.quaternion).add(target);
    const toCentre = camera.position.length();
    camera.fov = MathUtils.radToDeg(angle);
    camera.aspect = this.#aspect;
    camera.near = Math.max(toCentre - 1.05, distance * 0.02);
    camera.far = Math.max(toCentre + 1.05, camera.near * 2);
    camera.updateProjectionMatrix();
  }
}
