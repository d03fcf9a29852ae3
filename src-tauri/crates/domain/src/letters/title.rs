//! The title of a document: what it is about, then from whom.

use crate::{DocumentKind, Fact, Field, Value};

/// Longer parts of a title are cut at a word.
const LONGEST: usize = 72;

/// Words that say what sort of paper it is, or nothing: alone they do not say what it is about.
const SAYS_NOTHING: &[&str] = &[
    "rechnung",
    "invoice",
    "bill",
    "gutschrift",
    "credit",
    "note",
    "mahnung",
    "zahlungserinnerung",
    "reminder",
    "payment",
    "letzte",
    "erste",
    "zweite",
    "dritte",
    "final",
    "first",
    "second",
    "third",
    "bescheid",
    "notice",
    "quittung",
    "receipt",
    "beleg",
    "kassenbon",
    "schreiben",
    "brief",
    "letter",
    "information",
    "mitteilung",
    "wichtige",
    "important",
    "kopie",
    "copy",
    "original",
    "duplikat",
    "nummer",
    "number",
    "datum",
    "date",
    "kundennummer",
    "rechnungsnummer",
    "vertragsnummer",
    "aktenzeichen",
    "zeichen",
    "reference",
    "ihre",
    "ihr",
    "ihrer",
    "ihren",
    "ihrem",
    "unsere",
    "unser",
    "unserer",
    "unseren",
    "your",
    "our",
    "vom",
    "von",
    "zum",
    "zur",
    "und",
    "für",
    "über",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "eine",
    "einer",
    "ein",
    "mit",
    "bei",
    "auf",
    "from",
    "for",
    "the",
    "and",
    "dated",
    "tax",
    "vertrag",
    "contract",
    "termin",
    "appointment",
    "arbeitszeit",
    "monteurstunde",
    "monteurstunden",
    "arbeitsstunden",
    "stunden",
    "anfahrt",
    "material",
    "pauschale",
    "labour",
    "hours",
];

/// Titles of a document, the shortest first; each later one says more, for where the one before is another document's. They
/// begin with the subject of the letter, else with what is billed, else with the time that is billed for, else with its
/// number; the sender comes second, and behind it what tells it from another one: its number, then its day. `paper` is the sort of
/// paper, for a letter that does not name itself. A paper that says none of it is called by the name of its file.
pub fn titles(facts: &[Fact], subject: Option<&str>, paper: Option<&str>, file_name: &str) -> Vec<String> {
    let value = |field| facts.iter().find(|fact| fact.field == field).map(|fact| &fact.value);
    let plain = |field| value(field).map(Value::plain).filter(|text| !text.trim().is_empty());
    // A reminder is known by the number of its bill.
    let number = plain(Field::InvoiceNumber).or_else(|| plain(Field::OriginalInvoiceNumber));
    let sender = plain(Field::SellerName);
    let day = value(Field::IssueDate).and_then(Value::date).map(|day| day.format("%d.%m.%Y").to_string());
    // A name alone is of the sender or the reader.
    let is_name = |line: &str| {
        [Field::SellerName, Field::BuyerName].into_iter().any(|field| plain(field).as_deref() == Some(line))
    };
    let subject = subject.map(bare).filter(|line| !line.is_empty() && !is_name(line));
    let telling = subject.clone().filter(|line| tells(line));
    // "2. Mahnung zur Rechnung 117": what says only the sort of paper and its number.
    let whole = subject.clone().filter(|line| line.chars().filter(char::is_ascii_digit).count() > 1);
    // "Rechnung", "Invoice": the sort of paper as the letter calls it.
    let called =
        subject.filter(|line| !tells(line)).map(|line| without_particulars(&line)).filter(|line| !line.is_empty());
    // Without a sender the name of the file says more than the sort of paper alone.
    let is_enough = called.is_some() || sender.is_some();
    let sort = called.or_else(|| plain(Field::LegalAct)).or_else(|| paper.map(str::to_owned));
    let of_sort = |what: String| match &sort {
        Some(sort) => format!("{sort} {what}"),
        None => what,
    };
    let object = || value(Field::LineItems).and_then(object);
    let period = || plain(Field::ServicePeriod).map(of_sort);
    let about = telling
        .or_else(object)
        .or_else(period)
        .or(whole)
        .or_else(|| number.clone().map(of_sort))
        .or_else(|| sort.clone().filter(|_| is_enough))
        .map(|about| cut(&about));
    let join = |parts: Vec<Option<String>>| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut all = vec![join(vec![about.clone(), sender.clone()])];
    let has_number = about.as_deref().zip(number.as_deref()).is_some_and(|(about, number)| about.contains(number));
    let number = number.filter(|_| !has_number);
    if number.is_some() {
        all.push(join(vec![about.clone(), sender.clone(), number.clone()]));
    }
    // A day alone says nothing.
    if day.is_some() && (about.is_some() || sender.is_some()) {
        all.push(join(vec![about, sender, number, day]));
    }
    all.retain(|title| !title.is_empty());
    if all.is_empty() {
        let stem = std::path::Path::new(file_name).file_stem();
        all.push(stem.map_or_else(|| file_name.to_owned(), |stem| stem.to_string_lossy().into_owned()));
    }
    all
}

/// What people call a paper of a kind in the language of the letter; none where that says nothing.
pub fn paper_name(kind: DocumentKind, language: Option<&str>) -> Option<&'static str> {
    use DocumentKind as Kind;
    let (german, english) = match kind {
        Kind::Invoice => ("Rechnung", "Invoice"),
        Kind::CorrectedInvoice => ("Korrigierte Rechnung", "Corrected invoice"),
        Kind::SelfBilledInvoice | Kind::CreditNote => ("Gutschrift", "Credit note"),
        Kind::PaymentSlip => ("Zahlschein", "Payment slip"),
        Kind::Dunning => ("Mahnung", "Reminder"),
        Kind::Receipt => ("Quittung", "Receipt"),
        Kind::Contract => ("Vertrag", "Contract"),
        Kind::PriceIncrease => ("Preisänderung", "Price change"),
        Kind::CancellationConfirmation => ("Kündigungsbestätigung", "Cancellation"),
        Kind::OrderConfirmation => ("Auftragsbestätigung", "Order"),
        Kind::DeliveryNote => ("Lieferschein", "Delivery note"),
        Kind::PickupNotice => ("Abholung", "Pickup"),
        Kind::Payslip => ("Gehaltsabrechnung", "Payslip"),
        Kind::BankStatement => ("Kontoauszug", "Bank statement"),
        Kind::TaxNotice => ("Steuerbescheid", "Tax notice"),
        Kind::Fine => ("Bußgeld", "Fine"),
        Kind::InsurancePolicy => ("Versicherungsschein", "Insurance policy"),
        Kind::Appointment => ("Termin", "Appointment"),
        Kind::Prescription => ("Rezept", "Prescription"),
        Kind::MaintenanceReport => ("Wartungsbericht", "Maintenance report"),
        Kind::Warranty => ("Garantie", "Warranty"),
        Kind::EventRegistration => ("Buchung", "Booking"),
        Kind::IdentityDocument => ("Ausweis", "Identity document"),
        Kind::AccountingInfo
        | Kind::AuthorityLetter
        | Kind::CourtOrder
        | Kind::Publication
        | Kind::Advertisement
        | Kind::Letter
        | Kind::Other => return None,
    };
    Some(if language == Some("en") { english } else { german })
}

/// A line without spaces and signs at its ends.
fn bare(line: &str) -> String {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':' | '·' | '*' | '|' | '"')).to_owned()
}

/// The words of a text, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a line says what the letter is about, and not only what sort of paper it is and which number it has.
fn tells(line: &str) -> bool {
    words(line).any(|word| {
        word.chars().count() > 2 && word.chars().all(char::is_alphabetic) && !SAYS_NOTHING.contains(&word.as_str())
    })
}

/// "Rechnung Nr. 12 vom 3.4." → "Rechnung".
fn without_particulars(line: &str) -> String {
    let kept = line.split_whitespace().take_while(|word| {
        let is_number = word.chars().any(|c| c.is_ascii_digit()) && !word.ends_with('.');
        !is_number && !matches!(word.to_lowercase().as_str(), "nr" | "nr." | "no" | "no." | "nummer" | "number" | "vom")
    });
    kept.collect::<Vec<_>>().join(" ").trim_end_matches(['-', ':', '–', '#', ' ']).to_owned()
}

/// What is billed: the dearest line, if the bill is about one thing in the main.
fn object(lines: &Value) -> Option<String> {
    let Value::Lines(lines) = lines else { return None };
    let total: rust_decimal::Decimal = lines.iter().filter_map(|line| line.amount).sum();
    let dearest = lines.iter().max_by_key(|line| line.amount)?;
    let is_main = lines.len() == 1 || dearest.amount.is_some_and(|amount| amount + amount > total);
    let description = dearest.description.split_whitespace().collect::<Vec<_>>().join(" ");
    (is_main && tells(&description)).then_some(description)
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split_whitespace() {
        if kept.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() { text.chars().take(LONGEST).collect() } else { kept + " …" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::{DocumentKind, LineItem, Origin};

    const SENDER: (Field, &str) = (Field::SellerName, "Stadtwerke Musterstadt GmbH");
    const NUMBER: (Field, &str) = (Field::InvoiceNumber, "SE-26-117");
    const DAY: (Field, &str) = (Field::IssueDate, "16.11.2026");
    const PERIOD: (Field, &str) = (Field::ServicePeriod, "01.10.2026 – 31.10.2026");

    fn all(fields: &[(Field, &str)], subject: Option<&str>) -> Vec<String> {
        titles(&letter(DocumentKind::Invoice, fields).facts, subject, None, "scan 17.pdf")
    }

    #[test]
    fn the_subject_comes_first_and_the_sender_second() {
        let first = |fields: &[(Field, &str)], subject| all(fields, subject).swap_remove(0);
        for (subject, expected) in [
            (Some("Jahresabrechnung Strom 2025"), "Jahresabrechnung Strom 2025 · Stadtwerke Musterstadt GmbH"),
            (Some("– Ihre Rechnung Strom –"), "Ihre Rechnung Strom · Stadtwerke Musterstadt GmbH"),
            // What says only the sort of paper is joined by the time that is billed for.
            (Some("Rechnung"), "Rechnung 01.10.2026 – 31.10.2026 · Stadtwerke Musterstadt GmbH"),
            (
                Some("Rechnung Nr. SE-26-117 vom 16.11.2026"),
                "Rechnung 01.10.2026 – 31.10.2026 · Stadtwerke Musterstadt GmbH",
            ),
            (Some("Stadtwerke Musterstadt GmbH"), "01.10.2026 – 31.10.2026 · Stadtwerke Musterstadt GmbH"),
            (None, "01.10.2026 – 31.10.2026 · Stadtwerke Musterstadt GmbH"),
        ] {
            assert_eq!(first(&[SENDER, NUMBER, DAY, PERIOD], subject), expected, "{subject:?}");
        }
        assert_eq!(first(&[SENDER, NUMBER], Some("Rechnung")), "Rechnung SE-26-117 · Stadtwerke Musterstadt GmbH");
        let whole = "2. Mahnung zur Rechnung 117 · Stadtwerke Musterstadt GmbH";
        assert_eq!(first(&[SENDER], Some("2. Mahnung zur Rechnung 117")), whole);
        assert_eq!(first(&[SENDER], Some("1. Mahnung")), "1. Mahnung · Stadtwerke Musterstadt GmbH");
        assert_eq!(first(&[SENDER], None), "Stadtwerke Musterstadt GmbH");
        assert_eq!(first(&[], None), "scan 17");
        let reader = (Field::BuyerName, "Mara Winter");
        assert_eq!(first(&[SENDER, reader], Some("Mara Winter")), "Stadtwerke Musterstadt GmbH");
        let long = "Mitteilung über die Änderung der Allgemeinen Bedingungen Ihres Vertrages zum neuen Jahr";
        assert_eq!(
            first(&[], Some(long)),
            "Mitteilung über die Änderung der Allgemeinen Bedingungen Ihres Vertrages …"
        );
    }

    #[test]
    fn without_a_subject_the_main_thing_that_is_billed_says_what_it_is_about() {
        let line = |description: &str, amount: &str| LineItem {
            description: description.to_owned(),
            quantity: None,
            unit: None,
            unit_price: None,
            amount: amount.parse().ok(),
        };
        let with = |lines: Vec<LineItem>| {
            let mut facts = letter(DocumentKind::Invoice, &[SENDER, NUMBER]).facts;
            let like = facts[0].clone();
            facts.push(Fact { field: Field::LineItems, value: Value::Lines(lines), origin: Origin::Text, ..like });
            titles(&facts, Some("Rechnung"), None, "scan.pdf").swap_remove(0)
        };
        let sender = "Stadtwerke Musterstadt GmbH";
        assert_eq!(
            with(vec![line("Streichen des Badezimmers", "715.00")]),
            format!("Streichen des Badezimmers · {sender}")
        );
        let two = vec![line("Anfahrt", "35.00"), line("Streichen des Badezimmers", "680.00")];
        assert_eq!(with(two), format!("Streichen des Badezimmers · {sender}"));
        let many = vec![line("Äpfel", "2.00"), line("Birnen", "2.10"), line("Kirschen", "1.90")];
        assert_eq!(with(many), format!("Rechnung SE-26-117 · {sender}"));
    }

    #[test]
    fn a_letter_that_does_not_name_itself_is_called_by_its_sort() {
        let first = |fields: &[(Field, &str)], kind, language| {
            let paper = paper_name(kind, language);
            titles(&letter(kind, fields).facts, None, paper, "scan.pdf").swap_remove(0)
        };
        assert_eq!(
            first(&[SENDER, NUMBER], DocumentKind::Dunning, Some("de")),
            "Mahnung SE-26-117 · Stadtwerke Musterstadt GmbH"
        );
        assert_eq!(first(&[SENDER], DocumentKind::Contract, Some("en")), "Contract · Stadtwerke Musterstadt GmbH");
        let act = (Field::LegalAct, "Mahnbescheid");
        assert_eq!(first(&[SENDER, act], DocumentKind::CourtOrder, None), "Mahnbescheid · Stadtwerke Musterstadt GmbH");
        assert_eq!(first(&[SENDER], DocumentKind::Letter, None), "Stadtwerke Musterstadt GmbH");
        assert_eq!(first(&[DAY], DocumentKind::Letter, None), "scan");
        assert_eq!(first(&[], DocumentKind::Invoice, None), "scan");
    }

    #[test]
    fn where_a_title_is_taken_the_next_one_says_more() {
        assert_eq!(
            all(&[SENDER, NUMBER, DAY], Some("Abschlag Gas")),
            [
                "Abschlag Gas · Stadtwerke Musterstadt GmbH",
                "Abschlag Gas · Stadtwerke Musterstadt GmbH · SE-26-117",
                "Abschlag Gas · Stadtwerke Musterstadt GmbH · SE-26-117 · 16.11.2026",
            ]
        );
    }
}
