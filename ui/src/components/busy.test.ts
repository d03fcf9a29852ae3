import { createRawSnippet } from 'svelte';
import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import Button from './Button.svelte';

const children = createRawSnippet(() => ({ render: () => '<span>Done</span>' }));

test('a button is inert while what it began is running, says so, and keeps the focus', async () => {
  let finish: (value?: unknown) => void = () => undefined;
  const onclick = vi.fn(() => new Promise((resolve) => (finish = resolve)));
  render(Button, { onclick, children });
  const button = screen.getByRole('button', { name: 'Done' });
  await userEvent.dblClick(button);
  await userEvent.keyboard('{Enter}');
  expect(onclick).toHaveBeenCalledTimes(1);
  expect(button).toHaveAttribute('aria-busy', 'true');
  expect(button).toHaveAttribute('aria-disabled', 'true');
  expect(button).toHaveFocus();
  finish();
  await expect.poll(() => button.getAttribute('aria-busy')).toBeNull();
  await userEvent.click(button);
  expect(onclick).toHaveBeenCalledTimes(2);
});

test('the second click of a double click does nothing to what has taken the place of what is done', async () => {
  const done = vi.fn(() => Promise.resolve());
  const next = vi.fn(() => Promise.resolve());
  const first = render(Button, { onclick: done, children });
  await fireEvent.click(screen.getByRole('button'), { detail: 1 });
  first.unmount();
  render(Button, { onclick: next, children });
  await fireEvent.click(screen.getByRole('button'), { detail: 2 });
  expect([done.mock.calls.length, next.mock.calls.length]).toEqual([1, 0]);
  await fireEvent.click(screen.getByRole('button'), { detail: 1 });
  expect(next).toHaveBeenCalledTimes(1);
});

test('what begins nothing that is waited for can be clicked as fast as one likes', async () => {
  const step = vi.fn();
  render(Button, { onclick: step, children });
  for (const detail of [1, 2, 3]) await fireEvent.click(screen.getByRole('button'), { detail });
  expect(step).toHaveBeenCalledTimes(3);
});

test('a button whose work fails can be pressed again', async () => {
  const failing = vi.fn(() => Promise.reject(new Error('no')));
  const onclick = () => failing().catch(() => undefined);
  render(Button, { onclick, children });
  await userEvent.click(screen.getByRole('button'));
  await userEvent.click(screen.getByRole('button'));
  expect(failing).toHaveBeenCalledTimes(2);
});
