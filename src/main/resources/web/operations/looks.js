// Small things about elements, and how the series of a plot are told apart: by colour, and by how they are dashed.

const DASHES = [[], [8, 4], [2, 3], [9, 3, 2, 3], [14, 5], [5, 5], [2, 6], [10, 3, 3, 3, 3, 3]];
const SVG = 'http://www.w3.org/2000/svg';

/** An element with its class and what is in it. */
export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className !== '') {
    element.className = className;
  }
  element.append(...content);
  return element;
}

/** Says something where it has not been said: whoever reads there is not disturbed. */
export function say(element, words) {
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

/** A colour of the style sheet, as it is now. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The name of a series's colour. */
export function seriesColour(place) {
  return '--s' + (place % DASHES.length + 1);
}

export function dashes(place) {
  return DASHES[place % DASHES.length];
}

/** A piece of the line that a series is drawn by. */
export function sample(place) {
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'line');
  const attributes = {x1: 0, y1: 5, x2: 34, y2: 5, 'stroke-dasharray': dashes(place).join(' ')};
  Object.entries(attributes).forEach(([name, value]) => line.setAttribute(name, String(value)));
  line.setAttribute('class', seriesColour(place).slice(2));
  svg.setAttribute('class', 'sample');
  svg.setAttribute('viewBox', '0 0 34 10');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(line);
  return svg;
}
