import { expect, test } from 'vitest';

import { COMMANDS, matches } from './command-list';

const press = (key: string, held: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...held });

test.each([
  ['Mod+K', press('k', { ctrlKey: true }), true],
  ['Mod+K', press('k'), false],
  ['K', press('k', { ctrlKey: true }), false],
  ['K', press('K', { shiftKey: true }), false],
  ['Shift+A', press('A', { shiftKey: true }), true],
  ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
  ['Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
  // Whether ? and + need Shift depends on the keyboard.
  ['?', press('?', { shiftKey: true }), true],
  ['Mod++', press('+', { ctrlKey: true, shiftKey: true }), true],
  ['Mod++', press('+', { ctrlKey: true }), true],
  ['Mod+-', press('-', { ctrlKey: true }), true],
  ['+', press('+'), true],
  ['Space', press(' '), true],
  ['1–9', press('7'), true],
  ['1–9', press('0'), false],
  ['E', press('e', { altKey: true }), false],
])('%s is pressed or not', (keys, event, is) => {
  expect(matches(keys, event)).toBe(is);
});

test('what is offered everywhere and what an area offers do not share a key', () => {
  const everywhere = COMMANDS.filter(({ group }) => ['go', 'do', 'look'].includes(group));
  const keys = everywhere.flatMap(({ keys }) => [...keys] as string[]);
  expect(new Set(keys).size).toBe(keys.length);
  const ofAreas = COMMANDS.filter(({ group }) => !['go', 'do', 'look'].includes(group)).flatMap(({ keys }) => [
    ...keys,
  ]);
  expect(ofAreas.filter((key) => keys.includes(key))).toEqual([]);
});

test('the page of a letter shares no key with the area around it', () => {
  const of = (group: string) => COMMANDS.filter((command) => command.group === group).flatMap(({ keys }) => [...keys]);
  const page: string[] = of('page');
  expect([...of('review'), ...of('documents')].filter((key) => page.includes(key))).toEqual([]);
});
