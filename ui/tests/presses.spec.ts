// Twelve journeys by keyboard alone, with every key and every decision counted (`presses.ts`).
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { test as base } from '@playwright/test';
import type { Page } from '@playwright/test';

import { expect, Workmate } from './app';
import { write } from './counted';
import { Keys, LIMITS } from './presses';

const FRIDAY = '2026-11-20T09:00:00Z';

type Letters = Record<string, string>;

interface Stage {
  /** A profile with letters of one day or more, each by its clock; the window is open at Today, by the last clock. */
  begin: (...posts: { at?: string; letters?: Letters; also?: (workmate: Workmate) => void }[]) => Promise<Workmate>;
}

const test = base.extend<Stage>({
  begin: async ({ page }, use) => {
    const begun: Workmate[] = [];
    await use(async (...posts) => {
      const owner = new Workmate(undefined, posts[0]?.at ?? FRIDAY);
      begun.push(owner);
      owner.call('settings.change', { key: 'language', value: 'en' });
      let served = owner;
      for (const { at, letters, also } of posts) {
        served = new Workmate(owner.profile, at ?? FRIDAY);
        if (letters) served.importTexts(letters);
        also?.(served);
      }
      begun.unshift(served);
      await served.serve();
      await served.open(page);
      return served;
    });
    // Servers first, then the folders of their profiles.
    for (const workmate of begun) await workmate.end();
  },
});

/** An account that nobody else has: by it a sender is known. */
function iban(account: number): string {
  const digits = `37040044${String(account).padStart(10, '0')}`;
  const check = 98n - (BigInt(`${digits}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${digits}`;
}

const letter = (sender: string, heading: string, ...lines: string[]) =>
  [`${sender} · Am Anger 3 · 05123 Eichenbruck`, '', 'Mara Winter', 'Lindenweg 4', '05123 Eichenbruck', '', heading, '']
    .concat(lines)
    .join('\n');

function bill(sender: string, number: string, amount: string, due: string | undefined, of = '16.11.2026'): string {
  return letter(
    sender,
    `Rechnung ${number}`,
    `Rechnungsnummer: ${number}`,
    `Rechnungsdatum: ${of}`,
    '',
    `Rechnungsbetrag: ${amount} €`,
    '',
    ...(due ? [`Bitte überweisen Sie den Rechnungsbetrag bis zum ${due}.`] : []),
    `IBAN: ${iban([...number].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) % 1e9)}`,
  );
}

const debit = (sender: string, number: string, of: string, on: string) =>
  letter(
    sender,
    'Beitragsrechnung zur Hausratversicherung',
    `Rechnungsnummer: ${number}`,
    `Rechnungsdatum: ${of}`,
    '',
    'Rechnungsbetrag: 84,60 €',
    '',
    `Den Betrag buchen wir am ${on} per SEPA-Lastschrift von Ihrem Konto ab.`,
    'Mandatsreferenz: M-4471',
  );

const receipt = (number: string, day: string) =>
  `Parkhaus Hafentor GmbH\nAm Hafen 3\n\nQuittung Nr. ${number}\n${day} 10:42\n\nSumme EUR 12,50\nBar bezahlt\n`;

const visit = (day: string) =>
  letter(
    'Praxis Dr. Nora Feld',
    'Ihr Untersuchungstermin',
    'Datum: 09.11.2026',
    '',
    `Ihr Termin: ${day} um 14:30 Uhr`,
    'Ort: Ringstraße 21, 2. Stock, 05123 Eichenbruck',
    'Bitte bringen Sie Ihre Versichertenkarte und die Überweisung mit.',
  );

const HOUSEHOLD = resolve(import.meta.dirname, '../../tests/fixtures/household');

/** What is known of a letter of the fixtures. */
interface Truth {
  file: string;
  doc_type: string;
  text_origin: string;
  /** What is printed in it; null: it is not, and follows from something else. */
  fields: Partial<Record<string, { value: string | null }>>;
}
const TRUTH = readFileSync(join(HOUSEHOLD, 'truth.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Truth);

/** A person looks at each of these whatever was read (D6). */
const ALWAYS_ASKED = ['court_order', 'fine', 'tax_notice', 'authority_letter'];

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const card = (page: Page, name: RegExp) => page.getByRole('article', { name });
const open = (workmate: Workmate) => workmate.call('tasks.list', {}).items;
const untilOpen = (workmate: Workmate, count: number) =>
  expect.poll(() => open(workmate).map(({ title }) => title)).toHaveLength(count);

test('first start: the sample letters, or a letter of one’s own, become tasks', async ({ page, begin }) => {
  test.setTimeout(180_000);
  const keys = new Keys(page);
  // Until this stands there, the window does not know yet that it is empty, and has no keys.
  const beginning = page.getByRole('button', { name: 'Try the sample letters' });
  const bare = await begin({});
  await beginning.waitFor();
  keys.decides('how to begin');
  await keys.task('try the sample letters', 'any', async () => {
    await keys.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await keys.type('sample');
    await expect(page.locator('[data-selected]')).toContainText('sample letters');
    await keys.press('Enter');
    await expect.poll(() => bare.call('documents.list', {}).total, { timeout: 60_000 }).toBe(8);
    await page.getByRole('region', { name: 'After that' }).getByRole('listitem').first().waitFor();
  });
  const own = await begin({});
  await beginning.waitFor();
  await keys.task('a letter of one’s own', 'any', async () => {
    const chooser = page.waitForEvent('filechooser');
    await keys.press('Control+o');
    keys.decides('which letter');
    const text = bill('Dachdeckerei Rinne GmbH', 'DR-118', '248,90', '24.11.2026');
    await (await chooser).setFiles({ name: 'roof.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await card(page, /DR-118/).waitFor();
  });
  await untilOpen(own, 1);
  keys.write('first_start');
});

test('a day of 40 letters: clear ones ask nothing, each of the others two keys at most', async ({ page, begin }) => {
  test.setTimeout(300_000);
  const own: Letters = { undated: bill('Malerbetrieb Sonnig', 'MS-25-41', '480,00', undefined, '13.11.2025') };
  for (const [at, sender] of ['Rinne', 'Morgen', 'Vogt', 'Harms', 'Lindner', 'Kessler', 'Brandt'].entries()) {
    const amount = `${40 + at * 17},90`;
    own[sender] = bill(`Werkstatt ${sender} GmbH`, `W${at}-2511`, amount, `${24 + (at % 5)}.11.2025`, '13.11.2025');
  }
  own.insurance = debit('Alsterland Versicherung a. G.', 'HV-2025-77', '13.11.2025', '25.11.2025');
  for (const number of [4711, 4712, 4713]) own[`parking ${number}`] = receipt(String(number), '14.11.2025');
  const workmate = await begin({
    at: '2025-11-17T09:00:00Z',
    letters: own,
    also: (workmate) => workmate.cli('import', ...TRUTH.map(({ file }) => join(HOUSEHOLD, file)), '--wait'),
  });
  const letters = workmate.call('documents.list', { limit: 100 }).items;
  expect(letters).toHaveLength(40);
  const details = new Map(letters.map(({ id }) => [id, workmate.call('documents.get', { id })]));
  const fileOf = (id: string) => details.get(id)?.arrivals[0]?.name ?? '';
  const truthOf = (id: string) => TRUTH.find(({ file }) => file === fileOf(id));
  const printed = (id: string, field: string) => truthOf(id)?.fields[field]?.value ?? undefined;

  const clear = letters.filter(({ id }) => {
    const truth = truthOf(id);
    if (!truth) return fileOf(id) !== 'undated.txt';
    return truth.text_origin === 'born-digital' && !ALWAYS_ASKED.includes(truth.doc_type);
  });
  const asked = clear.filter(({ state }) => state === 'review').map(({ id }) => fileOf(id));
  write('decisions_clear_letter', {
    value: asked.length,
    goal: 0,
    note: `of ${clear.length} clear letters of ${letters.length}: ${asked.join(', ') || 'none asks'}`,
  });
  expect(asked).toEqual([]);

  const keys = new Keys(page, {
    'old post is dealt with': {
      presses: 6,
      why: 'three cards, one of them with a second task, stand before the question with its letters; J comes to it, E says that none is open',
    },
  });
  const waiting = workmate.call('review.list', {}).items;
  await keys.task('to the letters that wait', 'go', () => keys.press('Control+2'));
  let most = 0;
  for (const [at, { id, title }] of waiting.entries()) {
    keys.decides(`${fileOf(id)} was read right`);
    await page.getByRole('main').getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
    await keys.task(fileOf(id), 'unclear', async () => {
      // Who knows the letter answers what is asked, where what was read is wrong.
      const digits = (details.get(id)?.facts ?? []).flatMap(({ field, value, questioned, candidates }) => {
        const right = printed(id, field);
        if (!questioned || right === undefined || same(right, value)) return [];
        const place = candidates.findIndex((candidate) => same(right, candidate.value));
        expect(place, `${fileOf(id)}: ${field} is ${right}`).toBeGreaterThanOrEqual(0);
        return [String(place + 1)];
      });
      for (const digit of digits) {
        await keys.press(digit);
        await expect(messages(page)).not.toBeEmpty();
      }
      await expect(page.getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
      await keys.press('Enter');
      most = Math.max(most, digits.length + 1);
      // Until the list is there without it, another Enter is not taken.
      await expect(page.getByRole('main').getByText(title, { exact: true })).toHaveCount(0);
      expect(workmate.call('review.list', {}).items).toHaveLength(waiting.length - at - 1);
    });
  }
  // What is wrong and not asked costs no key here, because nobody is led to it: it is said.
  const unasked = waiting.flatMap(({ id }) =>
    (details.get(id)?.facts ?? [])
      .filter(({ field, value, questioned }) => {
        const right = printed(id, field);
        return !questioned && right !== undefined && !same(right, value);
      })
      .map(({ field }) => `${fileOf(id)} ${field}`),
  );
  expect(unasked).toEqual([]);
  write('presses_unclear_letter', {
    value: most,
    goal: LIMITS.unclear,
    note: `the most of ${waiting.length} letters that wait for a look; wrong and not asked: ${unasked.join(', ') || 'nothing'}`,
  });
  await keys.task('back to Today', 'go', async () => {
    await keys.press('Control+1');
    await page.getByRole('article').first().waitFor();
  });
  await keys.task('old post is dealt with', 'any', async () => {
    keys.decides('whether old post is dealt with');
    const question = page.getByRole('region', { name: /dealt with/ });
    await question.waitFor();
    for (let at = 0; at < 6 && !(await question.evaluate((item) => item === document.activeElement)); at++) {
      await keys.press('j');
    }
    await question.getByRole('checkbox').first().waitFor();
    await keys.press('e');
    await expect(question).toHaveCount(0);
  });
  keys.write('day');
});

/** The same value; an amount of money goes one way or the other. */
const same = (right: string, value: string | null) =>
  value !== null && (right === value || Math.abs(Number(right)) === Math.abs(Number(value)));

test('pay: Enter shows what the bank needs, E says that it is paid', async ({ page, begin }) => {
  const workmate = await begin({
    letters: { roof: bill('Dachdeckerei Rinne GmbH', 'DR-118', '248,90', '24.11.2026') },
  });
  await card(page, /DR-118/).waitFor();
  const keys = new Keys(page);
  keys.decides('to pay now');
  await keys.task('pay a bill', 'pay', async () => {
    await keys.press('Enter');
    await expect(card(page, /DR-118/).getByRole('region', { name: 'Payment' })).toContainText('€248.90');
    await keys.press('e');
    await expect(messages(page)).toContainText('DR-118 · Dachdeckerei Rinne GmbH: done');
  });
  await untilOpen(workmate, 0);
  keys.write('pay');
});

test('debit: its day and amount are said, and after that day nothing is asked', async ({ page, begin }) => {
  const letters = { insurance: debit('Alsterland Versicherung a. G.', 'HV-2026-77', '16.11.2026', '25.11.2026') };
  const workmate = await begin({ letters });
  const keys = new Keys(page);
  await keys.task('see when and how much', 'see', async () => {
    await expect(page.getByRole('main')).toContainText('HV-2026-77');
    await expect(page.getByRole('main')).toContainText('€84.60');
    await expect(page.getByRole('main')).toContainText('debit');
  });
  await keys.task('say before its day that it is dealt with', 'any', async () => {
    keys.decides('whether the debit is right');
    await keys.press('j', 'e');
    await untilOpen(workmate, 0);
  });
  await keys.task('leave it alone until after its day', 'see', async () => {
    const later = await begin({ letters }, { at: '2026-11-27T09:00:00Z' });
    await untilOpen(later, 0);
    expect(later.call('tasks.list', { filter: 'done' }).items[0]?.done_how).toBe('debited');
  });
  keys.write('debit');
});

test('dunning: the reminder is paid in place of its bill, with its fee', async ({ page, begin }) => {
  const sender = 'Gartenbau Hellwig GmbH';
  const first = bill(sender, 'GH-2026-117', '142,80', '26.10.2026', '12.10.2026');
  const reminder = letter(
    sender,
    '1. Mahnung',
    'Datum: 18.11.2026',
    'Unsere Rechnung GH-2026-117 vom 12.10.2026 über 142,80 € ist noch offen.',
    'Mahngebühr: 5,00 €',
    'Zu zahlender Gesamtbetrag: 147,80 €',
    'Bitte zahlen Sie bis zum 25.11.2026.',
    first.split('\n').at(-1) ?? '',
  );
  const workmate = await begin(
    { at: '2026-10-14T09:00:00Z', letters: { bill: first } },
    { at: FRIDAY, letters: { reminder } },
  );
  const shown = card(page, /GH-2026-117/);
  await expect(shown).toHaveCount(1);
  const keys = new Keys(page);
  keys.decides('to pay now');
  keys.decides('paid today, or when');
  await keys.task('pay the reminder', 'pay', async () => {
    await keys.press('Enter');
    const payment = shown.getByRole('region', { name: 'Payment' });
    await expect(payment).toContainText('€147.80');
    await expect(payment).toContainText('€5.00');
    // The day of the payment is asked for there: today, if nothing else is said.
    await expect(payment.getByRole('textbox', { name: 'Paid on' })).toHaveValue('20 Nov 2026');
    await keys.press('e');
    await untilOpen(workmate, 0);
  });
  keys.write('dunning');
});

test('credit: it is said that money comes, and one key says that it has come', async ({ page, begin }) => {
  const workmate = await begin({
    letters: {
      power: letter(
        'Stadtwerke Eichenbruck GmbH',
        'Jahresabrechnung Strom',
        'Rechnungsnummer: SW-26-0912',
        'Rechnungsdatum: 16.11.2026',
        '',
        'Ihr Guthaben: 212,56 €',
        '',
        'Das Guthaben überweisen wir Ihnen bis zum 24.11.2026 auf Ihr Konto.',
      ),
    },
  });
  const keys = new Keys(page);
  await keys.task('see what comes and when', 'see', async () => {
    await expect(page.getByRole('main')).toContainText('€212.56');
  });
  await keys.task('it has come', 'any', async () => {
    keys.decides('whether it has come');
    await keys.press('j', 'e');
    await untilOpen(workmate, 0);
  });
  keys.write('credit');
});

test('fine: it is looked at, then paid', async ({ page, begin }) => {
  const workmate = await begin({
    letters: {
      fine: letter(
        'Stadt Eichenbruck – Ordnungsamt',
        'Schriftliche Verwarnung mit Verwarnungsgeld',
        'Aktenzeichen: 32.4-118/26',
        'Datum: 18.11.2026',
        '',
        'Sie haben am 04.11.2026 im eingeschränkten Haltverbot geparkt.',
        'Verwarnungsgeld: 25,00 €',
        '',
        'Bitte zahlen Sie das Verwarnungsgeld innerhalb einer Woche nach Zugang dieses Schreibens.',
        `IBAN: ${iban(32118)}`,
        'Verwendungszweck: 32.4-118/26',
      ),
    },
  });
  await page.getByRole('article').first().waitFor();
  const keys = new Keys(page);
  await keys.task('look at the letter', 'unclear', async () => {
    keys.decides('whether it was read right');
    await keys.press('Control+2');
    await expect(page.getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
    await keys.press('Enter');
    await expect(page.getByText('All checked.')).toBeVisible();
  });
  await keys.task('back to Today', 'go', async () => {
    await keys.press('Control+1');
    await page.getByRole('article').first().waitFor();
  });
  await keys.task('pay it', 'pay', async () => {
    keys.decides('to pay now');
    await keys.press('Enter');
    await expect(page.getByRole('region', { name: 'Payment' })).toContainText('€25.00');
    await keys.press('e');
    await untilOpen(workmate, 0);
  });
  keys.write('fine');
});

test('contract: it is cancelled, and waits for its confirmation', async ({ page, begin }) => {
  await begin({
    letters: {
      gym: letter(
        'Fitwerk Nord GmbH',
        'Mitgliedsvertrag',
        'Datum: 02.12.2025',
        'Vertragsnummer: FN-1',
        'Vertragsbeginn: 01.01.2026',
        'Erstlaufzeit: 12 Monate',
        'Monatsbeitrag: 29,90 €',
        'Der Vertrag kann mit einer Frist von einem Monat zum Ende der Laufzeit gekündigt werden.',
      ),
    },
  });
  const shown = card(page, /Fitwerk Nord/);
  await shown.waitFor();
  const keys = new Keys(page);
  keys.decides('keep it or cancel it');
  await keys.task('say that it is cancelled', 'any', async () => {
    await keys.press('j', 'Tab', 'Tab');
    await expect(page.locator(':focus')).toHaveText('It is cancelled');
    await keys.press('Enter');
    await expect(shown).toHaveCount(0);
  });
  await keys.task('see that it waits for the confirmation', 'go', async () => {
    await keys.press('Control+8');
    await expect(page.getByText(/The confirmation should be here by/)).toBeVisible();
  });
  keys.write('contract');
});

test('appointment day: hour, place and what to bring are there; E when it is over', async ({ page, begin }) => {
  const workmate = await begin({ letters: { visit: visit('Freitag, 20.11.2026') } });
  const shown = card(page, /Nora Feld/);
  const keys = new Keys(page);
  await keys.task('see hour, place and what to bring', 'see', async () => {
    for (const text of ['14:30', 'Ringstraße 21', 'Versichertenkarte']) await expect(shown).toContainText(text);
  });
  await keys.task('it is over', 'any', async () => {
    keys.decides('whether it is over');
    await keys.press('j', 'e');
    await untilOpen(workmate, 0);
  });
  keys.write('appointment');
});

test('question to the archive: the answer stands above the hits', async ({ page, begin }) => {
  await begin({
    letters: { sweep: bill('Kaminkehrer Norbert Rußig', 'KR-26-3', '68,40', '24.11.2026', '10.11.2026') },
    also: (workmate) =>
      workmate.call('tasks.pay', { id: open(workmate)[0]?.id ?? '', paid_on: '2026-11-12', how: 'transfer' }),
  });
  const keys = new Keys(page);
  await keys.task('ask', 'any', async () => {
    await keys.press('Control+f');
    await expect(page.locator('[data-search-box]')).toBeFocused();
    await keys.type('when did I last pay the chimney sweep, and how much');
    const answer = page.getByRole('region', { name: /^Paid/ }).getByRole('status');
    await expect(answer).toContainText('€68.40');
    await expect(answer).toContainText('12');
  });
  keys.write('question');
});

test('a week away: one sentence says what happened, then one thing is done', async ({ page, begin }) => {
  const workmate = await begin(
    {
      at: '2026-11-13T08:00:00Z',
      letters: {
        insurance: debit('Alsterland Versicherung a. G.', 'HV-2026-77', '09.11.2026', '18.11.2026'),
        visit: visit('Dienstag, 17.11.2026'),
      },
    },
    { at: '2026-11-13T09:00:00Z', also: (workmate) => workmate.call('today.seen', null) },
    { at: FRIDAY, letters: { roof: bill('Dachdeckerei Rinne GmbH', 'DR-118', '248,90', '24.11.2026') } },
  );
  const keys = new Keys(page);
  await keys.task('see what happened', 'see', async () => {
    const said = page.getByRole('heading', { level: 1 });
    for (const text of ['Since Friday 13 November', '1 letter', '1 debited', '1 appointment missed']) {
      await expect(said).toContainText(text);
    }
  });
  await keys.task('pay what comes first', 'pay', async () => {
    keys.decides('to pay now');
    await keys.press('Enter');
    await expect(page.getByRole('region', { name: 'Payment' })).toContainText('€248.90');
    await keys.press('e');
    await expect.poll(() => open(workmate).filter(({ kind }) => kind === 'pay')).toHaveLength(0);
  });
  keys.write('week_away');
});

test('back to zero: review is emptied, then Today, one thing after another', async ({ page, begin }) => {
  const workmate = await begin({
    letters: {
      roof: bill('Dachdeckerei Rinne GmbH', 'DR-118', '248,90', '24.11.2026'),
      shelf: bill('Tischlerei Morgen GmbH', 'TM-26-4', '90,00', '25.11.2026'),
      paint: bill('Malerbetrieb Sonnig', 'MS-26-41', '480,00', undefined),
      visit: visit('Freitag, 20.11.2026'),
    },
    also: (workmate) => {
      for (const line of ['Water the flowers today', 'Call grandma tomorrow']) {
        workmate.call('tasks.quick_add', { line });
      }
    },
  });
  const keys = new Keys(page);
  await page.getByRole('article').first().waitFor();
  await keys.task('look at the letter that waits', 'unclear', async () => {
    keys.decides('whether it was read right');
    await keys.press('Control+2');
    await expect(page.getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
    await keys.press('Enter');
    await expect(page.getByText('All checked.')).toBeVisible();
  });
  await keys.task('back to Today', 'go', async () => {
    await keys.press('Control+1');
    await page.locator('[data-item]').first().waitFor();
  });
  // What comes after a thing that is done has the focus already.
  const focused = page.locator('[data-item]:focus');
  for (let left = open(workmate).length; left > 0; left--) {
    const { cards, coming } = workmate.call('today.get', null);
    const [next] = [...cards, ...coming];
    const name = next?.title ?? '';
    await expect(page.locator('[data-item]').first()).toContainText(name);
    keys.decides(`${name} is done`);
    await keys.task(name, next?.kind === 'pay' ? 'pay' : 'any', async () => {
      if (!(await focused.count())) await keys.press('j');
      await expect(focused).toContainText(name);
      await keys.press('e');
      await expect(page.locator('[data-item]', { hasText: name })).toHaveCount(0);
    });
    await untilOpen(workmate, left - 1);
  }
  await expect(page.getByRole('article')).toHaveCount(0);
  expect(workmate.call('today.get', null)).toMatchObject({ cards: [], coming: [], late: 0, review_count: 0 });
  keys.write('back_to_zero');
});
