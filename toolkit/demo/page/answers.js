// Shows what the network says: the answer, bars of the posterior and of entropies, novelty, evidence, latency.
const mostBars = 12;  // of more classes, the most probable ones
const byId = (id) => document.getElementById(id);

function row(table, name) {
  const line = table.tBodies[0].insertRow();
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  const bar = document.createElement('td');
  bar.className = 'bar';
  bar.append(document.createElement('div'));
  bar.firstChild.append(document.createElement('div'));
  const number = document.createElement('td');
  number.className = 'number';
  line.append(head, bar, number);
  return { line, head, fill: bar.firstChild.firstChild, number };
}

function fill(bar, share, text) {
  bar.fill.style.width = `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
  bar.number.textContent = text;
}

const percent = (p) => `${(100 * p).toFixed(p > 0.9995 || p < 0.1 ? 2 : 1)} %`;

export class Answers {
  constructor(network) {
    this.network = network;
    this.latencies = [];
    this.measured = 0;
    const shown = Math.min(mostBars, network.classes.length);
    this.bars = Array.from({ length: shown }, (_, i) => row(byId('posterior'), network.classes[i]));
    this.layers = new Map();
  }

  show(reading) {
    const order = reading.posterior.map((_, label) => label)
      .sort((a, b) => reading.posterior[b] - reading.posterior[a]);
    this.showAnswer(reading.posterior, order[0]);
    const ranked = order.length > mostBars;
    this.bars.forEach((bar, i) => {
      const label = ranked ? order[i] : i;
      bar.head.textContent = this.network.classes[label];
      bar.line.classList.toggle('first', label === order[0]);
      fill(bar, reading.posterior[label], percent(reading.posterior[label]));
    });
    this.showEntropies(reading.entropies);
    this.showNovelty(reading);
    this.announceLater(reading, order[0]);
  }

  showAnswer(posterior, label) {
    const small = document.createElement('small');
    small.textContent = ` ${percent(posterior[label])}`;
    byId('answer').replaceChildren(this.network.classes[label], small);
    byId('answer').classList.toggle('uncertain', posterior[label] < 0.5);
  }

  showEntropies(entropies) {
    byId('entropies').hidden = entropies.length === 0;
    for (const { layer, entropy, maximum } of entropies) {
      if (!this.layers.has(layer)) {
        this.layers.set(layer, row(byId('entropies'), this.nameOf(layer)));
      }
      fill(this.layers.get(layer), entropy / maximum, `${entropy.toFixed(3)} of ${maximum.toFixed(3)}`);
    }
  }

  // A normalization has no name of its own: that of the layer whose evidence it normalizes.
  nameOf(layer) {
    const named = this.network.layers.slice(0, layer + 1).filter(({ name }) => name);
    return named.length > 0 ? `${layer} ${named[named.length - 1].name}` : `${layer} ${this.network.layers[layer].op}`;
  }

  showNovelty({ novelty }) {
    byId('novelty').hidden = !this.network.novelty;
    byId('novelty-text').classList.remove('strange');
    if (!novelty) {
      byId('novelty-text').textContent = 'of whole pictures only: some pixels are unobserved.';
    } else {
      const strange = novelty.p_value <= 0.01;
      byId('novelty-text').textContent = `score ${novelty.score.toFixed(2)}, p = ${novelty.p_value.toPrecision(2)}: ` +
        (strange ? 'unlike the images that it knows.'
          : `${percent(novelty.p_value)} of images that it knows are at least as unusual.`);
      byId('novelty-text').classList.toggle('strange', strange);
    }
  }

  showEvidence(evidence) {
    const [most, least] = [Math.max(...evidence.nats), Math.min(...evidence.nats)];
    const [label, rival] = [this.network.classes[evidence.label], this.network.classes[evidence.rival]];
    byId('evidence-text').textContent = `${label} rather than ${rival}: ${evidence.log_odds.toFixed(2)} nats`;
    byId('least').textContent = `${least.toPrecision(2)} against`;
    byId('most').textContent = `for ${most.toPrecision(2)} nats`;
  }

  // For screen readers: once the pen rests, not with each of its movements.
  announceLater({ posterior, novelty }, label) {
    clearTimeout(this.announcement);
    this.announcement = setTimeout(() => {
      byId('announcement').textContent = `${this.network.classes[label]}, ${percent(posterior[label])}` +
        (novelty ? `; novelty p = ${novelty.p_value.toPrecision(2)}` : '');
    }, 700);
  }

  // Milliseconds from the pointer's event until its posterior was shown; of the last 200.
  showLatency(milliseconds) {
    this.measured++;
    this.latencies = [...this.latencies.slice(-199), milliseconds];
    const sorted = [...this.latencies].sort((a, b) => a - b);
    const [median, slowest] = [sorted[sorted.length >> 1], sorted[sorted.length - 1]];
    const output = byId('latency');
    output.textContent = `${median.toFixed(1)} ms in the median of ${sorted.length}, ${slowest.toFixed(1)} ms at most`;
    Object.assign(output.dataset, { fastest: sorted[0], median, slowest, count: this.measured });
  }
}
