import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import { MemoryHost } from '../testing/memory-host';
import Loaded from '../testing/LoadedField.svelte';

/** Answers of the engine, some of them late. */
function hostWith(answers: Record<string, string>) {
  const late: (() => void)[] = [];
  const host = new MemoryHost({
    'when.read': async ({ text }) => {
      if (text.endsWith('!')) await new Promise<void>((done) => late.push(done));
      return { day: answers[text] ?? null, time: null, recurrence: null };
    },
  });
  return { host, answerLate: () => late.splice(0).forEach((done) => done()) };
}

const field = () => screen.getByLabelText<HTMLInputElement>('Until');

test('a day in words is said in full below, and written as people write it when the field is left', async () => {
  const user = userEvent.setup();
  const { host } = hostWith({ 'Friday after next': '2026-12-11' });
  const onread = vi.fn();
  render(Loaded, { host, value: '2026-12-01', onread });
  expect(field()).toHaveValue('1 Dec 2026');
  await user.clear(field());
  expect(onread).toHaveBeenLastCalledWith(null, null);
  await user.type(field(), 'Friday after next');
  await screen.findByText('Friday 11 December 2026');
  expect(onread).toHaveBeenLastCalledWith('2026-12-11', '2026-12-11');
  await user.tab();
  expect(field()).toHaveValue('11 Dec 2026');
});

test('what is not understood is said when the field is left, changes nothing and is not sent', async () => {
  const user = userEvent.setup();
  const { host } = hostWith({});
  const onsubmit = vi.fn();
  const onread = vi.fn();
  render(Loaded, { host, value: '2026-12-01', onsubmit, onread });
  await user.clear(field());
  await user.type(field(), 'someday');
  expect(screen.queryByText(/I do not understand that/)).toBeNull();
  await user.keyboard('{Enter}');
  await screen.findByText(/I do not understand that/);
  expect(onsubmit).not.toHaveBeenCalled();
  expect(onread).toHaveBeenCalledTimes(1);
  expect(field()).toBeInvalid();
});

test('Enter waits for the answer, and an answer to an earlier text says nothing about a later one', async () => {
  const user = userEvent.setup();
  const { host, answerLate } = hostWith({ 'today!': '2026-12-01', 'today! ': '2026-12-24' });
  const onsubmit = vi.fn();
  const onread = vi.fn();
  render(Loaded, { host, value: null, onsubmit, onread });
  await user.type(field(), 'today!{Enter}');
  expect(onsubmit).not.toHaveBeenCalled();
  answerLate();
  await vi.waitFor(() => expect(onsubmit).toHaveBeenCalledTimes(1));
  expect(onread).toHaveBeenLastCalledWith('2026-12-01', '2026-12-01');
  await user.clear(field());
  await user.type(field(), 'today!');
  await user.type(field(), ' ');
  answerLate();
  await vi.waitFor(() => expect(onread).toHaveBeenLastCalledWith('2026-12-24', '2026-12-24'));
});

test('the arrows move a day', async () => {
  const user = userEvent.setup();
  const { host } = hostWith({});
  render(Loaded, { host, value: '2026-12-31' });
  await user.type(field(), '{ArrowUp}');
  expect(field()).toHaveValue('1 Jan 2027');
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(field()).toHaveValue('30 Dec 2026');
});
