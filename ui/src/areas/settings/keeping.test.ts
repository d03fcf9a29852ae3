import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { DeletedView, ForgottenView, RetentionList } from '../../host/bindings';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { row } from '../../testing/samples';

const deleted: DeletedView = { documents: 2, tasks: 1, originals: 2, steps: 5, staying: ['post.eml'] };
const none: RetentionList = { items: [], total: 0 };

const forgotten = (more: Partial<ForgottenView>): ForgottenView => ({
  names: ['Jonas Winter'],
  numbers: ['DE02120300000000202051'],
  removed: [
    { id: 'd1', title: 'Mahnung' },
    { id: 'd2', title: 'Zeugnis' },
  ],
  blacked: [{ id: 'd3', title: 'Elternbrief' }],
  deleted,
  texts: 4,
  pages: 1,
  steps: 6,
  stays: [
    { stay: 'original', what: 'schule.pdf', count: 1, until: null },
    { stay: 'backup', what: '/media/disk', count: 3, until: '2026-11-20' },
    { stay: 'elsewhere', what: null, count: 0, until: null },
  ],
  done: false,
  ...more,
});

beforeEach(() => {
  location.hash = '#/settings/keeping';
});

test('the trash says until when, shows what goes, and asks before it is emptied', async () => {
  const user = userEvent.setup();
  let documents = 2;
  const host: MemoryHost = new MemoryHost({
    'trash.get': () => ({ days: 30, documents, next: documents ? '2025-12-20' : null }),
    'trash.delete': ({ preview }) => {
      if (!preview) {
        documents = 0;
        host.emitChanged({ documents: ['d1'] });
      }
      return deleted;
    },
    'retention.list': () => none,
  });
  render(App, { host });
  expect(await screen.findByText('2 documents in the trash')).toBeVisible();
  expect(screen.getByText(/deleted after 30 days/)).toBeVisible();
  expect(screen.getByText(/^The next one goes on 20 Dec/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Empty now…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete for good?' }));
  expect(await dialog.findByText('2 documents with all that is known of them')).toBeVisible();
  expect(dialog.getByText('post.eml stays: something else came in it.')).toBeVisible();
  expect(dialog.getByText('This cannot be undone.')).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Cancel' }));
  expect(host.inputs('trash.delete')).toEqual([{ preview: true }]);
  await user.click(screen.getByRole('button', { name: 'Empty now…' }));
  await user.click(await screen.findByRole('button', { name: 'Delete for good' }));
  expect(await screen.findByText('0 documents in the trash')).toBeVisible();
  expect(host.inputs('trash.delete')).toEqual([{ preview: true }, { preview: true }, {}]);
  expect(screen.getByText('2 documents deleted for good.')).toBeVisible();
});

test('a person is forgotten only after one has seen what goes, what stays, and chosen what to keep', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'trash.get': () => ({ days: 30, documents: 0, next: null }),
    'retention.list': () => none,
    'people.forget': ({ preview, keep }) =>
      forgotten({ done: !preview, ...(keep?.length ? { removed: [{ id: 'd1', title: 'Mahnung' }] } : {}) }),
  });
  render(App, { host });
  await user.type(await screen.findByLabelText('Name'), ' Jonas Winter ');
  await user.click(screen.getByRole('button', { name: 'Look…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Forget this person?' }));
  expect(await dialog.findByText('Names: Jonas Winter')).toBeVisible();
  expect(dialog.getByText('Elternbrief')).toBeVisible();
  expect(dialog.getByText(/The original “schule.pdf” .* still show the name/)).toBeVisible();
  expect(dialog.getByText(/^Backups in \/media\/disk: 3 states; .* 20 Nov/)).toBeVisible();
  await user.click(dialog.getByRole('checkbox', { name: 'Zeugnis' }));
  expect(dialog.getByRole('checkbox', { name: 'Zeugnis' })).not.toBeChecked();
  await user.click(dialog.getByRole('button', { name: 'Forget' }));
  const report = within(await screen.findByRole('dialog', { name: 'Forgotten' }));
  expect(report.queryByText('Zeugnis')).toBeNull();
  expect(host.inputs('people.forget')).toEqual([
    { name: 'Jonas Winter', keep: [], preview: true },
    { name: 'Jonas Winter', keep: ['d2'], preview: true },
    { name: 'Jonas Winter', keep: ['d2'] },
  ]);
  await user.click(report.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('letters that need not be kept are proposals with their source, and go into the trash only by hand', async () => {
  const user = userEvent.setup();
  const document = row({ id: 'd9', title: 'Wände streichen' });
  const host = new MemoryHost({
    'trash.get': () => ({ days: 30, documents: 0, next: null }),
    'retention.list': () => ({
      items: [{ document, rule: 'work_on_property', source: 'UStG § 14b (1)', until: '2024-12-31' }],
      total: 3,
    }),
    'documents.trash': () => null,
  });
  render(App, { host });
  expect(
    await screen.findByText(/Bill for work on a house: 2 years, until 31 Dec.* \(UStG § 14b \(1\)\)/),
  ).toBeVisible();
  expect(screen.getByText('… and 2 more letters')).toBeVisible();
  expect(screen.getByText(/These are proposals only: nothing is deleted by itself/)).toBeVisible();
  expect(host.inputs('documents.trash')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Move to trash' }));
  expect(host.inputs('documents.trash')).toEqual([{ id: 'd9' }]);
});
