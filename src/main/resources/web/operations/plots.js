// Draws the plots, and says beside each of them what it shows.

import uPlot from './uPlot.esm.js';
import {colour, dashes, make, sample, say, seriesColour} from './looks.js';
import {PLOTS, Points} from './series.js';
import {amount, nameOf, text, timeOf} from './texts.js';

const HEIGHT_PX = 170;
const LEAST_SECONDS = 120;

/** The time that a plot is about: what there is, and not too short. */
function spanned(least, most) {
  const last = most ?? Date.now() / 1_000;
  return [Math.min(least ?? last, last - LEAST_SECONDS), last];
}

/** The values that a plot is about: always with 0, and some room where there is nothing else. */
function heightOf(least, most) {
  return least === most ? [0, 1] : uPlot.rangeNum(least, most, 0.1, true);
}

/** One plot with its table. */
class Plot {
  #plot;
  #points;
  #drawing = null;
  #cells = [];
  #chart = make('div', 'chart');
  #table = make('table', 'values');
  #nothing = make('p', 'note');

  constructor(plot) {
    this.#plot = plot;
    this.#points = new Points(plot);
    this.element = make('section', 'plot');
    this.element.id = 'plot-' + plot.id;
    this.label();
  }

  /** Says everything anew, in the language that is spoken now. */
  label() {
    const {id} = this.#plot;
    const heading = make('h3', '', text('plot_' + id));
    heading.id = 'title-' + id;
    this.element.setAttribute('aria-labelledby', heading.id);
    this.#chart.setAttribute('role', 'img');
    this.#chart.setAttribute('aria-label', text('chart', text('plot_' + id)));
    this.element.replaceChildren(heading, this.#chart, this.#table, this.#nothing);
    this.#begin();
  }

  take(look) {
    const before = this.#points.names().length;
    this.#points.take(look);
    if (this.#points.names().length !== before) {
      this.#begin();
    }
    this.show();
  }

  /** Makes the rows of the table, and the drawing, for the series that there are. */
  #begin() {
    const names = this.#points.names();
    this.#cells = names.map(() => [make('td', ''), make('td', '')]);
    const head = make('tr', '', ...['series', 'now', 'highest'].map(column => {
      const cell = make('th', '', text(column));
      cell.scope = 'col';
      return cell;
    }));
    const rows = names.map((name, place) => {
      const cell = make('th', '', sample(place), make('span', '', nameOf(name)));
      cell.scope = 'row';
      const row = make('tr', '', cell, ...this.#cells[place]);
      row.dataset.series = name;
      return row;
    });
    this.#table.replaceChildren(make('caption', 'unseen', text('plot_' + this.#plot.id)),
      make('thead', '', head), make('tbody', '', ...rows));
    const isEmpty = names.length === 0;
    this.#chart.hidden = isEmpty;
    this.#table.hidden = isEmpty;
    say(this.#nothing, isEmpty ? text('notMeasured') : '');
    this.draw();
  }

  /** Begins the drawing anew, in the colours and the width that there are now. */
  draw() {
    this.#drawing?.destroy();
    this.#drawing = null;
    if (!this.#chart.hidden && this.#chart.clientWidth > 0) {
      this.#drawing = new uPlot(this.#options(), this.#points.data(), this.#chart);
    }
    this.show();
  }

  /** Draws and says what is there now. */
  show() {
    this.#drawing?.setData(this.#points.data());
    this.#points.names().forEach((name, place) => {
      const [now, highest] = this.#cells[place];
      say(now, amount(this.#points.now(name), this.#plot.unit));
      say(highest, amount(this.#points.highest(name), this.#plot.unit));
    });
  }

  #options() {
    const axis = {
      stroke: colour('--ink'), font: '12px system-ui, sans-serif',
      grid: {stroke: colour('--grid'), width: 1}, ticks: {stroke: colour('--grid'), width: 1},
    };
    return {
      width: this.#chart.clientWidth,
      height: HEIGHT_PX,
      legend: {show: false},
      cursor: {show: false},
      scales: {
        x: {time: true, range: (_, least, most) => spanned(least, most)},
        y: {range: (_, least, most) => heightOf(Math.min(0, least ?? 0), Math.max(0, most ?? 0))},
      },
      axes: [
        {...axis, space: 90, values: (_, seconds) => seconds.map(timeOf)},
        {...axis, size: 62, values: (_, values) => values.map(value => amount(value, this.#plot.unit, true))},
      ],
      series: [{}, ...this.#points.names().map((_, place) => ({
        stroke: colour(seriesColour(place)), width: 2, dash: dashes(place), points: {show: false},
      }))],
    };
  }
}

/** All plots, in an element. */
export class Plots {
  #plots = PLOTS.map(plot => new Plot(plot));

  constructor(element) {
    element.append(...this.#plots.map(plot => plot.element));
    const redraw = () => this.#plots.forEach(plot => plot.draw());
    let width = 0;
    new ResizeObserver(() => {
      if (element.clientWidth !== width) {
        width = element.clientWidth;
        redraw();
      }
    }).observe(element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  }

  take(look) {
    this.#plots.forEach(plot => plot.take(look));
  }

  label() {
    this.#plots.forEach(plot => plot.label());
  }
}
