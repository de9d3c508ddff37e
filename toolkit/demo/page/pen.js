// Draws by pointer (mouse, finger, pen) and by keyboard.
const byId = (id) => document.getElementById(id);
const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const tool = () => document.querySelector('input[name=tool]:checked').value;
const center = ({ x, y }) => ({ x: x + 0.5, y: y + 0.5 });

function color() {
  const digits = document.querySelector('#ink-color input').value;
  return byId('ink-color').hidden ? [255] : [1, 3, 5].map((at) => parseInt(digits.slice(at, at + 2), 16));
}

export class Pen {
  // changed: is told when the event happened that changed the picture.
  constructor(view, changed) {
    this.view = view;
    this.picture = view.picture;
    this.changed = changed;
    this.last = null;  // where the pointer was, while it is down
    this.at = { x: this.picture.width >> 1, y: this.picture.height >> 1 };  // the keyboard's pixel
    const { canvas } = view;
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    // Movements as they come; a browser without such events joins those between two frames and tells them then.
    const movement = 'onpointerrawupdate' in canvas ? 'pointerrawupdate' : 'pointermove';
    canvas.addEventListener(movement, (event) => this.move(event));
    for (const end of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(end, () => { this.last = null; });
    }
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('focus', () => this.show(canvas.matches(':focus-visible')));
    canvas.addEventListener('blur', () => this.show(false));
  }

  stroke(from, to, since) {
    this.picture.stroke(from, to, tool(), color());
    this.changed(since);
  }

  down(event) {
    if (event.button !== 0) {
      return;
    }
    this.view.canvas.setPointerCapture(event.pointerId);
    this.show(false);
    this.last = this.view.place(event);
    this.stroke(this.last, this.last, event.timeStamp);
  }

  move(event) {
    if (!this.last) {
      return;
    }
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [event]) {
      const place = this.view.place(one);
      this.picture.stroke(this.last, place, tool(), color());
      this.last = place;
    }
    this.changed(event.timeStamp);
  }

  key(event) {
    const step = steps[event.key];
    if (step) {
      const before = this.at;
      this.at = {
        x: Math.min(this.picture.width - 1, Math.max(0, before.x + step[0])),
        y: Math.min(this.picture.height - 1, Math.max(0, before.y + step[1])),
      };
      this.show(true);
      if (event.shiftKey) {
        this.stroke(center(before), center(this.at), event.timeStamp);
      }
    } else if (event.key === ' ') {
      this.stroke(center(this.at), center(this.at), event.timeStamp);
    } else {
      return;
    }
    event.preventDefault();
    this.say();
  }

  show(shown) {
    this.view.cursor = shown ? this.at : null;
    this.view.draw();
  }

  say() {
    const { x, y } = this.at;
    const site = y * this.picture.width + x;
    const value = this.picture.observed[site] ? this.picture.pixels[site * this.picture.colors] : 'unobserved';
    byId('cursor').textContent = `Row ${y + 1}, column ${x + 1}: ${value}`;
  }
}
