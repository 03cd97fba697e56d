// Every word of the page, in Korean and English.

const KOREAN = {
  title: 'QR 체크인',
  tag: '시연: 사람과 접종은 지어낸 것입니다',
  otherLanguage: 'English',
  personTitle: '가상의 사람',
  firstDose: '1차 접종',
  days60: '60일 전',
  days3: '3일 전',
  noDose: '접종 없음',
  makePerson: '새 사람 만들기',
  phoneTitle: '이 사람의 휴대전화',
  provider: '앱',
  kakao: '카카오톡',
  naver: '네이버',
  toss: '토스',
  pass: 'PASS',
  coov: 'COOV',
  consentTitle: '접종 정보 제공 동의',
  consentHelp: '한 번 동의하면 QR 코드에 접종 정보가 함께 담깁니다. 동의는 언제든 철회할 수 있습니다.',
  consentKey: '동의하면 이 휴대전화에 열쇠를 만듭니다. 열쇠는 밖으로 나가지 않고, 철회하면 지워집니다.',
  giveAll: '동의하고 QR 코드 받기',
  giveEntry: '출입만 (접종 정보 없이)',
  shownTitle: '입장할 때 보여 주세요',
  qrAlt: '{0} 출입 QR 코드. 15초마다 새로 바뀝니다. 입구의 카메라에 보여 주세요.',
  renewing: '새 코드를 받고 있습니다…',
  brightness: '화면을 밝게 하면 더 잘 읽힙니다.',
  dosesTitle: '이 코드가 보여 주는 접종',
  dose: '{0}차 / {1}회 · {2}',
  entryOnly: '없음: 출입만 합니다.',
  noRecord: '없음: 접종 기록이 없습니다.',
  certify: '지갑 증명서 받기',
  withdraw: '동의 철회',
  walletTitle: '지갑의 증명서',
  walletHelp: '홍길동(지어낸 사람)의 증명서입니다. 오래 쓸 수 있고, 기록이 바뀌면 취소됩니다.',
  certificateAlt: '{0}번째 증명서의 QR 코드',
  certificateUntil: '{0}번째 증명서 · {1}까지',
  closeWallet: '증명서 닫기',
  registrarTitle: '접종 기관',
  registrarHelp: '다음 접종을 기록합니다. 다음 QR 코드에 바로 나타납니다.',
  dose20: '20일 전에 접종함',
  dose0: '오늘 접종함',
  strangerTitle: '모르는 사람의 휴대전화',
  strangerHelp: '다른 열쇠를 가진 휴대전화가 같은 동의로 QR 코드를 요청합니다.',
  askAsStranger: '모르는 휴대전화로 요청하기',
  personMade: '새 사람을 만들었습니다. 기록된 접종: {0}회.',
  consented: '{0}에 동의했습니다. QR 코드가 표시됩니다.',
  withdrawn: '{0}의 동의를 철회했습니다. 열쇠를 지웠습니다.',
  recorded: '{0}차 접종을 기록했습니다. 다음 QR 코드에 나타납니다.',
  nowShows: '이제 QR 코드가 접종 {0}회를 보여 줍니다.',
  certified: '증명서 {0}장을 받았습니다.',
  strangerNone: 'QR 코드를 받지 못했습니다. {0}',
  strangerGot: '모르는 휴대전화가 QR 코드를 받았습니다. 있어서는 안 되는 일입니다.',
  tryAgain: '지금은 알 수 없습니다. 잠시 후 다시 시도합니다. 누구의 잘못도 아닙니다.',
  tryAgainYourself: '지금은 알 수 없습니다. 잠시 후 다시 눌러 주세요. 누구의 잘못도 아닙니다.',
  personUnknown: '이 사람은 더 이상 없습니다. 새 사람을 만들어 주세요.',
  consentUnknown: '동의가 없습니다. 다시 동의해 주세요.',
  keyMismatch: '등록된 휴대전화의 열쇠가 아닙니다.',
  deviceUnknown: '등록된 휴대전화가 없습니다. 다시 동의해 주세요.',
  proofLate: '휴대전화의 시계가 맞지 않습니다.',
  proofWrong: '이 휴대전화의 것이라는 증명이 맞지 않습니다.',
  nothingConsented: '출입만 동의했으므로 증명서를 만들 수 없습니다.',
  nothingToCertify: '증명서로 만들 접종 기록이 없습니다.',
  noSuchDose: '그 날에는 기록할 수 없습니다. 접종은 두 번이고, 2차는 1차보다 늦습니다.',
};

const ENGLISH = {
  title: 'QR check-in',
  tag: 'A demonstration: people and doses are invented',
  otherLanguage: '한국어',
  personTitle: 'An invented person',
  firstDose: 'First dose',
  days60: '60 days ago',
  days3: '3 days ago',
  noDose: 'None',
  makePerson: 'Make a new person',
  phoneTitle: 'This person\'s phone',
  provider: 'App',
  kakao: 'KakaoTalk',
  naver: 'Naver',
  toss: 'Toss',
  pass: 'PASS',
  coov: 'COOV',
  consentTitle: 'Consent to show vaccinations',
  consentHelp: 'Once you have consented, your QR code shows your vaccinations too. You can withdraw at any time.',
  consentKey: 'A key is made on this phone. It never leaves it, and is deleted when you withdraw.',
  giveAll: 'Consent and get a QR code',
  giveEntry: 'Entry only, without vaccinations',
  shownTitle: 'Show this at the entrance',
  qrAlt: 'Entry QR code of {0}. It changes every 15 seconds. Show it to the camera at the entrance.',
  renewing: 'Getting a fresh code…',
  brightness: 'A bright screen is read more easily.',
  dosesTitle: 'Doses that this code shows',
  dose: 'Dose {0} of {1} · {2}',
  entryOnly: 'None: this is for entry only.',
  noRecord: 'None: no dose is recorded.',
  certify: 'Get wallet certificates',
  withdraw: 'Withdraw consent',
  walletTitle: 'Certificates in the wallet',
  walletHelp: 'Of Hong Gildong, who is invented. They last long, and are revoked when a record changes.',
  certificateAlt: 'QR code of certificate {0}',
  certificateUntil: 'Certificate {0} · until {1}',
  closeWallet: 'Close the certificates',
  registrarTitle: 'The registrar',
  registrarHelp: 'Records the next dose. The next QR code shows it at once.',
  dose20: 'Given 20 days ago',
  dose0: 'Given today',
  strangerTitle: 'A stranger\'s phone',
  strangerHelp: 'A phone with another key asks for a QR code by the same consent.',
  askAsStranger: 'Ask by a stranger\'s phone',
  personMade: 'A new person was made. Doses recorded: {0}.',
  consented: 'Consent given to {0}. The QR code is shown.',
  withdrawn: 'Consent to {0} withdrawn. The key is deleted.',
  recorded: 'Dose {0} was recorded. The next QR code shows it.',
  nowShows: 'The QR code now shows {0} doses.',
  certified: 'Certificates received: {0}.',
  strangerNone: 'No QR code was given. {0}',
  strangerGot: 'The stranger\'s phone got a QR code, which must not be.',
  tryAgain: 'This cannot be told right now. The page tries again by itself. It is nobody\'s fault here.',
  tryAgainYourself: 'This cannot be told right now. Please try again in a moment. It is nobody\'s fault here.',
  personUnknown: 'This person is gone. Please make a new one.',
  consentUnknown: 'There is no consent. Please consent again.',
  keyMismatch: 'Its key is not that of the registered phone.',
  deviceUnknown: 'No phone is registered. Please consent again.',
  proofLate: 'The clock of this phone is wrong.',
  proofWrong: 'The proof that it is this phone does not hold.',
  nothingConsented: 'The consent is for entry only, so no certificate can be made.',
  nothingToCertify: 'No dose is recorded that a certificate could be made of.',
  noSuchDose: 'No dose can be recorded on that day. There are two, the second later than the first.',
};

const LANGUAGES = {ko: KOREAN, en: ENGLISH};

let language = 'ko';

/** Has the page speak a language, `ko` or `en`. */
export function speak(wanted) {
  language = Object.hasOwn(LANGUAGES, wanted) ? wanted : 'ko';
  document.documentElement.lang = language;
  document.title = text('title');
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = text(element.dataset.text);
  }
}

export function spoken() {
  return language;
}

/** A text in the language that is spoken, with `{0}` and so on filled in. */
export function text(name, ...values) {
  return LANGUAGES[language][name].replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)]));
}
