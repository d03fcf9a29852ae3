import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import App from '../../App.svelte';
import type { EncryptionView } from '../../host/bindings';
import { HostFailure } from '../../host/host';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { encryption, status } from '../../testing/samples';

const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const PASSWORD = 'Drei alte Hüte';

beforeEach(() => {
  location.hash = '#/settings/privacy';
});

/** A host whose data is in a state, which its answers change. */
function hostOf(first: EncryptionView, answers: ConstructorParameters<typeof MemoryHost>[0] = {}) {
  let view = first;
  const host: MemoryHost = new MemoryHost({
    'privacy.ledger': () => ({ left: [], opened: [] }),
    'status.get': () => status({ encrypted: view.encrypted }),
    'encryption.get': () => view,
    'backup.words': () => WORDS,
    'encryption.turn_on': () => change({ pending: 'encrypted' }),
    'encryption.turn_off': () => change({ pending: 'plain' }),
    'encryption.call_off': () => change({ pending: null }),
    'encryption.lock': () => null,
    'encryption.stay': () => null,
    'program.restart': () => null,
    ...answers,
  });
  function change(changes: Partial<EncryptionView>) {
    view = { ...view, ...changes };
    host.emitChanged({ settings: true });
    return view;
  }
  return host;
}

test('data is encrypted by a password that is typed twice and twelve words that are typed back', async () => {
  const user = userEvent.setup();
  const host = hostOf(encryption());
  render(App, { host });
  expect(await screen.findByText('Your data is not encrypted')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Encrypt' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Encrypt' }));
  const next = () => user.click(dialog.getByRole('button', { name: 'Next' }));
  const password = dialog.getByLabelText('Password');
  expect(password).toHaveAttribute('type', 'password');
  await user.type(password, 'short');
  await next();
  expect(dialog.getByRole('alert')).toHaveTextContent('at least eight letters');
  await user.clear(password);
  await user.type(password, PASSWORD);
  await user.type(dialog.getByLabelText('Once more'), 'something else');
  await next();
  expect(dialog.getByRole('alert')).toHaveTextContent('The two entries differ.');
  await user.clear(dialog.getByLabelText('Once more'));
  await user.type(dialog.getByLabelText('Once more'), PASSWORD);
  await next();
  expect(await dialog.findAllByRole('listitem')).toHaveLength(12);
  await user.click(dialog.getByRole('button', { name: 'I have written them down' }));
  await user.type(dialog.getByLabelText('The twelve words'), WORDS);
  await next();
  expect(await dialog.findByText(/All is ready/)).toBeVisible();
  expect(host.inputs('encryption.turn_on')).toEqual([{ password: PASSWORD, words: WORDS }]);
  await user.click(dialog.getByRole('button', { name: 'Start Workmate again' }));
  expect(host.inputs('program.restart')).toHaveLength(1);
});

test('the words on paper are replaced by new ones, with the password', async () => {
  const user = userEvent.setup();
  const host = hostOf(encryption({ encrypted: true }), {
    'encryption.change_words': ({ password }) => {
      if (password !== PASSWORD) throw new HostFailure({ code: 'wrong_password', message: '…', detail: null });
      return null;
    },
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'New words' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New words' }));
  expect(await dialog.findAllByRole('listitem')).toHaveLength(12);
  await user.click(dialog.getByRole('button', { name: 'I have written them down' }));
  await user.type(dialog.getByLabelText('The twelve words'), WORDS);
  await user.type(dialog.getByLabelText('Password'), 'wrong');
  await user.click(dialog.getByRole('button', { name: 'Change' }));
  expect(dialog.getByRole('alert')).not.toBeEmptyDOMElement();
  await user.clear(dialog.getByLabelText('Password'));
  await user.type(dialog.getByLabelText('Password'), PASSWORD);
  await user.click(dialog.getByRole('button', { name: 'Change' }));
  expect(await screen.findByText('The new words are in use.')).toBeVisible();
  expect(host.inputs('encryption.change_words').at(-1)).toEqual({ password: PASSWORD, words: WORDS });
});

test('what is asked for can be called off until the next start', async () => {
  const user = userEvent.setup();
  const host = hostOf(encryption({ pending: 'encrypted' }));
  render(App, { host });
  expect(await screen.findByText('It is encrypted at the next start.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Rather not' }));
  expect(await screen.findByRole('button', { name: 'Encrypt' })).toBeVisible();
});

test('encrypted data is locked by a key, and a key or a click keeps it open', async () => {
  const host = hostOf(encryption({ encrypted: true }));
  render(App, { host });
  expect(await screen.findByText('Your data is encrypted')).toBeVisible();
  await fireEvent.pointerDown(document.body);
  await vi.waitFor(() => expect(host.inputs('encryption.stay')).toHaveLength(1));
  await fireEvent.pointerDown(document.body);
  expect(host.inputs('encryption.stay')).toHaveLength(1);
  await fireEvent.keyDown(document.body, { key: 'L', ctrlKey: true, shiftKey: true });
  expect(host.inputs('encryption.lock')).toHaveLength(1);
});

test('plain data is not locked by that key', async () => {
  const host = hostOf(encryption());
  render(App, { host });
  await screen.findByText('Your data is not encrypted');
  await fireEvent.keyDown(document.body, { key: 'L', ctrlKey: true, shiftKey: true });
  await fireEvent.pointerDown(document.body);
  expect(host.inputs('encryption.lock')).toHaveLength(0);
  expect(host.inputs('encryption.stay')).toHaveLength(0);
});

test('a wrong password is said in the dialog, which stays', async () => {
  const user = userEvent.setup();
  const host = hostOf(encryption({ encrypted: true }), {
    'encryption.change_password': () => {
      throw new HostFailure({ code: 'wrong_password', message: '…', detail: null });
    },
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'Change password' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Change password' }));
  await user.type(dialog.getByLabelText('Password or twelve words'), 'wrong');
  await user.type(dialog.getByLabelText('New password'), PASSWORD);
  await user.type(dialog.getByLabelText('Once more'), PASSWORD);
  await user.click(dialog.getByRole('button', { name: 'Change' }));
  expect(await dialog.findByText('This password does not open it.')).toBeVisible();
});
