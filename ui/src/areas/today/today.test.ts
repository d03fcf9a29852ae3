import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import App from '../../App.svelte';
import type { Derivation, StepView, TaskView, TransferView } from '../../host/bindings';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { card, row, settings, task, today, undone } from '../../testing/samples';

/** A host with these open tasks, which really ends and reopens them. */
function hostWith(tasks: TaskView[]): MemoryHost {
  let done: TaskView | undefined;
  const host: MemoryHost = new MemoryHost({
    'today.get': () => today({ cards: tasks.filter(({ id }) => id !== done?.id).map(card) }),
    'tasks.complete': ({ id }) => {
      done = tasks.find((task) => task.id === id);
      host.emitChanged({ tasks: [id] });
      return task({ id, status: 'done' });
    },
    'history.undo': () => {
      done = undefined;
      host.emitChanged({ all: true });
      return undone({ label: 'Stadtwerke' });
    },
    'reminders.snooze': () => task(),
    'tasks.postpone': () => task(),
    'stale_letters.answer': () => null,
  });
  return host;
}

const cards = () => screen.findAllByRole('article');

test('never more than three cards, however many the engine gives', async () => {
  const tasks = [1, 2, 3, 4, 5].map((n) => task({ id: `t${n}`, title: `Sender ${n}` }));
  render(App, { host: hostWith(tasks) });
  expect(await cards()).toHaveLength(3);
});

test('a card says who, how much, until when in words, the first step and why it is here', async () => {
  render(App, { host: hostWith([task()]) });
  const [card] = await cards();
  expect(card).toHaveTextContent('Stadtwerke');
  expect(card).toHaveTextContent('€84.20');
  expect(card).toHaveTextContent('in 3 days, Monday 24 November');
  expect(card).toHaveTextContent('Next step: Open your banking app.');
  expect(card).toHaveTextContent('Why it is here: 3 days left');
});

test('the first line says as much as the cards: of seven things three come first', async () => {
  const cards = [1, 2, 3].map((n) => card({ id: `t${n}`, title: `Sender ${n}` }));
  render(App, { host: new MemoryHost({ 'today.get': () => today({ cards, this_week: 7 }) }) });
  await screen.findByRole('heading', { name: '7 things to do. Three of them first.' });
});

test('nothing within a week: the first line names what comes next, and what is late is a number, no list', async () => {
  const coming = [task({ id: 'begun', days_left: 0 }), task({ title: 'Tax office', due: '2025-12-12', days_left: 21 })];
  render(App, { host: new MemoryHost({ 'today.get': () => today({ coming, late: 4 }) }) });
  await screen.findByRole('heading', { name: 'Nothing presses. Next: Tax office, in 3 weeks.' });
  expect(screen.getByText('4 more things have waited for longer. One at a time.')).toBeVisible();
});

test('objection and payment of one notice are on one card, each with its own button', async () => {
  const user = userEvent.setup();
  const objection = task({ id: 't2', kind: 'object', rule: 'tax_objection', amount: null, due: '2025-12-20' });
  const host = new MemoryHost({
    'today.get': () => today({ cards: [card({ title: 'Tax office', also: [objection] })] }),
    'tasks.complete': ({ id }) => task({ id, status: 'done' }),
  });
  render(App, { host });
  const [notice] = await cards();
  const also = within(notice as HTMLElement).getByRole('list', { name: 'Also in this letter' });
  expect(also).toHaveTextContent('Check the tax notice');
  await user.click(within(also).getByRole('button', { name: /^Fits: Check the tax notice/ }));
  expect(host.inputs('tasks.complete')).toEqual([{ id: 't2', how: 'accepted' }]);
});

test('to object is a possibility: the notice fits, or somebody wants to and has something to do from then on', async () => {
  const user = userEvent.setup();
  let notice = card({ kind: 'object', rule: 'fine', amount: null, due: '2025-11-24', latest: null });
  const host: MemoryHost = new MemoryHost({
    'today.get': () => today({ cards: [notice] }),
    'tasks.status': ({ status }) => {
      notice = { ...notice, status };
      host.emitChanged({ tasks: [notice.id] });
      return notice;
    },
  });
  render(App, { host });
  const [first] = await cards();
  expect(first).toHaveTextContent('Check the fine');
  expect(first).toHaveTextContent('objection possible until Monday 24 November, in 3 days');
  expect(within(first as HTMLElement).getByRole('button', { name: /^Fits: / })).toBeVisible();
  expect(first).not.toHaveTextContent('Next step');
  await user.click(screen.getByRole('button', { name: /^I want to object: / }));
  expect(host.inputs('tasks.status')).toEqual([{ id: 'task-1', status: 'in_progress' }]);
  await expect.poll(async () => (await cards())[0]?.textContent).toContain('Send the objection');
  expect(screen.getByRole('button', { name: /^Done: / })).toBeVisible();
  expect((await cards())[0]).toHaveTextContent('Next step');
});

test('past the safe day a right says the latest one, and after both that it may be too late', async () => {
  const right = { kind: 'object' as const, rule: 'tax_objection', amount: null, due: '2025-11-18', days_left: -3 };
  const both = [card({ ...right, id: 'a', latest: '2025-11-21' }), card({ ...right, id: 'b', latest: null })];
  render(App, { host: new MemoryHost({ 'today.get': () => today({ cards: both }) }) });
  const [first, second] = await cards();
  expect(first).toHaveTextContent('objection possible until Friday 21 November, today');
  expect(second).toHaveTextContent('objection: safe until Tuesday 18 November. The day on the envelope may give more');
});

test('an appointment says its hour, its place and what to bring; once it has begun, when it was', async () => {
  const visit = { kind: 'attend' as const, rule: 'appointment', amount: null, due: '2025-11-21', days_left: 0 };
  const told = { due_time: '07:45:00', place: 'Ringstraße 88', bring: 'Please bring your card.' };
  const visits = [card({ ...visit, ...told, id: 'a' }), card({ ...visit, ...told, id: 'b', has_begun: true })];
  const yesterday = task({ ...visit, ...told, due: '2025-11-20', days_left: -1, has_begun: true });
  render(App, { host: new MemoryHost({ 'today.get': () => today({ cards: visits, coming: [yesterday] }) }) });
  const [coming, begun] = await cards();
  expect(coming).toHaveTextContent('today, Friday 21 November at 07:45');
  expect(coming).toHaveTextContent('Place: Ringstraße 88');
  expect(coming).toHaveTextContent('To bring: Please bring your card.');
  expect(begun).toHaveTextContent('was at 07:45');
  expect(begun).not.toHaveTextContent('Ringstraße');
  expect(screen.getByRole('region', { name: 'After that' })).toHaveTextContent('was on Thursday 20 November at 07:45');
});

test('Done ends the task, takes its card away and offers to undo, which brings it back', async () => {
  const user = userEvent.setup();
  const host = hostWith([task()]);
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Done: / }));
  expect(host.inputs('tasks.complete')).toEqual([{ id: 'task-1' }]);
  await screen.findByText('Stadtwerke: done.');
  expect(screen.queryByRole('article')).toBeNull();

  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(host.inputs('history.undo')).toEqual([{ step: expect.any(String) }]);
  await screen.findByText('Undone: Stadtwerke, task done.');
  expect(await cards()).toHaveLength(1);
});

test('each offer to undo is for its own step, and ends when that was taken back otherwise', async () => {
  const user = userEvent.setup();
  const host = hostWith([task(), task({ id: 't2', title: 'Tax office' })]);
  const steps: string[] = [];
  const change = host.change.bind(host);
  host.change = async (name, input) => {
    const response = await change(name, input);
    if (name === 'tasks.complete' && response.step) steps.push(response.step);
    return response;
  };
  render(App, { host });
  await user.click((await screen.findAllByRole('button', { name: /^Done: / }))[0] as HTMLElement);
  await screen.findByText('Stadtwerke: done.');
  const [bill] = await cards();
  await user.click(within(bill as HTMLElement).getByRole('button', { name: /^Done: / }));
  const first = await screen.findByRole('group', { name: 'Stadtwerke: done.' });
  const second = await screen.findByRole('group', { name: 'Tax office: done.' });
  await user.click(within(first).getByRole('button', { name: 'Undo' }));
  expect(host.inputs('history.undo')).toEqual([{ step: steps[0] }]);

  const undone = { op: 'complete_task', label: 'Tax office', steps: 1 };
  const skipped = [{ step: 'x', op: 'correct_fact', label: 'Stadtwerke', standing: 'it was changed since' }];
  host.answer('history.undo', () => ({ ...undone, step: steps[1] ?? '', skipped }));
  await user.keyboard('{Control>}z{/Control}');
  await screen.findByText(
    /Undone: Tax office, task done. Left as it is, because something newer builds on it: Stadtwerke/,
  );
  expect(second).not.toBeInTheDocument();
});

test('what changed nothing has no offer to undo', async () => {
  const user = userEvent.setup();
  const host = hostWith([task()]);
  host.changesNothing = true;
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Done: / }));
  await screen.findByText('Stadtwerke: done.');
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('the palette names the step that undo would take back', async () => {
  const user = userEvent.setup();
  const host = hostWith([task()]);
  const undo = { id: 's', op: 'complete_task', label: 'Tax office', undone: false, can_be_undone: true } as StepView;
  host.answer('history.next', () => ({ undo, redo: null }));
  render(App, { host });
  await screen.findByRole('article');
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByText('Undo: Tax office, task done');

  // Something newer happens in the moment in which it is chosen.
  host.answer('history.next', () => ({ undo: { ...undo, id: 'newer' }, redo: null }));
  await user.click(screen.getByText('Undo: Tax office, task done'));
  await expect.poll(() => host.inputs('history.undo')).toEqual([{ step: 's' }]);
});

test('what was undone otherwise is said to be undone already, and is offered no more', async () => {
  const user = userEvent.setup();
  const host = hostWith([task()]);
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Done: / }));
  await screen.findByText('Stadtwerke: done.');
  host.answer('history.undo', () => null);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByText('This had been undone already.');
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('Pay shows what goes into the transfer and copies the IBAN without spaces', async () => {
  const user = userEvent.setup();
  const host = hostWith([task()]);
  host.answer('tasks.payment', () => transfer());
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Pay…: / }));
  const payment = screen.getByRole('region', { name: 'Payment details' });
  await within(payment).findByText('DE02 1203 0000 0000 2020 51');
  for (const shown of ['Stadtwerke GmbH', 'DE02 1203 0000 0000 2020 51', '€84.20', 'R-17']) {
    expect(within(payment).getByText(shown)).toBeVisible();
  }
  await user.click(within(payment).getByRole('button', { name: 'Copy IBAN' }));
  expect(await navigator.clipboard.readText()).toBe('DE02120300000000202051');

  await user.click(within(payment).getByRole('button', { name: 'I have paid: Pay, Stadtwerke' }));
  expect(host.inputs('tasks.complete')).toEqual([{ id: 'task-1', how: 'paid' }]);
});

test('of a reminder, the day is asked for where it is paid: today, if nothing else is said', async () => {
  const user = userEvent.setup();
  const host = hostWith([task({ document_kind: 'dunning' })]);
  host.answer('tasks.payment', () => transfer());
  host.answer('tasks.pay', () => task());
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Pay…: / }));
  expect(screen.queryByRole('button', { name: /^Done: / })).toBeNull();
  const payment = screen.getByRole('region', { name: 'Payment details' });
  expect(within(payment).getByRole('textbox', { name: 'Paid on' })).toHaveValue('21 Nov 2025');
  await user.click(within(payment).getByRole('button', { name: /^I have paid: / }));
  expect(host.inputs('tasks.pay')).toEqual([{ id: 'task-1', paid_on: '2025-11-21' }]);
});

test('a card says what is to be paid if it is paid early', async () => {
  const discount = { percent: '2', until: '2025-11-22', amount: { amount: '82.52', currency: 'EUR' }, holds: true };
  render(App, { host: hostWith([task({ discount })]) });
  expect(await screen.findByText('2 % less until Saturday 22 November: €82.52')).toBeVisible();
});

const transfer = (changes: Partial<TransferView> = {}): TransferView => ({
  payee: 'Stadtwerke GmbH',
  iban: 'DE02120300000000202051',
  bic: null,
  open: { amount: '84.20', currency: 'EUR' },
  reference: 'R-17',
  due: '2025-11-24',
  discounts: [],
  payments: [],
  code: null,
  no_code: null,
  warnings: [],
  fee: null,
  accounts: [],
  ...changes,
});

test('a proven payment has a code to scan; with discount it is another one', async () => {
  const user = userEvent.setup();
  const full = { amount: '84.20', currency: 'EUR' };
  const less = { amount: '82.52', currency: 'EUR' };
  const host = new MemoryHost({
    'today.get': () => today({ cards: [card()] }),
    'tasks.payment': ({ with_discount }) =>
      transfer({
        discounts: [{ percent: '2', until: '2025-11-22', amount: less, holds: true }],
        code: { text: 'BCD', svg: '<svg/>', amount: with_discount ? less : full },
      }),
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Pay…: / }));
  expect(await screen.findByRole('img', { name: 'Payment code for €84.20' })).toBeVisible();
  await user.click(screen.getByRole('checkbox', { name: /2 % less until/ }));
  expect(await screen.findByRole('img', { name: 'Payment code for €82.52' })).toBeVisible();
});

test('a changed account is warned of, and there is no code', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'today.get': () => today({ cards: [card()] }),
    'tasks.payment': () =>
      transfer({
        no_code: 'warned',
        iban: null,
        warnings: [{ warning: 'changed_account' }],
        accounts: [
          { iban: 'DE89370400440532013000', document: 'older', day: '2025-10-15', is_newer: false },
          { iban: 'DE02120300000000202051', document: 'newer', day: '2025-11-12', is_newer: true },
        ],
      }),
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Pay…: / }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This sender has named different accounts.');
  const named = within(screen.getByRole('list', { name: 'Accounts of this sender' })).getAllByRole('listitem');
  expect(named.map((one) => one.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    'DE89 3704 0044 0532 0130 00 in the letter of 15 Oct 2025',
    'DE02 1203 0000 0000 2020 51 new in the letter of 12 Nov 2025',
  ]);
  expect(screen.queryByRole('img', { name: /Payment code/ })).toBeNull();
});

test('a part that was paid is noted with a German comma', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'today.get': () => today({ cards: [card()] }),
    'tasks.payment': () => transfer(),
    'tasks.pay': () => task(),
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: /^Pay…: / }));
  await user.click(screen.getByRole('button', { name: 'Paid in part…' }));
  await user.type(screen.getByRole('textbox', { name: 'Amount' }), '40,50');
  await user.click(screen.getByRole('button', { name: 'Note it' }));
  expect(host.inputs('tasks.pay')).toEqual([
    { id: 'task-1', amount: { amount: '40.50', currency: 'EUR' }, how: 'transfer' },
  ]);
});

test('how a deadline was counted is shown, and what was assumed can be said otherwise', async () => {
  const user = userEvent.setup();
  const count = (day: string) => ({
    start: { what: 'received' as const, day: '2025-11-10' },
    steps: [{ what: 'plus' as const, period: { count: 2, unit: 'weeks' as const }, day }],
  });
  const derivation: Derivation = {
    rule: 'court_order',
    safe: count('2025-11-24'),
    latest: null,
    assumptions: [{ assumption: { what: 'received', value: '2025-11-10' }, by_user: false }],
    notes: ['sending_counts'],
    discount: null,
  };
  const objection = task({ kind: 'object', rule: 'court_order', derivation, source: 'ZPO § 692' });
  const host = new MemoryHost({
    'today.get': () => today({ cards: [card(objection)] }),
    'deadlines.assume': () => objection,
    'tasks.step': () => objection,
  });
  render(App, { host });
  await user.click(await screen.findByText(/Why it is here/));
  const shown = screen.getByRole('region', { name: 'How this date was worked out' });
  expect(shown).toHaveTextContent('Objection to a court payment order · ZPO § 692');
  expect(shown).toHaveTextContent('24 Nov 2025: period added (2 weeks)');
  expect(shown).toHaveTextContent('Sending in time is enough.');
  const received = screen.getByLabelText('Received on');
  await user.clear(received);
  await user.type(received, '2025-11-12{Enter}');
  expect(host.inputs('deadlines.assume')).toEqual([
    { id: 'task-1', assumption: { what: 'received', value: '2025-11-12' } },
  ]);
  await user.click(screen.getByRole('checkbox', { name: 'Open your banking app.' }));
  expect(host.inputs('tasks.step')).toEqual([{ id: 'task-1', position: 0, done: true }]);
});

test('Later offers the times to come back at, and says when it will', async () => {
  const user = userEvent.setup();
  const host = hostWith([task()]);
  render(App, { host });
  (await screen.findByRole('button', { name: /^Later…: / })).focus();
  await user.keyboard('{Enter}');
  // jsdom has no layout, so the menu counts as out of sight and its items have no name
  (await screen.findByText('tomorrow morning')).focus();
  expect(screen.getAllByRole('menuitem', { hidden: true })).toHaveLength(8);
  await user.keyboard('{Enter}');
  expect(host.inputs('reminders.snooze')).toEqual([{ task: 'task-1', until: 'tomorrow_morning' }]);
  await screen.findByText('Stadtwerke: comes back tomorrow morning.');
});

test('what was put off stands below the cards with when it comes back', async () => {
  const put = task({ id: 'task-2', title: 'Telekom', comes_back: '2025-11-22T08:00:00Z' });
  render(App, { host: new MemoryHost({ 'today.get': () => today({ cards: [card(task())], put_off: [put] }) }) });
  const list = await screen.findByRole('region', { name: 'Put off' });
  expect(list).toHaveTextContent('Telekom');
  expect(list).toHaveTextContent('comes back tomorrow at 09:00');
});

test('a proposed date is a question, and another day can be chosen', async () => {
  const user = userEvent.setup();
  const host = hostWith([task({ assumed: true, latest: null })]);
  render(App, { host });
  const [card] = await cards();
  expect(card).toHaveTextContent('Monday 24 November?');
  expect(card).toHaveTextContent('No date was found; this one is proposed. Does it fit?');
  await user.click(screen.getByRole('button', { name: /^Choose another day: / }));
  const field = await screen.findByLabelText('New day');
  await user.clear(field);
  await user.type(field, '2025-11-28');
  await user.click(screen.getByRole('button', { name: 'Move' }));
  expect(host.inputs('tasks.postpone')).toEqual([{ id: 'task-1', due: '2025-11-28' }]);
});

test('what has waited is said calmly, with the day since when', async () => {
  render(App, { host: hostWith([task({ due: '2025-11-18', days_left: -3 })]) });
  const [card] = await cards();
  expect(card).toHaveTextContent('waiting since Tuesday 18 November');
  expect(card).not.toHaveTextContent(/overdue/i);
});

test('what can still be met after its safe day says until when', async () => {
  const decision = { kind: 'cancel_or_keep', due: '2025-11-18', latest: '2025-11-26', days_left: -3 } as const;
  render(App, { host: hostWith([task(decision)]) });
  const [card] = await cards();
  expect(card).toHaveTextContent('still possible until Wednesday 26 November, in 5 days');
  expect(card).toHaveTextContent('price €84.20');
});

test('who puts something off beyond its last day is told so, before and after', async () => {
  const user = userEvent.setup();
  const late = task({ due: '2025-11-21', latest: '2025-11-21', days_left: 0 });
  const host = hostWith([late]);
  host.answer('reminders.snooze', () => ({ ...late, comes_back: '2025-11-24T08:00:00Z' }));
  render(App, { host });
  (await screen.findByRole('button', { name: /^Later…: / })).focus();
  await user.keyboard('{Enter}');
  const week = await screen.findByText('next week');
  expect(week.closest('[role=menuitem]')).toHaveTextContent('after the last day');
  expect(screen.getByText('in 1 hour').closest('[role=menuitem]')).not.toHaveTextContent('after the last day');
  week.closest<HTMLElement>('[role=menuitem]')?.focus();
  await user.keyboard('{Enter}');
  await screen.findByText(/comes back .*That is after the last day, Friday 21 November\./);
});

test('who comes back is told in one sentence what happened meanwhile and how much there is now', async () => {
  const away = { since: '2025-11-17', letters: 3, paid: 0, debited: 2, overdue: 2, missed: 1, lapsed: 0 };
  const { unmount } = render(App, { host: new MemoryHost({ 'today.get': () => today({ away, cards: [card()] }) }) });
  const name = 'Since Monday: 3 letters, 2 debited, 2 payments overdue, 1 appointment missed. Now one thing.';
  await screen.findByRole('heading', { name });
  unmount();
  const none = { since: '2025-11-03', letters: 0, paid: 0, debited: 0, overdue: 0, missed: 0, lapsed: 0 };
  render(App, { host: new MemoryHost({ 'today.get': () => today({ away: none }) }) });
  await screen.findByRole('heading', { name: 'Nothing new since Monday 3 November. Nothing presses now.' });
});

test('which ones were missed and debited stands below the sentence, and each leads to its task', async () => {
  const away = { since: '2025-11-17', letters: 0, paid: 0, debited: 1, overdue: 0, missed: 1, lapsed: 0 };
  const happened = [
    task({ id: 'visit', kind: 'attend', title: 'Dentist', due: '2025-11-19', due_time: '10:00:00', has_begun: true }),
    task({ id: 'debit', kind: 'check_debit', title: 'Phone', due: '2025-11-18', latest: '2025-11-18', status: 'done' }),
  ].map((one) => ({ ...one, days_left: one.id === 'visit' ? -2 : -3, money: null }));
  const user = userEvent.setup();
  render(App, { host: new MemoryHost({ 'today.get': () => today({ away, happened, cards: [card()] }) }) });
  const list = await screen.findByRole('list', { name: 'Meanwhile' });
  const links = within(list).getAllByRole('link');
  expect(links.map((link) => link.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    'Dentist: missed, was on Wednesday 19 November at 10:00',
    'Phone: debited on Tuesday 18 November, €84.20',
  ]);
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['#/tasks/visit', '#/tasks/debit']);
  // The first key is for what is to be done; what happened is above it.
  await user.keyboard('j');
  expect(screen.getByRole('article')).toHaveFocus();
  await user.keyboard('k');
  expect(links[1]).toHaveFocus();
});

test('that Today was seen is told once a day, and not while the window is behind others', async () => {
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  let date = '2025-11-21';
  const host = new MemoryHost({ 'today.get': () => today({ date, cards: [card()] }) });
  render(App, { host });
  await screen.findByRole('article');
  expect(host.inputs('today.seen')).toEqual([]);
  focus.mockReturnValue(true);
  await fireEvent.focus(window);
  await fireEvent.focus(window);
  expect(host.inputs('today.seen')).toHaveLength(1);
  date = '2025-11-22';
  host.emitChanged({ all: true });
  await expect.poll(() => host.inputs('today.seen').length).toBe(2);
  focus.mockRestore();
});

test('a right that has just ended says so in a quiet line', async () => {
  const lapsed = [task({ kind: 'object', rule: 'tax_objection', title: 'Tax office', latest: '2025-11-20' })];
  render(App, { host: new MemoryHost({ 'today.get': () => today({ lapsed }) }) });
  const said = await screen.findByRole('list', { name: 'Has just ended' });
  expect(said).toHaveTextContent('Tax office: objection was possible until Thursday 20 November.');
  expect(within(said).getByRole('link', { name: /^Open document: / })).toHaveAttribute(
    'href',
    '#/documents/document-1',
  );
});

test('a letter that is done is one line in the list of new ones', async () => {
  const receipt = row({ title: 'Car park Hafentor', kind: 'receipt', amount: { amount: '12.50', currency: 'EUR' } });
  const filed = { documents: [receipt], total: 1 };
  render(App, { host: new MemoryHost({ 'today.get': () => today({ filed }) }) });
  const list = await screen.findByRole('region', { name: 'New' });
  const line = within(list).getByRole('link', { name: 'Car park Hafentor · Receipt · €12.50 · filed Open' });
  expect(line).toHaveAttribute('href', '#/documents/document-1');
});

test('old post: some are still open, the rest is dealt with', async () => {
  const user = userEvent.setup();
  const documents = [1, 2, 3, 4, 5, 6].map((n) => row({ id: `d${n}`, title: `Old letter ${n}`, state: 'stale' }));
  const host = new MemoryHost({
    'today.get': () => today({ stale_letters: { documents, total: documents.length } }),
    'stale_letters.answer': () => null,
  });
  render(App, { host });
  await screen.findByText('6 older letters: all dealt with?');
  // Nobody says that all is done of what they have not seen.
  expect(screen.queryByRole('button', { name: /all done/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Show them' }));
  await user.click(screen.getByRole('checkbox', { name: /Old letter 2/ }));
  await user.click(screen.getByRole('button', { name: 'Make 1 task, the rest is done' }));
  expect(host.inputs('stale_letters.answer')).toEqual([{ done: [], open: ['d2'], others_done: true }]);
});

test('whether to start at login is asked once', async () => {
  const user = userEvent.setup();
  let chosen = { ...settings(), start_at_login: null as boolean | null };
  const host: MemoryHost = new MemoryHost({
    'settings.get': () => chosen,
    'settings.change': ({ key, value }) => {
      chosen = { ...chosen, [key]: value };
      host.emitChanged({ settings: true });
      return chosen;
    },
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'Yes, start it' }));
  expect(host.inputs('settings.change')).toEqual([{ key: 'start_at_login', value: true }]);
  await expect.poll(() => screen.queryByText('Should Workmate start when you log in?')).toBeNull();
});
