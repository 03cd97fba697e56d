// The Prometheus text format, read strictly: a line that is not in it is a fault, not something to guess at.

const SAMPLE = /^([A-Za-z_:][A-Za-z0-9_:]*)(?:\{([^\n]*)\})? (\S+)$/;
const LABEL = /([A-Za-z_][A-Za-z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)/y;
const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const ESCAPES = {'\\\\': '\\', '\\"': '"', '\\n': '\n'};

/** By metric's name its series: each with its labels, its value, and a key that no other series has. */
export function parse(text) {
  const metrics = new Map();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    const found = SAMPLE.exec(line);
    if (found === null) {
      throw new SyntaxError('no sample: ' + line);
    }
    const [, name, labels = '', value] = found;
    const series = metrics.get(name) ?? [];
    metrics.set(name, series);
    series.push({key: `${name}{${labels}}`, labels: readLabels(labels, line), value: readValue(value, line)});
  }
  return metrics;
}

function readLabels(text, line) {
  const labels = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const found = LABEL.exec(text);
    if (found === null) {
      throw new SyntaxError('no labels: ' + line);
    }
    labels[found[1]] = found[2].replace(/\\./g, escape => ESCAPES[escape]);
  }
  return labels;
}

function readValue(text, line) {
  switch (text) {
    case 'NaN': return NaN;
    case '+Inf': return Infinity;
    case '-Inf': return -Infinity;
    default:
      if (!NUMBER.test(text)) {
        throw new SyntaxError('no value: ' + line);
      }
      return Number(text);
  }
}
