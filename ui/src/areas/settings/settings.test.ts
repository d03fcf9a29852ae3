import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import { stepText } from '../../actions/run';
import App from '../../App.svelte';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { settings, status } from '../../testing/samples';

beforeEach(() => {
  location.hash = '#/settings';
});

test('what is being typed stays when the settings are fetched again', async () => {
  location.hash = '#/settings/post';
  const user = userEvent.setup();
  const host = new MemoryHost({ 'settings.get': () => settings() });
  render(App, { host });
  const folder = await screen.findByRole('textbox', { name: 'Inbox folder' });
  await user.type(folder, '/home/x/post');
  const asked = host.inputs('settings.get').length;
  host.emitChanged({ settings: true });
  await expect.poll(() => host.inputs('settings.get').length).toBe(asked + 1);
  expect(folder).toHaveValue('/home/x/post');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(host.inputs('settings.change')).toEqual([{ key: 'inbox_folder', value: '/home/x/post' }]);
});

test('times of day are saved in order, in the form of the engine; what is no time is not', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost();
  render(App, { host });
  const first = await screen.findByRole('textbox', { name: 'Time 1' });
  await user.clear(first);
  await user.type(first, '25{Enter}');
  expect(first).toBeInvalid();
  expect(host.inputs('settings.change')).toEqual([]);
  await user.clear(first);
  await user.type(first, '18.30{Enter}');
  expect(host.inputs('settings.change')).toEqual([{ key: 'reminder_slots', value: ['13:00:00', '18:30:00'] }]);
});

test('who does not start Workmate at login is told that nothing reminds while it is closed', async () => {
  const user = userEvent.setup();
  let chosen = settings();
  const host: MemoryHost = new MemoryHost({
    'settings.get': () => chosen,
    'settings.change': ({ key, value }) => {
      chosen = { ...chosen, [key]: value };
      host.emitChanged({ settings: true });
      return chosen;
    },
  });
  render(App, { host });
  await user.click(await screen.findByRole('switch', { name: 'Start when I log in' }));
  expect(host.inputs('settings.change')).toEqual([{ key: 'start_at_login', value: false }]);
  await screen.findByText('While Workmate is closed, nothing reminds you.');
});

test('a desktop without tray or notifications is said plainly, and that the program works all the same', async () => {
  location.hash = '#/settings/state';
  const host = new MemoryHost({ 'status.get': () => status({ tray: false, notifications_problem: 'no service' }) });
  render(App, { host });
  await screen.findByText(/This desktop has no tray. Workmate works all the same/);
  expect(screen.getByText(/Notifications cannot be shown here. Workmate works all the same/)).toBeVisible();
});

test('who reads and who reminds is said, that this one takes over, and which part failed and began again', async () => {
  location.hash = '#/settings/state';
  const thread = {
    name: 'reminders',
    state: 'waiting',
    last_beat: '2026-11-20T12:00:00Z',
    restarts: 2,
    last_error: 'x',
  } as const;
  const elsewhere = { by: 'elsewhere', pid: 42, kind: 'import' } as const;
  const host = new MemoryHost({
    'status.get': () => status({ engine: elsewhere, takes_over: true, threads: [thread] }),
  });
  render(App, { host });
  await screen.findByText('Another Workmate reads new post (process 42).');
  expect(screen.getByText('Reminders are sent from here.')).toBeVisible();
  expect(screen.getByText('As soon as the other one ends, this one goes on.')).toBeVisible();
  expect(screen.getByText('The part “reminders” failed and has begun again. Failures so far: 2.')).toBeVisible();
});

test('how far reading is shut off from the computer is said in one calm line', async () => {
  location.hash = '#/settings/state';
  for (const [sandbox, line] of [
    [{ calls: true, landlock: 7 }, /reaches no network and none of your other files/],
    [{ calls: true, landlock: null }, /cannot close off your other files/],
    [{ calls: false, landlock: null }, /offers no way to shut that off/],
  ] as const) {
    const { unmount } = render(App, { host: new MemoryHost({ 'status.get': () => status({ sandbox }) }) });
    expect(await screen.findByText(line)).toBeVisible();
    unmount();
  }
});

test('the second reader can be switched off, and where it is missing that is said', async () => {
  location.hash = '#/settings/post';
  const user = userEvent.setup();
  const host = new MemoryHost({ 'status.get': () => status({ second_reader_installed: false }) });
  render(App, { host });
  await user.click(await screen.findByRole('switch', { name: 'Read hard pages twice' }));
  expect(host.inputs('settings.change')).toEqual([{ key: 'second_reader', value: false }]);
  expect(screen.getByText(/The second reader is not installed/)).toBeVisible();
});

test('weekend, number a day, hourly reminders and times of a kind of their own can be set', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost();
  render(App, { host });
  await user.selectOptions(await screen.findByRole('combobox', { name: 'At the weekend' }), 'only_pressing');
  const most = screen.getByRole('spinbutton', { name: 'Notifications a day' });
  await user.clear(most);
  await user.type(most, '3');
  await user.tab();
  await user.click(screen.getByRole('switch', { name: 'Remind of overdue things every hour' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Kind of task…' }), 'pay');
  expect(host.inputs('settings.change')).toEqual([
    { key: 'weekend', value: 'only_pressing' },
    { key: 'most_notifications_a_day', value: 3 },
    { key: 'hourly_when_overdue', value: true },
    { key: 'reminder_slots_by_kind', value: { pay: ['12:00:00'] } },
  ]);
});

test('the ways of a reminder are chosen for each stage, and the last one stays', async () => {
  const user = userEvent.setup();
  const host = new MemoryHost({
    'settings.get': () => ({ ...settings(), reminder_channels: { urgent: ['desktop'] } }),
  });
  render(App, { host });
  await user.click(await screen.findByRole('checkbox', { name: 'overdue: in a window of its own' }));
  expect(host.inputs('settings.change')).toEqual([
    { key: 'reminder_channels', value: { urgent: ['desktop'], critical: ['desktop'] } },
  ]);
  expect(screen.getByRole('checkbox', { name: 'urgent: on the desktop' })).toBeDisabled();
  expect(screen.getByRole('checkbox', { name: 'urgent: in a window of its own' })).not.toBeChecked();
});

test('the privacy page says what has left the computer, and what was opened on it', async () => {
  location.hash = '#/settings/privacy';
  const opened = [{ at: '2025-11-20T09:00:00Z', what: 'Rechnung.pdf', receiver: 'desktop' }];
  const host = new MemoryHost({ 'privacy.ledger': () => ({ left: [], opened }) });
  render(App, { host });
  expect(await screen.findByText('Nothing.')).toBeVisible();
  expect(screen.getByText('Rechnung.pdf')).toBeVisible();
});

test('a key for another program is shown once, and can be revoked', async () => {
  location.hash = '#/settings/privacy';
  const user = userEvent.setup();
  const key = {
    id: 'k1',
    name: 'Kalender',
    scope: 'write' as const,
    for_person: false,
    created_at: '2025-11-20T09:00:00Z',
    expires_at: '2026-02-18T09:00:00Z',
    last_used_at: null,
    expired: false,
  };
  const host = new MemoryHost({
    'keys.list': () => [key],
    'keys.add': () => ({ key, secret: 'wm_0123' }),
    'keys.revoke': () => null,
  });
  render(App, { host });
  await user.type(await screen.findByLabelText('Keys for other programs'), 'Kalender');
  await user.selectOptions(screen.getByLabelText('What the key may do'), 'read and change');
  await user.click(screen.getByRole('button', { name: 'Make a key' }));
  expect(await screen.findByText('wm_0123')).toBeVisible();
  expect(host.inputs('keys.add')).toEqual([{ name: 'Kalender', scope: 'write' }]);
  expect(screen.getByText(/read and change · valid until 18 Feb 2026 · not used yet/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Revoke the key: Kalender' }));
  expect(host.inputs('keys.revoke')).toEqual([{ id: 'k1' }]);
  expect(await screen.findByText('The key is valid no more.')).toBeVisible();
});

test('a changed setting is taken back by its name', () => {
  expect(stepText({ op: 'change_setting', label: 'language' })).toBe('Language');
  expect(stepText({ op: 'change_setting', label: 'most_notifications_a_day' })).toBe('Notifications a day');
  for (const key of Object.keys(settings())) expect(stepText({ op: 'change_setting', label: key })).not.toBe(key);
  expect(stepText({ op: 'complete_task', label: 'language' })).toBe('language, task done');
});

test('problems of one cause stand together, with how many and when the last one came, and go together', async () => {
  location.hash = '#/settings/state';
  const user = userEvent.setup();
  const problem = (id: string, code: 'password' | 'damaged') => {
    return { id, name: `${id}.pdf`, path: null, code, message: '', at: '2026-11-20T09:14:00Z' };
  };
  let shown = status({
    problems: [problem('a', 'password'), problem('b', 'damaged'), problem('c', 'password')],
    problem_groups: [
      { code: 'password', count: 12, last: '2026-11-20T09:14:00Z' },
      { code: 'damaged', count: 1, last: '2026-11-20T09:14:00Z' },
    ],
  });
  const host: MemoryHost = new MemoryHost({
    'status.get': () => shown,
    'problems.dismiss_alike': () => {
      shown = status({ problems: [problem('b', 'damaged')] });
      host.emitChanged({ problems: true });
      return 12;
    },
  });
  render(App, { host });
  const main = within(await screen.findByRole('main'));
  const group = await main.findByText('12 times:', { selector: 'summary span' });
  expect(group.closest('summary')).toHaveTextContent(/It is protected by a password.*Last: .*2026/);
  expect(main.getByText('a.pdf')).not.toBeVisible();
  await user.click(group);
  expect(main.getByText('a.pdf')).toBeVisible();
  expect(main.getByText('10 more problems')).toBeVisible();
  await user.click(main.getByRole('button', { name: 'Dismiss all' }));
  expect(host.inputs('problems.dismiss_alike')).toEqual([{ code: 'password' }]);
  await expect.poll(() => main.queryByText('12 times:')).toBeNull();
  expect(main.getAllByText('b.pdf:', { exact: false })[0]).toBeVisible();
});

test('the report is looked at before it can be saved', async () => {
  location.hash = '#/settings/state';
  const user = userEvent.setup();
  const host = new MemoryHost({
    'diagnostics.get': () => ({ text: 'program: 0.1.0' }),
    'diagnostics.save': ({ folder }) => ({ path: `${folder}/workmate-diagnostics-2026-11-20.txt` }),
  });
  render(App, { host });
  const show = await screen.findByRole('button', { name: 'Look at the report' });
  expect(screen.queryByRole('textbox', { name: /Report for finding faults/ })).toBeNull();
  await user.click(show);
  expect(await screen.findByRole('textbox', { name: 'Report for finding faults' })).toHaveValue('program: 0.1.0');
  await user.type(screen.getByRole('textbox', { name: /Report for finding faults: / }), '/home/x{Enter}');
  expect(host.inputs('diagnostics.save')).toEqual([{ folder: '/home/x' }]);
  await screen.findByText('Saved: /home/x/workmate-diagnostics-2026-11-20.txt');
});
