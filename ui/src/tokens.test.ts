import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', `file://${import.meta.dirname}/`), 'utf8');

type Tokens = Record<string, string>;

/** The tokens of one rule. */
function block(selector: string): Tokens {
  const start = css.indexOf(`\n${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no ${selector}`);
  const body = css.slice(start, css.indexOf('\n}', start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const light = block(':root');
const dark = { ...light, ...block(":root[data-theme='dark']") };
const more = block(":root[data-contrast='more']");
const darkMore = block(":root[data-theme='dark'][data-contrast='more']");

/** Text, and what it stands on. */
const TEXT: [string, string[]][] = [
  ['ink', ['paper', 'sheet', 'well', 'tint', 'ask-tint']],
  ['soft', ['paper', 'sheet', 'well', 'tint', 'ask-tint']],
  ['accent', ['paper', 'sheet', 'tint']],
  ['ask', ['paper', 'sheet', 'ask-tint']],
  ['trouble', ['paper', 'sheet']],
  ['on-accent', ['accent', 'accent-strong']],
];
/** Borders of fields, the focus ring: what has to be seen to be used. */
const SHAPES: [string, string[]][] = [
  ['edge', ['sheet', 'paper']],
  ['accent', ['sheet', 'paper', 'well', 'tint']],
];

test.each([
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['light, high contrast', { ...light, ...more }, 7],
  ['dark, high contrast', { ...dark, ...more, ...darkMore }, 7],
] as [string, Tokens, number][])('in %s, text and shapes stand out from what they lie on', (_, tokens, least) => {
  const measure = (pairs: [string, string[]][], ratio: number) =>
    pairs.flatMap(([front, backs]) =>
      backs
        .map((back) => ({ front, back, contrast: contrast(tokens[front] ?? '', tokens[back] ?? '') }))
        .filter(({ contrast }) => !(contrast >= ratio)),
    );
  expect(measure(TEXT, least)).toEqual([]);
  expect(measure(SHAPES, 3)).toEqual([]);
});
