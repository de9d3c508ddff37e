// Joins the picture, its view, the server and the answers.
import { Answers } from './answers.js';
import { Pen } from './pen.js';
import { Picture } from './picture.js';
import { network as askNetwork, photo, Question } from './server.js';
import { View } from './view.js';

const byId = (id) => document.getElementById(id);
// Milliseconds without a change until the evidence is asked for: an answer to the next movement waits for it.
const leastRest = 60, mostRest = 1500;

function fail(error) {
  byId('failure').hidden = !error;
  byId('failure').textContent = error ? error.message : '';
}

class Page {
  constructor(network) {
    this.network = network;
    this.picture = new Picture(network.height, network.width, network.colors);
    this.view = new View(byId('picture'), this.picture);
    this.answers = new Answers(network);
    this.reading = new Question('picture', (reading, since) => this.take(reading, since), fail);
    this.evidence = new Question('evidence', (evidence, since) => this.takeEvidence(evidence, since), fail);
    this.restTime = leastRest;
    this.pen = new Pen(this.view, (since) => this.changed(since));
    this.describe();
    this.listen();
    this.changed(performance.now());
  }

  describe() {
    const { network } = this;
    byId('network').textContent = `${network.model}: ${network.width} x ${network.height} pixels, ` +
      `${network.classes.length} classes`;
    byId('picture').setAttribute('aria-label', `Picture, ${network.width} by ${network.height} pixels`);
    byId('center').hidden = network.preprocessing !== 'digit';
    byId('ink-color').hidden = network.colors !== 3;
    byId('eraser').hidden = !network.unobserved;
    byId('evidence').hidden = !network.unobserved;
  }

  listen() {
    byId('clear').addEventListener('click', ({ timeStamp }) => {
      this.picture.clear();
      this.changed(timeStamp);
    });
    byId('center').addEventListener('click', () => this.load(this.picture.imageFile));
    byId('photo').addEventListener('change', ({ target }) => {
      this.load(target.files[0]);
      target.value = '';
    });
    byId('evidence-shown').addEventListener('change', () => this.changed(performance.now()));
    document.addEventListener('dragover', (event) => {
      event.preventDefault();
      byId('drawing').classList.add('dropping');
    });
    for (const end of ['dragleave', 'drop']) {
      document.addEventListener(end, () => byId('drawing').classList.remove('dropping'));
    }
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      this.load(event.dataTransfer.files[0]);
    });
  }

  async load(file) {
    if (!file) {
      return;
    }
    try {
      this.picture.bytes = await photo(file);
      this.changed(performance.now());
    } catch (error) {
      fail(error);
    }
  }

  // since: when the event happened that changed the picture, on the page's clock.
  changed(since) {
    this.view.evidence = null;
    this.reading.ask(() => this.picture.bytes, since);
    this.view.draw();
    clearTimeout(this.rest);
    if (this.network.unobserved && byId('evidence-shown').checked) {
      this.rest = setTimeout(() => this.evidence.ask(() => this.picture.bytes, performance.now()), this.restTime);
    }
  }

  take(reading, since) {
    this.answers.show(reading);
    this.answers.showLatency(performance.now() - since);
    fail(null);
  }

  takeEvidence(evidence, since) {
    this.restTime = Math.min(mostRest, Math.max(leastRest, 2 * (performance.now() - since)));
    this.view.evidence = evidence.nats;
    this.answers.showEvidence(evidence);
    this.view.draw();
  }
}

askNetwork().then((network) => new Page(network)).catch(fail);
