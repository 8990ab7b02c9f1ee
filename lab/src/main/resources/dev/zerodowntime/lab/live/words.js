/* All that the pages say, in both languages. */

const WORDS = {
  en: {
    name: '한국어',
    title: 'Zero downtime, live',
    version: 'version',
    deploy: 'Deploy',
    rollback: 'Roll back',
    reset: 'Reset',
    sent: 'sent',
    lost: 'lost',
    outage: 'longest outage',
    p99now: 'p99 now',
    p99steady: 'p99 before the deploy',
    picture: 'Every request, when it was due',
    said: 'What the script says',
    pause: 'Pause',
    goOn: 'Go on',
    earlier: 'earlier (left arrow)',
    later: 'later (right arrow)',
    wider: 'show more time (minus)',
    closer: 'show less time (plus)',
    fresh: 'fresh',
    'keep-alive': 'keep-alive',
    lostLane: 'lost',
    answeredBy: 'answered by {0}',
    answered: 'answered',
    nobody: 'nobody answers',
    idle: 'no deploy is running',
    running: '{0} is running',
    ready: 'waiting for the first answer',
    ended: 'The measurement has ended. The server is still up.',
    gone: 'The measurement has ended: {0}',
    disconnected: 'No connection to {0}. Trying again …',
    refused: 'Not done: {0}',
    summary: '{0} requests sent, {1} lost, longest outage {2}',
    pointed: '{0} · due at {1} s · {2} ms · {3}',
    after: 'after: {0}',
    board: 'Class board',
    clear: 'Clear',
    handIn: 'Drop report/step1.json here, or choose it',
    yourName: 'name',
    files: 'files',
    fromTerminal: 'Or from a terminal:',
    results: '{0} results',
    noResults: 'no results yet',
    tooMuch: '{0}: too big for a report',
    onBoard: 'on the board: {0}',
    median: 'median {0} lost, from {1} to {2}',
    guessed: 'closest guess: {0}, off by {1}',
    numbers: 'all numbers',
    outlier: 'far from the others',
    doubtful: 'not trusted: the machine was too busy',
    truth: 'lost',
    guess: 'guess',
    who: 'who',
    lostFresh: 'lost fresh',
    lostKeepAlive: 'lost keep-alive',
    lostAll: 'lost',
    outageShort: 'outage',
    p99: 'p99 before → during',
    deployTook: 'deploy took',
    offBy: 'off by',
    remark: 'remark',
  },
  ko: {
    name: 'English',
    title: '무중단 배포 라이브',
    version: '버전',
    deploy: '배포',
    rollback: '롤백',
    reset: '처음부터',
    sent: '보낸 요청',
    lost: '유실',
    outage: '가장 긴 중단',
    p99now: '지금 p99',
    p99steady: '배포 전 p99',
    picture: '요청 하나하나, 보낼 시각 순서대로',
    said: '스크립트 출력',
    pause: '일시 정지',
    goOn: '계속',
    earlier: '이전 구간 (왼쪽 화살표)',
    later: '다음 구간 (오른쪽 화살표)',
    wider: '더 긴 구간 보기 (-)',
    closer: '더 짧은 구간 보기 (+)',
    fresh: '새 연결',
    'keep-alive': 'keep-alive',
    lostLane: '유실',
    answeredBy: '{0} 응답',
    answered: '응답',
    nobody: '응답 없음',
    idle: '진행 중인 배포가 없어요',
    running: '{0} 실행 중',
    ready: '첫 응답을 기다리고 있어요',
    ended: '측정이 끝났어요. 서버는 아직 떠 있어요.',
    gone: '측정이 끝났어요: {0}',
    disconnected: '{0}와 연결이 끊겼어요. 다시 연결하는 중이에요 …',
    refused: '실행하지 못했어요: {0}',
    summary: '보낸 요청 {0}건, 유실 {1}건, 가장 긴 중단 {2}',
    pointed: '{0} · 보낼 시각 {1}초 · {2}ms · {3}',
    after: '직전 단계: {0}',
    board: '우리 반 결과판',
    clear: '모두 지우기',
    handIn: 'report/step1.json을 여기에 끌어다 놓거나 골라 주세요',
    yourName: '이름',
    files: '파일',
    fromTerminal: '터미널에서는 이렇게 보내요:',
    results: '결과 {0}개',
    noResults: '아직 결과가 없어요',
    tooMuch: '{0}: 보고서라고 하기에는 너무 커요',
    onBoard: '등록했어요: {0}',
    median: '유실 중앙값 {0}건, 최소 {1}건에서 최대 {2}건',
    guessed: '가장 가까운 예상: {0}, 오차 {1}건',
    numbers: '숫자 모두 보기',
    outlier: '다른 결과와 많이 달라요',
    doubtful: '믿을 수 없어요: 컴퓨터가 너무 바빴어요',
    truth: '유실',
    guess: '예상',
    who: '이름',
    lostFresh: '유실(새 연결)',
    lostKeepAlive: '유실(keep-alive)',
    lostAll: '유실 합계',
    outageShort: '중단',
    p99: 'p99 전 → 중',
    deployTook: '배포 시간',
    offBy: '오차',
    remark: '비고',
  },
};

const KEY = 'language';

let language = stored() ?? ((navigator.language || '').startsWith('ko') ? 'ko' : 'en');

function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return value in WORDS ? value : null;
  } catch {
    return null;
  }
}

export function word(name, ...values) {
  return WORDS[language][name].replace(/\{(\d)\}/g, (mark, number) => values[number]);
}

/* Puts the words where the page asks for them. */
export function translate() {
  document.documentElement.lang = language;
  document.title = word('title');
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll('[data-title]')) {
    element.title = word(element.dataset.title);
    element.setAttribute('aria-label', element.title);
  }
}

export function switchLanguage() {
  language = language === 'en' ? 'ko' : 'en';
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Then it is forgotten when the page is closed
  }
  translate();
}
