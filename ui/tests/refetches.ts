// How often the window asks again while 500 letters come in and Review is open: `npm --prefix ui run refetches`. What was
// never asked before is no refetch: the first letter to come is shown, with its words. Prints a line
// `FIGURE name value note`, which the bench reads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from './app';

const LETTERS = Number(process.env.LETTERS ?? 500);
/** A burst at the edge of a second counts in full: any second is looked at, not only whole ones. */
const SECOND_MS = 1000;

test('refetches while letters come in', async ({ page, workmate }) => {
  test.setTimeout(1_800_000);
  const folder = mkdtempSync(join(tmpdir(), 'workmate-letters-'));
  for (let number = 0; number < LETTERS; number++) {
    const [day, cents] = [1 + (number % 28), 1000 + number * 7];
    const amount = `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
    const text = [
      `Werkstatt Nummer ${number % 40}`,
      `Rechnung Nr. R-${number}`,
      `Datum ${String(day).padStart(2, '0')}.11.2026`,
      `Bitte zahlen Sie ${amount} EUR bis zum 15.12.2026.`,
      `Vielen Dank für Ihren Auftrag.`,
    ].join('\n');
    writeFileSync(join(folder, `${number}.txt`), text);
  }
  // Counted in the page itself, by the clock that its requests are made by.
  await page.addInitScript(() => {
    const state = window as unknown as { asked: { question: string; at: number }[] };
    const fetch = window.fetch;
    state.asked = [];
    window.fetch = (input, init) => {
      state.asked.push({ question: `${String(input)} ${String(init?.body)}`, at: performance.now() });
      return fetch(input, init);
    };
  });
  await workmate.open(page, 'review');
  await page.waitForTimeout(3000);
  const before = await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked.length);
  const begun = performance.now();
  workmate.call('files.import', { paths: [folder] });
  const queued = () => workmate.call('status.get', null).jobs_total;
  await expect.poll(queued, { timeout: 1_700_000, intervals: [2000] }).toBe(0);
  const seconds = (performance.now() - begun) / SECOND_MS;
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  const requests = await page.evaluate(
    () => (window as unknown as { asked: { question: string; at: number }[] }).asked,
  );
  const during = requests.slice(before);
  const questions = requests.map(({ question }) => question);
  const asked = during
    .filter(({ question }, at) => questions.indexOf(question) < before + at)
    .map(({ question, at }) => ({ name: question.replace('/rpc/', '').split(' ')[0], at }));

  const inSecondFrom = (at: number) => asked.filter((other) => other.at >= at && other.at < at + SECOND_MS).length;
  const most = Math.max(0, ...asked.map(({ at }) => inSecondFrom(at)));
  const names = [...new Set(asked.map(({ name }) => name))].sort();
  const counted = names.map((name) => `${name} ${asked.filter((one) => one.name === name).length}`);
  console.log(
    `FIGURE walls.refetches_per_s ${most} the most in any second; ${asked.length} in ${seconds.toFixed(0)} s while ` +
      `${LETTERS} letters came in: ${counted.join(', ')}; beside them ${during.length - asked.length} first questions`,
  );
  expect(asked.length, 'the window follows').toBeGreaterThan(3);
});
