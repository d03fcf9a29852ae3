import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import App from './App.svelte';
import { HostFailure } from './host/host';
import { MemoryHost } from './testing/memory-host';
import { document, row, settings, status, task, today } from './testing/samples';

test('what is shown is fetched again when the engine says that it changed, and only then', async () => {
  let cards = [task()];
  const host = new MemoryHost({ 'today.get': () => today({ cards }) });
  render(App, { host });
  await screen.findByText('Stadtwerke');
  const asked = host.inputs('today.get').length;
  cards = [task({ title: 'Tax office' })];
  host.emitChanged({ jobs: true });
  await Promise.resolve();
  expect(host.inputs('today.get')).toHaveLength(asked);
  host.emitChanged({ tasks: ['task-1'] });
  await screen.findByText('Tax office');
});

test('an answer that is overtaken by a newer one is not shown', async () => {
  const answers: ((title: string) => void)[] = [];
  const host = new MemoryHost();
  const call = host.call.bind(host);
  host.call = (async (name: 'today.get', input: null) =>
    name === 'today.get'
      ? new Promise((resolve) => answers.push((title) => resolve(today({ cards: [task({ title })] }))))
      : call(name, input)) as typeof host.call;
  render(App, { host });
  await expect.poll(() => answers.length).toBe(1);
  host.emitChanged({ all: true });
  answers[1]?.('new');
  await screen.findByText('new');
  answers[0]?.('old');
  await Promise.resolve();
  expect(screen.queryByText('old')).toBeNull();
});

test('progress of reading and the number of letters to check are at the side', async () => {
  const job = { id: 'j', file: 'f', name: 'Rechnung.pdf', state: 'running', page: 1, pages: 3 };
  render(App, { host: new MemoryHost({ 'status.get': () => status({ jobs: [job], review_count: 2 }) }) });
  await screen.findByText('Reading Rechnung.pdf …');
  expect(screen.getByText('page 2 of 3')).toBeVisible();
  expect(within(screen.getByRole('navigation')).getByRole('link', { name: /Review/ })).toHaveTextContent('2');
});

test('a problem is said in words of its code and can be dismissed', async () => {
  const user = userEvent.setup();
  let problems = [
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

test('files dropped on the window are taken in, and what became of each is said', async () => {
  const host = new MemoryHost({
    'files.import': ({ paths }) => [
      { path: paths[0] ?? '', outcome: 'taken', file: 'f', document: null, message: null },
      { path: '/home/x/b.pdf', outcome: 'duplicate', file: 'f', document: 'd', message: null },
      { path: '/home/x/c.zip', outcome: 'refused', file: null, document: null, message: 'It is an archive.' },
    ],
  });
  render(App, { host });
  host.dropHandlers.enter();
  await screen.findByText('Drop to add');
  host.dropHandlers.drop(['/home/x/a.pdf']);
  await screen.findByText('a.pdf is being read.');
  expect(screen.getByText('b.pdf is already here.')).toBeVisible();
  expect(screen.getByText('c.zip was not taken in: It is an archive.')).toBeVisible();
  expect(screen.queryByText('Drop to add')).toBeNull();
});

test('Add document takes in what was chosen, and does nothing when nothing was', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({ 'files.import': () => [] });
  render(App, { host });
  const add = within(await screen.findByRole('complementary')).getByRole('button', { name: 'Add document…' });
  await user.click(add);
  expect(host.inputs('files.import')).toEqual([]);
  host.chosen = ['/home/x/a.pdf'];
  await user.click(add);
  expect(host.inputs('files.import')).toEqual([{ paths: ['/home/x/a.pdf'] }]);
});

test('a notification opens its document or its task', async () => {
  const host = new MemoryHost({
    'documents.list': () => ({ items: [row()], total: 1 }),
    'documents.get': () => document({ title: 'Letter from the tax office' }),
    'tasks.list': () => [task()],
  });
  render(App, { host });
  host.emit({ event: 'open_document', id: 'document-1' });
  await screen.findByRole('heading', { name: 'Letter from the tax office' });
  expect(location.hash).toBe('#/documents/document-1');
  host.emit({ event: 'open_task', id: 'task-1' });
  await screen.findByRole('heading', { name: 'Tasks' });
  expect(await screen.findByRole('button', { name: /Stadtwerke/ })).toHaveAttribute('aria-expanded', 'true');
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
      return today({ cards: [task()] });
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
