import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { ChangeView, StepView } from '../../host/bindings';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';

const change = (more: Partial<ChangeView>): ChangeView => ({
  of: 'document',
  id: 'd1',
  name: 'Strom',
  value: 'title',
  is_field: false,
  form: 'text',
  old: null,
  new: null,
  ...more,
});

const step = (more: Partial<StepView>): StepView => ({
  id: 's1',
  op: 'correct_fact',
  by: { kind: 'person' },
  by_name: null,
  run: null,
  label: 'Strom',
  at: '2025-11-20T09:00:00Z',
  undone: false,
  can_be_undone: true,
  number: 1,
  changes: [],
  more: 0,
  forgotten: false,
  ...more,
});

beforeEach(() => {
  location.hash = '#/settings/history';
});

test('each step says who, when, and each value before and after', async () => {
  const steps = [
    step({
      id: 's3',
      op: 'trash_document',
      by: { kind: 'key', id: 'k1' },
      by_name: 'Kalender',
      changes: [change({ value: 'trashed_at', form: 'instant', new: '2025-11-20T09:00:00Z' })],
    }),
    step({
      id: 's2',
      undone: true,
      changes: [
        change({ value: 'amount_due', is_field: true, old: '84.20', new: '12.00' }),
        change({ of: 'task', value: 'due', form: 'day', name: 'Pay', old: '2025-12-01', new: '2025-12-24' }),
      ],
      more: 7,
    }),
    step({
      by: { kind: 'program' },
      op: 'file_document',
      changes: [change({ value: 'kind', form: 'kind', new: 'invoice' })],
    }),
    step({ id: 's0', op: 'change_setting', label: null, forgotten: true }),
  ];
  const host = new MemoryHost({ 'history.list': () => steps });
  render(App, { host });
  const items = within(await screen.findByRole('region', { name: 'History' }));
  expect(await items.findByText(/another program Kalender/)).toBeVisible();
  expect(items.getByText(/In the trash since: – → .*20 Nov/)).toBeVisible();
  expect(items.getByText('To pay: 84.20 → 12.00')).toBeVisible();
  expect(items.getByText(/^Day \(Pay\): 1 Dec.* → 24 Dec/)).toBeVisible();
  expect(items.getByText('… and 7 more values')).toBeVisible();
  expect(items.getByText('Kind: – → Invoice')).toBeVisible();
  expect(items.getByText('What it changed was forgotten on request.')).toBeVisible();
  expect(host.inputs('history.list')).toEqual([{ limit: 30, with_changes: true }]);
});

test('the check says what it found, and compares with an end that was kept elsewhere', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'history.list': () => [],
    'history.check': ({ head }) => ({
      steps: 12,
      head: '12:ab',
      findings: head ? ['step 3 of yesterday: it is not what was recorded'] : [],
      is_part: head ? false : null,
    }),
  });
  render(App, { host });
  expect(await screen.findByText('Nothing was changed yet.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Check now' }));
  expect(await screen.findByText('12 steps, all as they were recorded.')).toBeVisible();
  expect(screen.getByText('12:ab')).toBeVisible();
  await user.type(screen.getByLabelText('An end that was kept elsewhere'), ' 9:cd ');
  await user.click(screen.getByRole('button', { name: 'Check now' }));
  expect(await screen.findByText('The history is no longer as it was recorded:')).toBeVisible();
  expect(screen.getByText(/This end is not in the history/)).toBeVisible();
  expect(host.inputs('history.check')).toEqual([{}, { head: '9:cd' }]);
});
