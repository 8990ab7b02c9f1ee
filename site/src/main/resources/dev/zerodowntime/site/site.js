'use strict';
/* Search, without a server, and the diagrams. Texts reach the page as text, never as markup. */
(() => {
const MOST = 12;
const root = document.body.dataset.root;
const language = document.documentElement.lang;
const input = document.getElementById('search');
const found = document.getElementById('found');
const sections = window.SECTIONS.filter((section) => section.language === language);
let index = null;

/* Words of any script, without what stands around them: lunr's own trimmer knows only Latin letters. */
function trim(token) {
  return token.update((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
}
lunr.Pipeline.registerFunction(trim, 'trimAnyScript');

function makeIndex() {
  return lunr(function build() {
    this.pipeline.reset();
    this.searchPipeline.reset();
    this.pipeline.add(trim);
    this.field('page', {boost: 4});
    this.field('heading', {boost: 6});
    this.field('text');
    sections.forEach((section, id) => this.add({...section, id}));
  });
}

/* All words, each of them or the beginning of it: in Korean, what is looked for is often the beginning. */
function search(text) {
  index ??= makeIndex();
  const words = text.toLowerCase().split(/[\s-]+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  return index.query((query) => words.forEach((word) => {
    query.term(word, {boost: 10, presence: lunr.Query.presence.OPTIONAL});
    query.term(word, {wildcard: lunr.Query.wildcard.TRAILING, presence: lunr.Query.presence.REQUIRED});
  })).slice(0, MOST).map((match) => sections[match.ref]);
}

function show() {
  const results = search(input.value);
  found.hidden = input.value.trim() === '';
  found.replaceChildren(...results.map((section) => {
    const link = document.createElement('a');
    link.href = root + section.url;
    link.textContent = section.heading;
    const page = document.createElement('small');
    page.textContent = section.page;
    link.append(page);
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
  if (results.length === 0) {
    const nothing = document.createElement('li');
    nothing.textContent = language === 'ko' ? '찾은 것이 없어요' : 'nothing found';
    found.append(nothing);
  }
}

input.addEventListener('input', show);
input.addEventListener('focus', show);
input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') {
    found.querySelector('a')?.click();
  } else if (event.key === 'ArrowDown') {
    event.preventDefault();
    found.querySelector('a')?.focus();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    found.hidden = true;
  } else if (event.key === '/' && document.activeElement !== input) {
    event.preventDefault();
    input.focus();
  }
});
document.addEventListener('click', (event) => {
  if (!event.target.closest('[role=search]')) {
    found.hidden = true;
  }
});

if (innerWidth <= 900) {
  document.querySelector('nav details').open = false;
}

const diagrams = [...document.querySelectorAll('code.language-mermaid')];
if (diagrams.length > 0) {
  for (const code of diagrams) {
    const diagram = document.createElement('div');
    diagram.className = 'mermaid';
    diagram.textContent = code.textContent;
    code.parentElement.replaceWith(diagram);
  }
  mermaid.initialize({startOnLoad: false, theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'default'});
  mermaid.run();
}
})();
