import { expect, test } from 'vitest';

import { language } from './language.svelte';
import { editableText, ibanText, moneyText, nominative, periodText, plainAmount, valueText } from './values';

/** Intl puts unbreakable spaces between number and sign. */
const spaced = (text: string) => text.replace(/\s/g, ' ');

test('amounts are written as in the language and never rounded through a float', () => {
  expect(spaced(moneyText({ amount: '1234.50', currency: 'EUR' }))).toBe('€1,234.50');
  language.choice = 'de';
  expect(spaced(moneyText({ amount: '1234.50', currency: 'EUR' }))).toBe('1.234,50 €');
  expect(spaced(moneyText({ amount: '90071992547409.93', currency: 'EUR' }))).toBe('90.071.992.547.409,93 €');
  expect(plainAmount('1234.5')).toBe('1234,50');
});

test('an IBAN is shown in groups of four without a space at the end', () => {
  expect(ibanText('DE02120300000000202051')).toBe('DE02 1203 0000 0000 2020 51');
  expect(ibanText('NO9386011117947123').endsWith(' ')).toBe(false);
  expect(ibanText('BE71096123456769')).toBe('BE71 0961 2345 6769');
});

test.each([
  ['date', '2025-12-01', '01.12.2025', '01.12.2025'],
  ['date_time', '2025-12-01T09:30', '01.12.2025, 09:30 Uhr', '01.12.2025 09:30'],
  ['amount', '84.20', '84,20 €', '84,20'],
  ['integer', '24', '24', '24'],
  ['text', 'R-17', 'R-17', 'R-17'],
  [
    'skonto',
    '2.5 % until 2026-11-28; 1 % within 10 days',
    '2,5 % bis 28.11.2026; 1 % innerhalb von 10 Tagen',
    '2.5 % until 2026-11-28; 1 % within 10 days',
  ],
  [
    'instalments',
    '2026-06-10 103.00; 2026-09-10 103.00',
    '10.06.2026: 103,00 €; 10.09.2026: 103,00 €',
    '2026-06-10 103.00; 2026-09-10 103.00',
  ],
] as const)('a value of the form %s is shown and edited in German', (shape, value, shown, edited) => {
  language.choice = 'de';
  expect(spaced(valueText(shape, value, 'EUR'))).toBe(shown);
  expect(editableText(shape, value)).toBe(edited);
});

test.each([
  ['einem Monat', 'ein Monat'],
  ['einem Monat zum Ende der Laufzeit', 'ein Monat zum Ende der Laufzeit'],
  ['drei Monaten vor Ablauf', 'drei Monate vor Ablauf'],
  ['3 Monate zum Quartal', '3 Monate zum Quartal'],
  ['einer Woche', 'eine Woche'],
  ['eines Jahres', 'ein Jahr'],
  ['vier Wochen', 'vier Wochen'],
  ['14 Tagen', '14 Tage'],
  ['one month', 'one month'],
])('a length of time stands by itself: %s', (printed, shown) => {
  expect(nominative(printed)).toBe(shown);
});

test.each([
  ['drei Monate vor Ablauf', '3 months to the end of the term', '3 Monate zum Ende der Laufzeit'],
  ['einen Monat', '1 month', '1 Monat'],
  ['innerhalb eines Monats nach Zugang dieser Mitteilung', '1 month from receipt', '1 Monat ab Zugang'],
  ['zwei Wochen seit der Zustellung', '2 weeks from service', '2 Wochen ab Zustellung'],
  ['Frist von einem Monat auf Ende Jahr', '1 month to the end of the year', '1 Monat zum Jahresende'],
  ["one month's notice", '1 month', '1 Monat'],
  ['ohne Einhaltung einer Frist', 'ohne Einhaltung einer Frist', 'ohne Einhaltung einer Frist'],
])('a length of time from a letter is said in the language of the window: %s', (printed, english, german) => {
  language.choice = 'en';
  expect(periodText(printed)).toBe(english);
  language.choice = 'de';
  expect(periodText(printed)).toBe(german);
});
