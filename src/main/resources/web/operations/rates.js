// What counters have grown by from one look at a gateway to the next, and quantiles of what they count.

/** Turns scrapes, one after another, into looks. */
export class Counters {
  #before = new Map();
  #beforeMs = NaN;

  /**
   * Takes a scrape.
   *
   * @param metrics as `parse` has read them
   * @param atMs when that was
   */
  take(metrics, atMs) {
    const before = this.#before;
    const isFirst = Number.isNaN(this.#beforeMs);
    const seconds = isFirst ? 0 : (atMs - this.#beforeMs) / 1_000;
    this.#beforeMs = atMs;
    this.#before = new Map([...metrics.values()].flat().map(({key, value}) => [key, value]));
    const all = name => metrics.get(name) ?? [];
    return {
      atMs,
      /** Since the look before; 0 at the first one, which tells nothing of what grows. */
      seconds,
      /** The series of a metric that have a value. */
      values: name => all(name).filter(({value}) => Number.isFinite(value)),
      /** By how much each series of a counter has grown. One that is smaller than it was began anew, at 0. */
      growth: name => isFirst ? [] : all(name).map(({key, labels, value}) => {
        const was = before.get(key) ?? 0;
        return {labels, by: value < was ? value : value - was};
      }),
    };
  }
}

/**
 * A quantile of what was counted, between the bounds of its bucket as Prometheus takes it.
 *
 * @param buckets pairs of upper bound and count of all up to it, in any order
 * @param part such as 0.99
 * @returns NaN where nothing was counted
 */
export function quantile(buckets, part) {
  const sorted = [...buckets].sort(([one], [other]) => one - other);
  const all = sorted.at(-1)?.[1] ?? 0;
  if (!(all > 0)) {
    return NaN;
  }
  const wanted = part * all;
  const place = sorted.findIndex(([, count]) => count >= wanted);
  const [bound, count] = sorted[place];
  const [lower, below] = place === 0 ? [0, 0] : sorted[place - 1];
  if (bound === Infinity) {
    return lower;
  }
  return count === below ? bound : lower + (bound - lower) * (wanted - below) / (count - below);
}
