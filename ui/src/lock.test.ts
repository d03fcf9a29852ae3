import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import Lock from './Lock.svelte';
import type { Conversion } from './host/bindings';
import { HostFailure } from './host/host';
import type { LockHost } from './host/lock';

/** A locked program that this password opens. */
function locked(pending: Conversion | null = null) {
  const typed: string[] = [];
  let tell: (done: number, total: number) => void = () => undefined;
  let isCalledOff = false;
  const host: LockHost = {
    pending: () => Promise.resolve(pending),
    unlock(password) {
      typed.push(password);
      if (password === 'right') return new Promise(() => undefined);
      return Promise.reject(new HostFailure({ code: 'wrong_password', message: '…', detail: null }));
    },
    callOff: () => Promise.resolve(void (isCalledOff = true)),
    onProgress(handler) {
      tell = handler;
      return () => undefined;
    },
  };
  return { host, typed, tell: (done: number, total: number) => tell(done, total), isCalledOff: () => isCalledOff };
}

test('a wrong password is said, and typing goes on in the field', async () => {
  const user = userEvent.setup();
  const { host, typed } = locked();
  render(Lock, { host });
  const field = await screen.findByLabelText('Password or twelve words');
  expect(field).toHaveFocus();
  await user.type(field, 'wrong{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('This password does not open it.');
  expect(field).toHaveFocus();
  expect(field).toHaveAccessibleDescription('This password does not open it.');
  await user.click(screen.getByRole('button', { name: 'Show the password' }));
  expect(field).toHaveAttribute('type', 'text');
  expect(typed).toEqual(['wrong']);
});

test('encrypting shows how far it is, and before it begins it can be called off', async () => {
  const user = userEvent.setup();
  const { host, tell, isCalledOff } = locked('encrypted');
  render(Lock, { host });
  expect(await screen.findByText(/Your data is encrypted now/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Rather not' }));
  expect(isCalledOff()).toBe(true);
  await user.type(screen.getByLabelText('Password or twelve words'), 'right');
  await user.click(screen.getByRole('button', { name: 'Encrypt now' }));
  tell(30, 1200);
  expect(await screen.findByText('30 of 1,200 letters')).toBeVisible();
  expect(screen.getByRole('progressbar')).toHaveAttribute('value', '30');
  expect(screen.queryByRole('button', { name: 'Rather not' })).toBeNull();
});
