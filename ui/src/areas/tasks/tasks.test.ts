import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { TaskDraft } from '../../host/bindings';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { page, task } from '../../testing/samples';

const draft: TaskDraft = {
  title: 'Müll rausbringen',
  kind: 'other',
  due: '2025-11-27',
  due_time: '19:00:00',
  amount: null,
  payee: null,
  description: '',
  minutes: null,
  urgency: null,
  tags: [],
  steps: [],
  recurrence: { rule: 'FREQ=WEEKLY;BYDAY=TH', counted_from: 'due', except: [] },
  documents: [],
};

function host(): MemoryHost {
  return new MemoryHost({
    'tasks.list': () => ({ ...page(task(), task({ id: 'task-2', title: 'Ask Kim' })), place: 0 }),
    'tasks.quick_add': ({ preview }) => ({ draft, task: preview ? null : task({ id: 'new', title: draft.title }) }),
    'tasks.edit': ({ id }) => task({ id }),
    'tasks.block': ({ id }) => task({ id }),
    'tasks.status': ({ id, status }) => task({ id, status }),
    'reminders.history': () => [
      {
        task: 'task-1',
        stage: 'warning',
        planned_for: '2025-11-20T08:00:00Z',
        state: 'failed',
        at: '2025-11-20T08:00:00Z',
        channel: 'desktop',
        error: 'no service',
      },
    ],
    'bills.regular': () =>
      page({
        correspondent: 'c-1',
        name: 'Gaswerk',
        kind: 'invoice',
        rhythm: 'monthly',
        amount: { amount: '45.00', currency: 'EUR' },
        last: '2025-09-15',
        expected: '2025-10-15',
        missing: true,
      }),
    'tasks.not_today': ({ id }) => ({ day: '2025-11-22', moves_due: true, task: task({ id }) }),
  });
}

beforeEach(() => {
  location.hash = '#/tasks';
});

test('a line of plain language shows what it will become, and Enter makes the task', async () => {
  const user = userEvent.setup();
  const memory = host();
  render(App, { host: memory });
  const input = await screen.findByRole('textbox', { name: 'New task' });
  await user.type(input, 'Müll rausbringen jeden Donnerstag 19 Uhr');
  expect(await screen.findByText(/Müll rausbringen · .*27 Nov.* · every Thursday/)).toBeVisible();
  await user.keyboard('{Enter}');
  expect(memory.inputs('tasks.quick_add')).toContainEqual({ line: 'Müll rausbringen jeden Donnerstag 19 Uhr' });
  await screen.findByText('Müll rausbringen: added.');
  expect(input).toHaveValue('');
});

test('“Not today” says the next day that is still safe', async () => {
  const user = userEvent.setup();
  const memory = host();
  render(App, { host: memory });
  (await screen.findAllByRole('button', { name: /^Later…: / }))[0]?.focus();
  await user.keyboard('{Enter}');
  (await screen.findByText('Not today')).focus();
  await user.keyboard('{Enter}');
  expect(memory.inputs('tasks.not_today')).toEqual([{ id: 'task-1' }]);
  await screen.findByText(/Stadtwerke: moved to .*22 Nov/);
});

test('a task is edited by name and keyboard: what is said, and what has to be done before it', async () => {
  const user = userEvent.setup();
  const memory = host();
  location.hash = '#/tasks/task-1';
  render(App, { host: memory });
  await user.click(await screen.findByText('Details'));
  await user.click(await screen.findByRole('button', { name: /^Edit: / }));
  const name = await screen.findByRole('textbox', { name: 'What it is about' });
  await user.clear(name);
  await user.type(name, 'Gas');
  const amount = screen.getByRole('textbox', { name: 'Amount (EUR)' });
  await user.clear(amount);
  await user.type(amount, '1.084,20');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Where it stands' }), 'waiting for somebody else');
  await user.click(screen.getByRole('checkbox', { name: 'Ask Kim' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const [edited] = memory.inputs('tasks.edit') as { id: string; draft: TaskDraft }[];
  expect(edited?.draft).toMatchObject({ title: 'Gas', amount: { amount: '1084.20', currency: 'EUR' }, urgency: null });
  expect(edited?.draft.steps).toHaveLength(2);
  expect(memory.inputs('tasks.status')).toEqual([{ id: 'task-1', status: 'waiting' }]);
  expect(memory.inputs('tasks.block')).toEqual([{ id: 'task-1', blocked_by: ['task-2'] }]);
});

test('what waits for somebody else says so without being opened', async () => {
  const memory = host();
  memory.answer('tasks.list', () => ({ ...page(task({ status: 'waiting' })), place: null }));
  location.hash = '#/tasks';
  render(App, { host: memory });
  expect(await screen.findByText(/waiting for somebody else/)).toBeVisible();
});

test('a task tells when one was reminded of it, over which channel, and what failed', async () => {
  const user = userEvent.setup();
  const memory = host();
  location.hash = '#/tasks/task-1';
  render(App, { host: memory });
  await user.click(await screen.findByText('Details'));
  await user.click(await screen.findByText('Reminders so far'));
  expect(await screen.findByText(/could not be shown · on the desktop · due soon/)).toBeVisible();
  expect(screen.getByText('no service')).toBeVisible();
  expect(memory.inputs('reminders.history')).toEqual([{ task: 'task-1', limit: 50 }]);
});

test('bills that come again are listed, the missing one first and open', async () => {
  render(App, { host: host() });
  expect(await screen.findByText(/Should have come around .*15 Oct/)).toBeVisible();
  expect(screen.getByText(/about .*45\.00/)).toBeVisible();
});

test('“add task” of the tray leads to the field', async () => {
  location.hash = '#/tasks/new';
  render(App, { host: host() });
  const input = await screen.findByRole('textbox', { name: 'New task' });
  await expect.poll(() => document.activeElement).toBe(input);
});

test('what comes again can be left out once or be called off for good, and both can be undone', async () => {
  location.hash = '#/tasks/task-1';
  const user = userEvent.setup();
  const weekly = task({
    due: '2025-11-27',
    recurrence: { rule: 'FREQ=WEEKLY;BYDAY=TH', start: '2025-11-27', counted_from: 'due', except: [] },
  });
  const memory = new MemoryHost({
    'tasks.list': () => ({ ...page(weekly), place: null }),
    'tasks.skip': () => ({ ...weekly, due: '2025-12-04' }),
    'tasks.status': () => ({ ...weekly, status: 'cancelled' as const }),
  });
  render(App, { host: memory });
  await user.click(await screen.findByText('Details'));
  await user.click(screen.getByRole('button', { name: /^Leave out this time: / }));
  expect(await screen.findByText(/moved to .*4 December/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: /^Not needed any more: / }));
  expect(await screen.findByText(/: not needed any more/)).toBeVisible();
  const offers = screen.getAllByRole('button', { name: 'Undo' });
  expect(offers, 'each for its own step').toHaveLength(2);
  expect(memory.inputs('tasks.status')).toEqual([{ id: 'task-1', status: 'cancelled' }]);
});

test('of ten thousand tasks only those around what is looked at are fetched and drawn', async () => {
  const memory = host();
  memory.answer('tasks.list', ({ limit = 0, offset = 0 }) => ({
    items: Array.from({ length: limit }, (_, at) => task({ id: `task-${offset + at}`, title: `Task ${offset + at}` })),
    total: 10_000,
    place: null,
  }));
  location.hash = '#/tasks';
  render(App, { host: memory });
  await screen.findByText('Task 0');
  const rows = screen.getAllByRole('listitem').filter((row) => row.hasAttribute('aria-setsize'));
  expect(rows.length).toBeLessThan(40);
  expect(rows[0]).toHaveAttribute('aria-setsize', '10000');
  expect(rows[1]).toHaveAttribute('aria-posinset', '2');
  expect(memory.inputs('tasks.list').length).toBeLessThan(4);
});

test('a task whose letter waits for a look says perhaps, and leads there instead of being ticked off', async () => {
  const memory = host();
  memory.answer('tasks.list', () => ({ ...page(task({ provisional: true, assumed: true })), place: 0 }));
  render(App, { host: memory });
  expect(await screen.findByText('perhaps by Monday 24 November')).toBeVisible();
  expect(screen.getByRole('link', { name: /^Look at it: / })).toHaveAttribute('href', '#/review/document-1');
  expect(screen.queryByRole('button', { name: /^Done: / })).toBeNull();
});

test('a late bill asks on which day it was paid: today by one key, and the day is kept', async () => {
  const user = userEvent.setup();
  const memory = host();
  const late = task({ due: '2025-11-18', latest: '2025-11-18', days_left: -3 });
  memory.answer('tasks.list', () => ({ ...page(late), place: 0 }));
  const amount = { amount: '84.20', currency: 'EUR' };
  memory.answer('tasks.pay', ({ paid_on }) =>
    task({ status: 'done', payments: [{ id: 'p', amount, paid_on: paid_on ?? '2025-11-21', how: 'transfer' }] }),
  );
  render(App, { host: memory });
  await user.click(await screen.findByRole('button', { name: /^Done: / }));
  await screen.findByRole('dialog', { name: 'When did you pay?' });
  await expect.poll(() => window.document.activeElement?.textContent?.trim()).toBe('Today');
  await user.keyboard('{Enter}');
  await screen.findByText('Stadtwerke: paid on 21 Nov 2025.');
  await user.click(await screen.findByRole('button', { name: /^Done: / }));
  await user.click(await screen.findByRole('button', { name: 'Yesterday' }));
  await screen.findByText('Stadtwerke: paid on 20 Nov 2025.');
  expect(memory.inputs('tasks.pay')).toEqual([{ id: 'task-1' }, { id: 'task-1', paid_on: '2025-11-20' }]);
  expect(memory.inputs('tasks.complete')).toEqual([]);
});

test('a task that is asked for and done stands among the done ones', async () => {
  const done = task({ id: 'old', title: 'Ask Kim', status: 'done', done_how: 'debited' });
  const memory = host();
  memory.answer('tasks.get', () => done);
  memory.answer('tasks.list', ({ filter }) =>
    filter === 'done' ? { ...page(done), place: 0 } : { ...page(task()), place: null },
  );
  location.hash = '#/tasks/old';
  render(App, { host: memory });
  const link = await screen.findByRole('link', { name: 'Ask Kim' });
  expect(screen.getByRole('radio', { name: 'Done' })).toBeChecked();
  await expect.poll(() => window.document.activeElement?.contains(link)).toBe(true);
});
