// For k6: verifies the payloads of a file, one line each, in an open model.
//   k6 run -e PAYLOADS=corpus.txt -e TOKEN="$(cat tokens/demo)" -e RATE=1000 bench/load/verify.k6.js
// RATE is in requests/s, BATCH payloads are in each, and DURATION is such as 30s. Paths are from this file's folder.

import http from 'k6/http';
import {check} from 'k6';
import {Counter} from 'k6/metrics';
import {SharedArray} from 'k6/data';

const address = __ENV.ADDRESS || 'http://127.0.0.1:8080';
const batch = Number(__ENV.BATCH || 1);
const payloads = new SharedArray('payloads', () => open(__ENV.PAYLOADS).split('\n').filter(line => line !== ''));
const headers = {Authorization: `Bearer ${__ENV.TOKEN}`, 'Content-Type': 'application/json'};
const verdicts = {};
for (const verdict of ['accepted', 'refused', 'indeterminate', 'not_a_credential']) {
  verdicts[verdict] = new Counter(verdict);
}

export const options = {
  scenarios: {
    doors: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE || 1000),
      timeUnit: '1s',
      duration: __ENV.DURATION || '30s',
      preAllocatedVUs: 64,
      maxVUs: 1024,
    },
  },
  thresholds: {checks: ['rate>0.999'], http_req_duration: ['p(99)<500']},
};

export default function () {
  const from = (__VU * 37 + __ITER) * batch;
  const wanted = [];
  for (let i = 0; i < batch; i++) {
    wanted.push(payloads[(from + i) % payloads.length]);
  }
  const answer = http.post(`${address}/v1/verifications`, JSON.stringify({payloads: wanted}), {headers});
  if (check(answer, {'is answered': ({status}) => status === 200})) {
    for (const {verdict} of answer.json('results')) {
      verdicts[verdict].add(1);
    }
  }
}
