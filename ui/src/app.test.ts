import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import App from './App.svelte';
import type { Imported, ProblemView } from './host/bindings';
import { HostFailure } from './host/host';
import './testing/loaded';
import { MemoryHost } from './testing/memory-host';
import { card, document, page, row, settings, status, task, today } from './testing/samples';

test('what is shown is fetched again when the engine says that it changed, and only then', async () => {
  let cards = [card()];
  const host = new MemoryHost({ 'today.get': () => today({ cards }) });
  render(App, { host });
  await screen.findByText('Stadtwerke');
  const asked = host.inputs('today.get').length;
  cards = [card({ title: 'Tax office' })];
  host.emitChanged({ jobs: true });
  await Promise.resolve();
  expect(host.inputs('today.get')).toHaveLength(asked);
  host.emitChanged({ tasks: ['task-1'] });
  await screen.findByText('Tax office');
});

test('an answer that went stale on its way is asked for once more', async () => {
  const answers: ((title: string) => void)[] = [];
  const host = new MemoryHost({
    'today.get': () => new Promise((resolve) => answers.push((title) => resolve(today({ cards: [card({ title })] })))),
  });
  render(App, { host });
  await expect.poll(() => answers.length).toBe(1);
  for (let change = 0; change < 5; change++) host.emitChanged({ tasks: ['task-1'] });
  answers[0]?.('old');
  await screen.findByText('old');
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('new');
  await screen.findByText('new');
  expect(screen.queryByText('old')).toBeNull();
  expect(answers.length).toBe(2);
});

test('progress of reading and the number of letters to check are at the side', async () => {
  const job = { id: 'j', file: 'f', name: 'Rechnung.pdf', state: 'running', page: 1, pages: 3 };
  render(App, { host: new MemoryHost({ 'status.get': () => status({ jobs: [job], review_count: 2 }) }) });
  await screen.findByText('Reading Rechnung.pdf…');
  expect(screen.getByText('page 2 of 3')).toBeVisible();
  expect(within(screen.getByRole('navigation')).getByRole('link', { name: /Review/ })).toHaveTextContent('2');
});

test('a problem is said in words of its code and can be dismissed', async () => {
  const user = userEvent.setup();
  let problems: ProblemView[] = [
    { id: 'p', name: 'bank.pdf', path: null, code: 'password', message: 'English', at: '2025-11-21T09:00:00Z' },
  ];
  const host: MemoryHost = new MemoryHost({
    'status.get': () => status({ problems }),
    'problems.dismiss': () => {
      problems = [];
      host.emitChanged({ problems: true });
      return null;
    },
  });
  render(App, { host });
  const banner = await screen.findByRole('region', { name: 'Problems' });
  expect(banner).toHaveTextContent('bank.pdf: It is protected by a password.');
  await user.click(within(banner).getByRole('button', { name: 'Dismiss' }));
  await expect.poll(() => screen.queryByRole('region', { name: 'Problems' })).toBeNull();
});

test('a locked file asks for its password, and says where that is kept', async () => {
  const user = userEvent.setup();
  const at = '2025-11-21T09:00:00Z';
  const locked: ProblemView = { id: 'p', name: 'bank.pdf', path: null, code: 'password', message: '', at };
  const host = new MemoryHost({
    'status.get': () => status({ problems: [locked] }),
    'problems.unlock': ({ password }) => {
      if (password !== 'geheim') throw new HostFailure({ code: 'wrong_password', message: '', detail: null });
      return { kept: false };
    },
  });
  render(App, { host });
  const field = await screen.findByLabelText('Password of bank.pdf');
  await user.type(field, 'falsch{Enter}');
  const wrong = await screen.findByText('This password does not open it.');
  expect(field).toHaveAccessibleDescription('This password does not open it.');
  expect(wrong.closest('form')).toContainElement(field);
  await user.clear(field);
  await user.type(field, 'geheim{Enter}');
  await screen.findByText(/the password is known until Workmate is closed/);
  expect(host.inputs('problems.unlock')).toEqual([
    { id: 'p', password: 'falsch' },
    { id: 'p', password: 'geheim' },
  ]);
});

const imported = (path: string, outcome: Imported['outcome'], message: string | null = null): Imported => ({
  path,
  outcome,
  file: null,
  document: null,
  code: message === null ? null : 'unknown',
  message,
});

test('files dropped on the window are taken in, and what became of each is said', async () => {
  const host = new MemoryHost();
  render(App, { host });
  host.dropHandlers.enter();
  await screen.findByText('Drop to add');
  host.dropHandlers.drop(
    Promise.resolve([
      imported('/home/x/a.pdf', 'taken'),
      imported('/home/x/b.pdf', 'duplicate'),
      imported('/home/x/c.zip', 'refused', 'It is an archive.'),
    ]),
  );
  await screen.findByText('a.pdf is being read.');
  expect(screen.getByText('b.pdf is already here.')).toBeVisible();
  expect(screen.getByText('c.zip was not taken in: It is an archive.')).toBeVisible();
  expect(screen.queryByText('Drop to add')).toBeNull();
});

test('a drop that fails is said in words of its code', async () => {
  const host = new MemoryHost();
  render(App, { host });
  host.dropHandlers.drop(Promise.reject(new HostFailure({ code: 'disk_full', message: 'English', detail: null })));
  await screen.findByText('The disk is full. Please make room and try again.');
});

test('Add document says what became of the files, and nothing when none was chosen', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost();
  render(App, { host });
  const add = within(await screen.findByRole('complementary')).getByRole('button', { name: 'Add document…' });
  await user.click(add);
  expect(screen.getByRole('region', { name: 'Messages' })).not.toHaveTextContent(/./);
  host.chosen = [imported('a.pdf', 'taken'), imported('b.pdf', 'taken')];
  await user.click(add);
  await screen.findByText('2 documents are being read.');
});

test('a file that was dropped says what it is once it is filed, and a known one leads to the first', async () => {
  const user = userEvent.setup();
  const taken = { ...imported('a.pdf', 'taken'), file: 'a'.repeat(64) };
  const known = { ...imported('b.pdf', 'duplicate'), document: 'document-7' };
  const receipt = row({ id: 'document-9', file: 'a'.repeat(64), title: 'Car park Hafentor', kind: 'receipt' });
  const rows = [row({ id: 'other', file: 'o'.repeat(64) })];
  const host = new MemoryHost({
    'documents.list': () => page(...rows),
    'documents.get': ({ id }) => document({ ...receipt, id, state: 'accepted' }),
  });
  render(App, { host });
  await screen.findByRole('navigation');
  host.dropHandlers.drop(Promise.resolve([taken, known]));
  const again = await screen.findByRole('group', { name: 'b.pdf is already here.' });
  host.emitChanged({ documents: ['other'] });
  rows.push(receipt);
  host.emitChanged({ documents: ['document-9'] });
  await screen.findByRole('group', { name: 'Car park Hafentor · Receipt · €84.20 · filed' });
  await user.click(within(again).getByRole('button', { name: 'Open' }));
  expect(location.hash).toBe('#/documents/document-7');
});

test('a notification opens its document or its task', async () => {
  const host = new MemoryHost({
    'documents.list': () => ({ items: [row()], total: 1 }),
    'documents.get': () => document({ title: 'Letter from the tax office' }),
    'tasks.list': () => ({ ...page(task()), place: null }),
  });
  render(App, { host });
  host.emit({ event: 'open_document', id: 'document-1' });
  await screen.findByRole('heading', { name: 'Letter from the tax office' });
  expect(location.hash).toBe('#/documents/document-1');
  host.emit({ event: 'open_task', id: 'task-1' });
  await screen.findByRole('heading', { name: 'Tasks' });
  expect(await screen.findByRole('button', { name: /^Stadtwerke/ })).toHaveAttribute('aria-expanded', 'true');
});

test('the language of the settings shows at once', async () => {
  const host = new MemoryHost({ 'settings.get': () => ({ ...settings(), language: 'de', theme: 'dark' }) });
  render(App, { host });
  await screen.findByRole('link', { name: 'Aufgaben' });
  expect(window.document.documentElement.lang).toBe('de');
  expect(window.document.documentElement.dataset.theme).toBe('dark');
});

test('an engine that does not answer is said in words, with a way to try again', async () => {
  const user = userEvent.setup();
  let isDown = true;
  const host = new MemoryHost({
    'today.get': () => {
      if (isDown) throw new HostFailure({ code: 'busy', message: 'English', detail: null });
      return today({ cards: [card()] });
    },
  });
  render(App, { host });
  expect(await screen.findByRole('alert')).toHaveTextContent('Another program is using the data right now.');
  isDown = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Stadtwerke');
});

test('Ctrl+Z takes back the newest change, but not while something is typed', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'history.undo': () => null,
    'documents.list': () => ({ items: [], total: 0 }),
  });
  location.hash = '#/documents';
  render(App, { host });
  await user.type(await screen.findByRole('searchbox'), 'x{Control>}z{/Control}');
  expect(host.inputs('history.undo')).toEqual([]);
  await user.click(window.document.body);
  await user.keyboard('{Control>}z{/Control}');
  await screen.findByText('There is nothing to undo.');
});

test('the problem that a password solves is shown before those that ask for another file', async () => {
  const at = '2025-11-20T10:00:00Z';
  const problem: ProblemView = { id: 'p1', name: 'torn.pdf', path: null, code: 'damaged', message: '', at };
  const problems: ProblemView[] = [problem, { ...problem, id: 'p2', name: 'locked.pdf', code: 'password' }];
  render(App, { host: new MemoryHost({ 'status.get': () => status({ problems }) }) });
  expect(await screen.findByText('locked.pdf:')).toBeVisible();
  expect(screen.queryByText('torn.pdf:')).toBeNull();
});
