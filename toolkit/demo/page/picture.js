// The picture as the network reads it: bytes [y, x, color], and which pixels were observed [y, x].
export class Picture {
  constructor(height, width, colors) {
    this.height = height;
    this.width = width;
    this.colors = colors;
    this.clear();
  }

  clear() {
    this.pixels = new Uint8Array(this.height * this.width * this.colors);
    this.observed = new Uint8Array(this.height * this.width).fill(1);
  }

  get hasUnobserved() {
    return this.observed.includes(0);
  }

  // As the server takes and gives it: the pixels, and behind them what was observed where something was not.
  get bytes() {
    if (!this.hasUnobserved) {
      return this.pixels;
    }
    const all = new Uint8Array(this.pixels.length + this.observed.length);
    all.set(this.pixels);
    all.set(this.observed, this.pixels.length);
    return all;
  }

  set bytes(bytes) {
    this.clear();
    this.pixels.set(bytes.subarray(0, this.pixels.length));
    if (bytes.length > this.pixels.length) {
      this.observed.set(bytes.subarray(this.pixels.length));
    }
  }

  // A file that the server decodes as it does a photo: PGM or PPM.
  get imageFile() {
    const kind = this.colors === 3 ? 'P6' : 'P5';
    return new Blob([`${kind}\n${this.width} ${this.height}\n255\n`, this.pixels]);
  }

  // Ink of a color, or background, or unobserved, along the line between two points in pixels; (0, 0) is the upper
  // left corner of the upper left pixel.
  stroke(from, to, tool, color) {
    const unit = Math.max(this.height, this.width) / 28;  // strokes as wide as those of handwritten digits
    const radius = (tool === 'ink' ? 1.2 : 2.2) * unit;
    const reach = radius + 1;
    const [top, bottom] = this.range(from.y, to.y, reach, this.height);
    const [left, right] = this.range(from.x, to.x, reach, this.width);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const amount = Math.min(1, Math.max(0, radius + 0.5 - distance({ x: x + 0.5, y: y + 0.5 }, from, to)));
        if (amount > 0) {
          this.touch(y * this.width + x, amount, tool, color);
        }
      }
    }
  }

  range(a, b, reach, extent) {
    return [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(extent, Math.ceil(Math.max(a, b) + reach))];
  }

  touch(site, amount, tool, color) {
    if (tool === 'unobserved') {
      this.observed[site] = amount < 0.5 ? this.observed[site] : 0;
      return;
    }
    this.observed[site] = 1;
    for (let c = 0; c < this.colors; c++) {
      const index = site * this.colors + c;
      const [old, wanted] = [this.pixels[index], tool === 'ink' ? color[c] : 0];
      const mixed = Math.round(old + (wanted - old) * amount);
      // Gray ink does not add up where strokes overlap, so that edges stay soft.
      this.pixels[index] = tool === 'ink' && this.colors === 1 ? Math.max(old, Math.round(wanted * amount)) : mixed;
    }
  }
}

// Of a point from the line between two others.
function distance(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy);
}
