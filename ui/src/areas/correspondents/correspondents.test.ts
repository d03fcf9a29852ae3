import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import App from '../../App.svelte';
import type { SenderRuleView } from '../../host/bindings';
import { HostFailure } from '../../host/host';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { document, page, row } from '../../testing/samples';

const rule = (): SenderRuleView => ({
  field: 'customer_number',
  anchor: { words: 'kennung', side: 'behind', one_word: true },
  version: 1,
  learned_from: null,
  record: { right: 3, wrong: 1 },
  holds: true,
  is_off: false,
});

const euros = (amount: string) => ({ amount, currency: 'EUR' });

const host = () =>
  new MemoryHost({
    'correspondents.list': () => page({ id: 'stadtwerke', name: 'Stadtwerke', documents: 2 }),
    'correspondents.get': () => ({
      id: 'stadtwerke',
      name: 'Stadtwerke',
      years: [{ year: 2025, bills: 2, billed: euros('168.40'), paid: euros('84.20') }],
      accounts: [],
      vat_ids: [],
      numbers: [],
    }),
    'rules.list': () => [rule()],
    'rules.try': ({ anchor }) => {
      if (anchor.pattern === '(') throw new HostFailure({ code: 'bad_pattern', message: 'no', detail: null });
      return [{ document: 'd', title: 'Stadtwerke · R-17', value: anchor.pattern ? 'K-17' : null }];
    },
    'rules.change': () => [rule()],
    'rules.forget': () => [],
    'documents.get': ({ id }) => document({ id, correspondent: 'Stadtwerke', correspondent_id: 'stadtwerke' }),
    'correspondents.alike': () => [row({ id: 'other', title: 'Stadtwerke · R-18' })],
    'correspondents.split': () => ({ id: 'new' }),
  });

test('what was billed and what was paid stand beside each other', async () => {
  location.hash = '#/correspondents';
  render(App, { host: host() });
  const line = await screen.findByRole('row', { name: /2025/ });
  expect(line).toHaveTextContent('168.40');
  expect(line).toHaveTextContent('paid €84.20');
});

test('a rule is tried on the letters of its sender while it is typed, and a bad pattern says so', async () => {
  location.hash = '#/correspondents';
  const memory = host();
  const user = userEvent.setup();
  render(App, { host: memory });
  await user.click(await screen.findByRole('button', { name: 'Change' }));
  const trials = within(screen.getByRole('list', { name: /finds on the letters/ }));
  expect(await trials.findByText('nothing')).toBeVisible();
  const pattern = screen.getByRole('textbox', { name: /Form of the value/ });
  await user.type(pattern, '(');
  expect(await screen.findByRole('alert')).toHaveTextContent('not a valid expression');
  expect(trials.queryByText('nothing')).toBeNull();
  await user.clear(pattern);
  await user.type(pattern, 'k-17');
  expect(await trials.findByText('K-17')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(memory.inputs('rules.change').at(-1)).toMatchObject({ anchor: { words: 'kennung', pattern: 'k-17' } });
});

test('a rule is deleted, with an offer to undo it', async () => {
  location.hash = '#/correspondents';
  const memory = host();
  const user = userEvent.setup();
  render(App, { host: memory });
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(memory.inputs('rules.forget')).toEqual([{ id: 'stadtwerke', field: 'customer_number' }]);
  expect(await screen.findByText('The rule is deleted.')).toBeVisible();
});

test('a letter is given to somebody else together with those that are alike, by keyboard', async () => {
  location.hash = '#/documents/one';
  const memory = host();
  const user = userEvent.setup();
  render(App, { host: memory });
  (await screen.findByRole('button', { name: 'Another sender…' })).focus();
  await user.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('combobox', { name: 'Sender' }), 'Onkel Heinrich');
  (await dialog.findByRole('checkbox', { name: /R-18/ })).focus();
  await user.keyboard(' ');
  dialog.getByRole('button', { name: 'Assign' }).focus();
  await user.keyboard('{Enter}');
  expect(memory.inputs('correspondents.split')).toEqual([{ documents: ['one', 'other'], name: 'Onkel Heinrich' }]);
});

test('suggestions say why, and one click takes each', async () => {
  location.hash = '#/documents/one';
  const memory = host();
  memory.answer('documents.suggestions', () => ({
    kind: { kind: 'receipt', because: ['Quittung', 'Spende'] },
    tags: [{ path: 'Steuer', because: ['Finanzamt', 'Bescheid'] }],
  }));
  memory.answer('documents.set_kind', ({ id, kind }) => document({ id, kind }));
  memory.answer('documents.edit', () => null);
  const user = userEvent.setup();
  render(App, { host: memory });
  const chips = within(await screen.findByRole('list', { name: 'Suggestions' }));
  await user.click(chips.getByRole('button', { name: 'Tag: Steuer – because of Finanzamt, Bescheid' }));
  expect(memory.inputs('documents.edit')).toEqual([{ ids: ['one'], add_tags: ['Steuer'] }]);
  await user.click(chips.getByRole('button', { name: 'Perhaps: Receipt – because of Quittung, Spende' }));
  expect(memory.inputs('documents.set_kind')).toEqual([{ id: 'one', kind: 'receipt' }]);
});
