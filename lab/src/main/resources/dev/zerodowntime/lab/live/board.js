/* The class board: everybody's numbers side by side, guesses against truth. Texts reach the page as text, never as
   markup; files are read by ./workshop board, not here. */
import {ask, find, tell, tellAgain} from './page.js';
import {switchLanguage, translate, word} from './words.js';

const MOST_BYTES = 256 * 1024;
let board = {urls: [], results: []};

const source = new EventSource('events');
source.addEventListener('board', (message) => {
  board = JSON.parse(message.data);
  show();
});
source.onerror = () => tell(() => word('disconnected', './workshop board'));
source.onopen = () => tell(null);

/* ---- handing in ---- */

async function handIn(files) {
  const problems = [];
  const taken = [];
  for (const file of files) {
    if (file.size > MOST_BYTES) {
      problems.push(word('tooMuch', file.name));
      continue;
    }
    const name = find('name').value || file.name.replace(/\.json$/i, '');
    const text = await ask('results?name=' + encodeURIComponent(name), file).catch((problem) => {
      problems.push(`${file.name}: ${problem.message}`);
      return null;
    });
    if (text) {
      taken.push(file.name);
    }
  }
  tell(problems.length > 0 ? () => word('refused', problems.join('; ')) : null);
  if (taken.length > 0) {
    find('doing').textContent = word('onBoard', taken.join(', '));
  }
}

find('files').addEventListener('change', async (event) => {
  await handIn(event.target.files);
  event.target.value = '';
});
const area = find('hand-in');
addEventListener('dragover', (event) => {
  event.preventDefault();
  area.classList.add('over');
});
addEventListener('dragleave', () => area.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  area.classList.remove('over');
  handIn(event.dataTransfer.files);
});
find('controls').addEventListener('submit', (event) => event.preventDefault());
find('clear').addEventListener('click', () => ask('clear').then(() => tell(null),
  (problem) => tell(() => word('refused', problem.message))));
find('language').addEventListener('click', () => {
  switchLanguage();
  show();
});

/* ---- showing ---- */

function show() {
  translate();
  document.title = word('board');
  find('language').textContent = word('name');
  tellAgain();
  const {urls, results} = board;
  find('doing').textContent = results.length > 0 ? word('results', results.length) : word('noResults');
  find('urls').hidden = urls.length < 2;
  find('urls').replaceChildren(word('fromTerminal'), ...urls.slice(1).map((url) => make('span',
    `curl --data-binary @report/step1.json '${url}results?name=${word('yourName')}'`)));
  const stages = [...new Set(results.map((result) => result.stage))].sort();
  find('stages').replaceChildren(...stages.map((stage) => section(stage, results.filter((each) => each.stage === stage))));
}

function section(stage, results) {
  const rows = judge(results);
  const element = make('section');
  element.className = 'stage';
  const heading = make('h2', stage);
  heading.append(make('small', summary(rows)));
  const wide = make('div', picture(rows));
  wide.className = 'wide';
  wide.tabIndex = 0;
  const details = make('details', make('summary', word('numbers')), make('div', table(rows)));
  details.lastChild.className = 'wide';
  element.append(heading, key(), wide, details);
  return element;
}

/* Adds what only the others tell: who is far from them. Tukey's fences, 1.5 times the middle half's width. */
function judge(results) {
  const rows = results.map((result) => ({...result, lost: result.lost_fresh + result.lost_keep_alive}))
    .sort((one, two) => one.lost - two.lost || one.name.localeCompare(two.name));
  const known = rows.filter((row) => row.trusted).map((row) => row.lost);
  const [low, high] = [quantile(known, .25), quantile(known, .75)];
  const reach = 1.5 * (high - low);
  return rows.map((row) => ({...row, off: row.guess === null ? null : Math.abs(row.guess - row.lost),
    far: row.trusted && known.length >= 4 && (row.lost < low - reach || row.lost > high + reach)}));
}

function quantile(sorted, part) {
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

function summary(rows) {
  const known = rows.filter((row) => row.trusted);
  const parts = [word('results', rows.length)];
  if (known.length > 0) {
    parts.push(word('median', Math.round(quantile(known.map((row) => row.lost), .5)), known[0].lost, known.at(-1).lost));
  }
  const guesses = known.filter((row) => row.guess !== null).sort((one, two) => one.off - two.off);
  if (guesses.length > 0) {
    parts.push(word('guessed', guesses[0].name, guesses[0].off));
  }
  return parts.join(' · ');
}

/* ---- the picture: a line for everybody, from guess to truth ---- */

const WIDTH = 1200;
const LEFT = 200;
const RIGHT = 60;
const LINE = 28;
const SVG = 'http://www.w3.org/2000/svg';

function picture(rows) {
  const most = nice(Math.max(10, ...rows.flatMap((row) => [row.lost, row.guess ?? 0])));
  const x = (lost) => LEFT + (WIDTH - LEFT - RIGHT) * lost / most;
  const bottom = rows.length * LINE + 8;
  const svg = draw('svg', {viewBox: `0 0 ${WIDTH} ${bottom + 26}`, class: 'compare', role: 'img', 'aria-label': summary(rows)});
  for (let tick = 0; tick <= 5; tick++) {
    const at = most * tick / 5;
    svg.append(draw('line', {x1: x(at), x2: x(at), y1: 0, y2: bottom, class: 'grid'}),
      draw('text', {x: x(at), y: bottom + 18, class: 'tick'}, String(at)));
  }
  const known = rows.filter((row) => row.trusted).map((row) => row.lost);
  if (known.length > 1) {
    const median = x(quantile(known, .5));
    svg.append(draw('line', {x1: median, x2: median, y1: 0, y2: bottom, class: 'median'}));
  }
  rows.forEach((row, i) => {
    const y = i * LINE + LINE / 2 + 4;
    svg.append(draw('text', {x: LEFT - 14, y: y + 5, class: row.far ? 'name far' : 'name'}, (row.far ? '▲ ' : '') + row.name));
    if (row.guess !== null) {
      svg.append(draw('line', {x1: x(row.guess), x2: x(row.lost), y1: y, y2: y, class: 'between'}),
        draw('circle', {cx: x(row.guess), cy: y, r: 7, class: 'guess'}, null, `${word('guess')}: ${row.guess}`));
    }
    svg.append(draw('rect', {x: x(row.lost) - 7, y: y - 7, width: 14, height: 14,
      class: !row.trusted ? 'doubtful' : row.lost > 0 ? 'truth' : 'none'}, null, `${word('truth')}: ${row.lost}`),
      draw('text', {x: Math.max(x(row.lost), x(row.guess ?? 0)) + 14, y: y + 5}, row.trusted ? String(row.lost) : `${row.lost} ?`));
  });
  return svg;
}

function key() {
  const entry = (mark, name) => {
    const svg = draw('svg', {viewBox: '0 0 16 16', 'aria-hidden': 'true'});
    svg.append(mark);
    return make('span', svg, ' ' + word(name));
  };
  const element = make('p', entry(draw('circle', {cx: 8, cy: 8, r: 6, class: 'guess'}), 'guess'),
    entry(draw('rect', {x: 1, y: 1, width: 14, height: 14, class: 'truth'}), 'truth'));
  element.className = 'key';
  return element;
}

/* The next round number, five steps of which are whole. */
function nice(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 1.5, 2, 3, 5, 7.5, 10].map((factor) => factor * power).find((round) => round >= most);
}

function draw(name, attributes, text, title) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  if (text) {
    element.textContent = text;
  }
  if (title) {
    element.append(draw('title', {}, title));
  }
  return element;
}

/* ---- the numbers ---- */

/* A deploy after which nothing ever answered has no latency. */
function millis(value) {
  return value === null ? '–' : value.toFixed(1);
}

function table(rows) {
  const columns = {
    who: (row) => row.name,
    lostFresh: (row) => row.lost_fresh,
    lostKeepAlive: (row) => row.lost_keep_alive,
    lostAll: (row) => `${row.lost} / ${row.sent}`,
    outageShort: (row) => `${(row.outage_ms / 1000).toFixed(2)} s`,
    p99: (row) => row.p99_before_ms === null && row.p99_during_ms === null ? '–' : `${millis(row.p99_before_ms)} → ${millis(row.p99_during_ms)} ms`,
    deployTook: (row) => row.deploy_ms === null ? '–' : `${(row.deploy_ms / 1000).toFixed(1)} s`,
    guess: (row) => row.guess ?? '–',
    offBy: (row) => row.off ?? '–',
    remark: (row) => !row.trusted ? word('doubtful') : row.far ? word('outlier') : '',
  };
  const line = (cell, text) => {
    const element = make('tr', ...Object.entries(columns).map(([name, of]) => make(cell, String(text(name, of)))));
    return element;
  };
  return make('table', make('thead', line('th', (name) => word(name))),
    make('tbody', ...rows.map((row) => line('td', (name, of) => of(row)))));
}

function make(name, ...children) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

show();
