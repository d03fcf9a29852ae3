// Amounts and the values of fields, as people write them.
import type { Money, PeriodUnit, Shape } from '../host/bindings';
import { shortDay, timeText } from './dates';
import { language } from './language.svelte';
import { m } from './m';

/** `84,20 €`. Decimal strings go to Intl as they are: a float could round a cent away. */
export function moneyText(money: Money): string {
  const form = new Intl.NumberFormat(language.forms, { style: 'currency', currency: money.currency });
  return form.format(money.amount as Intl.StringNumericLiteral);
}

/** `+84,20 €`: money that comes to the reader. */
export const incomingText = ({ amount, currency }: Money) =>
  `+${moneyText({ amount: amount.replace(/^-/, ''), currency })}`;

/** `12.345`. */
/** Bytes in the unit in which they are few: "1.2 GB". */
export function bytesText(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const form = { style: 'unit', unit: units[at], unitDisplay: 'short', maximumFractionDigits: at > 2 ? 1 : 0 } as const;
  return new Intl.NumberFormat(language.forms, form).format(bytes / 1000 ** at);
}

export const numberText = (number: number) => new Intl.NumberFormat(language.forms).format(number);

/** `84,20`: as a bank's form wants it. */
export function plainAmount(amount: string): string {
  const form = new Intl.NumberFormat(language.forms, { minimumFractionDigits: 2, useGrouping: false });
  return form.format(amount as Intl.StringNumericLiteral);
}

/** `DE02 1203 0000 0000 2020 51`. */
export const ibanText = (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1 ');

const ARTICLES: Record<string, string> = { einem: 'ein', einen: 'ein', eines: 'ein', einer: 'eine' };

/** A length of time as it stands by itself, without the case of the sentence it was in: `ein Monat`, not `einem Monat`. */
export function nominative(period: string): string {
  return period
    .replace(/^(einem|einen|eines|einer)(?= )/i, (article) => ARTICLES[article.toLowerCase()] ?? article)
    .replace(
      /^(\S+ )(Monaten|Tagen|Jahren|Monats|Jahres|Werktagen|Kalendertagen)(?!\p{L})/u,
      (_, count: string, unit: string) => count + unit.replace(/(?:n|s|es)$/, ''),
    );
}

const COUNTS: Record<string, number> = {
  ein: 1,
  eine: 1,
  one: 1,
  a: 1,
  zwei: 2,
  two: 2,
  drei: 3,
  three: 3,
  vier: 4,
  four: 4,
  sechs: 6,
  six: 6,
  zwölf: 12,
  twelve: 12,
};
const UNITS: [RegExp, PeriodUnit][] = [
  [/^(?:tage?|days?)$/i, 'days'],
  [/^(?:wochen?|weeks?)$/i, 'weeks'],
  [/^(?:monate?|months?)$/i, 'months'],
  [/^(?:jahre?|years?)$/i, 'years'],
];
const ENDS: [RegExp, () => string][] = [
  [/^$/, () => ''],
  [
    /^(?:(?:zum|vor(?: dem)?) (?:ablauf|ende)(?: (?:der|des) (?:(?:jeweiligen )?(?:vertrags|mindest|erst)?(?:vertrags)?laufzeit|vertrages|vertrags))?|(?:before|to|prior to) (?:the )?(?:end|expiry)(?: of the (?:contract )?(?:term|contract))?)$/i,
    m.period_to_term,
  ],
  [/^(?:(?:nach|ab) (?:zugang|erhalt)\b.*|(?:after|from|of) (?:receipt|receiving)\b.*)$/i, m.period_from_receipt],
  [/^(?:(?:nach|seit|ab) (?:der |seiner |ihrer )?(?:zustellung|bekanntgabe)\b.*)$/i, m.period_from_service],
  [/^(?:zum (?:monatsende|ende (?:des|eines) (?:kalender)?monats)|to the end of (?:the|a) month)$/i, m.period_to_month],
  [
    /^(?:zum (?:quartalsende|ende (?:des|eines) (?:kalender)?(?:quartals|vierteljahres))|to the end of (?:the|a) quarter)$/i,
    m.period_to_quarter,
  ],
  [
    /^(?:zum (?:jahresende|ende (?:des|eines) (?:kalender)?jahres)|auf ende (?:des )?jahr(?:es)?|to the end of (?:the|a) year)$/i,
    m.period_to_year,
  ],
];

/** What stands before it on letters. */
const BEFORE = /^(?:innerhalb(?: von)?|innert|binnen|(?:mit )?(?:einer )?frist von|within) /i;

/** A length of time from a letter in the language of the window, `3 months to the end of the term`; as printed where it is put otherwise. */
export function periodText(printed: string): string {
  const said = printed.trim().replace(/\s+/g, ' ');
  const plain = nominative(said.replace(BEFORE, '').replace(/(?:'s|’s)? notice$/i, ''));
  const [, count = '', unit = '', rest = ''] = /^(\S+) (\p{L}+) ?(.*)$/u.exec(plain) ?? [];
  const number = COUNTS[count.toLowerCase()] ?? Number(count);
  const of = UNITS.find(([form]) => form.test(unit))?.[1];
  const end = ENDS.find(([form]) => form.test(rest.trim()))?.[1];
  if (!Number.isInteger(number) || number < 1 || !of || !end) return nominative(said);
  return [m[`period_${of}`]({ count: number }), end()].filter(Boolean).join(' ');
}

/** The value of a field in words; `currency` is the code that the document's amounts are in. */
export function valueText(shape: Shape, value: string, currency: string): string {
  switch (shape) {
    case 'date':
      return shortDay(value);
    case 'date_time':
      return `${shortDay(value.slice(0, 10))}, ${timeText(value.slice(11))}`;
    case 'amount':
      return moneyText({ amount: value, currency });
    case 'iban':
      return ibanText(value);
    case 'skonto':
      return eachOf(value, skontoText);
    case 'instalments':
      return eachOf(value, (part) => {
        const [day = '', amount = ''] = part.split(' ');
        return `${shortDay(day)}: ${moneyText({ amount, currency })}`;
      });
    case 'text':
    case 'currency':
    case 'integer':
    case 'lines':
    case 'taxes':
    case 'adjustments':
      return value;
  }
}

const eachOf = (list: string, text: (one: string) => string) => list.split('; ').map(text).join('; ');

/** `2 % until 2026-11-28` and `2 % within 10 days`, as the engine writes discounts. */
function skontoText(skonto: string): string {
  const [, number = '', day, days] = /^([\d.]+) %(?: until (.+)| within (\d+) days)?$/.exec(skonto) ?? [];
  const percent = numberText(Number(number));
  if (day) return m.skonto_until({ percent, day: shortDay(day) });
  return days ? m.skonto_within({ percent, count: Number(days) }) : `${percent} %`;
}

/** The value as it is put into the field to be edited: German or ISO dates and both decimal marks are understood. */
export function editableText(shape: Shape, value: string): string {
  const [year, month, day] = value.slice(0, 10).split('-');
  switch (shape) {
    case 'date':
      return language.texts === 'de' ? `${day}.${month}.${year}` : value;
    case 'date_time':
      return language.texts === 'de' ? `${day}.${month}.${year} ${value.slice(11, 16)}` : value.replace('T', ' ');
    case 'amount':
      return plainAmount(value);
    case 'iban':
      return ibanText(value);
    case 'text':
    case 'currency':
    case 'integer':
    case 'skonto':
    case 'lines':
    case 'taxes':
    case 'adjustments':
    case 'instalments':
      return value;
  }
}

/** Lists cannot be typed in. */
export const isEditable = (shape: Shape) => !['skonto', 'lines', 'taxes', 'adjustments', 'instalments'].includes(shape);
