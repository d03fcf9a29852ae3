import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { TaskDraft } from '../../host/bindings';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { task } from '../../testing/samples';

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
    'tasks.list': () => [task()],
    'tasks.quick_add': ({ preview }) => ({ draft, task: preview ? null : task({ id: 'new', title: draft.title }) }),
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
  expect(await screen.findByText(/Müll rausbringen · .*27 Nov.* · every week: Thursday/)).toBeVisible();
  await user.keyboard('{Enter}');
  expect(memory.inputs('tasks.quick_add')).toContainEqual({ line: 'Müll rausbringen jeden Donnerstag 19 Uhr' });
  await screen.findByText('Müll rausbringen: added.');
  expect(input).toHaveValue('');
});

test('“Not today” says the next day that is still safe', async () => {
  const user = userEvent.setup();
  const memory = host();
  render(App, { host: memory });
  (await screen.findByRole('button', { name: 'Later…' })).focus();
  await user.keyboard('{Enter}');
  (await screen.findByText('Not today')).focus();
  await user.keyboard('{Enter}');
  expect(memory.inputs('tasks.not_today')).toEqual([{ id: 'task-1' }]);
  await screen.findByText(/Stadtwerke: moved to .*22 Nov/);
});
