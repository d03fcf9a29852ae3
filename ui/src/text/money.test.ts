import { afterEach, expect, test } from 'vitest';

import type { MoneyState } from '../host/bindings';
import { language } from './language.svelte';
import { moneyWords } from './words';

afterEach(() => {
  language.choice = 'en';
});

const [on, until] = ['2025-11-18', '2025-12-03'];
const STATES: [MoneyState, string, string][] = [
  [{ state: 'to_pay', until }, 'zu zahlen bis 03.12.2025', 'to pay by 3 Dec 2025'],
  [{ state: 'to_pay', until: null }, 'zu zahlen', 'to pay'],
  [{ state: 'part_paid', until }, 'teilweise bezahlt, Rest bis 03.12.2025', 'paid in part, the rest by 3 Dec 2025'],
  [{ state: 'will_be_debited', on: until }, 'wird am 03.12.2025 abgebucht', 'will be debited on 3 Dec 2025'],
  [{ state: 'should_be_debited', on }, 'abgebucht am 18.11.2025?', 'debited on 18 Nov 2025?'],
  [{ state: 'paid', on, how: 'card' }, 'bezahlt am 18.11.2025 mit Karte', 'paid on 18 Nov 2025 by card'],
  [{ state: 'paid', on, how: null }, 'bezahlt am 18.11.2025', 'paid on 18 Nov 2025'],
  [{ state: 'comes', until }, 'kommt bis 03.12.2025', 'comes by 3 Dec 2025'],
  [{ state: 'should_have_come', until: on }, 'sollte bis 18.11.2025 kommen', 'should have come by 18 Nov 2025'],
  [{ state: 'came', on }, 'eingegangen am 18.11.2025', 'came on 18 Nov 2025'],
  [{ state: 'not_needed' }, 'nicht mehr zu zahlen', 'no longer to pay'],
  [{ state: 'was_due', on }, 'war fällig am 18.11.2025', 'was due on 18 Nov 2025'],
  [{ state: 'stated', what: 'price' }, 'Preis', 'price'],
  [{ state: 'stated', what: 'claim' }, 'gefordert', 'claimed'],
  [{ state: 'stated', what: 'other' }, 'im Brief genannt', 'named in the letter'],
];

test.each(STATES)('%o is said as one says it, in both languages', (state, german, english) => {
  language.choice = 'de';
  expect(moneyWords(state)).toBe(german);
  language.choice = 'en';
  expect(moneyWords(state)).toBe(english);
});

test('what waits for a look only may', () => {
  expect(moneyWords({ state: 'to_pay', until }, true)).toBe('perhaps to pay by 3 Dec 2025');
});
