/* The live page: hears what ./workshop watch sends, shows it, and asks for deploys. Texts reach the page as text,
   never as markup. */
import {Chart, kindSprite, versionSprite} from './chart.js';
import {ask, find, tell, tellAgain} from './page.js';
import {switchLanguage, translate, word} from './words.js';

const MOST_LINES = 200;
const chart = new Chart(find('chart'), word);
let state = {stage: '…', releases: [], running: [], versions: [], scores: null};
let ended = false;
const disconnected = () => word('disconnected', './workshop watch');

/* ---- hearing ---- */

const source = new EventSource('events');
const on = (name, act) => source.addEventListener(name, (message) => act(JSON.parse(message.data)));

on('hello', (hello) => {
  const before = state.releases.join();
  // After a lost connection it is the same round: who has paused the picture goes on looking at it
  chart.clear(hello.versions, hello.round === state.round);
  state = hello;
  chart.tick(hello.scores.at_ms);
  hello.events.forEach((event) => chart.event(event));
  find('lines').replaceChildren();
  hello.lines.forEach(showLine);
  tell(null);
  if (before !== hello.releases.join()) {
    find('version').replaceChildren(...hello.releases.map((release) => new Option(release, release)));
  }
  proposeVersion();
  showAll();
});
on('answers', (rows) => {
  chart.add(rows);
  showKey();
});
on('scores', (scores) => {
  const liveBefore = state.scores?.live.join();
  state.scores = scores;
  chart.tick(scores.at_ms);
  if (liveBefore !== scores.live.join()) {
    proposeVersion();
  }
  showNumbers();
});
on('event', (event) => chart.event(event));
on('line', showLine);
on('running', (running) => {
  state.running = running;
  proposeVersion();
  showDoing();
});
on('ended', ({problem}) => {
  ended = true;
  source.close();
  chart.stop();
  tell(problem ? () => word('gone', problem) : () => word('ended'));
  showAll();
});
source.onerror = () => ended || tell(disconnected);
source.onopen = () => tell(null);

/* ---- showing ---- */

function showAll() {
  translate();
  find('stage').textContent = state.stage;
  find('language').textContent = word('name');
  find('rollback').hidden = !state.can_roll_back;
  tellAgain();
  showNumbers();
  showDoing();
  showKey(true);
  showView();
}

function showNumbers() {
  const {scores} = state;
  const modes = Object.values(scores?.modes ?? {});
  const sum = (name) => modes.reduce((all, mode) => all + mode[name], 0);
  const lost = sum('lost');
  const outage = Math.max(0, ...modes.map((mode) => mode.longest_outage_ms));
  find('sent').textContent = sum('sent').toLocaleString('en-US');
  find('lost').textContent = lost.toLocaleString('en-US');
  find('lost-card').className = lost > 0 ? 'some' : '';
  find('outage').textContent = outage > 0 ? `${(outage / 1000).toFixed(2)} s` : '0 s';
  find('p99-now').textContent = millis(scores?.p99_now_ms);
  find('p99-steady').textContent = millis(scores?.p99_steady_ms);
  showLive(scores);
  const summary = word('summary', find('sent').textContent, find('lost').textContent, find('outage').textContent);
  find('chart').setAttribute('aria-label', summary);
}

function millis(ms) {
  return ms == null ? '–' : `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

function showLive(scores) {
  const live = scores?.live ?? [];
  const nothingYet = !scores || scores.at_ms < 1500;
  const names = live.map((version) => version || word('answered'));
  const chip = find('live');
  chip.textContent = ended ? '' : names.join(' + ') || word(nothingYet ? 'ready' : 'nobody');
  chip.className = 'chip ' + (ended ? 'none' : live.length > 1 ? 'several' : live.length === 1
    ? `v${chart.versions.indexOf(live[0]) % 4}` : nothingYet ? 'none' : 'nobody');
}

function showDoing() {
  const isRunning = state.running.length > 0;
  find('doing').textContent = ended ? '' : isRunning ? word('running', state.running.join(', ')) : word('idle');
  find('deploy').disabled = find('reset').disabled = ended || isRunning;
  // Its very time is the bake time of a deploy that still runs
  find('rollback').disabled = ended || state.running.length > 1;
}

function showLine(text) {
  const lines = find('lines');
  const item = document.createElement('p');
  item.textContent = text;
  item.className = text.startsWith('==> ') ? 'event' : '';
  lines.append(item);
  while (lines.childElementCount > MOST_LINES) {
    lines.firstChild.remove();
  }
  lines.scrollTop = lines.scrollHeight;
}

let keyShown = '';

function showKey(anew) {
  const now = JSON.stringify([chart.versions, chart.kinds]);
  if (now === keyShown && !anew) {
    return;
  }
  keyShown = now;
  const scale = devicePixelRatio || 1;
  const entry = (picture, text) => {
    const item = document.createElement('li');
    picture.setAttribute('aria-hidden', 'true');
    item.append(picture, ' ' + text);
    return item;
  };
  find('key').replaceChildren(
    ...chart.versions.map((version, i) => entry(versionSprite(i, scale), version ? word('answeredBy', version) : word('answered'))),
    ...chart.kinds.map((kind) => entry(kindSprite(kind, scale), `${word('lost')}: ${kind}`)));
}

function showView() {
  find('pause').textContent = word(chart.isHeld ? 'goOn' : 'pause');
  find('pause').setAttribute('aria-pressed', String(chart.isHeld));
  find('window').textContent = chart.spanSeconds < 60 ? `${chart.spanSeconds} s` : `${chart.spanSeconds / 60} min`;
}

/* ---- asking ---- */

/* The next release that is not live. */
function proposeVersion() {
  const live = state.scores?.live ?? [];
  if (live.length === 1 && state.running.length === 0) {
    const next = state.releases[(state.releases.indexOf(live[0]) + 1) % state.releases.length];
    find('version').value = next;
  }
}

const press = (id, act) => find(id).addEventListener('click', act);
const request = (path) => ask(path).then(() => tell(null), (problem) => tell(problem instanceof TypeError ? disconnected
  : () => word('refused', problem.message)));
press('deploy', () => request('deploy?version=' + encodeURIComponent(find('version').value)));
press('rollback', () => request('rollback'));
press('reset', () => request('reset'));
press('language', () => {
  switchLanguage();
  showAll();
});

/* ---- looking around ---- */

function look(act) {
  act();
  showView();
}

const views = {
  pause: () => chart.hold(!chart.isHeld),
  earlier: () => chart.move(-.25),
  later: () => chart.move(.25),
  wider: () => chart.zoom(1),
  closer: () => chart.zoom(-1),
};
const KEYS = {' ': 'pause', p: 'pause', ArrowLeft: 'earlier', ArrowRight: 'later', '-': 'wider', '+': 'closer', '=': 'closer'};
Object.entries(views).forEach(([id, act]) => press(id, () => look(act)));
addEventListener('keydown', (event) => {
  const isOnControl = event.target.closest?.('button, select') && (event.key === ' ' || event.key.startsWith('Arrow'));
  const view = views[KEYS[event.key]];
  if (view && !isOnControl && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    look(view);
  }
});
find('chart').addEventListener('pointermove', (event) => {
  const mark = chart.at(event.offsetX, event.offsetY);
  find('pointed').textContent = !mark ? '' : word('pointed', word(mark.mode), (mark.due / 1000).toFixed(2),
    mark.latency.toFixed(1), mark.kind ? `${word('lost')}: ${mark.kind}` : mark.version)
    + (mark.phase ? ' · ' + word('after', mark.phase) : '');
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  chart.redraw();
  showKey(true);
});

let frames = 0;

function frame() {
  frames++;
  chart.draw();
  requestAnimationFrame(frame);
}

/* For the tests and the benchmark. A page that comes back after a lost connection gets everything once more. */
const comeBack = () => source.dispatchEvent(new MessageEvent('hello', {data: JSON.stringify(state)}));
window.workshop = {marks: () => chart.marks(), frames: () => frames, comeBack};
showAll();
requestAnimationFrame(frame);
