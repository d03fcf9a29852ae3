import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { PaperlessPreview, MoveView } from '../../host/bindings';
import { HostFailure } from '../../host/host';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { today } from '../../testing/samples';

beforeEach(() => {
  location.hash = '#/settings/moving';
});

const preview: PaperlessPreview = {
  version: '3.0.5',
  documents: 5,
  trashed: 1,
  known: 0,
  versions: 0,
  unseen: 2,
  notes: 3,
  serial_numbers: 0,
  senders: [{ name: 'Hollerbusch', count: 4 }],
  tags: [{ name: 'Haus/Garten', count: 2 }],
  types: [
    { name: 'Rechnung', count: 4, kind: 'invoice', tag: null },
    { name: 'Vereinspost', count: 1, kind: null, tag: 'Document type/Vereinspost' },
  ],
  fields: [
    { name: 'Vertragsnummer', count: 1, field: 'contract_number' },
    { name: 'Status', count: 1, field: null },
  ],
  left: [
    { name: 'paperless_mail.mailaccount', count: 1 },
    { name: 'of.tomorrow', count: 2 },
  ],
  problems: [{ file: 'gone.pdf', code: 'file_unreadable', message: 'gone' }],
};

test('everything goes into a new folder in the one that was named, and what could not come along is listed', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'moves.status': () => null,
    'export.run': () => ({
      folder: '/home/kim/Workmate Export',
      documents: 12,
      tasks: 3,
      files: 30,
      problems: [{ file: 'originals/a.pdf', code: 'original_damaged', message: 'damaged' }],
    }),
  });
  render(App, { host });
  const form = await screen.findByRole('region', { name: 'Take everything along' });
  expect(within(form).getByRole('button', { name: 'Write into this folder' })).toBeDisabled();
  await user.type(within(form).getByRole('textbox'), ' /home/kim {Enter}');
  expect(host.inputs('export.run')).toEqual([{ folder: '/home/kim', dated: true }]);
  await screen.findByText('Everything is now in /home/kim/Workmate Export. Documents: 12, tasks: 3.');
  expect(screen.getByText('originals/a.pdf:')).toBeVisible();
});

test('how far it is can be seen wherever it was begun, and it can be called off as long as that is possible', async () => {
  const user = userEvent.setup();
  let running: MoveView | null = { kind: 'export', step: 'writing', done: 3, total: 9, can_cancel: true };
  const host = new MemoryHost({ 'moves.status': () => running, 'moves.cancel': () => null });
  render(App, { host });
  await screen.findByText('Writing: 3 of 9');
  await user.click(screen.getByRole('button', { name: 'Call off' }));
  expect(host.inputs('moves.cancel')).toEqual([null]);
  running = { kind: 'import', step: 'originals', done: 1, total: 9, can_cancel: false };
  host.emitChanged({ jobs: true });
  await screen.findByText('Originals are coming in: 1 of 9');
  expect(screen.queryByRole('button', { name: 'Call off' })).toBeNull();
  running = null;
  host.emitChanged({ jobs: true });
  await expect.poll(() => screen.queryByText(/Originals are coming in/)).toBeNull();
});

test('an export that was called off is no trouble, and one into a profile with documents says why not', async () => {
  const user = userEvent.setup();
  const refuse = (code: 'cancelled' | 'profile_not_empty') => () => {
    throw new HostFailure({ code, message: 'x', detail: null });
  };
  const host = new MemoryHost({
    'moves.status': () => null,
    'export.run': refuse('cancelled'),
    'export.import': refuse('profile_not_empty'),
  });
  render(App, { host });
  const out = await screen.findByRole('region', { name: 'Take everything along' });
  await user.type(within(out).getByRole('textbox'), '/home/kim{Enter}');
  await screen.findByText('Called off.');
  const back = screen.getByRole('region', { name: 'Bring an export back' });
  await user.type(within(back).getByRole('textbox'), '/home/kim/export{Enter}');
  await screen.findByText(/There are documents here already/);
});

test('of paperless-ngx it is first shown what becomes of what, then it is brought', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'moves.status': () => null,
    'paperless.preview': () => preview,
    'paperless.import': () => ({ documents: 5, known: 0, trashed: 1, problems: [] }),
  });
  render(App, { host });
  const form = await screen.findByRole('region', { name: 'Bring from paperless-ngx' });
  await user.type(within(form).getByRole('textbox'), '/home/kim/paperless.zip{Enter}');
  await screen.findByRole('heading', { name: 'Export of paperless-ngx 3.0.5' });
  expect(host.inputs('paperless.import')).toEqual([]);
  for (const line of [
    'Documents: 5',
    'Not looked at there, are asked about like new letters: 2',
    'Rechnung becomes: Invoice (4)',
    'Vereinspost becomes: Tag “Document type/Vereinspost” (1)',
    'Status becomes: a line of the note (1)',
    'Mail accounts (1)',
    'of.tomorrow (2)',
    'gone.pdf:',
  ]) {
    expect(screen.getByText(line), line).toBeInTheDocument();
  }
  expect(screen.queryByText(/Here already, stay/)).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Bring them now' }));
  expect(host.inputs('paperless.import')).toEqual([{ path: '/home/kim/paperless.zip' }]);
  await screen.findByText('New documents: 5; they are being read now. Here already: 0.');
  expect(screen.queryByRole('heading', { name: /Export of paperless-ngx/ })).toBeNull();
});

test('a first start offers to bring a collection', async () => {
  location.hash = '#/today';
  const host = new MemoryHost({
    'documents.list': () => ({ items: [], total: 0 }),
    'today.get': () => ({ ...today(), cards: [] }),
  });
  render(App, { host });
  const link = await screen.findByRole('link', { name: 'Bring a collection…' });
  expect(link).toHaveAttribute('href', '#/settings/moving');
});
