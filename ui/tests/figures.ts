// Figures of the window, measured in the page: `npm --prefix ui run figures`. Each is a line
// `FIGURE name value unit note` on standard output, which the bench reads.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

import { expect, type Page } from '@playwright/test';

import { test } from './app';
import { places, violations } from './axe';

const TRIES = 30;
const SAMPLES = resolve(import.meta.dirname, '../../assets/samples');
const figure = (name: string, value: number, unit: string, note = '') =>
  console.log(`FIGURE ${name} ${value.toFixed(2)} ${unit} ${note}`);

const p95 = (runs: number[]) => runs.toSorted((a, b) => a - b)[Math.ceil(runs.length * 0.95) - 1] ?? NaN;

/** From a key press to the second frame after `selector` shows something else than before, in milliseconds. */
async function afterKey(page: Page, key: string, selector: string): Promise<number> {
  await page.evaluate((selector) => {
    const state = window as unknown as { measured: Promise<number> };
    let pressed = 0;
    window.addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true, once: true });
    state.measured = new Promise((resolve) => {
      const look = () => {
        const found = document.querySelector(selector);
        const isThere = found && (!(found instanceof HTMLImageElement) || (found.complete && found.naturalWidth > 0));
        if (!pressed || !isThere) return requestAnimationFrame(look);
        return requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now - pressed)));
      };
      look();
    });
  }, selector);
  await page.keyboard.press(key);
  return page.evaluate(() => (window as unknown as { measured: Promise<number> }).measured);
}

/** Goes from area to area by keys; milliseconds of each time. */
async function switchAreas(page: Page): Promise<number[]> {
  const areas = [
    ['2', '[data-area=review] img'],
    ['3', '[data-area=documents] [data-place]'],
    ['4', '[data-area=tasks] li'],
    ['5', '[data-area=calendar] td'],
    ['1', '[data-area=today] article'],
  ] as const;
  const runs: number[] = [];
  // The first round opens each area for the first time, which draws the page of a letter: it does not count.
  for (let at = -areas.length; at < TRIES; at++) {
    const [key, selector] = areas.at(at % areas.length) ?? areas[0];
    const run = await afterKey(page, `Control+${key}`, selector);
    if (at >= 0) runs.push(run);
    await page.waitForTimeout(150);
  }
  return runs;
}

const ofRuns = (runs: number[]) => `p95 of ${runs.length}: ${runs.map(Math.round).join(' ')}`;

test('switching areas', async ({ page, workmate }) => {
  test.setTimeout(120_000);
  await workmate.open(page);
  // What a moment in the window has loaded.
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(1500);
  const runs = await switchAreas(page);
  figure('window.area_switch_ms', p95(runs), 'ms', ofRuns(runs));
});

test('switching areas while a long scan is read', async ({ page, workmate }) => {
  test.setTimeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'workmate-scan-'));
  const scan = join(folder, 'scan.pdf');
  execFileSync('pdfunite', [...Array<string>(100).fill(join(SAMPLES, 'Scan Fitnessvertrag.pdf')), scan]);
  await workmate.open(page);
  workmate.cli('import', scan);
  rmSync(folder, { recursive: true });
  const job = () => workmate.call('status.get', null).jobs.find(({ state }) => state === 'running');
  await expect.poll(() => job()?.page ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
  const runs = await switchAreas(page);
  expect(job(), 'the scan is still being read').toBeDefined();
  workmate.call('jobs.cancel', { id: job()?.id ?? null });
  figure('window.area_switch_while_reading_ms', p95(runs), 'ms', ofRuns(runs));
});

test('turning pages', async ({ page, workmate }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'workmate-pages-'));
  const stack = join(folder, 'stack.pdf');
  const letters = readdirSync(SAMPLES).filter((name) => name.endsWith('.pdf'));
  execFileSync('pdfunite', [...letters.map((name) => join(SAMPLES, name)), stack]);
  workmate.cli('import', stack, '--wait');
  rmSync(folder, { recursive: true });
  const rows = workmate.call('documents.list', {}).items;
  const most = rows.reduce((a, b) => (b.page_count > a.page_count ? b : a));
  await workmate.open(page, `documents/${most.id}`);
  await page.locator('[data-scrolls] img').waitFor();
  const runs: number[] = [];
  let [at, by] = [1, 1];
  for (let tries = 0; tries < TRIES; tries++) {
    await page.waitForTimeout(250);
    if (at + by < 1 || at + by > most.page_count) by = -by;
    at += by;
    runs.push(await afterKey(page, by > 0 ? 'PageDown' : 'PageUp', `[data-scrolls] img[src*="/${at}?"]`));
  }
  figure('window.page_flip_ms', p95(runs), 'ms', ofRuns(runs));
});

/** The answers are made up, so that only the window is measured. */
test('scrolling a hundred thousand documents', async ({ page, workmate }) => {
  test.setTimeout(120_000);
  const COUNT = 100_000;
  await page.route('**/rpc/documents.list', async (route) => {
    const { offset = 0, limit = 100 } = route.request().postDataJSON() as { offset?: number; limit?: number };
    const items = Array.from({ length: Math.min(limit, COUNT - offset) }, (_, at) => ({
      id: `0193-${offset + at}`,
      title: `Document ${offset + at}`,
      kind: 'invoice',
      state: 'accepted',
      correspondent: 'Sender',
      issue_date: '2026-11-10',
      due_date: null,
      amount: { amount: '84.20', currency: 'EUR' },
      page_count: 1,
      received_at: '2026-11-12T09:00:00Z',
      trashed_at: null,
    }));
    // As long as the engine may take for an answer.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await route.fulfill({ json: { items, total: COUNT } });
  });
  await page.route('**/page/**', (route) => route.fulfill({ status: 404 }));
  await workmate.open(page, 'documents');
  await page.locator('[data-place]').first().waitFor();
  const seen = await page.evaluate(async () => {
    const PX_PER_SECOND = 3000;
    const SECONDS = 8;
    const list = document.querySelector('[data-place]')?.closest('ul')?.parentElement as HTMLElement;
    const start = performance.now();
    let frames = 0;
    let placeholders = 0;
    let rows = 0;
    for (let now = start; now - start < SECONDS * 1000;) {
      list.scrollTop = ((now - start) / 1000) * PX_PER_SECOND;
      now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      frames++;
      const box = list.getBoundingClientRect();
      const isSeen = (element: Element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > box.top && top < box.bottom;
      };
      if ([...list.querySelectorAll('[data-placeholder]')].some(isSeen)) placeholders++;
      rows = Math.max(rows, list.querySelectorAll('li').length);
    }
    return { frames, placeholders, rows };
  });
  const percent = (100 * seen.placeholders) / seen.frames;
  figure(
    'window.placeholder_frames_percent',
    percent,
    '%',
    `${seen.placeholders} of ${seen.frames} frames, ${seen.rows} rows drawn`,
  );
});

test('what is loaded first', async () => {
  const dist = resolve(import.meta.dirname, '../dist');
  const index = readFileSync(resolve(dist, 'index.html'), 'utf8');
  const files = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? '');
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(resolve(dist, file))).length, 0);
  const all = readdirSync(resolve(dist, 'assets')).filter((name) => name.endsWith('.js'));
  figure('window.main_js_gzip_kb', bytes / 1000, 'kB', `${files.length} of ${all.length} scripts`);
});

test('accessibility', async ({ page, workmate }) => {
  let found = 0;
  const all = places(workmate);
  for (const place of all) {
    await workmate.open(page, place);
    found += (await violations(page)).length;
  }
  figure('window.axe_violations', found, '', `${all.length} places`);
});
