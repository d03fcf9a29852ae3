import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import App from '../../App.svelte';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { page, today } from '../../testing/samples';

test('a day with more than there is room for unfolds where it stands, though it has passed', async () => {
  location.hash = '#/calendar';
  const user = userEvent.setup();
  const titles = ['one', 'two', 'three', 'four', 'five'];
  const items = titles.map((title) => ({
    ...{
      day: '2025-11-03',
      time: null,
      task: title,
      kind: 'pay' as const,
      rule: null,
      title,
      amount: null,
      money: null,
      provisional: false,
      state: 'open' as const,
    },
  }));
  const host = new MemoryHost({
    'calendar.days': ({ each }) => [{ day: '2025-11-03', items: items.slice(0, each), total: items.length }],
    'calendar.list': () => page(...items),
    'today.get': () => today({ date: '2025-11-20' }),
  });
  render(App, { host });
  const more = await screen.findByRole('button', { name: 'and 2 more' });
  const shown = () => screen.getAllByRole('link', { name: /one|two|three|four|five/ }).length;
  expect(shown()).toBe(3);
  await user.click(more);
  await expect.poll(shown).toBe(5);
  expect(host.inputs('calendar.list')).toEqual([{ from: '2025-11-03', to: '2025-11-03', limit: 100 }]);
  await user.click(screen.getByRole('button', { name: 'show less' }));
  expect(shown()).toBe(3);
});
