import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { SearchFound, SearchQuery, ViewRow } from '../../host/bindings';
import '../../testing/loaded';

import { MemoryHost } from '../../testing/memory-host';
import { document, row } from '../../testing/samples';
import { quoted, withChip, withMore } from './query';

const chip = (text: string, filter = text.includes(':')) => ({ text, filter });

function found(changes: Partial<SearchFound> = {}): SearchFound {
  const parts = [
    { text: 'Ihr', hit: false },
    { text: 'Strom', hit: true },
  ];
  const items = [{ document: row({ id: 'doc-1', title: 'Stadtwerke' }), similar: false, snippet: { page: 2, parts } }];
  return { items, total: 1, more: false, chips: [], hints: [], facets: null, ...changes };
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
  expect(quoted('Deutsche Post')).toBe('"Deutsche Post"');
});
