import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import '../../testing/loaded';
import App from '../../App.svelte';
import type { ReminderView } from '../../host/bindings';
import { MemoryHost } from '../../testing/memory-host';
import { card, status, task, today } from '../../testing/samples';

const waiting = (): ReminderView[] => [
  { task: 'task-1', title: 'Stadtwerke', stage: 'urgent', next_at: '2025-11-21T08:00:00Z', state: 'delivered' },
];

function host(): MemoryHost {
  return new MemoryHost({
    'reminders.waiting': waiting,
    'reminders.seen': () => null,
    'status.get': () => status({ review_count: 2 }),
    'today.get': () => today({ cards: [card()] }),
    'tasks.get': ({ id }) => task({ id }),
    'tasks.show': () => null,
    'tasks.complete': ({ id }) => task({ id }),
    'reminders.snooze': ({ task: id }) => task({ id }),
  });
}

test('the small window has the choices of a notification, by keyboard and by name', async () => {
  location.hash = '#/reminders';
  const user = userEvent.setup();
  const memory = host();
  render(App, { host: memory });
  const choices = within(await screen.findByRole('group', { name: 'Stadtwerke' }));
  await user.click(choices.getByRole('button', { name: /^Open: / }));
  expect(memory.inputs('tasks.show')).toEqual([{ id: 'task-1' }]);
  choices.getByRole('button', { name: /^Later…: / }).focus();
  await user.keyboard('{Enter}');
  (await screen.findByText('in 15 minutes')).focus();
  await user.keyboard('{Enter}');
  expect(memory.inputs('reminders.snooze')).toEqual([{ task: 'task-1', until: 'fifteen_minutes' }]);
  await user.click(choices.getByRole('button', { name: /^Done: / }));
  expect(memory.inputs('tasks.complete')).toEqual([{ id: 'task-1' }]);
  expect(screen.getByText('2 letters wait for your eyes.')).toBeVisible();
  expect(screen.queryByRole('navigation')).toBeNull();
  // What another window is to open does not replace it.
  memory.emit({ event: 'open_task', id: 'task-1' });
  expect(location.hash).toBe('#/reminders');
});

test('a reminder counts as seen when its task is shown in the focused window, once, and not otherwise', async () => {
  location.hash = '#/today';
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const memory = host();
  render(App, { host: memory });
  await screen.findByText('Stadtwerke');
  await expect.poll(() => memory.inputs('reminders.waiting').length).toBeGreaterThan(0);
  expect(memory.inputs('reminders.seen')).toEqual([]);
  focus.mockReturnValue(true);
  window.dispatchEvent(new Event('focus'));
  window.dispatchEvent(new Event('focus'));
  expect(memory.inputs('reminders.seen')).toEqual([{ tasks: ['task-1'] }]);
  focus.mockRestore();
});
