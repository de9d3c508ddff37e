// Asks the server, one picture at a time: while one is on its way, only the newest that comes up waits.
const largestPhoto = 32 * 2 ** 20;  // bytes, as the server has it

async function response(name, options) {
  let answer;
  try {
    answer = await fetch(name, options);
  } catch {
    throw new Error("The server does not answer. Is 'fsdnet demo' still running?");
  }
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  return answer;
}

export async function network() {
  return (await response('model')).json();
}

// The picture that the network sees of an image file.
export async function photo(file) {
  if (file.size > largestPhoto) {
    throw new Error('This photo is too large; at most 32 MiB are taken.');
  }
  return new Uint8Array(await (await response('photo', { method: 'POST', body: file })).arrayBuffer());
}

export class Question {
  // take: a function of the answer and of when its question came up, in milliseconds of the page's clock.
  constructor(name, take, fail) {
    Object.assign(this, { name, take, fail, asking: false, waiting: null });
  }

  // bytes: a function that gives the body when it is sent. since: of the event that asks.
  async ask(bytes, since) {
    this.waiting = { bytes, since: Math.min(since, this.waiting?.since ?? Infinity) };
    if (this.asking) {
      return;
    }
    this.asking = true;
    while (this.waiting) {
      const { bytes: body, since: start } = this.waiting;
      this.waiting = null;
      try {
        const answer = await response(this.name, { method: 'POST', body: body() });
        this.take(await answer.json(), start);
      } catch (error) {
        this.fail(error);
      }
    }
    this.asking = false;
  }
}
