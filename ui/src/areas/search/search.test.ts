import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { AnsweredPayment, Facets, PaymentsAnswer, SearchFound, SearchQuery, ViewRow } from '../../host/bindings';
import '../../testing/loaded';

import { MemoryHost } from '../../testing/memory-host';
import { document, row } from '../../testing/samples';
import { withChip, withMore, withoutChip } from './query';

const chip = (text: string, filter = text.includes(':')) => ({ text, filter });

function found(changes: Partial<SearchFound> = {}): SearchFound {
  const parts = [
    { text: 'Ihr', hit: false },
    { text: 'Strom', hit: true },
  ];
  const items = [{ document: row({ id: 'doc-1', title: 'Stadtwerke' }), similar: false, snippet: { page: 2, parts } }];
  return { items, total: 1, more: false, chips: [], hints: [], facets: null, answer: null, ...changes };
}

const view = (changes: Partial<ViewRow> = {}): ViewRow => ({
  id: 'overdue',
  ready: true,
  name: '',
  query: 'due:<today',
  order: 'due',
  count: 3,
  ...changes,
});

function host(answer: (query: SearchQuery) => SearchFound = () => found()): MemoryHost {
  const rect = { x: 0.1, y: 0.2, w: 0.3, h: 0.01 };
  const pages = [1, 2].map((number) => ({ number, width: 595, height: 842, origin: 'embedded' as const }));
  return new MemoryHost({
    'search.find': answer,
    'search.hits': () => [{ page: 2, rects: [rect, rect] }],
    'views.list': () => [view()],
    'views.save': ({ name }) => view({ id: 'own', ready: false, name }),
    'documents.get': ({ id }) => document({ id, pages }),
  });
}

beforeEach(() => {
  location.hash = '#/search';
});

test('results come while typing, with the words marked', async () => {
  const user = userEvent.setup();
  const memory = host();
  render(App, { host: memory });
  await user.type(await screen.findByRole('searchbox'), 'strom');
  await expect.poll(() => memory.inputs('search.find')).toContainEqual(expect.objectContaining({ query: 'strom' }));
  expect((await screen.findByText('Strom')).tagName).toBe('MARK');
});

test('a click on a result shows the page of the hit with its words framed', async () => {
  const user = userEvent.setup();
  const { container } = render(App, { host: host() });
  await user.click(await screen.findByRole('button', { name: /Stadtwerke/ }));
  const page = await screen.findByRole('region', { name: 'Place on the page' });
  expect(await within(page).findByText('2 / 2')).toBeVisible();
  expect(container.querySelectorAll('rect.hit')).toHaveLength(2);
  expect(within(page).getByRole('link', { name: 'Open document' })).toHaveAttribute('href', '#/documents/doc-1');
});

test('each condition is a chip that can be changed and taken away', async () => {
  const user = userEvent.setup();
  const chips = [chip('from:telekom'), chip('strom')];
  const memory = host(() => found({ chips }));
  render(App, { host: memory });
  const box = await screen.findByRole('searchbox');
  await user.click(await screen.findByRole('button', { name: 'Change from:telekom' }));
  const input = screen.getByRole('textbox', { name: 'Change from:telekom' });
  await user.clear(input);
  await user.type(input, 'from:post{Enter}');
  expect(box).toHaveValue('from:post strom');
  await user.click(screen.getByRole('button', { name: 'Remove from:telekom' }));
  expect(box).toHaveValue('strom');
});

const facets = (on: boolean): Facets => ({
  kinds: [
    { value: 'invoice', count: 2, chip: 'kind:invoice', on },
    { value: 'dunning', count: 1, chip: 'kind:dunning', on: false },
  ],
  senders: [{ value: 'Kruse', count: 3, chip: 'from:Kruse', on: false }],
  years: ['2026', '2025'].map((value) => ({ value, count: 1, chip: `date:${value}`, on: false })),
  states: [],
  tags: [],
});

test('a facet is a filter that is pressed and let go again', async () => {
  const user = userEvent.setup();
  const isOn = (query: string) => query.includes('kind:invoice');
  const memory = host(({ query }) =>
    found({
      total: 3,
      facets: facets(isOn(query)),
      chips: [chip('strom'), ...(isOn(query) ? [chip('kind:invoice')] : [])],
    }),
  );
  render(App, { host: memory });
  const box = await screen.findByRole('searchbox');
  await user.type(box, 'strom');
  const invoices = await screen.findByRole('button', { name: /^Invoice/ });
  expect(invoices).toHaveAttribute('aria-pressed', 'false');
  await user.click(invoices);
  expect(box).toHaveValue('strom kind:invoice');
  await expect.poll(() => screen.getByRole('button', { name: /^Invoice/ }).getAttribute('aria-pressed')).toBe('true');
  await user.click(screen.getByRole('button', { name: /^Invoice/ }));
  expect(box).toHaveValue('strom');
  const years = within(screen.getByRole('region', { name: 'Year' })).getAllByRole('button');
  expect(years.map((year) => year.textContent.trim().slice(0, 4))).toEqual(['2026', '2025']);
  expect(screen.queryByRole('region', { name: 'Sender' }), 'what all have in common is no filter').toBeNull();
});

const payment = (on: string, amount: string, document: string): AnsweredPayment => ({
  on,
  amount: { amount, currency: 'EUR' },
  how: 'transfer',
  document,
  title: `Sweeping · Kruse (${document})`,
  correspondent: 'Kruse',
});

const answer = (changes: Partial<PaymentsAnswer> = {}): PaymentsAnswer => {
  const [last, before] = [payment('2026-11-12', '68.40', 'doc-2'), payment('2025-03-20', '61.90', 'doc-1')];
  return {
    about: 'chimney sweep',
    last,
    years: [
      { year: 2026, sums: [last.amount], payments: [last] },
      { year: 2025, sums: [before.amount], payments: [before] },
    ],
    sums: [{ amount: '130.30', currency: 'EUR' }],
    count: 2,
    unpaid: [row({ id: 'doc-3', title: 'Sweeping · Kruse (doc-3)' })],
    unpaid_total: 2,
    more: false,
    ...changes,
  };
};

test('a question is answered above the hits, and each payment leads to its letter', async () => {
  render(App, { host: host(() => found({ facets: facets(false), answer: answer() })) });
  const card = await screen.findByRole('region', { name: 'Paid: chimney sweep' });
  const last = within(within(card).getByRole('status')).getByRole('link');
  expect(last).toHaveTextContent(/€68.40.*paid on .*12 Nov 2026 by transfer/);
  expect(last).toHaveAttribute('href', '#/documents/doc-2');
  expect(card).toHaveTextContent(/2026.*2025.*Altogether.*€130.30/);
  expect(within(card).getByRole('link', { name: /2025.*61.90/ })).toHaveAttribute('href', '#/documents/doc-1');
  expect(within(card).getByRole('link', { name: /doc-3/ })).toHaveAttribute('href', '#/documents/doc-3');
  expect(card).toHaveTextContent('and 1 more');
});

test('a year of several payments unfolds to each of them', async () => {
  const user = userEvent.setup();
  const payments = [payment('2026-11-12', '68.40', 'doc-2'), payment('2026-02-20', '61.90', 'doc-1')];
  const sums = [{ amount: '130.30', currency: 'EUR' }];
  const one = answer({ years: [{ year: 2026, sums, payments }] });
  render(App, { host: host(() => found({ facets: facets(false), answer: one })) });
  await user.click(await screen.findByText('2 payments'));
  expect(screen.getByRole('link', { name: /20 Feb 2026.*61.90/ })).toHaveAttribute('href', '#/documents/doc-1');
});

test('where no payment is noted, the answer says so and names what is open', async () => {
  const none = answer({ last: null, years: [], sums: [], count: 0, unpaid_total: 1 });
  render(App, { host: host(() => found({ facets: facets(false), answer: none })) });
  const card = await screen.findByRole('region', { name: 'Paid: chimney sweep' });
  expect(within(card).getByRole('status')).toHaveTextContent('No payment is noted for this.');
  expect(within(card).getByRole('link', { name: /doc-3/ })).toBeVisible();
});

test('what is no filter is said, with what could be meant', async () => {
  const hint = { typed: 'form:post', code: 'unknown_key' as const, suggestion: 'from' };
  render(App, { host: host(() => found({ hints: [hint] })) });
  expect(await screen.findByText(/“form:post” is no filter.*Did you mean “from”\?/)).toBeVisible();
});

test('a view shows its number and its documents in its order, and a query can be kept as one', async () => {
  const user = userEvent.setup();
  const memory = host();
  render(App, { host: memory });
  await user.click(await screen.findByRole('button', { name: /Overdue 3/ }));
  await expect
    .poll(() => memory.inputs('search.find'))
    .toContainEqual(expect.objectContaining({ query: 'due:<today', order: 'due' }));
  await user.click(await screen.findByRole('button', { name: 'Keep as a view' }));
  await user.type(screen.getByRole('textbox', { name: 'Name of the view' }), 'Pressing{Enter}');
  await expect
    .poll(() => memory.inputs('views.save'))
    .toEqual([{ name: 'Pressing', query: 'due:<today', order: 'due' }]);
});

test('a view of one’s own is renamed, moved and removed, and can be had back', async () => {
  const user = userEvent.setup();
  const own = ['One', 'Two'].map((name) => view({ id: name, ready: false, name, query: name, count: 1 }));
  const memory = host();
  memory.answer('views.list', () => own);
  memory.answer('views.remove', () => null);
  render(App, { host: memory });
  const choose = async (name: string) => {
    (await screen.findByLabelText('More about view Two')).focus();
    await user.keyboard('{Enter}');
    // jsdom has no layout, so the menu counts as out of sight and its items have no name
    (await screen.findByText(name)).focus();
    await user.keyboard('{Enter}');
  };
  await expect.poll(() => screen.queryByRole('searchbox')).toHaveFocus();
  await choose('Rename…');
  await user.clear(await screen.findByLabelText('Name of the view'));
  await user.paste('Three');
  await user.keyboard('{Enter}');
  await choose('Further to the front');
  await choose('Remove');
  const kept = { id: 'Two', query: 'Two', order: 'due' };
  expect(memory.inputs('views.save')).toEqual([
    { ...kept, name: 'Three' },
    { ...kept, name: 'Two', position: 0 },
  ]);
  expect(memory.inputs('views.remove')).toEqual([{ id: 'Two' }]);
  expect(await screen.findByText('View Two removed.')).toBeVisible();
  const removed = screen.getByRole('group', { name: 'View Two removed.' });
  expect(within(removed).getByText('Undo')).toBeVisible();
});

test('the search box is one key away from anywhere', async () => {
  const user = userEvent.setup();
  location.hash = '#/today';
  render(App, { host: host() });
  await screen.findByRole('navigation');
  await user.keyboard('{Control>}f{/Control}');
  await expect.poll(() => location.hash).toBe('#/search');
  await expect.poll(() => screen.queryByRole('searchbox')).toHaveFocus();
});

test('queries are taken apart and joined', () => {
  expect(withChip([chip('a'), chip('b')], 0)).toBe('b');
  expect(withChip([chip('a'), chip('b')], 1, ' c ')).toBe('a c');
  expect(withMore('strom ', 'kind:invoice')).toBe('strom kind:invoice');
  const chips = [chip('kind:invoice'), chip('strom')];
  expect(withoutChip('wie viel für strom kind:invoice', chips, 'kind:invoice')).toBe('wie viel für strom');
  expect(withoutChip('strom art:rechnung', chips, 'kind:invoice')).toBe('strom');
});

test('Escape closes the page, leads from the hits to the box, and empties it', async () => {
  const user = userEvent.setup();
  render(App, { host: host() });
  const box = await screen.findByRole('searchbox');
  await user.type(box, 'strom');
  const hit = await screen.findByRole('button', { name: /Stadtwerke/ });
  await expect.poll(() => location.hash).toBe('#/search/strom');
  await user.keyboard('{ArrowDown}');
  expect(hit).toHaveFocus();
  await user.keyboard('{Enter}');
  await screen.findByRole('region', { name: 'Place on the page' });
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByRole('region', { name: 'Place on the page' })).toBeNull();
  await expect.poll(() => window.document.activeElement?.getAttribute('data-hit')).toBe('doc-1');
  await user.keyboard('{Escape}');
  expect(box).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(box).toHaveValue('');
});

test('who comes back from a document finds the hits, and goes on at the one they had opened', async () => {
  const user = userEvent.setup();
  render(App, { host: host() });
  await user.type(await screen.findByRole('searchbox'), 'strom');
  await user.click(await screen.findByRole('button', { name: /Stadtwerke/ }));
  await expect.poll(() => location.hash).toBe('#/search/strom');
  (await screen.findByRole('link', { name: 'Open document' })).focus();
  await user.keyboard('{Enter}');
  await expect.poll(() => window.document.activeElement?.tagName).toBe('H1');
  await user.keyboard('{Escape}');
  await expect.poll(() => window.document.activeElement?.getAttribute('data-hit')).toBe('doc-1');
  expect(screen.getByRole('searchbox')).toHaveValue('strom');
});
