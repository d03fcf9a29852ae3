import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { CaseView, LetterView } from '../../host/bindings';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { document, row, task } from '../../testing/samples';

const bill = row({ id: 'bill', title: 'Stadtwerke · R-17', kind: 'invoice', state: 'accepted' });
const dunning = row({ id: 'dunning', title: 'Stadtwerke · reminder', kind: 'dunning', state: 'accepted' });
const other = row({ id: 'other', title: 'Stadtwerke · tariff', kind: 'letter', state: 'accepted' });

const letters = (): LetterView[] => [
  { document: bill, day: '2025-10-01', relations: [] },
  {
    document: dunning,
    day: '2025-11-10',
    relations: [{ other: 'bill', title: bill.title, relation: 'reminds' }],
  },
];
const view = (changes: Partial<CaseView> = {}): CaseView => ({
  id: 'bill',
  title: bill.title,
  letters: letters(),
  open: [task()],
  ...changes,
});

const host = () =>
  new MemoryHost({
    'cases.list': ({ open }) => {
      const items = [{ id: 'bill', title: bill.title, letters: 2, newest: '2025-11-10', is_open: true }];
      return open === false ? { items: [], total: 0 } : { items, total: 1 };
    },
    'cases.get': () => view(),
    'cases.join': ({ id }) => document({ id }),
    'cases.part': ({ id }) => document({ id }),
    'documents.get': ({ id }) => document({ id, correspondent_id: 'stadtwerke' }),
    'documents.list': ({ correspondent }) =>
      correspondent === 'stadtwerke' ? { items: [bill, dunning, other], total: 3 } : { items: [], total: 0 },
  });

beforeEach(() => (location.hash = '#/cases'));

test('a case shows what is open and its letters in their order, each with what it is to another', async () => {
  render(App, { host: host() });
  const open = within(await screen.findByRole('region', { name: 'Still to do' }));
  expect(open.getByRole('link', { name: /Stadtwerke/ })).toHaveAttribute('href', '#/tasks/task-1');
  const line = within(screen.getByRole('region', { name: 'The letters in order' }));
  const [first, second] = line.getAllByRole('listitem');
  expect(first).toHaveTextContent('Stadtwerke · R-17');
  expect(second).toHaveTextContent('a reminder for “Stadtwerke · R-17”');
});

test('of many cases only those are fetched and drawn that are looked at', async () => {
  const many = Array.from({ length: 1300 }, (_, at) => ({
    id: at ? `case-${at}` : 'bill',
    title: `Case ${at}`,
    letters: 2,
    newest: '2025-11-10',
    is_open: false,
  }));
  const memory = host();
  memory.answer('cases.list', ({ limit = 0, offset = 0 }) => ({
    items: many.slice(offset, offset + limit),
    total: many.length,
  }));
  render(App, { host: memory });
  const nav = within(await screen.findByRole('navigation', { name: 'Cases' }));
  expect((await nav.findAllByRole('link')).length).toBeLessThan(50);
  expect(nav.getAllByRole('listitem')[0]).toHaveAttribute('aria-setsize', '1300');
  await waitFor(() => expect(memory.inputs('cases.list')).toEqual([0, 100].map((offset) => ({ limit: 100, offset }))));
});

test('a letter of the same sender is offered before anything is typed, and joined by Enter', async () => {
  const memory = host();
  const user = userEvent.setup();
  render(App, { host: memory });
  (await screen.findByRole('button', { name: 'Add a letter…' })).focus();
  await user.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByRole('option', { name: /tariff/ })).toBeVisible();
  expect(dialog.queryByRole('option', { name: /reminder/ })).toBeNull();
  dialog.getByRole('combobox').focus();
  await waitFor(() => expect(dialog.getByRole('option', { name: /tariff/ })).toHaveAttribute('aria-selected', 'true'));
  await user.keyboard('{Enter}');
  expect(memory.inputs('cases.join')).toEqual([{ id: 'bill', other: 'other' }]);
  expect(await screen.findByText('“Stadtwerke · tariff” belongs to it now.')).toBeVisible();
});

test('a letter is taken out, with an offer to undo it', async () => {
  const memory = host();
  const user = userEvent.setup();
  render(App, { host: memory });
  await user.click(await screen.findByRole('button', { name: 'Take “Stadtwerke · reminder” out of the case' }));
  expect(memory.inputs('cases.part')).toEqual([{ id: 'dunning' }]);
  expect(await screen.findByRole('button', { name: /Undo/ })).toBeVisible();
});

test('cases are filtered, and a filter that finds none says so', async () => {
  const memory = host();
  const user = userEvent.setup();
  render(App, { host: memory });
  await user.click(await screen.findByRole('button', { name: 'Settled' }));
  expect(await screen.findByText('Nothing here at the moment.')).toBeVisible();
  expect(memory.inputs('cases.list').at(-1)).toMatchObject({ open: false });
});
