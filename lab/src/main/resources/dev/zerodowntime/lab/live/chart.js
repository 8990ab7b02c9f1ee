/* The picture: two lanes on one time axis, a mark for every request. Drawn in tiles of a few seconds each, so that
   a frame costs the same however many marks there are. */

const TILE_MS = 5000;
const KEPT_TILES = 140; // a bit more than the widest window
const SPANS_S = [10, 20, 30, 60, 120, 300, 600];
const PAD = 10;
const GUTTER = 108;
const PHASES = 4;
const PHASE = 19;
const AXIS = 24;
const MARK = 12;
const LEAST_MS = 1;
const MOST_MS = 2000;
const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans KR", "Noto Sans CJK KR", sans-serif';
const VERSION_SHAPES = ['disc', 'square', 'triangle', 'diamond'];
const KIND_SHAPES = {refused: 'cross', reset: 'triangle', closed: 'diamond', 'cut-off': 'down', timeout: 'ring',
  'connect-timeout': 'plus'};
const SHAPES = {
  disc: (pen) => { pen.arc(0, 0, .32, 0, 7); pen.fill(); },
  square: (pen) => pen.fillRect(-.29, -.29, .58, .58),
  triangle: (pen) => fill(pen, [0, -.48], [.44, .36], [-.44, .36]),
  down: (pen) => fill(pen, [0, .48], [.44, -.36], [-.44, -.36]),
  diamond: (pen) => fill(pen, [0, -.5], [.42, 0], [0, .5], [-.42, 0]),
  ring: (pen) => { pen.arc(0, 0, .34, 0, 7); pen.stroke(); },
  box: (pen) => pen.strokeRect(-.34, -.34, .68, .68),
  cross: (pen) => stroke(pen, [-.38, -.38], [.38, .38], [-.38, .38], [.38, -.38]),
  plus: (pen) => stroke(pen, [0, -.48], [0, .48], [-.48, 0], [.48, 0]),
};

function fill(pen, ...points) {
  points.forEach(([x, y]) => pen.lineTo(x, y));
  pen.fill();
}

function stroke(pen, a, b, c, d) {
  pen.moveTo(...a);
  pen.lineTo(...b);
  pen.moveTo(...c);
  pen.lineTo(...d);
  pen.stroke();
}

export class Chart {

  #canvas;
  #pen;
  #words;
  #tiles = new Map();
  #versions = [];
  #kinds = [];
  #events = [];
  #span = 2;
  #heldAt = null;
  #clock = 0;
  #latest = 0;
  #sprites = new Map();

  /* words: how to say fresh, keep-alive, lost */
  constructor(canvas, words) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext('2d');
    this.#words = words;
    new ResizeObserver(() => this.#resize()).observe(canvas);
  }

  /* ---- what there is to see ---- */

  clear(versions, keepsView) {
    this.#tiles.clear();
    this.#versions = [...versions];
    this.#kinds = [];
    this.#events = [];
    if (!keepsView) {
      this.#heldAt = null;
    }
    this.#latest = 0;
  }

  /* rows of: mode, due, latency, version; and of a lost one its kind */
  add(rows) {
    for (const [mode, due, latency, version, kind] of rows) {
      const number = Math.floor(due / TILE_MS);
      let tile = this.#tiles.get(number);
      if (!tile) {
        tile = {marks: [], canvas: null, drawn: 0};
        this.#tiles.set(number, tile);
      }
      tile.marks.push({mode, due, latency, version: kind ? null : this.#index(this.#versions, version),
        kind: kind ? this.#index(this.#kinds, kind) : null});
      this.#latest = Math.max(this.#latest, due);
    }
    for (const number of this.#tiles.keys()) {
      if (number < this.#latest / TILE_MS - KEPT_TILES) {
        this.#tiles.delete(number);
      }
    }
  }

  event(event) {
    this.#events.push(event);
    if (this.#events.length > 500) {
      this.#events.shift();
    }
  }

  /* Tells what time it is for the probe. */
  tick(ms) {
    this.#clock = ms - performance.now();
  }

  stop() {
    this.#heldAt ??= this.#latest;
  }

  get versions() {
    return this.#versions;
  }

  get kinds() {
    return this.#kinds;
  }

  /* Counts the marks there are, by mode, version and kind. */
  marks() {
    const counts = {};
    for (const [mode, name] of ['fresh', 'keep-alive'].entries()) {
      counts[name] = {sent: 0, ok: 0, dropped: 0, versions: {}, drops_by_kind: {}};
      for (const {marks} of this.#tiles.values()) {
        for (const mark of marks.filter((each) => each.mode === mode)) {
          const [how, names, index] = mark.kind === null ? ['versions', this.#versions, mark.version]
            : ['drops_by_kind', this.#kinds, mark.kind];
          counts[name].sent++;
          counts[name][mark.kind === null ? 'ok' : 'dropped']++;
          counts[name][how][names[index]] = (counts[name][how][names[index]] ?? 0) + 1;
        }
      }
    }
    return counts;
  }

  #index(names, name) {
    const index = names.indexOf(name);
    return index >= 0 ? index : names.push(name) - 1;
  }

  /* ---- what of it is shown ---- */

  get spanSeconds() {
    return SPANS_S[this.#span];
  }

  get isHeld() {
    return this.#heldAt !== null;
  }

  zoom(steps) {
    this.#span = Math.min(SPANS_S.length - 1, Math.max(0, this.#span + steps));
    this.#forgetTiles();
  }

  hold(held) {
    this.#heldAt = held ? this.#end() : null;
  }

  /* Moves by a part of what is shown; holds. */
  move(part) {
    const span = this.spanSeconds * 1000;
    this.#heldAt = Math.min(Math.max(this.#latest, span), Math.max(span / 2, this.#end() + part * span));
  }

  #end() {
    // A moment late, so that the newest answers are there
    return this.#heldAt ?? Math.max(0, performance.now() + this.#clock - 400);
  }

  /* ---- how it is drawn ---- */

  /* In other colours. */
  redraw() {
    this.#sprites.clear();
    this.#forgetTiles();
  }

  #resize() {
    const scale = devicePixelRatio || 1;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * scale);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * scale);
    this.#forgetTiles();
    this.draw();
  }

  #forgetTiles() {
    for (const tile of this.#tiles.values()) {
      tile.canvas = null;
      tile.drawn = 0;
    }
  }

  #geometry() {
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    const gutter = width < 600 ? 78 : GUTTER;
    const top = PHASES * PHASE + 6;
    const lane = (height - top - AXIS) / 2;
    return {width, height, gutter, top, lane, perMs: (width - gutter) / (this.spanSeconds * 1000),
      lost: lane * .32, ribbon: 13};
  }

  draw() {
    const scale = devicePixelRatio || 1;
    const box = this.#geometry();
    const end = this.#end();
    const start = end - this.spanSeconds * 1000;
    const pen = this.#pen;
    const x = (ms) => box.gutter + (ms - start) * box.perMs;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, box.width, box.height);
    this.#grid(box, start, end, x);
    pen.save();
    pen.beginPath();
    pen.rect(box.gutter, 0, box.width - box.gutter, box.height);
    pen.clip();
    this.#phases(box, start, end, x);
    for (const [number, tile] of this.#tiles) {
      if (number < Math.floor(start / TILE_MS) - 1 || number > end / TILE_MS) {
        // Pixels are what needs memory
        tile.canvas = null;
      } else {
        this.#drawTile(tile, number, box, scale);
        pen.drawImage(tile.canvas, x(number * TILE_MS) - PAD, 0, tile.canvas.width / scale, tile.canvas.height / scale);
      }
    }
    pen.restore();
  }

  #grid(box, start, end, x) {
    const pen = this.#pen;
    const small = box.gutter < GUTTER;
    pen.strokeStyle = colour('line');
    pen.fillStyle = colour('faint');
    pen.lineWidth = 1;
    pen.textBaseline = 'middle';
    pen.textAlign = 'right';
    for (const mode of [0, 1]) {
      const top = box.top + mode * box.lane;
      pen.font = `700 ${small ? 12 : 16}px ${FONT}`;
      pen.fillStyle = colour('ink');
      pen.fillText(this.#words(mode === 0 ? 'fresh' : 'keep-alive'), box.gutter - 8, top + 10);
      pen.font = `13px ${FONT}`;
      pen.fillStyle = colour('faint');
      pen.fillText(this.#words('lostLane'), box.gutter - 8, top + box.lost * .62 + 4);
      for (const ms of [1, 10, 100, 1000]) {
        const y = Math.round(latencyY(box, mode, ms)) + .5;
        pen.fillText(ms < 1000 ? `${ms} ms` : '1 s', box.gutter - 8, y);
        line(pen, box.gutter, y, box.width, y);
      }
    }
    pen.textAlign = 'center';
    const each = [1, 2, 5, 10, 20, 30, 60, 120].find((seconds) => seconds * 1000 * box.perMs > 70) ?? 120;
    for (let at = Math.max(0, Math.ceil(start / 1000 / each) * each); at * 1000 <= end; at += each) {
      pen.fillText(time(at), x(at * 1000), box.height - AXIS / 2 + 2);
    }
  }

  /* What the script was doing: bands with its words above. */
  #phases(box, start, end, x) {
    const pen = this.#pen;
    const rows = new Array(PHASES).fill(-Infinity);
    const bottom = box.height - AXIS;
    pen.font = `600 14px ${FONT}`;
    pen.textAlign = 'left';
    pen.textBaseline = 'alphabetic';
    this.#events.forEach((event, i) => {
      const next = this.#events[i + 1]?.at_ms ?? Infinity;
      const over = /^exited /.test(event.name);
      if (next < start - 60000 || event.at_ms > end) {
        return;
      }
      const from = x(event.at_ms);
      const to = Math.min(x(next), x(end));
      if (!over && i % 2 === 0) {
        pen.fillStyle = colour('band');
        pen.fillRect(from, 0, to - from, bottom);
      }
      pen.strokeStyle = colour('faint');
      pen.lineWidth = 1;
      line(pen, Math.round(from) + .5, 0, Math.round(from) + .5, bottom);
      const text = event.name.length > 44 ? event.name.slice(0, 43) + '…' : event.name;
      const row = rows.findIndex((taken) => taken < from);
      if (row >= 0) {
        rows[row] = from + pen.measureText(text).width + 14;
        pen.fillStyle = colour('ink');
        pen.fillText(text, from + 5, (row + 1) * PHASE - 5);
      }
    });
  }

  #drawTile(tile, number, box, scale) {
    if (!tile.canvas) {
      tile.canvas = document.createElement('canvas');
      tile.canvas.width = Math.ceil((TILE_MS * box.perMs + 2 * PAD) * scale);
      tile.canvas.height = this.#canvas.height;
      tile.drawn = 0;
    }
    if (tile.drawn === tile.marks.length) {
      return;
    }
    const pen = tile.canvas.getContext('2d');
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    for (; tile.drawn < tile.marks.length; tile.drawn++) {
      const mark = tile.marks[tile.drawn];
      const x = PAD + (mark.due - number * TILE_MS) * box.perMs;
      const y = markY(box, mark);
      const size = mark.kind === null ? Math.min(MARK, 7 + 30 / this.spanSeconds) : MARK;
      pen.drawImage(this.#sprite(mark, scale), x - size / 2, y - size / 2, size, size);
      if (mark.kind === null) {
        this.#ribbon(pen, box, mark, x);
      }
    }
  }

  /* Along the bottom of a lane, who answered: one line, two lines, or a thin one, so that colour is not needed. */
  #ribbon(pen, box, mark, x) {
    const bottom = box.top + (mark.mode + 1) * box.lane - 3;
    const width = Math.max(1.5, 25 * box.perMs);
    pen.fillStyle = colour(`version-${mark.version % 4}`);
    const stripes = [[[0, 13]], [[0, 5], [8, 5]], [[4, 5]], [[0, 3], [5, 3], [10, 3]]][mark.version % 4];
    for (const [down, high] of stripes) {
      pen.fillRect(x - width / 2, bottom - box.ribbon + down, width, high);
    }
  }

  #sprite(mark, scale) {
    const name = mark.kind === null ? `v${mark.version % 4}` : `k${this.#kinds[mark.kind]}`;
    const key = name + scale;
    if (!this.#sprites.has(key)) {
      this.#sprites.set(key, mark.kind === null ? versionSprite(mark.version, scale)
        : kindSprite(this.#kinds[mark.kind], scale));
    }
    return this.#sprites.get(key);
  }

  /* The mark at a place of the canvas, if there is one; lost ones first. */
  at(left, top) {
    const box = this.#geometry();
    const due = this.#end() - this.spanSeconds * 1000 + (left - box.gutter) / box.perMs;
    let best = null;
    let least = 12 * 12;
    for (const number of [-1, 0, 1].map((step) => Math.floor(due / TILE_MS) + step)) {
      for (const mark of this.#tiles.get(number)?.marks ?? []) {
        const distance = ((mark.due - due) * box.perMs) ** 2 + (markY(box, mark) - top) ** 2 - (mark.kind === null ? 0 : 40);
        if (distance < least) {
          [best, least] = [mark, distance];
        }
      }
    }
    return best && {mode: best.mode === 0 ? 'fresh' : 'keep-alive', due: best.due, latency: best.latency,
      version: best.kind === null ? this.#versions[best.version] : null,
      kind: best.kind === null ? null : this.#kinds[best.kind],
      phase: this.#events.filter((event) => event.at_ms <= best.due).at(-1)?.name ?? null};
  }

}

function latencyY(box, mode, ms) {
  const bottom = box.top + (mode + 1) * box.lane - box.ribbon - 12;
  const high = box.lane - box.lost - box.ribbon - 26;
  const part = Math.log(Math.min(MOST_MS, Math.max(LEAST_MS, ms)) / LEAST_MS) / Math.log(MOST_MS / LEAST_MS);
  return bottom - part * high;
}

/* Lost ones lie in rows, so that each can be told from the next. */
function markY(box, mark) {
  if (mark.kind === null) {
    return latencyY(box, mark.mode, mark.latency);
  }
  const rows = Math.max(1, Math.floor((box.lost - 8) / 13));
  return box.top + mark.mode * box.lane + 12 + (Math.floor(mark.due / 10) % rows) * 13;
}

export function versionSprite(version, scale) {
  return sprite(VERSION_SHAPES[version % 4], colour(`version-${version % 4}`), scale);
}

export function kindSprite(kind, scale) {
  return sprite(KIND_SHAPES[kind] ?? (kind.startsWith('http-') ? 'box' : 'square'), colour('lost'), scale);
}

function sprite(shape, colour, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 16 * scale;
  const pen = canvas.getContext('2d');
  pen.scale(16 * scale, 16 * scale);
  pen.translate(.5, .5);
  pen.fillStyle = pen.strokeStyle = colour;
  pen.lineWidth = .17;
  pen.beginPath();
  SHAPES[shape](pen);
  return canvas;
}

function line(pen, ...[fromX, fromY, toX, toY]) {
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.lineTo(toX, toY);
  pen.stroke();
}

export function time(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const style = getComputedStyle(document.documentElement);

function colour(name) {
  return style.getPropertyValue('--' + name).trim();
}
