// Which facts are shown first, and what can be added by hand.
import type { Field, Shape } from '../../host/bindings';

/** Who, how much, until when, where to: what one looks for in a letter. The other facts are under "more". */
const FIRST: ReadonlySet<Field> = new Set<Field>([
  'seller_name',
  'amount_due',
  'total_gross',
  'due_date',
  'issue_date',
  'posting_or_letter_date',
  'direct_debit_date',
  'iban',
  'payee_name',
  'payment_reference',
  'invoice_number',
  'skonto',
  'dunning_level',
  'dunning_fee',
  'appointment_start',
  'appointment_place',
  'notice_period',
  'contract_start',
  'expiry_date',
  'next_due_date',
]);

export const isFirst = (field: Field) => FIRST.has(field);

/** Fields a person can add to a document, with the form of their values. */
export const ADDABLE: Partial<Record<Field, Shape>> = {
  seller_name: 'text',
  amount_due: 'amount',
  total_gross: 'amount',
  due_date: 'date',
  issue_date: 'date',
  posting_or_letter_date: 'date',
  direct_debit_date: 'date',
  iban: 'iban',
  payee_name: 'text',
  payment_reference: 'text',
  invoice_number: 'text',
  customer_number: 'text',
  contract_number: 'text',
  contract_start: 'date',
  notice_period: 'text',
  appointment_start: 'date_time',
  appointment_place: 'text',
  expiry_date: 'date',
  next_due_date: 'date',
};
