// Whether an alarm is on, by Prometheus's rules: at once, where Prometheus waits for a while.

const COMPARISONS = {
  '>': (value, threshold) => value > threshold,
  '<': (value, threshold) => value < threshold,
  '==': (value, threshold) => value === threshold,
};

export const ON = 'on';
export const OFF = 'off';

/** Nothing is measured that it could be told by, or not yet. */
export const UNTOLD = 'untold';

/** The condition of a rule, or one of several that hold together. */
class Condition {
  #parts;
  #grown = [];

  constructor(parts) {
    this.#parts = parts;
  }

  /** What it compares, as a list of value and labels; empty where nothing is measured. */
  #values(look) {
    const {function: name, metric} = this.#parts;
    if (name === 'value' || name === 'abs') {
      return look.values(metric).filter(({labels}) => this.#isAbout(labels))
        .map(({labels, value}) => ({labels, value: name === 'abs' ? Math.abs(value) : value}));
    }
    return look.seconds === 0 && this.#grown.length === 0 ? [] : [{labels: {}, value: this.#growth(look)}];
  }

  #growth(look) {
    const {function: name, metric, windowSeconds} = this.#parts;
    const by = look.growth(metric).filter(({labels}) => this.#isAbout(labels)).reduce((sum, one) => sum + one.by, 0);
    this.#grown.push({atMs: look.atMs, seconds: look.seconds, by});
    this.#grown = this.#grown.filter(({atMs}) => atMs > look.atMs - windowSeconds * 1_000);
    const all = this.#grown.reduce((sum, one) => sum + one.by, 0);
    return name === 'increase' ? all : all / this.#grown.reduce((sum, one) => sum + one.seconds, 0);
  }

  #isAbout(labels) {
    return Object.entries(this.#parts.labels).every(([name, value]) => labels[name] === value);
  }

  /** Its state, and what it holds of. */
  judge(look) {
    const {operator, threshold} = this.#parts;
    const values = this.#values(look);
    const holding = values.filter(({value}) => COMPARISONS[operator](value, threshold));
    return {state: holding.length > 0 ? ON : values.length > 0 ? OFF : UNTOLD, holding};
  }
}

export class Alarm {
  #conditions;
  #judged = {state: UNTOLD, sinceMs: 0, holding: []};

  constructor(rule) {
    this.rule = rule;
    this.#conditions = rule.conditions.map(parts => new Condition(parts));
  }

  /** Judges it by a look; all its conditions are to hold. */
  take(look) {
    const all = this.#conditions.map(condition => condition.judge(look));
    const state = all.every(one => one.state === ON) ? ON : all.some(one => one.state === OFF) ? OFF : UNTOLD;
    const sinceMs = state === this.#judged.state ? this.#judged.sinceMs : look.atMs;
    this.#judged = {state, sinceMs, holding: state === ON ? all.flatMap(one => one.holding) : []};
  }

  get state() {
    return this.#judged.state;
  }

  /** When its state was first seen. */
  get sinceMs() {
    return this.#judged.sinceMs;
  }

  /** What it is on about: values with their labels. */
  get holding() {
    return this.#judged.holding;
  }
}
