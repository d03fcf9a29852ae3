import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { NoteView, TagView } from '../../host/bindings';
import '../../testing/loaded';

import { MemoryHost } from '../../testing/memory-host';
import { card, document, page, row, task, today, undone } from '../../testing/samples';
import { nameOf, paths } from '../../text/tags';

const TAGS: TagView[] = [
  { id: 't1', path: 'Tax', documents: 1, tasks: 0 },
  { id: 't2', path: 'Tax/2026', documents: 4, tasks: 0 },
];

function host(note: Partial<NoteView> = {}): MemoryHost {
  const rows = ['a', 'b'].map((id) => row({ id, title: `Letter ${id}` }));
  return new MemoryHost({
    'documents.list': () => ({ items: rows, total: 2 }),
    'documents.get': ({ id }) => document({ id }),
    'documents.note': () => ({ note: '', tags: [], ...note }),
    'documents.write_note': () => null,
    'documents.edit': () => null,
    'search.understand': ({ query }) => ({ chips: query ? [{ text: query, filter: true }] : [], hints: [] }),
    'views.list': () => [{ id: 'overdue', ready: true, name: '', query: 'due:<today', order: 'due', count: 3 }],
    'history.list': () => [],
    'tags.list': () => TAGS,
    'tags.rename': () => null,
    'tags.merge': () => null,
    'correspondents.list': () => page(),
    'history.undo': () => undone({ op: 'tag_documents' }),
  });
}

async function open(memory: MemoryHost, address: string) {
  location.hash = address;
  render(App, { host: memory });
  return userEvent.setup();
}

beforeEach(() => {
  location.hash = '#/documents';
});

test('a note is written in Markdown and shown without its marks', async () => {
  const memory = host();
  const user = await open(memory, '#/documents/a');
  await user.click(await screen.findByText('Write a note'));
  memory.answer('documents.note', () => ({ note: 'in the **cellar**', tags: [] }));
  await user.paste('in the **cellar**');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => memory.inputs('documents.write_note')).toEqual([{ id: 'a', note: 'in the **cellar**' }]);
  memory.emitChanged({ documents: ['a'] });
  expect((await screen.findByText('cellar')).tagName).toBe('STRONG');
});

test('tags are put on, taken off, and taken back', async () => {
  const memory = host({ tags: TAGS.slice(1) });
  const user = await open(memory, '#/documents/a');
  await user.click(await screen.findByLabelText(/Add a tag/));
  await user.paste('Home, Home/Heating,');
  await user.keyboard('{Enter}');
  await user.click(await screen.findByLabelText('Take tag Tax/2026 off'));
  await expect
    .poll(() => memory.inputs('documents.edit'))
    .toEqual([
      { ids: ['a'], add_tags: ['Home', 'Home/Heating'] },
      { ids: ['a'], remove_tags: ['Tax/2026'] },
    ]);
  await user.click(await screen.findByText('Undo'));
  await expect.poll(() => memory.inputs('history.undo')).toHaveLength(1);
});

test('several documents are changed in one step, and only in what was chosen', async () => {
  const memory = host();
  const user = await open(memory, '#/documents');
  for (const box of await screen.findAllByRole('checkbox')) await user.click(box);
  await user.click(screen.getByText('Change…'));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('Save')).toBeDisabled();
  await user.selectOptions(within(dialog).getByLabelText('Kind'), 'dunning');
  await user.click(within(dialog).getByLabelText(/Add a tag/));
  await user.paste('Tax/2026');
  await user.click(within(dialog).getByText('Save'));
  await expect
    .poll(() => memory.inputs('documents.edit'))
    .toEqual([{ ids: ['a', 'b'], kind: 'dunning', add_tags: ['Tax/2026'] }]);
  expect(await screen.findByText('2 documents changed.')).toBeVisible();
});

test('tags are renamed and made one', async () => {
  const memory = host();
  const user = await open(memory, '#/documents');
  await user.click(await screen.findByRole('button', { name: 'Sort tags…' }));
  const name = await screen.findByRole('textbox', { name: 'Name of Tax/2026' });
  await user.clear(name);
  await user.type(name, 'This year{Tab}');
  await expect.poll(() => memory.inputs('tags.rename')).toEqual([{ id: 't2', name: 'This year' }]);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Make Tax one with' }), 'Tax/2026');
  await expect.poll(() => memory.inputs('tags.merge')).toEqual([{ from: 't1', into: 't2' }]);
});

test('a view, a filter and what is typed are one query, shown as chips', async () => {
  const memory = host();
  const user = await open(memory, '#/documents');
  await user.click(await screen.findByRole('button', { name: /Overdue 3/ }));
  await expect
    .poll(() => memory.inputs('documents.list'))
    .toContainEqual({ query: 'due:<today', order: 'due', limit: 100, offset: 0 });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'dunning');
  await expect
    .poll(() => memory.inputs('documents.list'))
    .toContainEqual({ query: 'due:<today kind:dunning', order: 'due', limit: 100, offset: 0 });
  await user.click(await screen.findByRole('button', { name: /Remove due/ }));
  await expect.poll(() => screen.getByRole('searchbox')).toHaveValue('');
});

test('paths of tags are read and shown', () => {
  expect(paths(' Tax/2026 , ,/, Home')).toEqual(['Tax/2026', 'Home']);
  expect(nameOf({ id: 't', path: 'Tax/2026', documents: 0, tasks: 0 })).toBe('2026');
});

test('old post can get its task on its own page, too', async () => {
  location.hash = '#/documents/doc-1';
  const user = userEvent.setup();
  const host = new MemoryHost({
    'documents.get': ({ id }) => document({ id, state: 'stale' }),
    'stale_letters.answer': () => null,
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'No, make a task' }));
  expect(host.inputs('stale_letters.answer')).toEqual([{ done: [], open: ['doc-1'] }]);
  expect(await screen.findByText(/now among the tasks/)).toBeVisible();
});

test('an amount says which way it goes and where it stands, and only perhaps while its letter waits for a look', async () => {
  const memory = host();
  const rows = [
    row({ id: 'a', state: 'accepted' }),
    row({ id: 'b', state: 'review' }),
    row({ id: 'c', state: 'accepted', money: { state: 'paid', on: '2025-11-18', how: 'card' } }),
  ];
  memory.answer('documents.list', () => ({ items: rows, total: 3 }));
  await open(memory, '#/documents');
  for (const said of ['to pay by 24 Nov 2025', 'perhaps to pay by 24 Nov 2025', 'paid on 18 Nov 2025 by card']) {
    expect(await screen.findByText(said)).toBeVisible();
  }
});

test('a bill is paid with its code from its own page', async () => {
  const memory = host();
  memory.answer('documents.get', ({ id }) => document({ id, state: 'accepted', tasks: [task({ document: id })] }));
  const amount = { amount: '147.80', currency: 'EUR' };
  memory.answer('tasks.payment', () => ({
    ...{ payee: 'Stadtwerke GmbH', iban: 'DE02120300000000202051', bic: null, open: amount, reference: 'R-17' },
    ...{ fee: { amount: '5.00', currency: 'EUR' }, due: '2025-11-24', discounts: [], payments: [], accounts: [] },
    ...{ code: { text: 'BCD', svg: '<svg/>', amount }, no_code: null, warnings: [] },
  }));
  const user = await open(memory, '#/documents/a');
  await user.click(await screen.findByRole('button', { name: /^Pay…: / }));
  expect(await screen.findByRole('img', { name: 'Payment code for €147.80' })).toBeVisible();
  expect(screen.getByText('of that €5.00 is a fee for the reminder')).toBeVisible();
});

const focused = () => window.document.activeElement;

test('a document that is opened is read out by its title, and going back leads to its line', async () => {
  const user = await open(host(), '#/documents');
  const line = await screen.findByRole('link', { name: /Letter b/ });
  await user.click(line);
  const title = await screen.findByRole('heading', { level: 1, name: 'Stadtwerke, November' });
  await expect.poll(focused).toBe(title);
  await user.keyboard('{Escape}');
  await expect.poll(() => location.hash).toBe('#/documents');
  await expect.poll(() => focused()?.getAttribute('href')).toBe('#/documents/b');
});

test('a document that was opened from elsewhere leads back there, to what was pressed', async () => {
  const memory = host();
  memory.answer('today.get', () => today({ cards: [card({ id: 'one', document: 'a' })] }));
  const user = await open(memory, '#/today');
  (await screen.findByRole('link', { name: /^Open document/ })).focus();
  await user.keyboard('{Enter}');
  await expect.poll(() => focused()?.tagName).toBe('H1');
  await user.keyboard('{Escape}');
  await expect.poll(() => location.hash).toBe('#/today');
  await expect.poll(() => focused()?.getAttribute('href')).toBe('#/documents/a');
});

test('on the page of a bill Enter shows its payment, Escape folds it, and E ends its task', async () => {
  const memory = host();
  memory.answer('documents.get', ({ id }) => document({ id, state: 'accepted', tasks: [task()] }));
  memory.answer('tasks.complete', () => ({ done: task({ status: 'done' }), next: null }) as never);
  const user = await open(memory, '#/documents/a');
  await screen.findByRole('heading', { level: 1 });
  await user.keyboard('{Enter}');
  await screen.findByRole('region', { name: 'Payment details' });
  expect(focused()).toHaveAttribute('data-task', 'task-1');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('region', { name: 'Payment details' })).toBeNull();
  expect(location.hash).toBe('#/documents/a');
  await user.keyboard('e');
  expect(memory.inputs('tasks.complete')).toEqual([{ id: 'task-1' }]);
});

test('of several tasks of a document E leads to the first, and ends none that nobody has come to', async () => {
  const memory = host();
  const tasks = [task({ id: 'one' }), task({ id: 'two' })];
  memory.answer('documents.get', ({ id }) => document({ id, state: 'accepted', tasks }));
  memory.answer('tasks.complete', () => task({ status: 'done' }) as never);
  const user = await open(memory, '#/documents/a');
  await screen.findByRole('heading', { level: 1 });
  await user.keyboard('e');
  expect(memory.inputs('tasks.complete')).toEqual([]);
  expect(focused()).toHaveAttribute('data-task', 'one');
  await user.keyboard('je');
  expect(memory.inputs('tasks.complete')).toEqual([{ id: 'two' }]);
});
