'use strict';
/* Draws the page from the JSON in it. Texts reach the page as text, never as markup. */
(() => {
const {report, charts} = JSON.parse(document.getElementById('data').textContent);
const modes = Object.entries(report.modes);
const versions = [...new Set(charts.flatMap((chart) => chart.ok_version))];
const kindRows = [...new Set(charts.flatMap((chart) => chart.lost_kind))];
const lastS = Math.max(report.duration_ms, 1) / 1000;
const narrow = () => innerWidth < 700;
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const versionColour = (i) => colour('version-' + i % 5);
const seconds = (ms) => (ms / 1000).toFixed(2);
const number = (value) => value.toLocaleString('en-US');
const millis = (value) => value < 10 ? value.toFixed(1) : String(Math.round(value));
const sum = (values) => values.reduce((one, two) => one + two, 0);

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/* ---- the verdict ---- */

function verdict() {
  const lost = sum(modes.map(([, found]) => found.dropped));
  const sent = sum(modes.map(([, found]) => found.sent));
  const h1 = document.getElementById('verdict');
  h1.className = !report.trusted ? 'doubt' : lost ? 'lost' : 'good';
  h1.textContent = !report.trusted ? 'Not trusted: ' + report.problems.join('; ')
    : lost ? `Lost ${number(lost)} of ${number(sent)} requests`
    : `Nothing was lost: all ${number(sent)} requests were answered`;
  document.title = h1.textContent;

  const about = [report.url, `${number(report.rate_per_s)} requests per second and mode`,
    `${seconds(report.duration_ms)} s from ${report.started_at.replace(/\.\d+/, '')}`];
  if (report.command) {
    about.push(`command exited with ${report.command.exit_code} after ${seconds(report.command.to_ms - report.command.from_ms)} s`);
  }
  document.getElementById('about').textContent = about.join(' · ');

  for (const [mode, found] of modes) {
    const outages = found.outages.length === 0 ? 'no outage'
      : found.outages.length === 1 ? `down ${seconds(found.downtime_ms)} s, from ${seconds(found.outages[0].from_ms)} to ${seconds(found.outages[0].to_ms)} s`
      : `${found.outages.length} outages, ${seconds(found.downtime_ms)} s in all`;
    document.getElementById('cards').append(make('li', {className: !report.trusted ? 'doubt' : found.dropped ? 'lost' : ''},
      make('b', {textContent: `${mode}: ${number(found.dropped)} lost`}), `of ${number(found.sent)}`,
      make('small', {textContent: [outages, kinds(found)].filter(Boolean).join(' · ')})));
  }
}

function kinds(found) {
  return Object.entries(found.drops_by_kind).sort((one, two) => two[1] - one[1])
    .map(([kind, count]) => `${number(count)} ${kind}`).join(', ');
}

/* ---- the timelines ---- */

const ROW = 15;
const GUTTER = 92;
const RIGHT = 14;
const FONT = '11px system-ui, sans-serif';
const MOST_EVENT_ROWS = 4;
const plots = [];

function eventLabel(event, i) {
  const name = event.name.length > 28 ? event.name.slice(0, 27) + '…' : event.name;
  return narrow() ? String(i + 1) : `${i + 1} ${name}`;
}

/* What the command was doing. */
function phase(ms) {
  const before = report.events.filter((event) => event.at_ms <= ms);
  return before.length ? ', after: ' + before[before.length - 1].name : '';
}

/* In which row each event's label has room; toX gives CSS pixels. */
function eventRows(toX) {
  const measure = document.createElement('canvas').getContext('2d');
  measure.font = FONT;
  const ends = [];
  return report.events.map((event, i) => {
    const x = toX(event.at_ms / 1000);
    let row = ends.findIndex((end) => end < x);
    if (row < 0) {
      row = Math.min(ends.length, MOST_EVENT_ROWS - 1);
    }
    ends[row] = x + measure.measureText(eventLabel(event, i)).width + 12;
    return row;
  });
}

/* The same for all modes, so that their heights can be compared. */
function latencyRange() {
  const all = charts.flatMap((chart) => chart.ok_ms).filter((ms) => ms > 0);
  const least = all.reduce((one, two) => Math.min(one, two), Infinity);
  const most = all.reduce((one, two) => Math.max(one, two), 0);
  return all.length ? [least * .8, Math.max(most * 1.25, least * 4)] : [1, 10];
}

function latencySplits(from, to) {
  const splits = [];
  for (let power = 1e-3; power <= to; power *= 10) {
    splits.push(power, 2 * power, 5 * power);
  }
  return splits.filter((split) => split >= from && split <= to);
}

function draw(chart) {
  const found = report.modes[chart.mode];
  const output = make('output');
  const place = make('div', {className: 'chart'}, make('div', {className: 'chart-head'},
    make('h2', {textContent: chart.mode + ' connections'}), output));
  document.getElementById('charts').append(place);

  const xs = chart.ok_at.map((ms) => ms / 1000);
  const data = [xs, ...versions.map((version) => chart.ok_ms.map((ms, i) => chart.ok_version[i] === version ? ms : null))];
  if (versions.length === 0) {
    data.push(xs);
  }
  const range = latencyRange();
  const width = () => place.clientWidth;
  const eventRowCount = Math.max(0, ...eventRows((s) => GUTTER + s / lastS * (width() - GUTTER - RIGHT)).map((row) => row + 1));
  const eventsTop = 2;
  const kindsTop = eventsTop + eventRowCount * ROW + (eventRowCount ? 4 : 0);
  const top = kindsTop + kindRows.length * ROW + 6;

  function shade(u) {
    const {ctx, bbox} = u;
    ctx.save();
    for (const [outage, fill] of [...found.outages.map((each) => [each, colour('shade')]), ...found.blind.map((each) => [each, colour('blind')])]) {
      ctx.fillStyle = fill;
      const from = Math.max(u.valToPos(outage.from_ms / 1000, 'x', true), bbox.left);
      const to = Math.min(u.valToPos(outage.to_ms / 1000, 'x', true), bbox.left + bbox.width);
      if (to > from) {
        ctx.fillRect(from, kindsTop * uPlot.pxRatio, Math.max(to - from, 1), bbox.top + bbox.height - kindsTop * uPlot.pxRatio);
      }
    }
    ctx.restore();
  }

  function overlay(u) {
    const {ctx, bbox} = u;
    const px = uPlot.pxRatio;
    const inside = (x) => x >= bbox.left - 1 && x <= bbox.left + bbox.width + 1;
    ctx.save();
    ctx.font = FONT.replace('11px', 11 * px + 'px');
    ctx.textBaseline = 'middle';

    ctx.strokeStyle = ctx.fillStyle = colour('lost');
    ctx.lineWidth = 1.5 * px;
    ctx.textAlign = 'right';
    kindRows.forEach((kind, row) => ctx.fillText(kind, bbox.left - 8 * px, (kindsTop + (row + .5) * ROW) * px));
    ctx.beginPath();
    chart.lost_at.forEach((ms, i) => {
      const x = u.valToPos(ms / 1000, 'x', true);
      if (inside(x)) {
        const y = (kindsTop + (kindRows.indexOf(chart.lost_kind[i]) + .5) * ROW) * px;
        const arm = 3.5 * px;
        ctx.moveTo(x - arm, y - arm);
        ctx.lineTo(x + arm, y + arm);
        ctx.moveTo(x - arm, y + arm);
        ctx.lineTo(x + arm, y - arm);
      }
    });
    ctx.stroke();

    ctx.strokeStyle = ctx.fillStyle = colour('event');
    ctx.lineWidth = px;
    ctx.textAlign = 'left';
    const rows = eventRows((s) => u.valToPos(s, 'x', true) / px);
    report.events.forEach((event, i) => {
      const x = Math.round(u.valToPos(event.at_ms / 1000, 'x', true)) + .5;
      if (inside(x)) {
        const y = (eventsTop + Math.min(rows[i], eventRowCount - 1) * ROW) * px;
        ctx.setLineDash([]);
        ctx.beginPath();
        ctx.moveTo(x, y);
        ctx.lineTo(x, kindsTop * px);
        ctx.stroke();
        ctx.setLineDash([4 * px, 4 * px]);
        ctx.beginPath();
        ctx.moveTo(x, kindsTop * px);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        const label = eventLabel(event, i);
        const fits = x / px + 4 + ctx.measureText(label).width / px <= width();
        ctx.textAlign = fits ? 'left' : 'right';
        ctx.fillText(label, x + (fits ? 4 : -4) * px, y + ROW / 2 * px);
      }
    });
    ctx.restore();
  }

  function tell(u) {
    if (u.cursor.left < 0 || u.cursor.left === undefined) {
      output.textContent = '';
      return;
    }
    const at = u.posToVal(u.cursor.left, 'x') * 1000;
    const near = 5 / u.bbox.width * uPlot.pxRatio * (u.scales.x.max - u.scales.x.min) * 1000;
    const lost = chart.lost_at.findIndex((ms) => Math.abs(ms - at) < near);
    const i = u.cursor.idx;
    output.textContent = lost >= 0 ? `${seconds(chart.lost_at[lost])} s: lost, ${chart.lost_kind[lost]}${phase(chart.lost_at[lost])}`
      : i !== null && i !== undefined && Math.abs(chart.ok_at[i] - at) < 2 * near
        ? `${seconds(chart.ok_at[i])} s: ${chart.ok_ms[i].toFixed(2)} ms ${chart.ok_version[i] ?? ''}` : '';
  }

  const axis = {stroke: () => colour('faint'), grid: {stroke: () => colour('line'), width: 1},
    ticks: {stroke: () => colour('line'), width: 1}, font: FONT};
  const plot = new uPlot({
    width: width(),
    height: 160 + top,
    padding: [top, RIGHT, 0, 0],
    legend: {show: false},
    cursor: {sync: {key: 'time'}, points: {show: false}, y: false},
    scales: {x: {time: false, range: (u, min, max) => min === null || min === max ? [0, lastS] : [min, max]}, y: {distr: 3, range: () => range}},
    axes: [
      {...axis, size: 32, values: (u, splits) => splits.map((split) => `${+split.toFixed(3)} s`)},
      {...axis, size: GUTTER, splits: () => latencySplits(...range), filter: (u, splits) => splits, values: (u, splits) => splits.map((split) => `${+split.toPrecision(1)} ms`)},
    ],
    series: [{}, ...data.slice(1).map((ignored, i) => ({
      paths: () => null,
      points: {show: true, size: 4, width: 0, stroke: 'transparent', fill: () => versionColour(i)},
    }))],
    hooks: {
      drawAxes: [shade],
      draw: [overlay],
      setCursor: [tell],
      setScale: [(u, key) => key === 'x' && plots.forEach((other) => {
        if (other !== u && (other.scales.x.min !== u.scales.x.min || other.scales.x.max !== u.scales.x.max)) {
          other.setScale('x', {min: u.scales.x.min, max: u.scales.x.max});
        }
      })],
    },
  }, data, place);
  plot.setScale('x', {min: 0, max: lastS});
  plot.over.addEventListener('dblclick', () => setTimeout(() => plot.setScale('x', {min: 0, max: lastS})));
  plots.push(plot);
  addEventListener('resize', () => plot.setSize({width: width(), height: 160 + top}));
}

function legend() {
  const place = document.getElementById('legend');
  const entry = (mark, text) => place.append(make('span', {}, mark, text));
  versions.forEach((version, i) => {
    const dot = make('i');
    dot.style.background = `var(--version-${i % 5})`;
    entry(dot, version === null ? 'answered' : version);
  });
  if (modes.some(([, found]) => found.dropped)) {
    entry(make('i', {className: 'cross', textContent: '✕'}), 'lost');
    entry(make('i', {className: 'outage'}), 'outage');
  }
  if (modes.some(([, found]) => found.blind.length)) {
    entry(make('i', {className: 'blind'}), 'the probe sent nothing');
  }
  const some = [['correct answers', 'ok_at', 'ok'], ['lost requests', 'lost_at', 'dropped']].map(([name, drawn, counted]) =>
    [name, sum(charts.map((chart) => chart[drawn].length)), sum(modes.map(([, found]) => found[counted]))])
    .filter(([, shown, all]) => shown < all).map(([name, shown, all]) => `of ${number(all)} ${name} ${number(shown)}`);
  document.getElementById('hint').textContent = 'Height is the time from when a request was due to its complete answer. Drag to zoom, double-click to go back.'
    + (some.length ? ` Drawn are ${some.join(', ')}: the first and the slowest of every few. The numbers count them all.` : '');
}

/* ---- the tables ---- */

function numbers() {
  const latency = (value) => value ? `${millis(value.p50)} / ${millis(value.p99)} / ${millis(value.max)} ms` : null;
  const rows = [
    ['sent', (found) => number(found.sent)],
    ['answered', (found) => number(found.ok)],
    ['lost', (found) => number(found.dropped)],
    ['lost how', kinds],
    ['down', (found) => found.outages.length ? `${seconds(found.downtime_ms)} s in ${found.outages.length} ${found.outages.length === 1 ? 'outage' : 'outages'}` : 'never'],
    ['p50 / p99 / max', (found) => latency(found.latency_ms)],
    ['before the command', (found) => latency(found.baseline_latency_ms)],
    ['from the command on', (found) => latency(found.command_latency_ms)],
    ['answered by', (found) => Object.entries(found.versions).map(([version, count]) => `${version}: ${number(count)}`).join(', ')],
    ['both versions', (found) => found.versions_overlap ? `${seconds(found.versions_overlap.from_ms)}–${seconds(found.versions_overlap.to_ms)} s` : null],
    ['sent late by the probe', (found) => number(found.late_slots)],
    ['due and not sent', (found) => found.unsent ? number(found.unsent) : null],
    ['blind: the probe sent nothing', (found) => found.blind.map((span) => `${seconds(span.from_ms)}–${seconds(span.to_ms)} s`).join(', ')],
  ];
  const table = document.querySelector('#numbers table');
  table.append(make('thead', {}, make('tr', {}, make('td'), ...modes.map(([mode]) => make('th', {textContent: mode})))));
  for (const [name, value] of rows) {
    const values = modes.map(([, found]) => value(found));
    if (values.some(Boolean)) {
      table.append(make('tr', {}, make('th', {textContent: name}), ...values.map((text, i) =>
        make('td', {textContent: text || '–', className: name === 'lost' && modes[i][1].dropped ? 'lost' : ''}))));
    }
  }
}

function outages() {
  const rows = modes.flatMap(([mode, found]) => found.outages.map((outage) =>
    [mode, `${seconds(outage.from_ms)}–${seconds(outage.to_ms)} s`, `${seconds(outage.to_ms - outage.from_ms)} s`, number(outage.dropped)]));
  const section = document.getElementById('outages');
  section.hidden = rows.length === 0;
  section.querySelector('table').append(
    make('thead', {}, make('tr', {}, ...['mode', 'from–to', 'length', 'lost'].map((name) => make('th', {textContent: name})))),
    ...rows.map((row) => make('tr', {}, ...row.map((text) => make('td', {textContent: text})))));
}

function events() {
  document.getElementById('events').hidden = report.events.length === 0;
  document.querySelector('#events ol').append(...report.events.map((event) =>
    make('li', {}, make('time', {textContent: seconds(event.at_ms) + ' s'}), event.name)));
}

function command() {
  const details = document.getElementById('command');
  details.hidden = !report.command;
  if (report.command) {
    details.querySelector('summary').textContent = 'Output of ' + report.command.line.join(' ');
    details.querySelector('pre').textContent = report.command.output.join('\n') || '(nothing)';
  }
}

verdict();
charts.forEach(draw);
legend();
numbers();
outages();
events();
command();

/* ---- on paper ---- */

const PAPER_WIDTH = 900;
addEventListener('beforeprint', () => {
  document.documentElement.classList.add('on-paper');
  plots.forEach((plot) => plot.setSize({width: PAPER_WIDTH, height: plot.height}));
});
addEventListener('afterprint', () => {
  document.documentElement.classList.remove('on-paper');
  dispatchEvent(new Event('resize'));
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.forEach((plot) => plot.redraw()));
})();
