// Every kind of document, for choosing. A kind that is missing here does not compile.
import type { DocumentKind } from '../host/bindings';
import { language } from './language.svelte';
import { kindWord } from './words';

const ALL: Record<DocumentKind, true> = {
  invoice: true,
  corrected_invoice: true,
  self_billed_invoice: true,
  accounting_info: true,
  payment_slip: true,
  dunning: true,
  credit_note: true,
  receipt: true,
  contract: true,
  price_increase: true,
  cancellation_confirmation: true,
  order_confirmation: true,
  delivery_note: true,
  pickup_notice: true,
  payslip: true,
  bank_statement: true,
  tax_notice: true,
  authority_letter: true,
  court_order: true,
  fine: true,
  insurance_policy: true,
  appointment: true,
  prescription: true,
  maintenance_report: true,
  warranty: true,
  event_registration: true,
  publication: true,
  identity_document: true,
  advertisement: true,
  letter: true,
  other: true,
};

/** All kinds, by their names. */
export const kindsByName = () =>
  (Object.keys(ALL) as DocumentKind[]).sort((a, b) => kindWord(a).localeCompare(kindWord(b), language.forms));
