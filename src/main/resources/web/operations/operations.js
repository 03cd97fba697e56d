// A gateway now: whether it is ready, its alarms, and its plots.

import {ALARMS} from './alarm-rules.js';
import {Alarm, ON} from './alarms.js';
import {make, say} from './looks.js';
import {parse} from './metrics.js';
import {Plots} from './plots.js';
import {Poller} from './poller.js';
import {Counters} from './rates.js';
import {length, nameOf, speak, spoken, text, timeOf} from './texts.js';

const PATIENCE_MS = 10_000;
const SIGNS = {asking: '…', up: '✓', down: '✗', silent: '?'};

const element = id => document.getElementById(id);

const alarms = ALARMS.map(rule => new Alarm(rule));
const counters = new Counters();
const plots = new Plots(element('plots'));
const rows = new Map();
const items = new Map();

let state = 'asking';
let heardMs = Date.now();
let hasHeard = false;
let fault = '';

// Asking

/** Readiness first: it is told when nothing else is. */
async function ask() {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const ready = await fetch('/health/ready', {signal, cache: 'no-store'});
  if (ready.status !== 200 && ready.status !== 503) {
    throw new Error('health is answered by ' + ready.status);
  }
  const health = await ready.json();
  try {
    const metrics = await fetch('/metrics', {signal, cache: 'no-store'});
    return {health, metrics: metrics.ok ? await metrics.text() : ''};
  } catch (slow) {
    return {health, metrics: ''};
  }
}

function take({health, metrics}) {
  heardMs = Date.now();
  hasHeard = true;
  state = health.status === 'up' ? 'up' : 'down';
  fault = metrics === '' ? 'slowMetrics' : '';
  const read = metrics === '' ? null : readOrSay(metrics);
  list('reasons', health.because ?? []);
  list('warnings', health.warnings ?? []);
  if (read !== null) {
    const look = counters.take(read, heardMs);
    alarms.forEach(alarm => alarm.take(look));
    plots.take(look);
  }
  showState();
  showAlarms();
}

function readOrSay(metrics) {
  try {
    return parse(metrics);
  } catch (unreadable) {
    fault = 'unreadable';
    return null;
  }
}

function fail() {
  state = 'silent';
  showState();
}

// State

function list(id, said) {
  const there = element(id === 'reasons' ? 'reasonList' : 'warningList');
  element(id).hidden = said.length === 0;
  if ([...there.children].map(item => item.textContent).join('\n') !== said.join('\n')) {
    there.replaceChildren(...said.map(one => make('li', '', one)));
  }
}

function showState() {
  element('state').className = state;
  say(element('sign'), SIGNS[state]);
  say(element('word'), text(state));
  say(element('metricsFault'), fault === '' ? '' : text(fault));
  const seconds = Math.round((Date.now() - heardMs) / 1_000);
  say(element('detail'),
    state === 'silent' ? text(hasHeard ? 'silentDetail' : 'neverDetail', seconds)
      : state === 'asking' ? '' : text(state + 'Detail'));
}

// Alarms

function chapterLink({name, summary, heading}) {
  const link = make('a', '', text('chapter'));
  link.href = '/chapter#' + heading;
  link.target = '_blank';
  link.rel = 'noopener';
  link.setAttribute('aria-label', text('chapterOf', nameOf(name, summary)));
  return link;
}

/** Makes what is said of each alarm, in the language that is spoken now. */
function labelAlarms() {
  say(element('alarmsAll'), text('alarmsAll', alarms.length));
  for (const {rule} of alarms) {
    const name = nameOf(rule.name, rule.summary);
    const title = make('th', '', name);
    title.scope = 'row';
    const row = make('tr', '', title, make('td', 'state'),
      make('td', '', make('code', '', rule.expression)), make('td', '', chapterLink(rule)));
    row.dataset.alarm = rule.name;
    rows.set(rule.name, row);
    const item = make('li', rule.severity, make('strong', '', `${text(rule.severity)}: ${name}`),
      make('span', 'about'), ' ', chapterLink(rule));
    item.dataset.alarm = rule.name;
    items.set(rule.name, item);
  }
  element('alarmTable').tBodies[0].replaceChildren(...rows.values());
  element('alarmsOn').replaceChildren();
  say(element('heard'), '');
}

function about({rule, holding, sinceMs}) {
  const values = holding.map(({labels, value}) => [...Object.values(labels), Number(value.toPrecision(4))].join(' '));
  const waits = rule.forSeconds > 0 ? [text('waits', length(rule.forSeconds))] : [];
  return [values.join(', '), text('since', timeOf(sinceMs / 1_000)), ...waits].join(' · ');
}

function showAlarms() {
  const isOn = alarm => alarm.state === ON;
  const urgent = alarms.filter(alarm => alarm.rule.severity === 'page');
  const on = [...urgent, ...alarms.filter(alarm => !urgent.includes(alarm))].filter(isOn);
  for (const alarm of alarms) {
    const row = rows.get(alarm.rule.name);
    row.className = alarm.state;
    say(row.querySelector('.state'), text(alarm.state));
  }
  const wanted = on.map(alarm => items.get(alarm.rule.name));
  const shown = [...element('alarmsOn').children];
  shown.filter(item => !wanted.includes(item)).forEach(item => item.remove());
  wanted.forEach((item, place) => {
    if (element('alarmsOn').children[place] !== item) {
      element('alarmsOn').insertBefore(item, element('alarmsOn').children[place] ?? null);
    }
  });
  on.forEach(alarm => say(items.get(alarm.rule.name).querySelector('.about'), about(alarm)));
  element('noAlarm').hidden = !hasHeard || on.length > 0;
  say(element('heard'), on.length === 0
    ? '' : text('alarmsHeard', on.map(({rule}) => nameOf(rule.name, rule.summary)).join(', ')));
}

// Beginning

function label(language) {
  speak(language);
  const other = element('language');
  other.textContent = text('otherLanguage');
  other.lang = language === 'ko' ? 'en' : 'ko';
  labelAlarms();
  plots.label();
  showState();
  showAlarms();
}

const poller = new Poller({
  ask, take, fail,
  nowMs: () => performance.now(),
  after: (run, ms) => setTimeout(run, ms),
  cancel: timer => clearTimeout(timer),
  isHidden: () => document.hidden,
});

element('host').textContent = location.host;
element('language').addEventListener('click', () => label(spoken() === 'ko' ? 'en' : 'ko'));
document.addEventListener('visibilitychange', () => poller.wake());
setInterval(showState, 1_000);
label(navigator.language.startsWith('ko') ? 'ko' : 'en');
poller.wake();
