//! What a court, an authority or an employer has done, when it was served, and how long one has to answer.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field, LegalAct, Remedy, Value};

use super::Extractor;
use super::terms::term_around;
use crate::context::Context;
use crate::forms::{dates, pattern};
use crate::labels::{Found, Place, Read, beside, found, in_prose};
use crate::layout::Run;
use crate::prose;

pub(super) struct Legal;

impl Extractor for Legal {
    fn id(&self) -> &'static str {
        "legal"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts: Vec<Fact> = act(context, self.id()).into_iter().collect();
        if facts.iter().any(|fact| fact.value.plain() == LegalAct::Inheritance.word()) {
            facts.extend(time_of_heir(context, self.id()));
            return facts;
        }
        if !context.kind().is_alarming() {
            return facts;
        }
        facts.extend(remedy(context, self.id()));
        let served = pattern!(r"\bzuge?stellt\b|\bserved on\b");
        let day = |text: &str| dates::first(text, context.order);
        // An order names when the one before it was served as well.
        let mut hits = in_prose(&context.layout, served, 12, &day);
        // On the copy of the envelope the day stands below its words, or beside them.
        let label = pattern!(
            r"^\W*(?:zugestellt am|tag der zustellung|datum der zustellung|zustell(?:ungs)?datum|zustellung (?:am|erfolgt(?:e)? am)|eingelegt am|niedergelegt am|date of service|served on)\b(?:\s*\([^)]*\))?"
        );
        let written = |text: &str| day(text).or_else(|| handwritten(text));
        hits.extend(beside(&context.layout, label, 4, &written));
        if hits.is_empty() {
            hits.extend(below_note(context, label, &written));
        }
        let last = hits.iter().map(|hit| hit.value).max();
        for hit in hits {
            let weight = if Some(hit.value) == last { 0.8 } else { 0.6 };
            facts.push(hit.fact(self.id(), Field::ServiceDate, weight, Value::Date));
        }
        for hit in in_prose(&context.layout, served, 12, &handwritten) {
            facts.push(hit.fact(self.id(), Field::ServiceDate, 0.5, Value::Date));
        }
        let answer = pattern!(
            r"\b(?:gelegenheit|äußer\w*|stellungnahme|stellung zu nehmen|rückäußerung|anhörung\w*|antworten|respond|comment|reply)\b"
        );
        let objects =
            pattern!(r"\b(?:widerspr\w*|einspr\w*|einsprache|beschwerde|rekurs|klage|rechtsmittel|objection|appeal)\b");
        for run in &context.layout.paragraphs {
            for (range, sentence) in prose::sentences(&run.text) {
                let may = pattern!(r"\b(?:kann|können|ist|sind|may|can|must)\b").is_match(sentence);
                let about = objects.is_match(sentence) && may && !answer.is_match(sentence);
                let period = about.then(|| term_around(run, range.start, context.order)).flatten();
                facts.extend(period.map(|hit| hit.fact(self.id(), Field::ResponsePeriod, 0.7, Value::Text)));
            }
            let period = answer.find_iter(&run.text).find_map(|hit| term_around(run, hit.start(), context.order));
            facts.extend(period.map(|hit| hit.fact(self.id(), Field::ResponsePeriod, 0.8, Value::Text)));
        }
        facts
    }
}

/// What the letter says can be done against it, by its own word: the first that is named as a remedy.
fn remedy(context: &Context, by: &str) -> Option<Fact> {
    let form = pattern!(concat!(
        r"\b(?:gegen (?:dies\p{L}+|den|die)\b|hiergegen\b|dagegen\b)[^.;]{0,160}?\b(?P<a>widerspruch|einspruch|klage|einsprache|beschwerde|rekurs)\b",
        r"|\b(?P<b>widerspruch|einspruch|klage)\b[^.;]{0,160}?\b(?:erhoben|erheben|eingelegt|einlegen|einzulegen|zu erheben|eingereicht|einreichen|gegeben|zulässig)\b",
        r"|\bmit (?:dem |einem )?(?P<c>widerspruch|einspruch|klage)\b[^.;]{0,40}\bangefochten\b"
    ));
    context.layout.paragraphs.iter().find_map(|run| {
        let hit = form.captures(&run.text)?;
        let word = ["a", "b", "c"].into_iter().find_map(|name| hit.name(name))?;
        let remedy = Remedy::parse(word.as_str())?;
        let place = found(run, word.range(), remedy.word().to_owned(), Place::Behind);
        Some(place.fact(by, Field::Remedy, 0.85, Value::Text))
    })
}

/// A sentence by which an employer ends the employment: "hiermit kündigen wir das seit 2019 bestehende Arbeitsverhältnis".
fn dismissed(context: &Context, by: &str) -> Option<Fact> {
    let form = pattern!(
        r"\b(?:kündigen wir|kündige ich|wir kündigen|ich kündige|we (?:hereby )?(?:terminate|give (?:you )?notice))\b[^;!?]{0,140}?\b(?:(?:arbeits|anstellungs|dienst|beschäftigungs|ausbildungs)(?:verhältnis|vertrag)\p{L}*|(?:contract of )?employment)\b"
    );
    context.layout.paragraphs.iter().find_map(|run| {
        let hit = form.find(&run.text)?;
        let place = found(run, hit.range(), LegalAct::Dismissal.word().to_owned(), Place::Behind);
        Some(place.fact(by, Field::LegalAct, 0.82, Value::Text))
    })
}

/// The first short line that names an act.
fn act(context: &Context, by: &str) -> Option<Fact> {
    let is_official = context.kind().is_alarming();
    let may_dismiss = matches!(
        context.kind(),
        DocumentKind::Letter
            | DocumentKind::Other
            | DocumentKind::Contract
            | DocumentKind::CancellationConfirmation
            | DocumentKind::AuthorityLetter
    );
    if let Some(told) = dropped(context, by).or_else(|| inherited(context, by)) {
        return Some(told);
    }
    let named = short_lines(context).find_map(|cell| {
        LegalAct::ALL.iter().find_map(|act| {
            let wanted = match act {
                LegalAct::Dismissal => may_dismiss,
                // Where an authority decided is told by what can be done about it, wherever that stands.
                LegalAct::Decision | LegalAct::Discontinuation | LegalAct::Inheritance => false,
                _ => is_official,
            };
            let range = form(*act).find(&cell.text).filter(|_| wanted)?.range();
            let hit = found(cell, range, act.word().to_owned(), Place::Behind);
            Some(hit.fact(by, Field::LegalAct, 0.85, Value::Text))
        })
    });
    named.or_else(|| dismissed(context, by).filter(|_| may_dismiss)).or_else(|| decided(context, by))
}

/// A sentence by which a court tells an heir about disclaiming.
fn inherited(context: &Context, by: &str) -> Option<Fact> {
    let is_told = context.kind().is_alarming() || matches!(context.kind(), DocumentKind::Letter | DocumentKind::Other);
    let run = context.layout.paragraphs.iter().filter(|_| is_told);
    let (run, range) =
        run.filter_map(|run| Some((run, form(LegalAct::Inheritance).find(&run.text)?.range()))).next()?;
    let place = found(run, range, LegalAct::Inheritance.word().to_owned(), Place::Behind);
    Some(place.fact(by, Field::LegalAct, 0.86, Value::Text))
}

/// How long an heir has: the shortest period of the sentences about disclaiming and objecting.
fn time_of_heir(context: &Context, by: &str) -> Option<Fact> {
    let about = pattern!(r"(?:ausschlag|auszuschlagen|ausgeschlagen|ausschlägt|einsprache|disclaim|renounce)");
    let sentences =
        context.layout.paragraphs.iter().flat_map(|run| prose::sentences(&run.text).map(move |said| (run, said)));
    let periods = sentences.filter(|(_, (_, sentence))| about.is_match(sentence));
    let hits = periods.filter_map(|(run, (range, _))| term_around(run, range.start, context.order));
    let length = |hit: &Found<String>| domain::Period::find(&hit.value).map(|period| period.longest_days());
    let shortest = hits.filter(|hit| length(hit).is_some()).min_by_key(length)?;
    Some(shortest.fact(by, Field::ResponsePeriod, 0.84, Value::Text))
}

/// A sentence by which proceedings are dropped.
fn dropped(context: &Context, by: &str) -> Option<Fact> {
    if !matches!(context.kind(), DocumentKind::Fine | DocumentKind::AuthorityLetter) {
        return None;
    }
    let form = form(LegalAct::Discontinuation);
    let sentences = context
        .layout
        .paragraphs
        .iter()
        .flat_map(|run| prose::sentences(&run.text).map(move |(range, sentence)| (run, range, sentence)));
    let mut told = sentences.filter(|(.., sentence)| form.is_match(sentence) && !prose::is_conditional(sentence));
    let (run, range, _) = told.next()?;
    let place = found(run, range, LegalAct::Discontinuation.word().to_owned(), Place::Behind);
    Some(place.fact(by, Field::LegalAct, 0.86, Value::Text))
}

/// Whether the letter gives the reader a chance to be heard.
pub(super) fn is_hearing(context: &Context) -> bool {
    is_named(context, LegalAct::Hearing)
}

/// Whether the letter summons the reader.
pub(super) fn is_summons(context: &Context) -> bool {
    context.kind().is_alarming() && is_named(context, LegalAct::Summons)
}

/// The short lines of the letter; longer ones are sentences, which may speak of what comes next.
fn short_lines<'c, 'a>(context: &'c Context<'a>) -> impl Iterator<Item = &'c Run<'a>> {
    /// In words.
    const LONGEST: usize = 8;
    context.layout.cells().filter(|cell| cell.len() <= LONGEST)
}

/// Whether a short line names an act.
fn is_named(context: &Context, act: LegalAct) -> bool {
    let form = form(act);
    short_lines(context).any(|cell| form.is_match(&cell.text))
}

/// The words by which an authority shows that it has decided: what its letter calls itself, or how to object to it.
fn decided(context: &Context, by: &str) -> Option<Fact> {
    // A person may say later that it is one: then only what it calls itself counts, since contracts speak of objections, too.
    let remedy = match context.kind() {
        DocumentKind::AuthorityLetter => form(LegalAct::Decision),
        DocumentKind::Letter | DocumentKind::Other => pattern!(r"\brechtsbehelfsbelehrung\b"),
        _ => return None,
    };
    // "Ein Bescheid ist hiermit nicht verbunden; ein Rechtsbehelf ist nicht gegeben."
    let denied = pattern!(
        r"\bkein(?:e|en)? (?:verwaltungsakt|bescheid|rechtsbehelf|rechtsmittel)\b|\brechts(?:behelf|mittel)\b[^.;]{0,40}\bnicht (?:gegeben|möglich|zulässig|statthaft)|\b(?:bescheid|verwaltungsakt)\b[^.;]{0,60}\bnicht verbunden\b"
    );
    if denied.is_match(&context.text) {
        return None;
    }
    let called = pattern!(r"\p{L}*bescheid\b");
    let titles = || context.layout.cells().filter(|cell| cell.len() <= 12 && cell.page == 1);
    let title = titles().find_map(|cell| {
        let of_title = context.titles.iter().any(|(line, weight)| *weight >= 0.75 && line.contains(&cell.text));
        called.find(&cell.text).filter(|_| of_title).map(|hit| (cell, hit.range()))
    });
    let told = || context.layout.paragraphs.iter().find_map(|run| Some((run, remedy.find(&run.text)?.range())));
    let (run, range) = title.or_else(told)?;
    let place = found(run, range, LegalAct::Decision.word().to_owned(), Place::Behind);
    Some(place.fact(by, Field::LegalAct, 0.8, Value::Text))
}

/// The words by which an act calls itself.
fn form(act: LegalAct) -> &'static regex::Regex {
    match act {
        LegalAct::EnforcementOrder => pattern!(r"\bvollstreckungsbescheid(?:\b|vom)"),
        LegalAct::PaymentOrder => pattern!(r"\bmahnbescheid(?:\b|vom)"),
        LegalAct::Fine => pattern!(r"\bbu(?:ß|ss)geldbescheid\b"),
        LegalAct::Warning => pattern!(r"\bverwarnung\b|\banonymverfügung\b|\borganstrafverfügung\b"),
        LegalAct::Hearing => pattern!(r"\banhörung(?:sbogen|sschreiben)?\b"),
        LegalAct::Dismissal => pattern!(
            r"\bkündigung (?:ihres|deines|des|unseres)(?: \p{L}+)? (?:arbeits|anstellungs|dienst|beschäftigungs)(?:verhältnisses|vertrag(?:e?s)?)\b|\btermination of (?:your )?employment\b"
        ),
        LegalAct::Summons => {
            pattern!(r"^\W*(?:vor)?ladung\b|\b(?:vor)?ladung (?:als|zum|zur)\b|^\W*(?:witness )?summons\b")
        }
        LegalAct::Inheritance => pattern!(
            r"\b(?:erbschaft|nachlass|inheritance|estate)\b[^;!?]{0,220}\b(?:aus(?:zu)?schlagen|ausgeschlagen|ausschlägt|disclaim\p{L}*|renounce\p{L}*)\b|\bausschlagung der erbschaft\b"
        ),
        LegalAct::Discontinuation => pattern!(
            r"\b(?:verfahren|ermittlungsverfahren|bußgeldverfahren|vorgang)\b[^.;]{0,120}\b(?:ist|wird|wurde|habe ich|haben wir)\b[^;!?]{0,120}\beingestellt\b|\b(?:stelle ich|stellen wir)\b[^.;]{0,80}\bverfahren\b[^.;]{0,80}\bein\b|\bproceedings\b[^.;]{0,80}\b(?:dropped|discontinued)\b"
        ),
        LegalAct::Decision => pattern!(
            r"\brechts(?:behelf|mittel)(?:sbelehrung|belehrung)?\b|\b(?:gegen dies\p{L}+|hiergegen|dagegen)\b[^.]{0,120}\b(?:widerspruch|einspruch|klage|einsprache|beschwerde|rekurs|vorlageantrag)|\b(?:widerspruch|einspruch|klage|einsprache|beschwerde|rekurs)\b[^.]{0,160}\b(?:erhoben|erheben|eingelegt|einlegen|eingereicht|einreichen)\b|\bwidersprechen\b|\b(?:objection|appeal)\b[^.]{0,100}\b(?:lodged|filed|made|submitted|within)\b|\byou (?:can|may) (?:appeal|object)\b"
        ),
    }
}

/// A date as it is recognised in handwriting, where points get lost: `24.0824`, `24 08.2024`.
fn handwritten(text: &str) -> Option<(Range<usize>, NaiveDate)> {
    let form = pattern!(r"\b(?P<day>\d{1,2})[.,]?\s?(?P<month>\d{2})[.,]?\s?(?P<year>(?:20)?\d{2})\b");
    let hit = form.captures(text)?;
    let number = |name| hit.name(name)?.as_str().parse::<u32>().ok();
    let year = number("year").map(|year| if year < 100 { 2000 + year } else { year })?;
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number("month")?, number("day")?)?;
    Some((hit.get(0)?.range(), day))
}

/// The day of the row below the label, in whatever column it was stamped: the note of service is filled in by hand.
fn below_note(context: &Context, label: &regex::Regex, day: Read<'_, NaiveDate>) -> Option<Found<NaiveDate>> {
    let rows = &context.layout.rows;
    let at = rows.iter().position(|row| row.cells.iter().any(|cell| label.is_match(&cell.text)))?;
    let cells = &rows.get(at + 1)?.cells;
    cells.iter().find_map(|cell| {
        let (range, value) = day(&cell.text).filter(|(range, _)| range.start <= 2)?;
        Some(found(cell, range, value, Place::Below))
    })
}

#[cfg(test)]
mod tests {
    use domain::DocumentKind;
    use domain::Field::{AmountDue, AppointmentStart, LegalAct, Remedy, ResponsePeriod, ServiceDate};

    use crate::testing::{check, findings, value};

    #[test]
    fn the_remedy_is_called_as_the_letter_calls_it() {
        for (text, remedy) in [
            ("Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Klage erhoben werden.", "Klage"),
            (
                "Gegen diesen Bescheid können Sie Widerspruch einlegen. Widerspruch und Klage haben keine aufschiebende Wirkung.",
                "Widerspruch",
            ),
            (
                "Sie können diesen Bescheid mit dem Einspruch anfechten. Der Einspruch ist schriftlich einzulegen.",
                "Einspruch",
            ),
        ] {
            let letter =
                format!("Stadt Musterstadt\nSteueramt\n\nHundesteuerbescheid 2026\n\nDatum 12.01.2026\n\n{text}");
            check(&letter, &[(Remedy, remedy)]);
        }
    }

    #[test]
    fn the_day_of_service_stands_below_its_words() {
        let order = "Amtsgericht Musterstadt\n\nMAHNBESCHEID vom 02.03.2026\n\nZugestellt am (Datum, ggf. Uhrzeit, Unterschrift):\n05.03.26    Muster";
        check(order, &[(ServiceDate, "2026-03-05")]);
    }

    #[test]
    fn the_act_is_the_one_in_the_title_and_not_the_one_that_may_follow() {
        for (text, act) in [
            (
                "Amtsgericht Musterstadt\nMAHNBESCHEID vom 21.08.2026\n\nWird kein Widerspruch erhoben, kann nach Ablauf der Frist ein Vollstreckungsbescheid ergehen.",
                Some("Mahnbescheid"),
            ),
            (
                "Amtsgericht Musterstadt\nVollstreckungsbescheid\nzum Mahnbescheid vom 21.08.2026",
                Some("Vollstreckungsbescheid"),
            ),
            (
                "Stadt Musterstadt\nSchriftliche Verwarnung / Anhörung\n\nEs wird ein Verwarnungsgeld von 20,00 EUR erhoben.",
                Some("Verwarnung"),
            ),
        ] {
            assert_eq!(value(text, LegalAct).as_deref(), act, "{text}");
        }
    }

    #[test]
    fn an_authority_has_decided_where_one_can_object_and_only_informs_elsewhere() {
        let letter = |words: &str| {
            format!(
                "Landratsamt Musterland\n\nAktenzeichen 12-7\n\nDatum 05.03.2026\n\nSehr geehrte Frau Beispiel,\n\n{words}\n\nIm Auftrag"
            )
        };
        for (words, act) in [
            ("Gegen diesen Bescheid kann innerhalb eines Monats Widerspruch erhoben werden.", Some("Bescheid")),
            ("Gelegenheit zur Anhörung\n\nSie können sich äußern.", Some("Anhörung")),
            ("Wir teilen Ihnen mit, dass sich die Öffnungszeiten ändern.", None),
            ("Dieses Schreiben ist kein Bescheid; ein Rechtsbehelf ist nicht gegeben.", None),
            (
                "Das Verfahren wird daher eingestellt. Eine Zahlung ist nicht mehr zu leisten.",
                Some("Einstellung des Verfahrens"),
            ),
        ] {
            let findings = findings(&letter(words));
            assert_eq!(findings.kind().kind, DocumentKind::AuthorityLetter, "{words}");
            assert_eq!(findings.best(LegalAct).map(|fact| fact.value.plain()).as_deref(), act, "{words}");
        }
    }

    #[test]
    fn a_summons_is_for_its_day() {
        let text = "Amtsgericht Musterstadt\n\nDatum 10.02.2026\n\nLadung als Zeuge\n\nSehr geehrter Herr Beispiel,\n\nSie werden als Zeuge geladen zum Termin am\n\nTag    Uhrzeit    Ort\n19.03.2026    09:15 Uhr    Saal 54\n\nGegen einen Zeugen, der nicht erscheint, wird ein Ordnungsgeld festgesetzt.";
        let findings = findings(text);
        let best = |field| findings.best(field).map(|fact: &domain::Fact| fact.value.plain());
        assert_eq!(best(LegalAct).as_deref(), Some("Ladung"));
        assert_eq!(best(AppointmentStart).as_deref(), Some("2026-03-19T09:15"));
    }

    #[test]
    fn a_fine_is_paid_with_its_costs() {
        let text = "Kreis Musterland\nBußgeldbescheid\nDatum 05.03.2026\n\nGegen Sie wird eine Geldbuße von 100,00 EUR festgesetzt, dazu Gebühr 25,00 EUR.\n\nGesamtbetrag    128,50 EUR";
        check(text, &[(AmountDue, "128.50")]);
    }

    #[test]
    fn a_hearing_grants_a_time_and_a_service_has_a_day() {
        check(
            "Stadt Musterstadt\nBußgeldstelle\n\nAnhörung im Ordnungswidrigkeitenverfahren\n\nSie haben Gelegenheit, sich innerhalb von zwei Wochen ab Zugang zu äußern.",
            &[(ResponsePeriod, "innerhalb von zwei Wochen")],
        );
        for written in ["24.08.2026", "24.0826", "24 08.26"] {
            let text = format!("Amtsgericht Musterstadt\nMAHNBESCHEID vom 21.08.2026\n\nZugestellt am {written}");
            assert_eq!(value(&text, ServiceDate).as_deref(), Some("2026-08-24"), "{written}");
        }
    }
}
