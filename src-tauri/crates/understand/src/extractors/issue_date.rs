//! The day of the letter.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{DocumentKind, Evidence, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{dates, misread, pattern};
use crate::labels::{Found, Place, Read, beside, found, in_prose};
use crate::layout::{Row, Run};

pub(super) struct IssueDate;

impl Extractor for IssueDate {
    fn id(&self) -> &'static str {
        "issue_date"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = labelled(self.id(), context);
        facts.extend(with_number(self.id(), context));
        facts.extend(posted(self.id(), context));
        facts.extend(ordered(self.id(), context));
        facts.extend(in_title_of_order(self.id(), context));
        facts.extend(unlabelled(self.id(), context));
        // What lies behind a letter, such as a copy of an older one, has days of its own.
        let is_first = |fact: &Fact| fact.evidence.as_ref().is_none_or(|place| place.page == 1);
        if facts.iter().any(|fact| is_first(fact) && fact.confidence >= AT_ALL) {
            facts.iter_mut().filter(|fact| !is_first(fact)).for_each(|fact| fact.confidence *= 0.35);
        }
        facts
    }
}

/// From this a day of the first page may be that of the letter.
const AT_ALL: f32 = 0.3;

/// Days beside a word for them.
fn labelled(by: &str, context: &Context) -> Vec<Fact> {
    let read = |text: &str| dates::first(text, context.order);
    // Behind the word for it a day may have lost its marks.
    let misread = |text: &str| read(text).or_else(|| misread::date(text, context.order));
    let clear = pattern!(
        r"\b(?:rechnungsdatum|belegdatum|ausstellungsdatum|ausstellungstag|bescheiddatum|briefdatum|datum der rechnung|liefer- und rechnungsdatum|rechnungs- und lieferdatum|invoice date|bill date|statement date|date of issue|issue date|date issued|date of invoice|date de facture|factuurdatum|ausgestellt am)\b"
    );
    let plain = pattern!(
        r"^\W*(?:datum|date|tag)\b(?: der (?:rechnung|abrechnung|ausstellung|erstellung|ausfertigung|ausgabe|mitteilung|quittung|urkunde|hu)\b| des (?:schreibens|bescheids|bescheides|(?:mahn|vollstreckungs|bußgeld)bescheid(?:e?s)?|beschlusses)\b)?(?:\W*\b(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)(?:\p{L}{2,8})?\b)?"
    );
    // The second line of a title, or of anything else.
    let of = pattern!(r"^\W*vom\b");
    let made = pattern!(
        r"\b(?:erstellt am|(?:gekauft|gebucht|bestellt)\b.{0,40}?\bam|purchased on|booked on|druckdatum|gesendet|zustellversuch(?: am)?|benachrichtigt am|sent(?: on)?|issued(?: on)?)\b|^\W*stand\b"
    );
    // "Rechnung Nr. 12 vom 3.5.2026", "Gutschrift 7 of 3 May": the document's own title.
    let titled = pattern!(
        r"^\W*(?:\w*rechnung|gutschrift|buchungshilfe|\w*bescheid|invoice|credit note|quittung|lieferschein|auftragsbestätigung)\b[^,;]{0,35}?\b(?:vom|von|of|dated|issued at|issued on|du)\b"
    );
    // "Abrechnung für die Zeit vom 01.01.2024 bis 31.12.2024" names a stretch of time.
    let of_title = |text: &str| {
        let (range, day) = read(text)?;
        let goes_on = pattern!(r"^\W{0,3}(?:(?:bis|to|until)\b|[–—-])").is_match(text.get(range.end..)?);
        (!goes_on).then_some((range, day))
    };
    let another = pattern!(r"\b(?:gemäß|gem|laut|lt|bestellung|auftrag|lieferung|order)\b");
    let of_bill = pattern!(r"(?:rechnungsdatum|datum der rechnung|rechnung vom|invoice date|date of invoice)");
    let about_another = matches!(context.kind(), DocumentKind::Dunning | DocumentKind::CourtOrder);
    let title_weight = if about_another { 0.3 } else { 0.85 };
    let (as_printed, mended): (Read<'_, _>, Read<'_, _>) = (&read, &misread);
    let of_title: Read<'_, _> = &of_title;
    let mut facts = Vec::new();
    for (label, weight, reach, read) in [
        (clear, 0.94, 4, mended),
        (plain, 0.9, 4, mended),
        (of, if about_another { 0.4 } else { 0.75 }, 4, of_title),
        (made, 0.72, 16, as_printed),
        (titled, title_weight, 6, of_title),
    ] {
        for hit in beside(&context.layout, label, reach, read) {
            // "Rechnung gemäß Bestellung vom" names the day of the order.
            let weight = if another.is_match(&hit.before) { weight * 0.4 } else { weight };
            // A reminder names the day of its bill as well.
            let weight = if about_another && of_bill.is_match(&hit.before) { weight * 0.4 } else { weight };
            if is_of_line(context, &hit) {
                continue;
            }
            let placed = placed(context, &hit) * if is_of_event(context, &hit.evidence) { 0.5 } else { 1.0 };
            facts.push(hit.fact(by, Field::IssueDate, weight * placed, Value::Date));
        }
    }
    facts
}

/// How much of the weight of a word its place leaves: the day of the letter stands at its head.
fn placed(context: &Context, hit: &Found<NaiveDate>) -> f32 {
    let rect = hit.evidence.rect;
    let column = hit.place == Place::Below && (rect.y > 0.38 || is_listed(context, &hit.evidence));
    // At the foot stands when the page was printed.
    let foot = rect.y > 0.88;
    match () {
        () if column || foot => 0.6,
        () if hit.evidence.page == 1 && rect.y < 0.5 => 1.0,
        // Further down stand the dates of lines and services.
        () => 0.85,
    }
}

/// Whether the next row says when or where on that day: it is the day of what happened, not of the letter.
fn is_of_event(context: &Context, day: &Evidence) -> bool {
    let when = pattern!(r"^\W*(?:uhrzeit|tatzeit|tatort|zeit|ort|time|place|location)\b");
    let rows = &context.layout.rows;
    let is_row = |row: &Row| {
        row.cells.first().is_some_and(|cell| cell.page == day.page && (cell.rect.y - day.rect.y).abs() < 0.008)
    };
    let at = rows.iter().position(is_row);
    // "Datum: 3. Mai 2026    Uhrzeit: 9:30 Uhr    Raum: 12"
    let beside = at.and_then(|at| rows.get(at)).into_iter().flat_map(|row| &row.cells);
    let behind = pattern!(r"\b(?:uhrzeit|beginn|raum|treffpunkt)\b\W{0,3}\d");
    if beside
        .into_iter()
        .any(|cell| cell.rect.x > day.rect.x && when.is_match(&cell.text) || behind.is_match(&cell.text))
    {
        return true;
    }
    at.and_then(|at| rows.get(at + 1)?.cells.first()).is_some_and(|cell| when.is_match(&cell.text))
}

/// Whether a day is the end of a stretch that began in the row above.
fn ends_span(context: &Context, cell: &Run) -> bool {
    let open = pattern!(r"\d\s*(?:[-–—]|bis(?: zum| einschließlich)?|to|until)\W*$");
    let mut over = context.layout.rows.iter().filter_map(|row| row.cells.last());
    let over = over.rfind(|over| over.page == cell.page && over.rect.y < cell.rect.y);
    over.is_some_and(|over| cell.rect.y - over.rect.y < 0.03 && open.is_match(&over.text))
}

/// The day on which a court or an authority decided: "Der Mahnbescheid wurde am 19.01.2026 erlassen."
fn ordered(by: &str, context: &Context) -> Vec<Fact> {
    let what = pattern!(
        r"\b\p{L}*(?:bescheid|beschluss|beschluß|verfügung|urteil|order|judg?ement)\b[^;]{0,60}\b(?:am|vom|on)\s*$"
    );
    let decrees = pattern!(r"\bergeht\b[^.;]{0,20}\bam\s*$");
    let decided = pattern!(r"^\s*(?:erlassen|ausgefertigt|ergangen|issued|made)\b");
    let runs = context.layout.paragraphs.iter().chain(context.layout.cells());
    let mut facts = Vec::new();
    for run in runs {
        for (range, day) in dates::find(&run.text, context.order) {
            let (before, behind) = (run.text.get(..range.start), run.text.get(range.end..));
            let is_decided =
                before.is_some_and(|text| what.is_match(text)) && behind.is_some_and(|text| decided.is_match(text));
            // "Auf Antrag vom 29.06.2026 ergeht am 06.07.2026 der nachstehende Mahnbescheid."
            let is_decreed = before.is_some_and(|text| decrees.is_match(text))
                && behind.is_some_and(|text| pattern!(r"^[^.;]{0,60}(?:bescheid|beschluss|urteil)").is_match(text));
            if is_decided || is_decreed {
                facts.push(found(run, range, day, Place::Behind).fact(by, Field::IssueDate, 0.93, Value::Date));
            }
        }
    }
    facts
}

/// The day in the title of an order of a court: "MAHNBESCHEID    vom 20.01.2026", not that of the bill it is about.
fn in_title_of_order(by: &str, context: &Context) -> Option<Fact> {
    /// Further down stand the claims.
    const HEAD: f32 = 0.25;
    if context.kind() != DocumentKind::CourtOrder {
        return None;
    }
    let title = pattern!(
        r"^\W*(?:mahnbescheid|vollstreckungsbescheid|(?:versäumnis)?urteil|beschluss|zahlungsbefehl)(?:\b|vom\b)"
    );
    let of = pattern!(r"(?:^|\s|bescheid)vom\s*$");
    context.layout.rows.iter().find_map(|row| {
        let at =
            row.cells.iter().position(|cell| cell.page == 1 && cell.rect.y < HEAD && title.is_match(&cell.text))?;
        row.cells.iter().skip(at).take(2).find_map(|cell| {
            let (range, day) = dates::first(&cell.text, context.order)?;
            of.is_match(cell.text.get(..range.start)?)
                .then(|| found(cell, range, day, Place::Behind).fact(by, Field::IssueDate, 0.93, Value::Date))
        })
    })
}

/// Whether the day stands in a table of services or appointments: its heading has columns for what, where and how much.
fn is_of_line(context: &Context, hit: &Found<NaiveDate>) -> bool {
    let day = &hit.evidence;
    let heading = pattern!(r"^\W*(?:wochentag\W*(?:und\W*)?(?:datum|tag)?|datum|date|tag|wann|when|day)\W*$");
    let column = pattern!(
        r"^\W*(?:leistung\p{L}*|service|beschreibung|bezeichnung|description|behandlung|treatment|tätigkeit|vorgang|buchungstext|menge|einzelpreis|wert|ihr anteil|was|wo|ort|uhrzeit|zeit|what|where|details|item)\b"
    );
    let over = |row: &&Row| {
        let is_heading = |cell: &Run| heading.is_match(&cell.text) && (cell.rect.x - day.rect.x).abs() < 0.03;
        row.cells.iter().any(|cell| cell.page == day.page && cell.rect.y < day.rect.y && is_heading(cell))
    };
    // The nearest heading above it.
    let row = context.layout.rows.iter().rfind(over);
    hit.place == Place::Below && row.is_some_and(|row| row.cells.iter().any(|cell| column.is_match(&cell.text)))
}

/// Days that stand beside something else: "Rechnungs-Nr./Datum: R-12 / 3.5.2026", "Musterstadt, den" with the day in a
/// column of its own.
fn with_number(by: &str, context: &Context) -> Vec<Fact> {
    let read = |text: &str| dates::first(text, context.order);
    let number = pattern!(r"(?:nr\.?|nummer|no\.?|number)\s?/\s?(?:datum|date)\b");
    let second = |text: &str| {
        let (range, date) = read(text)?;
        text.get(..range.start)?.trim_end().ends_with('/').then_some((0..range.end, date))
    };
    let place = pattern!(r"^(?-i:\p{Lu})\p{L}[\p{L}./() -]{1,30}, den$");
    let seconds = beside(&context.layout, number, 4, &second).into_iter().map(|hit| (hit, 0.86));
    let placed = beside(&context.layout, place, 4, &read).into_iter().map(|hit| (hit, 0.88));
    seconds.chain(placed).map(|(hit, weight)| hit.fact(by, Field::IssueDate, weight, Value::Date)).collect()
}

/// The day on which an authority posted its letter.
fn posted(by: &str, context: &Context) -> Vec<Fact> {
    let read = |text: &str| dates::first(text, context.order);
    let label = pattern!(r"(?:zur post gegeben am|aufgegeben am|posted on|datum des poststempels)");
    let hits = in_prose(&context.layout, label, 4, &read).into_iter();
    hits.map(|hit| hit.fact(by, Field::PostingOrLetterDate, 0.9, Value::Date)).collect()
}

/// Days for which only their place speaks, or the words before them: "Musterstadt, den 3. Februar 2026".
fn unlabelled(by: &str, context: &Context) -> Vec<Fact> {
    let time = pattern!(r"\b(?:time|uhrzeit|zeit)\W*$");
    let receipt = context.kind() == DocumentKind::Receipt;
    let mut facts = Vec::new();
    let mut first = true;
    let other = pattern!(
        r"(?:zulassung|geb(?:oren|\.|urtsdatum)|beginn|ende\b|ablauf|fällig|zahlbar|liefer|leistung|gültig|termin|zeitraum|abreise|anreise|abfahrt|einlass|\bvon\b|\bbis\b|frist|valuta|buchung|bestell|zugestellt|eingang|start|date of birth|\bwann\b|\bwhen\b|veranstaltung|abhol|\bborn\b|\bdue\b|valid|expir|\bfrom\b|\buntil\b)"
    );
    let cells = context.layout.rows.iter().flat_map(|row| {
        let left = std::iter::once(None).chain(row.cells.iter().map(Some));
        left.zip(&row.cells)
    });
    for (left, cell) in cells {
        let read = first_but_birth(&cell.text, context).or_else(|| on_slip(context, &cell.text));
        let Some((range, date)) = read else { continue };
        let before = cell.text.get(..range.start).unwrap_or_default();
        // "Valid until 31 August 2026" says how long, not when.
        if pattern!(r"\b(?:gültig bis|gilt bis|einlösbar bis|haltbar bis|valid (?:un)?til|expires(?: on)?|use by)\W*$")
            .is_match(before)
        {
            continue;
        }
        // "11.14.00" is a time.
        if time.is_match(before) {
            continue;
        }
        let alone = cell.text.len() - (range.end - range.start) <= 2;
        let weight = match () {
            () if says_where(before) && ends_with_initials(cell.text.get(range.end..).unwrap_or_default()) => 0.88,
            // The place in a column of its own.
            () if before.trim().is_empty()
                && ends_with_initials(cell.text.get(range.end..).unwrap_or_default())
                && left.is_some_and(|left| {
                    left.text.trim_end().ends_with(',') && says_where(&format!("{} ", left.text))
                }) =>
            {
                0.88
            }
            // A till prints when it was paid.
            () if receipt && timed(&cell.text, range.end) => 0.74,
            // "Erstzulassung    22.04.2020" is the day of something else.
            () if left.is_some_and(|left| other.is_match(&left.text)) => 0.0,
            // A row of a table of what happens when.
            () if alone && is_in_schedule(context, cell) => 0.0,
            // "01.01.2024 –" ends the row above.
            () if ends_span(context, cell) => 0.0,
            () if alone
                && cell.page == 1
                && cell.rect.y < 0.35
                && !is_listed(context, &cell.evidence(range.clone())) =>
            {
                0.56
            }
            () if receipt && first => 0.7,
            () if first && cell.page == 1 => 0.35,
            () => 0.0,
        };
        first = false;
        if weight > 0.0 {
            let mut fact = found(cell, range, date, Place::Behind).fact(by, Field::IssueDate, weight, Value::Date);
            if weight < 0.8 {
                fact.checks.clear();
            }
            facts.push(fact);
        }
    }
    facts
}

/// Whether nothing follows, or only who wrote it: "17. März 2026 / bk".
fn ends_with_initials(behind: &str) -> bool {
    behind.len() <= 4 || pattern!(r"^\s?[/|·–-]\s?\p{L}{2,4}$").is_match(behind.trim_end())
}

/// The first day of a text that is not when somebody was born: "geb. 23.06.1953 | 12.05.2026".
fn first_but_birth(text: &str, context: &Context) -> Option<(Range<usize>, NaiveDate)> {
    let born = pattern!(r"\b(?:geb(?:oren)?\.?(?: am)?|geburts(?:datum|tag)|\*|born(?: on)?|date of birth|dob)\W*$");
    let all = dates::find(text, context.order);
    all.into_iter().find(|(range, _)| !text.get(..range.start).is_some_and(|before| born.is_match(before)))
}

/// Whether a day stands below a heading of a table that says when, what and where.
fn is_in_schedule(context: &Context, cell: &Run) -> bool {
    let when = pattern!(r"^\W*(?:wochentag|tag|datum|wann|termin|day|date|when)\W*$");
    let what = pattern!(r"^\W*(?:uhrzeit|zeit|was|wo|ort|what|where|time|place)\W*$");
    let heads = |row: &Row| {
        row.cells.iter().any(|over| {
            when.is_match(&over.text)
                && over.page == cell.page
                && over.rect.y < cell.rect.y
                && (over.rect.x - cell.rect.x).abs() < 0.03
        }) && row.cells.iter().any(|over| what.is_match(&over.text))
    };
    context.layout.rows.iter().any(heads)
}

/// A day on the slip of a till, which sets its marks anyhow: "18- 06: 2018".
fn on_slip(context: &Context, text: &str) -> Option<(Range<usize>, NaiveDate)> {
    let marks = |text: &str| text.matches(['-', '.', '/', ':', ',']).count() >= 2;
    let hit = context.layout.is_slip().then(|| misread::date(text, context.order)).flatten()?;
    text.get(hit.0.clone()).is_some_and(marks).then_some(hit)
}

/// Whether the words before a date say where a letter was written.
fn says_where(before: &str) -> bool {
    pattern!(r"^(?:\d{4,5} )?\p{L}[\p{L}./() -]{2,30}(?:,| den)\s*(?:(?:den|der|am)\s)?\s*$").is_match(before)
        && !pattern!(r"(?:tag|woch|day|uhr|^mo|^di|^mi|^do|^fr|^sa|^so)\W*$").is_match(before)
}

/// Whether another date stands right below or above one, as in a table of what was delivered when.
fn is_listed(context: &Context, place: &Evidence) -> bool {
    context.layout.cells().filter(|cell| cell.page == place.page).any(|cell| {
        let gap = f32::max(cell.rect.y - place.rect.bottom(), place.rect.y - cell.rect.bottom());
        (0.0..2.0 * place.rect.h).contains(&gap)
            && (cell.rect.x - place.rect.x).abs() < 0.02
            && dates::find(&cell.text, context.order).first().is_some_and(|(range, _)| range.start == 0)
    })
}

/// Whether the time of day stands behind a date.
fn timed(text: &str, date: usize) -> bool {
    let behind = text.get(date..).unwrap_or_default();
    pattern!(r"^[\s,|-]{1,4}(?:um |time:? ?)?[012]?\d:[0-5]\d\b").is_match(behind)
}

#[cfg(test)]
mod tests {
    use domain::Field::IssueDate;

    use crate::testing::value;

    #[test]
    fn the_dates_of_a_table_are_not_the_day_of_the_bill() {
        let bill = "Rechnungsnr. 12\nDatum    17.02.2026\n\nDatum    Leistung    Betrag\n03.02.2026    Beratung    10,72\n03.02.2026    EKG    26,54";
        let fact = crate::testing::findings(bill).best(IssueDate).unwrap().clone();
        assert_eq!(fact.value.plain(), "2026-02-17");
        let letter = "Praxis Muster\n\nMusterstadt, 17.02.2026\n\nDatum    Leistung    Ihr Anteil\n03.02.2026    Massage    10,72\n\nRechnung";
        assert_eq!(value(letter, IssueDate).as_deref(), Some("2026-02-17"));
    }

    #[test]
    fn an_order_of_a_court_has_the_day_of_its_title() {
        let order = "MAHNBESCHEID                      vom 20.01.2026\n\nAmtsgericht Musterstadt\nMahngericht\n\nAntragsgegnerin\nFrau Beispiel\n\nAntragstellerin: Muster GmbH\nmacht gegen Sie folgenden Anspruch geltend:\n\nHauptforderung gem. Rechnung ZT-25    329,00\nvom 08.09.25\nGerichtskosten    38,00\nGesamtsumme    367,00\n\nwiderspricht der Antragsgegner nicht innerhalb von zwei Wochen seit der Zustellung,\nkann ein Vollstreckungsbescheid ergehen.";
        assert_eq!(value(order, IssueDate).as_deref(), Some("2026-01-20"));
    }

    #[test]
    fn the_day_of_the_letter_is_found_in_its_usual_places() {
        for text in [
            "Muster GmbH\nRechnungsdatum: 03.02.2026\nLieferdatum: 01.02.2026",
            "Rechnung\nDatum    Kunde\n03.02.2026    12",
            "Muster GmbH\n\nMusterstadt, den 3. Februar 2026\n\nRechnung",
            "Rechnung Nr. 12 vom 03.02.2026",
            "Rechnungs-Nr./Datum:    R-12 / 03.02.2026",
            "Amtsgericht Musterstadt\n\nMAHNBESCHEID\n\nDer Mahnbescheid wurde am 03.02.2026 erlassen.\n\nHauptforderung: Rechnung 12 vom 14.08.2025",
            "Invoice 12\nInvoice date    3 February 2026\nDue date    3 March 2026",
            "Muster GmbH\n\n12345 Musterstadt, 03.02.2026\n\nZahlungserinnerung\n\nRechnungsnummer: 12    Rechnungsdatum: 02.12.2025",
        ] {
            assert_eq!(value(text, IssueDate).as_deref(), Some("2026-02-03"), "{text}");
        }
    }
}
