import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { ContractView, Money, PriceRise } from '../../host/bindings';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { row, task } from '../../testing/samples';

const euros = (amount: string): Money => ({ amount, currency: 'EUR' });

const contract = (id: string, changes: Partial<ContractView> = {}): ContractView => ({
  document: row({ id, title: `Contract ${id}`, kind: 'contract', correspondent: `Sender ${id}` }),
  state: 'open',
  start: null,
  term_months: null,
  notice: null,
  cost: euros('29.90'),
  cost_a_year: euros('358.80'),
  expiry: null,
  decision: task({ id: `decision-${id}`, kind: 'cancel_or_keep' }),
  rise: null,
  confirmation: null,
  confirmed_by: null,
  ...changes,
});

const done = (how: 'kept' | 'sent') => task({ kind: 'cancel_or_keep', status: 'done', done_how: how });

function host(open: ContractView[], decided: ContractView[] = []): MemoryHost {
  const page = (items: ContractView[]) => ({ items, total: items.length });
  return new MemoryHost({
    'contracts.list': (query) => page(query?.decided ? decided : open),
    'contracts.costs': () => ({
      month: [euros('54.90')],
      year: [euros('658.80')],
      counted: 2,
      unknown: 1,
      more: false,
    }),
    'tasks.complete': () => task({ status: 'done' }),
    'tasks.reopen': () => task({}),
  });
}

beforeEach(() => {
  location.hash = '#/contracts';
});

test('what all contracts cost stands on top, and what is decided is folded', async () => {
  const user = userEvent.setup();
  const decided = [contract('3', { state: 'kept', decision: done('kept') })];
  render(App, { host: host([contract('1'), contract('2', { state: 'runs', decision: null })], decided) });
  expect(await screen.findByText('€54.90 a month, €658.80 a year')).toBeVisible();
  expect(screen.getByText(/And 1 contract whose price/)).toBeVisible();
  expect(await screen.findByRole('heading', { name: 'To decide' })).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Running on' })).toBeVisible();
  expect(screen.queryByText('You are keeping it.')).toBeNull();
  const fold = screen.getByRole('button', { name: 'Decided 1' });
  expect(fold).toHaveAttribute('aria-expanded', 'false');
  await user.click(fold);
  expect(await screen.findByText('You are keeping it.')).toBeVisible();
  expect(fold).toHaveAttribute('aria-expanded', 'true');
});

test('a cancelled contract waits for its confirmation, which can be ticked off or taken back', async () => {
  const user = userEvent.setup();
  const decision = { ...done('sent'), id: 'decision-1' };
  const confirmation = task({
    id: 'wait',
    kind: 'await_confirmation',
    status: 'waiting',
    due: '2025-12-05',
    days_left: 14,
  });
  const memory = host([contract('1', { state: 'waits', decision, confirmation })]);
  render(App, { host: memory });
  expect(await screen.findByText('Cancelled. The confirmation should be here by 5 Dec 2025.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: /^Confirmation is here: / }));
  expect(memory.inputs('tasks.complete')).toEqual([{ id: 'wait' }]);
  await user.click(screen.getByRole('button', { name: /^Not cancelled after all: / }));
  expect(memory.inputs('tasks.reopen')).toEqual([{ id: 'decision-1' }]);
});

test('a confirmation that did not come is asked for', async () => {
  const confirmation = task({ kind: 'await_confirmation', status: 'waiting', due: '2025-11-20', days_left: -1 });
  render(App, { host: host([contract('1', { state: 'waits', decision: done('sent'), confirmation })]) });
  expect(await screen.findByText(/no confirmation came by 20 Nov 2025/)).toBeVisible();
});

test('a price rise says old and new, since when, and until when one can leave for it', async () => {
  const user = userEvent.setup();
  const rise: PriceRise = {
    document: 'letter',
    old: euros('29.90'),
    new: euros('34.90'),
    since: '2027-01-01',
    holds: false,
    decision: task({ id: 'leave', kind: 'cancel_or_keep', due: '2026-12-28', days_left: 30 }),
  };
  const memory = host([contract('1', { decision: null, rise, notice: 'einem Monat zum Ende der Laufzeit' })]);
  render(App, { host: memory });
  const said = await screen.findByRole('region', { name: 'Price rises' });
  expect(said).toHaveTextContent(/€29.90\s→\s€34.90\s+from 1 Jan 2027/);
  expect(said).toHaveTextContent(/can be cancelled until/);
  expect(within(said).getByRole('link', { name: 'Letter about the price' })).toHaveAttribute(
    'href',
    '#/documents/letter',
  );
  await user.click(within(said).getByRole('button', { name: /^It is cancelled: / }));
  expect(memory.inputs('tasks.complete')).toEqual([{ id: 'leave', how: 'sent' }]);
  expect(screen.getByText('1 month to the end of the term')).toBeVisible();
});

test('a card says what the contract is about, and from whom', async () => {
  const document = row({
    id: 'car',
    title: 'Car insurance 2026 · Sender A',
    kind: 'contract',
    correspondent: 'Sender A',
  });
  render(App, { host: host([contract('car', { document })]) });
  const card = within(await screen.findByRole('article', { name: 'Sender A' }));
  expect(card.getByText('Contract · Car insurance 2026')).toBeInTheDocument();
});
