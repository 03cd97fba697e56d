// What each plot shows, and its points: the last 15 minutes, in memory only.

import {quantile} from './rates.js';

const KEPT_SECONDS = 15 * 60;

/** Two looks that are further apart have a gap between them. */
const GAP_SECONDS = 15;

const MOST_SERIES = 8;
const OTHER = 'other';

/** What a counter has grown by in a second, by name. */
function perSecond(metric, nameOf) {
  return look => {
    const named = new Map();
    for (const {labels, by} of look.growth(metric)) {
      const name = nameOf(labels);
      named.set(name, (named.get(name) ?? 0) + by / look.seconds);
    }
    return named;
  };
}

/** The buckets of a histogram, of all its series together, since the look before. */
function buckets(look, metric) {
  const counts = new Map();
  for (const {labels, by} of look.growth(metric)) {
    const bound = labels.le === '+Inf' ? Infinity : Number(labels.le);
    counts.set(bound, (counts.get(bound) ?? 0) + by);
  }
  return [...counts];
}

function quantiles(metric, factor) {
  return look => {
    const counted = buckets(look, metric);
    return new Map([['p50', 0.5], ['p99', 0.99]].map(([name, part]) => [name, factor * quantile(counted, part)]));
  };
}

function batches(look) {
  const grown = metric => look.growth(metric).reduce((sum, {by}) => sum + by, 0);
  return new Map([
    ['mean', grown('passgate_batch_size_sum') / grown('passgate_batch_size_count')],
    ['p99', quantile(buckets(look, 'passgate_batch_size_bucket'), 0.99)],
  ]);
}

/** Gauges by the name that each is to have. */
function gauges(metrics) {
  return look => new Map(Object.entries(metrics)
    .flatMap(([name, metric]) => look.values(metric).map(({value}) => [name, value])));
}

/** The series of one gauge, each named by a label. */
function gaugesBy(metric, label) {
  return look => new Map(look.values(metric).map(({labels, value}) => [labels[label], value]));
}

/** All plots. `always` are series that are there from the start; others come with their first value. */
export const PLOTS = [
  {
    id: 'requests', unit: 'perSecond', always: ['2xx', '4xx', '5xx'], grows: true,
    read: perSecond('passgate_http_requests_seconds_count', ({status}) => status.slice(0, 1) + 'xx'),
  },
  {
    id: 'verdicts', unit: 'perSecond', always: ['accepted'], grows: true,
    read: perSecond('passgate_verdicts_total', ({verdict, reason}) => verdict === 'accepted' ? verdict : reason),
  },
  {
    id: 'answers', unit: 'ms', always: ['p50', 'p99'],
    read: quantiles('passgate_http_requests_seconds_bucket', 1_000),
  },
  {
    id: 'queue', unit: 'count', always: [],
    read: gauges({
      verification: 'passgate_queue_depth',
      slowPath: 'passgate_slow_path_depth',
      pictures: 'passgate_image_queue_depth',
      checkIns: 'passgate_checkins_pending',
      issuing: 'passgate_issuing_queue_depth',
    }),
  },
  {id: 'batch', unit: 'count', always: ['mean', 'p99'], read: batches},
  {id: 'snapshotAge', unit: 'seconds', always: [], read: gauges({age: 'passgate_snapshot_age_seconds'})},
  {id: 'feedLag', unit: 'count', always: [], read: gauges({lag: 'passgate_feed_lag'})},
  {id: 'stores', unit: 'reach', always: [], read: gaugesBy('passgate_store_up', 'store')},
  {id: 'clock', unit: 'seconds', always: [], read: gaugesBy('passgate_clock_offset_seconds', 'against')},
];

/** The points of one plot. */
export class Points {
  #plot;
  #times = [];
  #columns = new Map();

  constructor(plot) {
    this.#plot = plot;
    plot.always.forEach(name => this.#columns.set(name, []));
  }

  take(look) {
    if (look.seconds > GAP_SECONDS) {
      this.#add(look.atMs / 1_000 - look.seconds / 2, new Map());
    }
    this.#add(look.atMs / 1_000, this.#named(this.#plot.read(look)));
    while (this.#times[0] < look.atMs / 1_000 - KEPT_SECONDS) {
      this.#times.shift();
      this.#columns.forEach(column => column.shift());
    }
  }

  /** Has a column for each name that a plot has room for; the rest is one column. */
  #named(values) {
    const named = new Map();
    for (const [name, value] of values) {
      let column = name;
      if (!this.#columns.has(name)) {
        if (!Number.isFinite(value) || this.#plot.grows && value === 0) {
          continue;
        }
        column = this.#columns.size < MOST_SERIES - 1 ? name : OTHER;
        if (!this.#columns.has(column)) {
          this.#columns.set(column, this.#times.map(() => null));
        }
      }
      named.set(column, (named.get(column) ?? 0) + value);
    }
    return named;
  }

  #add(seconds, values) {
    this.#times.push(seconds);
    for (const [name, column] of this.#columns) {
      const value = values.get(name);
      column.push(Number.isFinite(value) ? value : null);
    }
  }

  names() {
    return [...this.#columns.keys()];
  }

  /** The last value of a series; null where there is none now. */
  now(name) {
    return this.#columns.get(name).at(-1) ?? null;
  }

  /** The highest that is kept of a series; null where there is none. */
  highest(name) {
    const values = this.#columns.get(name).filter(value => value !== null);
    return values.length === 0 ? null : values.reduce((one, other) => Math.max(one, other));
  }

  /** Times in seconds, and a column for each name. */
  data() {
    return [this.#times, ...this.#columns.values()];
  }
}
