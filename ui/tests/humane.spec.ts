// Every view that a person meets, in both languages, in the smallest window and with letters of 200 %: no text is cut, no rule of
// accessibility is broken, and a screen reader can tell all buttons of a view apart. `bench views`
// prints the numbers.
import type { Page } from '@playwright/test';

import { AREAS } from '../src/areas/router.svelte';
import { expect, test as base, Workmate } from './app';
import { violations } from './axe';
import { write } from './counted';
import { cutTexts, sharedNames } from './humane';

/** A profile of its own: letters of every kind, something done, something missed. */
const test = base.extend<{ lived: Workmate; bare: Workmate }>({
  lived: async ({}, use) => {
    const lived = new Workmate();
    lived.importSamples();
    lived.importFolder('tests/fixtures/household');
    const paid = lived.call('tasks.list', {}).items.find((task) => task.kind === 'pay' && !task.provisional);
    if (paid) lived.call('tasks.complete', { id: paid.id });
    lived.call('tasks.quick_add', {
      line: 'Call the dentist about the appointment of the whole family tomorrow 10:00',
    });
    await lived.serve();
    await use(lived);
    await lived.end();
  },
  bare: async ({}, use) => {
    const bare = new Workmate();
    await bare.serve();
    await use(bare);
    await bare.end();
  },
});

type Open = (page: Page) => Promise<void>;
interface View {
  place: string;
  /** What is opened there. */
  open?: Open;
}

const key =
  (keys: string): Open =>
  async (page) => {
    // A key that is pressed before the view offers it does nothing.
    await expect(async () => {
      await page.keyboard.press(keys);
      await page.getByRole('dialog').waitFor({ timeout: 2_000 });
    }).toPass();
  };

/** Presses what has this selector, the first of them. */
const press =
  (selector: string, then?: string): Open =>
  async (page) => {
    await page.locator(selector).filter({ visible: true }).first().click();
    if (then) await page.locator(then).filter({ visible: true }).first().waitFor();
  };

/** All views of a profile that is lived in. */
function views(lived: Workmate): Record<string, View> {
  const [contract] = lived.call('documents.list', { kind: 'contract' }).items;
  const tasks = lived.call('tasks.list', {}).items;
  const own = tasks.find(({ document }) => !document);
  const pay = tasks.find((task) => task.kind === 'pay' && !task.provisional);
  const menu = '[aria-haspopup=menu]';
  return {
    ...Object.fromEntries(AREAS.map((area) => [area, { place: area }])),
    'one document': { place: `documents/${contract?.id}` },
    'a document being corrected': {
      place: `documents/${contract?.id}`,
      open: press('[aria-pressed=false]', 'form, select'),
    },
    'menu of a document': { place: `documents/${contract?.id}`, open: press(`header ${menu}`, '[role=menu]') },
    'one task': { place: `tasks/${own?.id}` },
    payment: { place: `tasks/${pay?.id}` },
    later: { place: `tasks/${pay?.id}`, open: press(`li ${menu}`, '[role=menu]') },
    'day of a task': {
      place: `tasks/${pay?.id}`,
      open: async (page) => {
        await press(`li ${menu}`, '[role=menu]')(page);
        await page.getByRole('menuitem').last().click();
        await page.getByRole('dialog').waitFor();
      },
    },
    'done tasks': {
      place: 'tasks',
      open: press('[role=radiogroup] label:last-child', '[role=listitem] button, li button'),
    },
    agenda: { place: 'calendar', open: press('[role=radiogroup] label:last-child') },
    hit: { place: 'search', open: press('[data-hit]', 'section img') },
    'selected documents': { place: 'documents', open: press('[type=checkbox]', '[data-at-bottom]') },
    grid: { place: 'documents', open: press('header button:last-child', '[data-place] img') },
    palette: { place: 'documents', open: key('Control+k') },
    keys: { place: 'documents', open: key('?') },
    'arranging pages': { place: `documents/${contract?.id}`, open: key('a') },
    'waiting reminders': { place: 'reminders' },
    ...Object.fromEntries(
      ['post', 'look', 'state', 'privacy', 'about'].map((subject) => [
        `settings ${subject}`,
        { place: `settings/${subject}` },
      ]),
    ),
  };
}

async function settled(page: Page) {
  await page.waitForFunction(() =>
    [...document.images].every(({ complete, loading }) => complete || loading === 'lazy'),
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

for (const language of ['de', 'en'] as const)
  test(`nothing is cut, nobody is shut out, and every control has its own name: ${language}`, async ({
    page,
    lived,
    bare,
  }) => {
    test.setTimeout(400_000);
    const cut: Record<string, string[]> = {};
    const broken: Record<string, string[]> = {};
    const shared: Record<string, string[]> = {};
    const note = (into: Record<string, string[]>, view: string, found: string[]) => {
      if (found.length) into[view] = found;
    };
    await page.setViewportSize({ width: 900, height: 600 });
    for (const workmate of [lived, bare]) workmate.call('settings.change', { key: 'language', value: language });
    const all: [Workmate, string, View][] = [
      ...Object.entries(views(lived)).map(([name, view]): [Workmate, string, View] => [lived, name, view]),
      ...AREAS.map((area): [Workmate, string, View] => [bare, `empty ${area}`, { place: area }]),
    ];
    for (const zoom of [100, 200]) {
      // What one view has set, the next one does not know.
      await page.addInitScript((zoom) => (localStorage.clear(), localStorage.setItem('zoom', String(zoom))), zoom);
      for (const [workmate, name, { place, open }] of all)
        await test.step(
          `${name}, ${zoom} %`,
          async () => {
            // From one place to another of the same window nothing is loaded again.
            await page.goto('about:blank');
            await workmate.open(page, place);
            await page.locator(`html[lang=${language}]`).waitFor();
            await settled(page);
            await open?.(page);
            await settled(page);
            note(cut, `${name} ${zoom} %`, await cutTexts(page));
            if (zoom > 100) return;
            note(broken, name, await violations(page));
            note(shared, name, await sharedNames(page));
          },
          { timeout: 20_000 },
        );
    }
    const count = (found: Record<string, string[]>) => Object.values(found).flat().length;
    const where = `${all.length} views at 900×600, ${language}`;
    write(`texts_cut_${language}`, { value: count(cut), goal: 0, note: `${where}, at 100 and 200 %` });
    write(`axe_violations_${language}`, { value: count(broken), goal: 0, note: where });
    write(`names_shared_${language}`, { value: count(shared), goal: 0, note: where });
    expect({ cut, broken, shared }).toEqual({ cut: {}, broken: {}, shared: {} });
  });
