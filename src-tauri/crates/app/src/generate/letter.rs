//! One made-up letter.

use chrono::{Datelike as _, Days, NaiveDate};
use domain::{Check, DocumentKind, Evidence, Fact, Field, Money, Origin, Rect, ShiftDay as _, TaskKind, Value, Word};

use super::words::{Chance, Vocabulary, name};

/// Words on a full page, in lines of so many.
const WORDS: usize = 280;
const LINE: usize = 9;

pub(super) struct Letter {
    pub(super) file_name: String,
    pub(super) day: NaiveDate,
    pub(super) language: &'static str,
    pub(super) kind: DocumentKind,
    pub(super) sender: String,
    pub(super) title: String,
    pub(super) pages: Vec<Vec<Word>>,
    pub(super) facts: Vec<Fact>,
    pub(super) task: Option<(TaskKind, NaiveDate, Money)>,
    pub(super) unsure: bool,
}

/// A page that is being written, line by line.
#[derive(Default)]
struct Sheet {
    words: Vec<Word>,
    line: u32,
}

impl Sheet {
    /// Writes a line and gives the place of its last word.
    fn line(&mut self, text: &str) -> Rect {
        let mut x = 0.1;
        let mut rect = Rect { x, y: 0.05 + self.line as f32 * 0.018, w: 0.0, h: 0.012 };
        for word in text.split_whitespace() {
            rect = Rect { x, w: word.chars().count() as f32 * 0.009, ..rect };
            x = rect.right() + 0.008;
            let text = word.to_owned();
            self.words.push(Word { text, rect, confidence: 1.0, line: self.line, block: self.line / 6 });
        }
        self.line += 1;
        rect
    }
}

const KINDS: &[(DocumentKind, &str, &str, usize)] = &[
    (DocumentKind::Invoice, "Rechnung", "Invoice", 40),
    (DocumentKind::Receipt, "Quittung", "Receipt", 10),
    (DocumentKind::Letter, "Mitteilung", "Letter", 12),
    (DocumentKind::BankStatement, "Kontoauszug", "Bank statement", 10),
    (DocumentKind::InsurancePolicy, "Versicherungsschein", "Insurance policy", 6),
    (DocumentKind::Contract, "Vertrag", "Contract", 5),
    (DocumentKind::Dunning, "Mahnung", "Payment reminder", 4),
    (DocumentKind::AuthorityLetter, "Bescheid", "Notice", 5),
    (DocumentKind::TaxNotice, "Steuerbescheid", "Tax assessment", 2),
    (DocumentKind::CreditNote, "Gutschrift", "Credit note", 3),
    (DocumentKind::Appointment, "Terminbestätigung", "Appointment", 2),
    (DocumentKind::Advertisement, "Angebot", "Offer", 1),
];

pub(super) fn letter(v: &Vocabulary, senders: &[String], chance: &mut Chance, number: u32, day: NaiveDate) -> Letter {
    let german = !chance.one_in(5);
    let all = KINDS.iter().map(|(.., share)| share).sum();
    let mut draw = chance.below(all);
    let (kind, de, en, _) = *KINDS
        .iter()
        .find(|(.., share)| {
            let found = draw < *share;
            draw = draw.saturating_sub(*share);
            found
        })
        .unwrap_or(&KINDS[0]);
    let word = if german { de } else { en };
    // A few senders write often, most of them seldom.
    let which = chance.zipf(senders.len());
    let sender = senders.get(which).cloned().unwrap_or_default();
    let id = format!("{}-{}/{:05}", &word[..2].to_uppercase(), day.year(), number);
    let customer = chance.digits(8);
    let due = day.checked_add_days(Days::new(14 + chance.below(20) as u64)).unwrap_or(day);
    let cents = 500 + chance.zipf(900_000) as i64;
    let amount = rust_decimal::Decimal::new(cents, 2);
    // Of a sender, always the same.
    let iban = iban(&mut Chance::new(which as u64));

    let mut sheet = Sheet::default();
    let mut facts = Vec::new();
    let mut state = |sheet: &mut Sheet, field: Field, label: &str, shown: &str, value: Option<Value>| {
        let rect = sheet.line(&format!("{label} {shown}"));
        if let Some(value) = value {
            facts.push(fact(field, value, rect, shown));
        }
    };
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    state(&mut sheet, Field::SellerName, "", &sender, text(&sender));
    sheet.line(&format!("{}straße {} {} {}", name(chance), 1 + chance.below(200), chance.digits(5), name(chance)));
    state(&mut sheet, Field::InvoiceNumber, "Nr.", &id, text(&id));
    state(
        &mut sheet,
        Field::CustomerNumber,
        if german { "Kundennummer" } else { "Customer no." },
        &customer,
        text(&customer),
    );
    let shown = day.format("%d.%m.%Y").to_string();
    state(&mut sheet, Field::IssueDate, if german { "Datum" } else { "Date" }, &shown, Some(Value::Date(day)));
    sheet.line(&format!("{} {} {}", if german { "Frau" } else { "Ms" }, name(chance), name(chance)));
    let subject: Vec<&str> = (0..2).map(|_| v.word(german, chance)).collect();
    let subject = format!("{word} {}", subject.join(" "));
    sheet.line(&subject);
    for _ in 0..(WORDS - 80) / LINE {
        sheet.line(&line(v, german, chance));
    }
    let money = german_amount(cents);
    state(&mut sheet, Field::AmountDue, if german { "Betrag" } else { "Amount" }, &money, Some(Value::Amount(amount)));
    let until = due.format("%d.%m.%Y").to_string();
    state(&mut sheet, Field::DueDate, if german { "zahlbar bis" } else { "due" }, &until, Some(Value::Date(due)));
    let groups: Vec<String> =
        iban.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    state(&mut sheet, Field::Iban, "IBAN", &groups.join(" "), Value::parse(Field::Iban, &iban).ok());
    state(&mut sheet, Field::Currency, "", "EUR", Value::parse(Field::Currency, "EUR").ok());

    let mut pages = vec![sheet.words];
    // About two pages each.
    for _ in 0..[0, 1, 1, 2][chance.below(4)] {
        let mut sheet = Sheet::default();
        for _ in 0..WORDS / LINE {
            sheet.line(&line(v, german, chance));
        }
        pages.push(sheet.words);
    }
    let pays = matches!(kind, DocumentKind::Invoice | DocumentKind::Dunning);
    let money = Money { amount, currency: domain::Currency::EUR };
    let task = match kind {
        _ if pays => Some((TaskKind::Pay, due, money)),
        DocumentKind::Appointment => Some((TaskKind::Attend, due, money)),
        DocumentKind::Contract => Some((TaskKind::CancelOrKeep, day.plus_days(600), money)),
        _ => None,
    };
    Letter {
        file_name: format!("Scan_{}_{number:06}.pdf", day.format("%Y%m%d")),
        day,
        language: if german { "de" } else { "en" },
        kind,
        title: format!("{sender} · {subject}"),
        sender,
        pages,
        facts,
        task,
        unsure: chance.one_in(4),
    }
}

fn fact(field: Field, value: Value, rect: Rect, shown: &str) -> Fact {
    Fact {
        field,
        value,
        confidence: 0.95,
        certain: true,
        origin: Origin::Text,
        by: "generated".to_owned(),
        evidence: Some(Evidence { page: 1, rect, text: shown.to_owned() }),
        checks: vec![Check::Labelled],
    }
}

fn line(v: &Vocabulary, german: bool, chance: &mut Chance) -> String {
    let mut words: Vec<String> = (0..LINE).map(|_| v.word(german, chance).to_owned()).collect();
    if chance.one_in(6) {
        words.push(german_amount(100 + chance.below(90_000) as i64));
    }
    words.join(" ")
}

fn german_amount(cents: i64) -> String {
    let (whole, rest) = (cents / 100, cents % 100);
    if whole >= 1000 {
        format!("{}.{:03},{rest:02} EUR", whole / 1000, whole % 1000)
    } else {
        format!("{whole},{rest:02} EUR")
    }
}

/// A German account with right check digits (ISO 13616, mod 97).
fn iban(chance: &mut Chance) -> String {
    let account = chance.digits(18);
    // "DE00" behind the account, letters as numbers: D = 13, E = 14.
    let rest = format!("{account}131400").bytes().fold(0_u64, |rest, digit| (rest * 10 + u64::from(digit - b'0')) % 97);
    format!("DE{:02}{account}", 98 - rest)
}
