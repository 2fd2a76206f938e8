"""What a picture of the page really shows: read in the browser itself, so that no image library is needed."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from playwright.sync_api import Locator

_READ = """async (encoded) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + encoded;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width; canvas.height = image.height;
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data, width, height } = drawing.getImageData(0, 0, image.width, image.height);
  const ground = [data[0], data[1], data[2]];
  const colours = new Set();
  let shape = 0, dark = 0, left = width, right = 0, top = height, bottom = 0;
  for (let i = 0; i < data.length; i += 4) {
    const far = Math.abs(data[i] - ground[0]) + Math.abs(data[i+1] - ground[1]) + Math.abs(data[i+2] - ground[2]);
    colours.add(((data[i] >> 3) << 10) | ((data[i+1] >> 3) << 5) | (data[i+2] >> 3));
    if (far <= 60) continue;
    shape += 1;
    if (data[i] + data[i+1] + data[i+2] < 240) dark += 1;
    const x = (i / 4) % width, y = Math.floor(i / 4 / width);
    left = Math.min(left, x); right = Math.max(right, x);
    top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  const all = width * height;
  return { shape: shape / all, dark: dark / all, colours: colours.size,
           width: Math.max(0, right - left) / width, height: Math.max(0, bottom - top) / height };
}"""


@dataclass(frozen=True)
class Seen:
    """Shares of the picture: `shape` unlike its ground, `dark` near black (edges); `width` × `height` of the shape."""

    shape: float
    dark: float
    colours: int
    width: float
    height: float
    png: bytes


def look_at(thing: Locator) -> Seen:
    """Take a picture of one element and say what is in it."""
    png = thing.screenshot()
    return Seen(**thing.page.evaluate(_READ, base64.b64encode(png).decode()), png=png)
