import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import App from '../../App.svelte';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { task, today } from '../../testing/samples';

test('a day with more than there is room for unfolds where it stands, though it has passed', async () => {
  location.hash = '#/calendar';
  const user = userEvent.setup();
  const titles = ['one', 'two', 'three', 'four', 'five'];
  const tasks = titles.map((title) => task({ id: title, title, due: '2025-11-03' }));
  const host = new MemoryHost({
    'tasks.list': () => tasks,
    'bills.regular': () => [],
    'today.get': () => today({ date: '2025-11-20' }),
  });
  render(App, { host });
  const more = await screen.findByRole('button', { name: 'and 2 more' });
  const shown = () => screen.getAllByRole('link', { name: /one|two|three|four|five/ }).length;
  expect(shown()).toBe(3);
  await user.click(more);
  expect(shown()).toBe(5);
  await user.click(screen.getByRole('button', { name: 'show less' }));
  expect(shown()).toBe(3);
});
