//! Letters drawn from sentences (`phrases/*.txt`): many layouts and wordings, with what is true of them. The same seed draws
//! the same letters.

use std::str::FromStr as _;

use chrono::{Datelike as _, Days, NaiveDate};
use domain::{DocumentKind, Page, PageOrigin, Reading, Rect, Word};
use serde_json::{Map, Value, json};

use crate::corpus::Letter;
use crate::fit::Chance;

/// Files of sentences; the form is told at the head of the first.
const PHRASES: &[&str] = &[
    include_str!("../phrases/first.txt"),
    include_str!("../phrases/second.txt"),
    include_str!("../phrases/life.txt"),
    include_str!("../phrases/money.txt"),
];

/// Sentences of a kind in a language.
#[derive(Default)]
struct Part {
    kind: &'static str,
    language: &'static str,
    titles: Vec<&'static str>,
    main: Vec<&'static str>,
    further: Vec<&'static str>,
}

fn parts() -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in PHRASES.iter().flat_map(|text| text.lines()) {
        if let Some(head) = line.strip_prefix('@') {
            let (kind, language) = head.split_once(' ').unwrap_or((head, "de"));
            parts.push(Part { kind, language, ..Part::default() });
        } else if let (Some(part), Some((mark, text))) = (parts.last_mut(), line.split_once(' ')) {
            match mark {
                "T" => part.titles.push(text),
                "A" => part.main.push(text),
                "B" => part.further.push(text),
                _ => {}
            }
        }
    }
    parts
}

/// So many letters, drawn with a seed.
pub fn letters(count: usize, seed: u64) -> Vec<Letter> {
    let parts = parts();
    let mut chance = Chance(seed);
    (0..count).map(|number| letter(&parts[number % parts.len()], number, &mut chance)).collect()
}

/// What a slot is filled with: days from the day of the letter, and the field that it states.
const DAYS: &[(&str, i64, i64, &str)] = &[
    ("due", 7, 35, "due_date"),
    ("debit", 3, 30, "direct_debit_date"),
    ("appt", 4, 90, "appointment_start"),
    ("expiry", 5, 500, "expiry_date"),
    ("respond", 7, 60, "respond_by"),
    ("cancel", 10, 200, "cancel_by"),
    ("redeem", 60, 800, "redeem_by"),
    ("start", 3, 60, "contract_start"),
    ("effective", 25, 90, "effective_date"),
    ("next", 20, 800, "next_due_date"),
    ("past", -300, -2, ""),
    ("soon", 3, 90, ""),
];

const AMOUNTS: &[(&str, &str)] = &[
    ("amount", "amount_due"),
    ("total", "total_gross"),
    ("net", "total_net"),
    ("tax", "tax_total"),
    ("prepaid", "prepaid"),
    ("fee", "dunning_fee"),
    ("rec", "recurring_amount"),
    ("refund", "amount_due"),
    ("sum", ""),
];

const NAMES: &[&str] = &[
    "Stadtwerke Lindenau GmbH",
    "Praxis Dr. Seibold",
    "Nordlicht Versicherung AG",
    "Malerbetrieb Ohlsen",
    "Hausverwaltung Kern GmbH",
    "Sportverein Eiche e. V.",
    "Telenova GmbH",
    "Autohaus Brandl KG",
    "Zahnzentrum West",
    "Buchclub Ahorn",
    "Fernwärme Süd AG",
    "Inkasso Falk GmbH",
    "Kita Regenbogen",
];
/// Senders of letters of courts and authorities.
const OFFICES: &[&str] = &[
    "Finanzamt Tannberg",
    "Stadt Auenried",
    "Landratsamt Moosach",
    "Gemeinde Sielbach",
    "Amtsgericht Hohenfels",
    "Familienkasse Süd",
    "Jobcenter Lindenau",
    "Deutsche Rentenversicherung Nord",
    "Bezirksamt Hohenfels",
    "Statistisches Landesamt",
    "Kreis Auenried",
];
const FIRST: &[&str] = &["Anna", "Jonas", "Mehmet", "Clara", "Paul", "Ilse", "Viktor", "Lena"];
const LAST: &[&str] = &["Thaler", "Brinkhoff", "Yildirim", "Wagner-Holt", "Sommer", "Petersen"];
const STREETS: &[&str] = &["Gartenweg", "Hauptstraße", "Am Anger", "Mühlgasse", "Ringstraße"];
const TOWNS: &[&str] = &["12345 Lindenau", "80331 Auenried", "45127 Sielbach", "24103 Hohenfels"];

fn letter(part: &Part, number: usize, chance: &mut Chance) -> Letter {
    let first = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap_or_default();
    let issued = first.checked_add_days(Days::new(chance.below(1300) as u64)).unwrap_or(first);
    let mut fill = Fill {
        issued,
        is_english: part.language == "en",
        form: chance.below(5),
        fields: Map::new(),
        time: String::new(),
    };
    let is_office = DocumentKind::from_str(part.kind).is_ok_and(DocumentKind::is_alarming);
    let name = *chance.one_of(if is_office { OFFICES } else { NAMES });
    let reader = format!("{} {}", chance.one_of(FIRST), chance.one_of(LAST));
    let mut lines: Vec<String> = Vec::new();
    let head = chance.below(3);
    lines.push(name.to_owned());
    if head > 0 {
        lines.push(format!(
            "{} · {} {} · {}",
            name,
            chance.one_of(STREETS),
            1 + chance.below(90),
            chance.one_of(TOWNS)
        ));
    }
    lines.push(String::new());
    let dated = fill.day(issued, chance);
    let dated = match chance.below(5) {
        0 => format!("Datum: {dated}"),
        1 => format!("Datum    {dated}"),
        2 => format!("Lindenau, den {dated}"),
        3 => format!("Lindenau, {dated}"),
        _ => dated,
    };
    lines.push(reader.clone());
    lines.push(format!("{} {}", chance.one_of(STREETS), 1 + chance.below(90)));
    lines.push(format!("{}        {dated}", chance.one_of(TOWNS)));
    lines.push(String::new());
    if chance.below(10) < 8 {
        let title = *chance.one_of(part.titles.as_slice());
        lines.push(fill.text(title, chance));
        lines.push(String::new());
    }
    let greeting = if fill.is_english {
        format!("Dear {reader},")
    } else {
        (*chance.one_of(&["Sehr geehrte Damen und Herren,", "Guten Tag,", "Sehr geehrte Frau Thaler,", "Hallo,"]))
            .to_owned()
    };
    lines.push(greeting);
    let main = chance.one_of(part.main.as_slice()).split(" | ").next().unwrap_or_default();
    let mut sentences = vec![fill.text(main, chance)];
    let more = 1 + chance.below(3);
    for _ in 0..more.min(part.further.len()) {
        let further = *chance.one_of(part.further.as_slice());
        let text = fill.text(further, chance);
        let at = chance.below(sentences.len() + 1);
        if !sentences.contains(&text) {
            sentences.insert(at, text);
        }
    }
    let width = 60 + chance.below(35);
    let body = sentences.join(" ");
    // Rows of a table keep their columns.
    for line in body.split(" // ") {
        if line.contains("  ") { lines.push(line.to_owned()) } else { lines.extend(wrapped(line, width)) }
    }
    lines.push(String::new());
    lines.push(
        if fill.is_english {
            "Kind regards"
        } else {
            *chance.one_of(&["Mit freundlichen Grüßen", "Freundliche Grüße", "Ihr Team"])
        }
        .to_owned(),
    );
    lines.push(name.to_owned());
    let mut fields = fill.fields;
    fields.insert("issue_date".to_owned(), json!({"value": issued.to_string(), "visible": true}));
    let truth = json!({
        "file": format!("synthetic-{number}"),
        "family": format!("synthetic-{}", part.kind),
        "doc_type": part.kind,
        "fields": fields,
        "expected": {},
    });
    Letter { set: "synthetic".to_owned(), truth, reading: page(&lines, part.language) }
}

/// Fills slots and notes what they state.
struct Fill {
    issued: NaiveDate,
    is_english: bool,
    form: usize,
    fields: Map<String, Value>,
    time: String,
}

impl Fill {
    fn day(&self, day: NaiveDate, chance: &mut Chance) -> String {
        const GERMAN: [&str; 12] = [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ];
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let (d, m, y) = (day.day(), day.month(), day.year());
        let month = day.month0() as usize;
        if self.is_english {
            return match self.form {
                0 | 1 => format!("{d} {} {y}", ENGLISH[month]),
                2 => format!("{} {d}, {y}", ENGLISH[month]),
                _ => format!("{d:02}/{m:02}/{y}"),
            };
        }
        match (self.form, chance.below(12)) {
            (_, 0) if day > self.issued && (day - self.issued).num_days() < 300 => format!("{d}.{m}."),
            (0 | 1, _) => format!("{d:02}.{m:02}.{y}"),
            (2, _) => format!("{d}. {} {y}", GERMAN[month]),
            (3, _) => format!("{d:02}.{m:02}.{:02}", y % 100),
            _ => format!("{d}.{m}.{y}"),
        }
    }

    fn text(&mut self, text: &str, chance: &mut Chance) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            out.push_str(before);
            let (slot, after) = behind.split_once('}').unwrap_or((behind, ""));
            out.push_str(&self.slot(slot, chance));
            rest = after;
        }
        out.push_str(rest);
        // A day without a year ends with a point of its own.
        out.replace("..", ".")
    }

    fn slot(&mut self, slot: &str, chance: &mut Chance) -> String {
        if let Some((_, from, to, field)) = DAYS.iter().find(|(name, ..)| *name == slot) {
            let days = from + chance.below((to - from + 1) as usize) as i64;
            let day = self.issued.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(self.issued);
            let value = if slot == "appt" {
                self.time = format!("{:02}:{:02}", 8 + chance.below(11), 15 * chance.below(4));
                format!("{day}T{}", self.time)
            } else {
                day.to_string()
            };
            self.note(field, value);
            let weekday = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
            let printed = self.day(day, chance);
            let named = slot != "past" && !self.is_english && chance.below(6) == 0;
            return if named {
                format!("{}, {printed}", weekday[day.weekday().num_days_from_monday() as usize])
            } else {
                printed
            };
        }
        if let Some((_, field)) = AMOUNTS.iter().find(|(name, _)| *name == slot) {
            let cents = if slot == "fee" { 250 + chance.below(1000) } else { 800 + chance.below(180_000) };
            let sign = if slot == "refund" { "-" } else { "" };
            self.note(field, format!("{sign}{}.{:02}", cents / 100, cents % 100));
            let whole = cents / 100;
            let point = if self.is_english { ',' } else { '.' };
            let whole =
                if whole >= 1000 { format!("{}{point}{:03}", whole / 1000, whole % 1000) } else { whole.to_string() };
            let mark = if self.is_english { '.' } else { ',' };
            let number = format!("{whole}{mark}{:02}", cents % 100);
            return match chance.below(3) {
                0 => format!("{number} €"),
                1 => format!("{number} EUR"),
                _ if self.is_english => format!("€{number}"),
                _ => format!("{number} Euro"),
            };
        }
        match slot {
            "time" => self.time.clone(),
            _ => format!("{}-{}", 100 + chance.below(900), 1000 + chance.below(9000)),
        }
    }

    fn note(&mut self, field: &str, value: String) {
        if !field.is_empty() {
            self.fields.insert(field.to_owned(), json!({"value": value, "visible": true}));
        }
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().map_or(0, |line| line.chars().count());
        if line + word.chars().count() > width && line > 0 {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A page of these lines; two and more spaces part columns.
pub fn page(lines: &[String], language: &str) -> Reading {
    const LETTER: f32 = 0.0082;
    const LINE: f32 = 0.017;
    let mut words = Vec::new();
    for (number, line) in (0u32..).zip(lines) {
        let mut column = 0;
        for part in line.split(' ') {
            let length = part.chars().count();
            if length > 0 {
                let rect = Rect {
                    x: 0.1 + column as f32 * LETTER,
                    y: 0.06 + number as f32 * LINE,
                    w: length as f32 * LETTER,
                    h: 0.011,
                };
                words.push(Word { text: part.to_owned(), rect, confidence: 1.0, line: number, block: 0 });
            }
            column += length + 1;
        }
    }
    let language = Some(language.to_owned());
    let page = Page {
        width: 595.0,
        height: 842.0,
        origin: PageOrigin::Embedded,
        turned: 0,
        language: language.clone(),
        words,
    };
    Reading { mime_type: "application/pdf".to_owned(), pages: vec![page], language, ..Reading::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_letters_and_each_has_its_day() {
        let (a, b) = (letters(60, 7), letters(60, 7));
        assert!(a.iter().zip(&b).all(|(a, b)| a.truth == b.truth && a.reading == b.reading));
        assert!(a.iter().all(|letter| letter.truth["fields"]["issue_date"]["value"].is_string()));
        assert!(a.iter().all(|letter| !letter.reading.text().contains(['{', '|'])));
    }
}
