import { expect, test } from 'vitest';

import bindings from '../host/bindings.ts?raw';
import de from './messages/de.json';
import en from './messages/en.json';

const sources = import.meta.glob(['../**/*.{ts,svelte}', '!../text/compiled/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

/** The words of a type of the engine that is a list of strings. */
function wordsOf(type: string): string[] {
  const declaration = new RegExp(`export type ${type} = ("[^;]+);`).exec(bindings)?.[1];
  if (!declaration) throw new Error(`bindings.ts has no type ${type}`);
  return [...declaration.matchAll(/"([^"]+)"/g)].map(([, word]) => word ?? '');
}

/** The words of a type of the engine whose variants are told apart by `tag`. */
function tagsOf(type: string, tag: string): string[] {
  const declaration = new RegExp(`export type ${type} = ([\\s\\S]+?);\\n`).exec(bindings)?.[1] ?? '';
  return [...declaration.matchAll(new RegExp(`"${tag}": "([^"]+)"`, 'g'))].map(([, word]) => word ?? '');
}

/** The places in braces of a text, in any of its plural forms. */
const places = (text: unknown) => new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? []);

test('both languages have the same keys, none of them empty, with the same places to fill', () => {
  expect(Object.keys(de)).toEqual(Object.keys(en));
  for (const [key, text] of Object.entries(en)) {
    const german: unknown = de[key as keyof typeof de];
    expect(german, key).not.toBe('');
    expect(places(german), key).toEqual(places(text));
  }
});

test('no key stands twice: the later text would take the place of the first without a word', () => {
  const files = import.meta.glob('./messages/*.json', { query: '?raw', import: 'default', eager: true });
  expect(Object.keys(files)).toHaveLength(2);
  for (const [path, text] of Object.entries(files)) {
    const keys = [...String(text).matchAll(/^ {2}"(\w+)":/gm)].map(([, key]) => key ?? '');
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    expect(twice, path).toEqual([]);
    expect(keys.length).toBeGreaterThan(500);
  }
});

test.each([
  ['DocumentKind', 'kind_'],
  ['Field', 'field_'],
  ['TaskKind', 'task_'],
  ['DocumentState', 'state_'],
  ['DoneHow', 'done_how_'],
  ['NoCode', 'no_code_'],
  ['PaidHow', 'paid_how_'],
  ['Check', 'check_'],
  ['Origin', 'origin_'],
  ['SourceId', 'source_'],
  ['Region', 'land_'],
  ['StartKind', 'count_start_'],
  ['StepKind', 'count_step_'],
  ['Note', 'count_note_'],
  ['PeriodUnit', 'period_'],
  ['Shape', 'wrong_'],
  ['Language', 'language_'],
  ['Theme', 'theme_'],
  ['Urgency', 'urgency_'],
  ['Stage', 'stage_'],
  ['DeliveryState', 'delivery_'],
  ['Rhythm', 'rhythm_'],
  ['Weekend', 'weekend_'],
  ['PictureFault', 'doubt_picture_'],
])('every value of %s has a text', (type, prefix) => {
  const words = wordsOf(type);
  expect(words.length).toBeGreaterThan(1);
  for (const word of words) expect(en).toHaveProperty(prefix + word);
});

test('every doubt and every reason of a priority has a text', () => {
  const doubts = tagsOf('Doubt', 'doubt');
  const reasons = tagsOf('PriorityReason', 'reason');
  expect(doubts).toContain('missing');
  expect(reasons).toContain('overdue');
  // What is wrong with a picture is said, not that something is.
  for (const doubt of doubts.filter((doubt) => doubt !== 'picture')) expect(en).toHaveProperty(`doubt_${doubt}`);
  for (const reason of reasons) expect(en).toHaveProperty(`reason_${reason}`);
});

test('everything that can be assumed for a deadline has a text', () => {
  const assumptions = tagsOf('Assumption', 'what');
  expect(assumptions).toContain('received');
  for (const assumption of assumptions) expect(en).toHaveProperty(`assume_${assumption}`);
});

test('every first step that is planned has a text', () => {
  const steps = ['check_already_paid', 'transfer', 'keep_proof', 'open_bank', 'check_balance', 'find_envelope'];
  steps.push('write_objection', 'send_with_proof', 'note_date', 'pack_papers', 'check_account');
  steps.push('compare_claim', 'fill_objection_form', 'note_what_happened', 'answer_or_stay_silent', 'decide_to_keep');
  steps.push('compare_offers', 'write_cancellation', 'write_withdrawal', 'call_advice', 'register_as_job_seeker');
  steps.push('pack_id_card', 'fetch', 'pack_prescription', 'go_to_pharmacy', 'book_appointment', 'gather_papers');
  steps.push('call_for_appointment');
  for (const step of steps) expect(en).toHaveProperty(`step_${step}`);
});

test('every text is used', () => {
  const code = Object.entries(sources)
    .filter(([path]) => !path.includes('.test.'))
    .map(([, text]) => text)
    .join('\n');
  // m.key, or m[`prefix_${…}`] and textOf(`prefix_${…}`) for all keys with that prefix
  const prefixes = [...code.matchAll(/(?:m\[|textOf\()`(\w+_)\$\{/g)].map(([, prefix]) => prefix ?? '');
  const unused = Object.keys(en).filter(
    (key) =>
      key !== '$schema' &&
      !new RegExp(`\\bm\\.${key}\\b`).test(code) &&
      !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
