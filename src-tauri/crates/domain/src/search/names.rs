//! The words of the query language. Of each list, the first German and the first English word are the ones that are
//! printed; all are understood.

use super::{QueryLanguage, Relative, Standing, Thing, Unit};
use crate::{DocumentKind, Field, TaskKind};

/// What stands before a colon, besides names of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    From,
    Title,
    Kind,
    Tag,
    Date,
    Received,
    Due,
    Amount,
    Status,
    Has,
    Without,
    Task,
}

/// A value with its German and its English words.
pub(super) type Named<T> = (T, &'static [&'static str], &'static [&'static str]);

pub(super) const KEYS: &[Named<Key>] = &[
    (Key::From, &["von", "absender"], &["from", "sender", "correspondent"]),
    (Key::Title, &["titel", "betreff"], &["title", "subject"]),
    (Key::Kind, &["art", "typ"], &["kind", "type"]),
    (Key::Tag, &["tag", "schlagwort", "stichwort"], &["tag"]),
    (Key::Date, &["datum", "vom"], &["date"]),
    (Key::Received, &["eingang", "erhalten"], &["received"]),
    (Key::Due, &["fällig", "faellig", "frist", "bis"], &["due", "deadline", "until"]),
    (Key::Amount, &["betrag", "summe"], &["amount", "total"]),
    (Key::Status, &["status", "ist"], &["status", "is"]),
    (Key::Has, &["hat", "mit"], &["has", "with"]),
    (Key::Without, &["ohne"], &["without", "no"]),
    (Key::Task, &["aufgabe"], &["task"]),
];

pub(super) const KINDS: &[Named<DocumentKind>] = &[
    (DocumentKind::Invoice, &["rechnung", "rechnungen"], &["invoice", "invoices", "bill", "bills"]),
    (DocumentKind::CorrectedInvoice, &["rechnungskorrektur"], &["corrected-invoice"]),
    (DocumentKind::SelfBilledInvoice, &["gutschriftsverfahren"], &["self-billed-invoice"]),
    (DocumentKind::AccountingInfo, &["buchungshilfe"], &["accounting-info"]),
    (DocumentKind::PaymentSlip, &["zahlschein", "überweisungsträger", "einzahlungsschein"], &["payment-slip"]),
    (DocumentKind::Dunning, &["mahnung", "mahnungen", "zahlungserinnerung"], &["dunning", "payment-reminder"]),
    (DocumentKind::CreditNote, &["gutschrift", "gutschriften", "erstattung"], &["credit-note", "refund"]),
    (DocumentKind::Receipt, &["quittung", "beleg", "kassenbon", "bon"], &["receipt", "receipts"]),
    (DocumentKind::Contract, &["vertrag", "verträge"], &["contract", "contracts"]),
    (DocumentKind::PriceIncrease, &["preiserhöhung"], &["price-increase"]),
    (
        DocumentKind::CancellationConfirmation,
        &["kündigungsbestätigung"],
        &["cancellation-confirmation", "cancellation"],
    ),
    (DocumentKind::OrderConfirmation, &["auftragsbestätigung", "bestellung"], &["order-confirmation", "order"]),
    (DocumentKind::DeliveryNote, &["lieferschein"], &["delivery-note"]),
    (DocumentKind::PickupNotice, &["abholschein", "benachrichtigung"], &["pickup-notice"]),
    (DocumentKind::Payslip, &["lohnabrechnung", "gehaltsabrechnung", "lohnzettel"], &["payslip"]),
    (DocumentKind::BankStatement, &["kontoauszug", "kontoauszüge"], &["bank-statement", "statement"]),
    (DocumentKind::TaxNotice, &["steuerbescheid"], &["tax-notice", "tax-assessment"]),
    (DocumentKind::AuthorityLetter, &["behörde", "behördenbrief", "bescheid"], &["authority-letter", "authority"]),
    (DocumentKind::CourtOrder, &["mahnbescheid", "vollstreckungsbescheid", "gericht"], &["court-order", "court"]),
    (DocumentKind::Fine, &["bußgeld", "bußgeldbescheid", "bussgeld"], &["fine", "fines"]),
    (DocumentKind::InsurancePolicy, &["versicherung", "police"], &["insurance-policy", "insurance", "policy"]),
    (DocumentKind::Appointment, &["termin", "termine"], &["appointment", "appointments"]),
    (DocumentKind::Prescription, &["rezept"], &["prescription"]),
    (DocumentKind::MaintenanceReport, &["wartung", "prüfbericht"], &["maintenance-report", "maintenance"]),
    (DocumentKind::Warranty, &["garantie"], &["warranty"]),
    (
        DocumentKind::EventRegistration,
        &["veranstaltung", "ticket", "buchung"],
        &["event-registration", "event", "booking"],
    ),
    (DocumentKind::Publication, &["veröffentlichung", "broschüre"], &["publication", "brochure"]),
    (DocumentKind::IdentityDocument, &["ausweis", "pass"], &["identity-document", "passport", "identity"]),
    (DocumentKind::Advertisement, &["werbung"], &["advertisement", "ad"]),
    (DocumentKind::Letter, &["brief"], &["letter", "letters"]),
    (DocumentKind::Other, &["sonstiges", "anderes"], &["other"]),
];

pub(super) const STANDINGS: &[Named<Standing>] = &[
    (Standing::Review, &["prüfen", "pruefen"], &["review"]),
    (Standing::Accepted, &["geprüft", "akzeptiert"], &["accepted"]),
    (Standing::Stale, &["alt", "alte-post"], &["stale", "old", "old-post", "old_post"]),
    (Standing::Open, &["offen"], &["open"]),
    (Standing::Done, &["erledigt", "bezahlt"], &["done", "paid"]),
    (Standing::Trash, &["papierkorb"], &["trash"]),
];

pub(super) const TASK_KINDS: &[Named<TaskKind>] = &[
    (TaskKind::Pay, &["zahlen", "bezahlen", "überweisen"], &["pay"]),
    (TaskKind::CheckDebit, &["lastschrift", "abbuchung"], &["check-debit", "debit"]),
    (TaskKind::Object, &["widersprechen", "widerspruch", "einspruch"], &["object", "objection"]),
    (TaskKind::CancelOrKeep, &["kündigen", "kuendigen"], &["cancel-or-keep", "cancel"]),
    (TaskKind::Attend, &["hingehen", "termin"], &["attend"]),
    (TaskKind::PickUp, &["abholen"], &["pick-up", "pickup"]),
    (TaskKind::Redeem, &["einlösen"], &["redeem"]),
    (TaskKind::Renew, &["erneuern", "verlängern"], &["renew"]),
    (TaskKind::Maintain, &["warten", "wartung"], &["maintain"]),
    (TaskKind::ExpectMoney, &["geld-erwarten", "erstattung"], &["expect-money", "refund"]),
    (TaskKind::AwaitConfirmation, &["bestätigung-abwarten", "bestätigung"], &["await-confirmation", "confirmation"]),
    (TaskKind::Other, &["sonstiges"], &["other"]),
];

const THINGS: &[Named<Thing>] = &[
    (Thing::Sender, &["absender"], &["sender", "correspondent"]),
    (Thing::Task, &["aufgabe", "aufgaben"], &["task", "tasks"]),
    (Thing::Tag, &["tag", "tags", "schlagwort"], &["tag", "tags"]),
    (Thing::Note, &["notiz", "notizen"], &["note", "notes"]),
    (Thing::Warning, &["warnung", "warnungen"], &["warning", "warnings"]),
];

/// Names of fields besides their ids, which are understood as well.
const FIELDS: &[Named<Field>] = &[
    (Field::InvoiceNumber, &["rechnungsnummer"], &["invoice-number", "number"]),
    (Field::TotalNet, &["netto"], &["net"]),
    (Field::TaxTotal, &["mehrwertsteuer", "mwst"], &["vat", "tax"]),
    (Field::TotalGross, &["brutto", "gesamtbetrag"], &["gross"]),
    (Field::SellerVatId, &["ust-id", "umsatzsteuer-id"], &["vat-id"]),
    (Field::SellerTaxNumber, &["steuernummer"], &["tax-number"]),
    (Field::SellerAddress, &["adresse", "anschrift"], &["address"]),
    (Field::BuyerName, &["empfänger", "an"], &["buyer", "to", "recipient"]),
    (Field::PayeeName, &["zahlungsempfänger"], &["payee"]),
    (Field::CreditorId, &["gläubiger-id"], &["creditor-id"]),
    (Field::MandateReference, &["mandatsreferenz", "mandat"], &["mandate"]),
    (Field::PaymentReference, &["verwendungszweck"], &["reference"]),
    (Field::Skonto, &["skonto"], &["discount"]),
    (Field::LineItems, &["posten", "positionen"], &["line-items", "items"]),
    (Field::CustomerNumber, &["kundennummer"], &["customer-number", "customer"]),
    (Field::ContractNumber, &["vertragsnummer"], &["contract-number"]),
    (Field::OrderNumber, &["bestellnummer", "auftragsnummer"], &["order-number"]),
    (Field::ServicePeriod, &["leistungszeitraum"], &["service-period"]),
    (Field::PaidOn, &["bezahlt-am"], &["paid-on"]),
    (Field::DirectDebitDate, &["abbuchungstag"], &["direct-debit-date"]),
    (Field::DunningLevel, &["mahnstufe"], &["dunning-level"]),
    (Field::DunningFee, &["mahngebühr"], &["dunning-fee"]),
    (Field::AppointmentPlace, &["ort"], &["place"]),
    (Field::NoticePeriod, &["kündigungsfrist"], &["notice-period"]),
    (Field::ExpiryDate, &["gültig-bis", "ablauf"], &["expiry", "valid-until"]),
];

pub(super) const RELATIVES: &[Named<Relative>] = &[
    (Relative::Today, &["heute"], &["today"]),
    (Relative::Yesterday, &["gestern"], &["yesterday"]),
    (Relative::Tomorrow, &["morgen"], &["tomorrow"]),
    (Relative::ThisWeek, &["diese-woche", "woche"], &["this-week", "week"]),
    (Relative::LastWeek, &["letzte-woche"], &["last-week"]),
    (Relative::NextWeek, &["nächste-woche", "naechste-woche"], &["next-week"]),
    (Relative::ThisMonth, &["dieser-monat", "diesen-monat", "diesem-monat", "monat"], &["this-month", "month"]),
    (Relative::LastMonth, &["letzter-monat", "letzten-monat"], &["last-month"]),
    (Relative::NextMonth, &["nächster-monat", "nächsten-monat", "naechster-monat"], &["next-month"]),
    (Relative::ThisYear, &["dieses-jahr", "diesem-jahr", "jahr"], &["this-year", "year"]),
    (Relative::LastYear, &["letztes-jahr", "letzten-jahr"], &["last-year"]),
    (Relative::NextYear, &["nächstes-jahr", "naechstes-jahr"], &["next-year"]),
];

pub(super) const UNITS: &[Named<Unit>] = &[
    (Unit::Day, &["t", "tag", "tage", "tagen"], &["d", "day", "days"]),
    (Unit::Week, &["w", "woche", "wochen"], &["w", "week", "weeks"]),
    (Unit::Month, &["m", "monat", "monate", "monaten"], &["m", "month", "months"]),
    (Unit::Year, &["j", "jahr", "jahre", "jahren"], &["y", "year", "years"]),
];

pub(super) const MONTHS: &[Named<u32>] = &[
    (1, &["januar", "jan", "jänner"], &["january"]),
    (2, &["februar", "feb"], &["february"]),
    (3, &["märz", "mär", "mrz"], &["march", "mar"]),
    (4, &["april", "apr"], &["april"]),
    (5, &["mai"], &["may"]),
    (6, &["juni", "jun"], &["june"]),
    (7, &["juli", "jul"], &["july"]),
    (8, &["august", "aug"], &["august"]),
    (9, &["september", "sep", "sept"], &["september"]),
    (10, &["oktober", "okt"], &["october", "oct"]),
    (11, &["november", "nov"], &["november"]),
    (12, &["dezember", "dez"], &["december", "dec"]),
];

/// The value with this word, which is in lower case.
pub(super) fn named<T: Clone>(list: &[Named<T>], word: &str) -> Option<T> {
    let word = word.replace('_', "-");
    list.iter()
        .find(|(_, german, english)| german.contains(&word.as_str()) || english.contains(&word.as_str()))
        .map(|(value, ..)| value.clone())
}

/// The word for a value; every value is in its list, which a test checks.
pub(super) fn name<T: PartialEq>(list: &[Named<T>], value: &T, language: QueryLanguage) -> &'static str {
    let found = list.iter().find(|(named, ..)| named == value);
    let words = found.map_or(&[][..], |(_, german, english)| match language {
        QueryLanguage::German => german,
        QueryLanguage::English => english,
    });
    words.first().copied().unwrap_or_default()
}

/// The words for a kind in both languages, by which its documents are found as well.
pub fn kind_words(kind: DocumentKind) -> impl Iterator<Item = &'static str> {
    let found = KINDS.iter().filter(move |(named, ..)| *named == kind);
    found.flat_map(|(_, german, english)| german.iter().chain(*english).copied())
}

/// The kind with this word, which is in lower case.
pub fn kind_named(word: &str) -> Option<DocumentKind> {
    named(KINDS, word)
}

/// The field with this name, which is in lower case.
pub fn field(name: &str) -> Option<Field> {
    named(FIELDS, name).or_else(|| name.replace('-', "_").parse().ok())
}

pub(super) fn field_name(field: Field, language: QueryLanguage) -> &'static str {
    match name(FIELDS, &field, language) {
        "" => field.as_str(),
        name => name,
    }
}

/// What can be had under this name.
pub(super) fn thing(name: &str) -> Option<Thing> {
    let name = name.to_lowercase();
    named(THINGS, &name).or_else(|| field(&name).map(Thing::Field))
}

pub(super) fn thing_name(thing: Thing, language: QueryLanguage) -> &'static str {
    match thing {
        Thing::Field(field) => field_name(field, language),
        thing => name(THINGS, &thing, language),
    }
}

/// The key that was probably meant.
pub(super) fn nearest_key(typed: &str) -> Option<String> {
    nearest(typed, words(KEYS).chain(field_words()))
}

/// What was probably meant behind "has:".
pub(super) fn nearest_thing(typed: &str) -> Option<String> {
    nearest(typed, words(THINGS).chain(field_words()))
}

/// The value that was probably meant; an example where anything of a form is one.
pub(super) fn nearest_value(key: Key, typed: &str) -> Option<String> {
    match key {
        Key::Kind => nearest(typed, words(KINDS)),
        Key::Status => nearest(typed, words(STANDINGS)),
        Key::Task => nearest(typed, words(TASK_KINDS)),
        Key::Has | Key::Without => nearest_thing(typed),
        Key::Date | Key::Received | Key::Due => {
            nearest(typed, words(RELATIVES)).or_else(|| Some("2025..2026".to_owned()))
        }
        Key::Amount => Some(">100".to_owned()),
        Key::From | Key::Title | Key::Tag => None,
    }
}

fn words<T: 'static>(list: &'static [Named<T>]) -> impl Iterator<Item = &'static str> {
    list.iter().flat_map(|(_, german, english)| german.iter().chain(*english).copied())
}

fn field_words() -> impl Iterator<Item = &'static str> {
    words(FIELDS).chain(Field::ALL.iter().map(|field| field.as_str()))
}

fn nearest(typed: &str, words: impl Iterator<Item = &'static str>) -> Option<String> {
    let typed = typed.to_lowercase();
    let near = words.map(|word| (strsim::damerau_levenshtein(&typed, word), word)).min()?;
    (near.0 <= 1 + typed.chars().count() / 4).then(|| near.1.to_owned())
}
