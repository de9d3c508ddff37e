// Shows a picture on the canvas: its pixels, a checkerboard where nothing was observed, the evidence on top, and the
// place of the keyboard's pen.
const checkerboard = ['#8a8f99', '#c9ccd3'];
const spokeFor = [255, 122, 61], spokeAgainst = [77, 171, 247];

export class View {
  constructor(canvas, picture) {
    this.canvas = canvas;
    this.picture = picture;
    this.evidence = null;  // nats of each pixel
    this.cursor = null;    // { x, y } of a pixel
    this.cell = Math.max(1, Math.round(560 / Math.max(picture.width, picture.height)));
    canvas.width = picture.width * this.cell;
    canvas.height = picture.height * this.cell;
    this.context = canvas.getContext('2d');
    this.small = document.createElement('canvas');
    this.small.width = picture.width;
    this.small.height = picture.height;
  }

  // Of an event, in pixels of the picture.
  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width * this.picture.width,
      y: (event.clientY - box.top) / box.height * this.picture.height,
    };
  }

  // Before the next frame, however often it is called until then.
  draw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.drawNow();
    });
  }

  drawNow() {
    this.drawPixels();
    this.drawUnobserved();
    if (this.cursor) {
      this.context.lineWidth = Math.max(2, this.cell / 8);
      this.context.strokeStyle = '#ff9f66';
      this.context.strokeRect(this.cursor.x * this.cell, this.cursor.y * this.cell, this.cell, this.cell);
    }
  }

  drawPixels() {
    const { picture, small } = this;
    const image = new ImageData(picture.width, picture.height);
    const most = this.evidence ? Math.max(1e-9, ...this.evidence.map(Math.abs)) : 1;
    for (let site = 0; site < picture.observed.length; site++) {
      const color = this.colorOf(site, most);
      image.data.set([...color, 255], site * 4);
    }
    small.getContext('2d').putImageData(image, 0, 0);
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(small, 0, 0, this.canvas.width, this.canvas.height);
  }

  colorOf(site, most) {
    const { pixels, colors } = this.picture;
    const color = [0, 1, 2].map((c) => pixels[site * colors + (colors === 3 ? c : 0)]);
    if (!this.evidence) {
      return color;
    }
    const nats = this.evidence[site];
    const share = Math.abs(nats) / most * 0.85;
    const tint = nats > 0 ? spokeFor : spokeAgainst;
    return color.map((value, c) => Math.round(value + (tint[c] - value) * share));
  }

  drawUnobserved() {
    const { picture, context, cell } = this;
    const half = cell / 2;
    picture.observed.forEach((observed, site) => {
      if (!observed) {
        const [x, y] = [site % picture.width * cell, Math.floor(site / picture.width) * cell];
        for (let corner = 0; corner < 4; corner++) {
          const [right, down] = [corner & 1, corner >> 1];
          context.fillStyle = checkerboard[right ^ down];
          context.fillRect(x + right * half, y + down * half, half, half);
        }
      }
    });
  }
}
