// Every word of the page, in Korean and English. What the gateway itself says is in English.

const KOREAN = {
  title: 'Passgate 운영',
  otherLanguage: 'English',
  state: '상태',
  asking: '게이트웨이에 묻고 있습니다…',
  up: '준비됨',
  down: '준비되지 않음',
  silent: '응답 없음',
  upDetail: '요청을 받을 수 있습니다.',
  downDetail: '지금은 요청을 받으면 안 됩니다.',
  silentDetail: '{0}초째 응답이 없습니다. 아래는 마지막으로 받은 값입니다.',
  neverDetail: '{0}초째 응답이 없습니다.',
  slowMetrics: '측정값을 받지 못했습니다. 그래프는 마지막 값에서 멈춰 있습니다.',
  unreadable: '게이트웨이의 응답을 읽을 수 없습니다. 버전이 다르면 이 화면을 새로 여십시오.',
  reasons: '이유',
  warnings: '경고',
  stateChapter: '설명서: 장애가 있을 때',
  alarmsOn: '켜진 경보',
  alarmsOff: '켜진 경보가 없습니다.',
  alarmsHeard: '켜진 경보: {0}',
  alarmsAll: '모든 경보 ({0})',
  alarmsHelp: '조건은 Prometheus의 규칙과 같습니다. 이 화면은 기다리지 않고 바로 표시합니다.',
  alarm: '경보',
  alarmState: '상태',
  condition: '조건',
  on: '켜짐',
  off: '꺼짐',
  untold: '측정되지 않음',
  since: '{0}부터',
  waits: 'Prometheus는 {0} 뒤에 알림',
  page: '지금 조치',
  ticket: '내일까지',
  chapter: '설명서',
  chapterOf: '설명서: {0} (영어, 새 탭)',
  plots: '그래프',
  plotsHelp: '이 화면을 연 뒤로, 최대 15분. 이 화면에만 있고 저장되지 않습니다.',
  chart: '{0}: 그래프. 값은 아래 표에 있습니다.',
  series: '항목',
  now: '지금',
  highest: '최고',
  notMeasured: '이 게이트웨이는 측정하지 않습니다.',
  none: '–',
  reachable: '연결됨',
  unreachable: '연결 안 됨',
  seconds: '{0}초',
  minutes: '{0}분',
  hours: '{0}시간',
  plot_requests: '초당 요청, 상태 코드별',
  plot_verdicts: '초당 판정, 이유별',
  plot_answers: '응답 시간',
  plot_queue: '대기열',
  plot_batch: '묶음 크기',
  plot_snapshotAge: '목록의 나이',
  plot_feedLag: '적용되지 않은 변경',
  plot_stores: '저장소',
  plot_clock: '시계 차이',
};

const KOREAN_NAMES = {
  accepted: '승인', other: '그 밖', p50: '절반 (p50)', p99: '99 % (p99)', mean: '평균', age: '나이', lag: '변경',
  verification: '검증', slowPath: '느린 경로', pictures: '사진', checkIns: '출입', issuing: '발급',
  PassgateGatewayDown: '게이트웨이가 응답하지 않습니다',
  PassgateEventLoopStalled: '이벤트 루프가 멈췄습니다',
  PassgateDirectMemory: '연결용 메모리가 부족합니다',
  PassgateStoreDown: '저장소에 연결할 수 없습니다',
  PassgateStoreReadOnly: 'PostgreSQL이 변경을 받지 않습니다',
  PassgateSnapshotOld: '빠진 변경이 없는지 확인되지 않습니다',
  PassgateRevocationsStale: '폐기 목록이 너무 오래되었습니다',
  PassgateTrustStale: '신뢰 목록이 너무 오래되었습니다',
  PassgateLag: '변경이 적용되지 않습니다',
  PassgateDiverged: 'PostgreSQL이 변경을 잃었습니다',
  PassgateClockOff: '시계가 맞지 않습니다',
  PassgateSignerExpires: '서명자 인증서가 곧 만료됩니다',
  PassgateTlsCertificateExpires: '공개 포트의 인증서가 곧 만료됩니다',
  PassgateIndeterminate: '판정할 수 없다는 답이 나갑니다',
  PassgateOneTimeFallback: '일회용 확인을 PostgreSQL이나 게이트웨이 혼자 합니다',
  PassgateSpool: '출입 기록이 게이트웨이의 디스크에 남아 있습니다',
  PassgateEntriesWait: '출입 기록이 Redis에 남아 있습니다',
  PassgateAuditWaits: '감사 기록이 밀려 있습니다',
  PassgateSecretDiffers: '비밀 값이 데이터베이스와 다릅니다',
  PassgateFaults: '게이트웨이 자체의 오류가 있습니다',
  PassgateShedding: '요청을 거절하고 있습니다. 게이트웨이가 더 필요합니다',
  PassgateIssuingImpossible: '패스를 만들 수 없습니다',
};

const ENGLISH = {
  title: 'Operations of Passgate',
  otherLanguage: '한국어',
  state: 'State',
  asking: 'Asking the gateway…',
  up: 'Ready',
  down: 'Not ready',
  silent: 'No answer',
  upDetail: 'It may get traffic.',
  downDetail: 'It should get no traffic now.',
  silentDetail: 'No answer since {0} s. What is below is the last that was heard.',
  neverDetail: 'No answer since {0} s.',
  slowMetrics: 'The metrics were not told. The plots stand where they were.',
  unreadable: 'The answer cannot be read. Open this page anew if the gateway has another version now.',
  reasons: 'Because',
  warnings: 'Warnings',
  stateChapter: 'Chapter: when something is down',
  alarmsOn: 'Alarms that are on',
  alarmsOff: 'No alarm is on.',
  alarmsHeard: 'Alarms that are on: {0}',
  alarmsAll: 'All alarms ({0})',
  alarmsHelp: 'The conditions are those of Prometheus\'s rules. This page does not wait, and shows them at once.',
  alarm: 'Alarm',
  alarmState: 'State',
  condition: 'Condition',
  on: 'on',
  off: 'off',
  untold: 'not measured',
  since: 'since {0}',
  waits: 'Prometheus tells of it after {0}',
  page: 'act now',
  ticket: 'by tomorrow',
  chapter: 'Chapter',
  chapterOf: 'Chapter: {0} (new tab)',
  plots: 'Plots',
  plotsHelp: 'Since this page was opened, the last 15 minutes at most. They are in this page only, and not stored.',
  chart: '{0}: a plot. The table below has its values.',
  series: 'Series',
  now: 'Now',
  highest: 'Highest',
  notMeasured: 'This gateway does not measure it.',
  none: '–',
  reachable: 'reachable',
  unreachable: 'out of reach',
  seconds: '{0} s',
  minutes: '{0} min',
  hours: '{0} h',
  plot_requests: 'Requests a second, by status',
  plot_verdicts: 'Verdicts a second, by reason',
  plot_answers: 'Time to an answer',
  plot_queue: 'Queues',
  plot_batch: 'Batch size',
  plot_snapshotAge: 'Age of the lists',
  plot_feedLag: 'Changes not applied',
  plot_stores: 'Stores',
  plot_clock: 'Clock offset',
};

const ENGLISH_NAMES = {
  p50: 'half (p50)', p99: '99 % (p99)', slowPath: 'slow path', checkIns: 'check-ins', lag: 'changes',
};

const LANGUAGES = {ko: [KOREAN, KOREAN_NAMES], en: [ENGLISH, ENGLISH_NAMES]};
const UNITS = {perSecond: '/s', ms: ' ms', count: '', seconds: ' s'};

let language = 'en';
let numbers = new Intl.NumberFormat(language);
let times = new Intl.DateTimeFormat(language);

/** Has the page speak a language, `ko` or `en`. */
export function speak(wanted) {
  language = wanted;
  numbers = new Intl.NumberFormat(language, {maximumSignificantDigits: 3});
  times = new Intl.DateTimeFormat(language, {timeStyle: 'medium', hourCycle: 'h23'});
  document.documentElement.lang = language;
  document.title = text('title') + ' · ' + location.host;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = text(element.dataset.text);
  }
}

export function spoken() {
  return language;
}

/** A text in the language that is spoken, with `{0}` and so on filled in. */
export function text(name, ...values) {
  return LANGUAGES[language][0][name].replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)]));
}

/** The name of a series, or of an alarm; `otherwise` where it needs none in this language. */
export function nameOf(name, otherwise = name) {
  return LANGUAGES[language][1][name] ?? otherwise;
}

/** A value with its unit; shorter at an axis. */
export function amount(value, unit, isShort = false) {
  if (value === null || value === undefined) {
    return isShort ? '' : text('none');
  }
  if (unit === 'reach') {
    return isShort ? numbers.format(value) : text(value === 1 ? 'reachable' : 'unreachable');
  }
  return numbers.format(value) + (isShort && unit === 'perSecond' ? '' : UNITS[unit]);
}

/** The time of day, of seconds since 1970. */
export function timeOf(seconds) {
  return times.format(new Date(seconds * 1_000));
}

/** A length of time in its largest whole unit. */
export function length(seconds) {
  if (seconds >= 3_600) {
    return text('hours', numbers.format(seconds / 3_600));
  }
  return seconds >= 60 ? text('minutes', numbers.format(seconds / 60)) : text('seconds', numbers.format(seconds));
}
