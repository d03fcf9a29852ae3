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

test('what is done, waits, was missed or has lapsed says so, and each has a sign of its own', async () => {
  location.hash = '#/calendar';
  const states = ['open', 'waiting', 'missed', 'done', 'lapsed'] as const;
  const items = states.map((state) => ({
    day: '2025-11-03',
    time: null,
    task: state,
    kind: 'pay' as const,
    rule: null,
    title: `Letter ${state}`,
    amount: { amount: '12.50', currency: 'EUR' },
    money: null,
    provisional: false,
    state,
  }));
  const host = new MemoryHost({
    'calendar.days': () => [{ day: '2025-11-03', items, total: items.length }],
    'today.get': () => today({ date: '2025-11-20' }),
  });
  render(App, { host });
  const words = ['', 'still waiting', 'not ticked off', 'done', 'lapsed'];
  const signs = new Set<string | undefined>();
  for (const [at, state] of states.entries()) {
    const entry = await screen.findByRole('link', { name: new RegExp(`Letter ${state}`) });
    expect(entry).toHaveTextContent(`€12.50${words[at] ? ` ${words[at]}` : ''}`);
    signs.add(entry.querySelector('svg')?.innerHTML);
  }
  expect(signs.size).toBe(states.length);
});
