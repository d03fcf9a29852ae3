import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import App from '../../App.svelte';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { status } from '../../testing/samples';

test('what is computed again is said with its number, and can be paused and go on', async () => {
  location.hash = '#/settings/state';
  const user = userEvent.setup();
  let paused = false;
  const hold = (to: boolean) => () => {
    paused = to;
    host.emitChanged({ jobs: true });
    return null;
  };
  const host: MemoryHost = new MemoryHost({
    'status.get': () => status({ to_recompute: 1234, backlog_paused: paused }),
    'jobs.pause': hold(true),
    'jobs.resume': hold(false),
  });
  render(App, { host });
  const going = '1,234 documents are being read again with the new version.';
  expect((await screen.findAllByText(going)).length).toBe(2);
  await user.click(screen.getAllByRole('button', { name: 'Pause' })[0] as HTMLElement);
  await screen.findAllByText('1,234 documents will be read again when work goes on.');
  await user.click(screen.getAllByRole('button', { name: 'Go on' })[0] as HTMLElement);
  await screen.findAllByText(going);
});

test('where nothing is computed again, nothing is said', async () => {
  location.hash = '#/settings/state';
  render(App, { host: new MemoryHost({ 'status.get': () => status() }) });
  await screen.findByText('No problems.');
  expect(screen.queryByText(/read again/)).toBeNull();
});
