import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { BackupsView } from '../../host/bindings';
import { HostFailure } from '../../host/host';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { backups, status, today } from '../../testing/samples';

const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const failure = { code: 'backup_away', message: '…', detail: null } as const;
const last = { at: '2026-11-20T11:00:00Z', files: 1234, bytes: 1_200_000_000, added: 4_000_000 };

beforeEach(() => {
  location.hash = '#/settings/backup';
});

test('a backup is set up with a folder, twelve words, and three of them asked back', async () => {
  const user = userEvent.setup();
  let view = backups();
  const host: MemoryHost = new MemoryHost({
    'backup.get': () => view,
    'backup.words': () => WORDS,
    'backup.set_up': ({ folder }) => {
      view = backups({ standing: 'runs', folder, done: 10, total: 100 });
      host.emitChanged({ backups: true });
      return view;
    },
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'Set up a backup…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Set up a backup' }));
  await user.type(dialog.getByLabelText('Backup folder'), '/media/disk');
  await user.click(dialog.getByRole('button', { name: 'Next' }));
  expect((await dialog.findAllByRole('listitem')).map((item) => item.textContent.split(' ').at(-1))).toHaveLength(12);
  await user.click(dialog.getByRole('button', { name: 'I have written them down' }));
  const fields = dialog.getAllByRole('textbox');
  expect(fields).toHaveLength(3);
  for (const field of fields) await user.type(field, 'zoo');
  await user.click(dialog.getByRole('button', { name: 'Begin' }));
  expect(dialog.getByRole('alert')).toHaveTextContent('One of them is another word.');
  for (const field of fields) {
    const number = Number(/Word (\d+)/.exec(field.closest('label')?.textContent ?? '')?.[1]);
    await user.clear(field);
    await user.type(field, ` ${(WORDS.split(' ')[number - 1] ?? '').toUpperCase()} `);
  }
  await user.click(dialog.getByRole('button', { name: 'Begin' }));
  expect(await screen.findByText('A backup is being made.')).toBeVisible();
  expect(host.calls.find(({ name }) => name === 'backup.set_up')?.input).toEqual({
    folder: '/media/disk',
    words: WORDS,
  });
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '10');
});

test.each<[string, Partial<BackupsView>, string]>([
  ['waits for its disk', { standing: 'waits', failure }, 'The backup folder is not there. Plug in its disk'],
  ['rests', { standing: 'rests', next: '2026-11-21T11:00:00Z' }, 'The next one:'],
  ['is on the same disk', { standing: 'rests', same_disk: true }, 'This folder is on the same disk'],
])('a backup that %s says so', async (_, changes, words) => {
  render(App, { host: new MemoryHost({ 'backup.get': () => backups({ folder: '/media/disk', last, ...changes }) }) });
  expect(await screen.findByText(new RegExp(words))).toBeVisible();
  expect(screen.getByText(/Backed up and verified: .*20/)).toBeVisible();
  expect(screen.getByText('1,234 files, 1.2 GB')).toBeVisible();
});

test('an old backup is said calmly on Today', async () => {
  location.hash = '#/today';
  const host = new MemoryHost({
    'status.get': () => status({ old_backup: last.at }),
    'today.get': () => today({ open_tasks: 1 }),
  });
  render(App, { host });
  expect(await screen.findByText(/The last backup is of 20 Nov/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Look' })).toHaveAttribute('href', '#/settings/backup');
});

test('a first start offers the way back, which says what is wrong and then starts again', async () => {
  location.hash = '#/today';
  const user = userEvent.setup();
  let tries = 0;
  const host = new MemoryHost({
    'today.get': () => today({ open_tasks: 0, cards: [], review_count: 0 }),
    'documents.list': () => ({ items: [], total: 0 }),
    'backup.states': () => {
      tries += 1;
      if (tries === 1) throw new HostFailure({ code: 'bad_words', message: '…', detail: null });
      return [
        { id: 'b', at: '2026-11-20T11:00:00Z', files: 12, bytes: 3_000_000 },
        { id: 'a', at: '2026-11-19T11:00:00Z', files: 11, bytes: 2_900_000 },
      ];
    },
    'backup.restore': ({ state }) => ({
      at: state === 'a' ? '2026-11-19T11:00:00Z' : '2026-11-20T11:00:00Z',
      letters: 11,
      bytes: 2_900_000,
      findings: [],
      before: null,
      at_next_start: true,
    }),
    'program.restart': () => null,
  });
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'Restore…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Restore a backup' }));
  await user.type(dialog.getByLabelText('Backup folder'), '/media/disk');
  await user.type(dialog.getByLabelText('The twelve words'), WORDS);
  await user.click(dialog.getByRole('button', { name: 'Next' }));
  expect(await dialog.findByText(/Compare them with your paper/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Next' }));
  await user.selectOptions(await dialog.findByLabelText('State'), 'a');
  await user.click(dialog.getByRole('button', { name: 'Restore' }));
  expect(await dialog.findByText(/11 letters are back, as of .*19/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Start Workmate again' }));
  expect(host.calls.at(-1)?.name).toBe('program.restart');
});
