//! What the learned model says of a letter's kind, beside the evidence of the words in this folder.

use domain::{DocumentKind, RankedKind};

use crate::context::Context;
use crate::forms::{amounts, dates, pattern};
use crate::linear::Linear;
use crate::words;

/// Words of a letter that are looked at.
const MOST: usize = 900;
/// Lines that stand out as much as this may be a title.
const TITLE: f32 = 0.75;

/// What is seen of a letter as a whole; `scores` are those of the kinds' words, the highest first.
pub(super) fn features(context: &Context, scores: &[(DocumentKind, f32)]) -> Vec<String> {
    let mut features = Vec::new();
    for (at, (kind, score)) in scores.iter().enumerate() {
        let kind = kind.as_str();
        let steps = (2.0 * score).round().min(10.0) as i32;
        features.push(format!("rule:{kind}:{steps}"));
        if *score >= 1.0 {
            features.push(format!("rule:{kind}"));
        }
        if at < 2 {
            features.push(format!("rank{at}:{kind}"));
        }
    }
    for (line, weight) in context.titles.iter().filter(|(_, weight)| *weight >= TITLE) {
        let strong = *weight >= 0.99;
        for word in words::words(line) {
            features.push(format!("t:{word}"));
            if strong {
                features.push(format!("tt:{word}"));
            }
            features.extend(words::pieces(&word).into_iter().map(|piece| format!("t:{piece}")));
        }
    }
    let salutation = context.text.lines().position(crate::context::is_salutation);
    let opening = context.text.lines().skip(salutation.map_or(usize::MAX, |at| at + 1)).take(3);
    for word in opening.flat_map(words::words).take(45) {
        features.push(format!("o:{word}"));
    }
    for word in words::words(&context.text).into_iter().take(MOST).filter(|word| word.len() > 2) {
        features.extend(words::pieces(&word).into_iter().map(|piece| format!("w:{piece}")));
        features.push(format!("w:{word}"));
    }
    if salutation.is_some() {
        features.push("salutation".to_owned());
    }
    features.push(format!("rows:{}", (context.layout.rows.len() / 20).min(5)));
    if !context.payment_codes.is_empty() {
        features.push("payment-code".to_owned());
    }
    if context.layout.rows.iter().take(HEAD).flat_map(|row| &row.cells).any(|cell| is_office(&cell.text)) {
        features.push("head:office".to_owned());
    }
    content(context, &mut features);
    features.sort_unstable();
    features.dedup();
    features
}

/// Rows of a letterhead.
const HEAD: usize = 8;

/// Whether a line of the letterhead names a court or an authority.
fn is_office(line: &str) -> bool {
    pattern!(concat!(
        r"^\W*(?:(?:landes)?hauptstadt|stadt|gemeinde|landkreis|kreis|magistrat|kanton|freie|free and hanseatic|city of|regierung|der landrat|der oberbürgermeister|deutsche rentenversicherung|agentur für arbeit|jobcenter|familienkasse|polizei\p{L}*|staatsanwaltschaft|statistisches|bezirkshauptmannschaft|betreibungsamt)\b",
        r"|\b\p{L}*(?:gericht|amt|behörde|präsidium|ministerium|direktion|kasse der stadt)s?\b"
    ))
    .is_match(line)
}

/// What is on the pages besides words: days, amounts, an account, and turns of phrase that single words do not tell.
fn content(context: &Context, features: &mut Vec<String>) {
    /// Steps of the number of amounts.
    const STEPS: [usize; 8] = [0, 1, 2, 3, 5, 8, 13, 25];
    let cells = || context.layout.cells();
    let days = cells().flat_map(|cell| dates::find(&cell.text, context.order)).count();
    let sums = cells().flat_map(|cell| amounts::find(&cell.text)).count();
    features.push(format!("days:{}", days.min(6)));
    features.push(format!("sums:{}", STEPS.iter().filter(|step| sums >= **step).count()));
    let overdue = pattern!(
        r"überfällig|zahlungserinnerung|nicht eingegangen|kein(?:en)? zahlungseingang|noch offen|noch nicht (?:gezahlt|bezahlt|beglichen)|overdue|outstanding"
    );
    for (name, turn) in [
        ("has:iban", pattern!(r"\b[a-z]{2}\d{2}(?: ?\d{4}){3}")),
        ("has:informal", pattern!(r"\b(?:dein\w*|dich|dir|liebe[rs]?)\b")),
        ("has:paragraph", pattern!("§")),
        ("has:remedy", pattern!(r"rechtsbehelf|einspruch|widerspruch")),
        ("has:overdue", overdue),
    ] {
        if turn.is_match(&context.text) {
            features.push(name.to_owned());
        }
    }
}

/// What the words of each kind say of it, for the model to start from, in the order of [`DocumentKind::ALL`].
pub(super) fn offsets(scores: &[(DocumentKind, f32)]) -> Vec<f32> {
    let of = |kind: &DocumentKind| scores.iter().find(|(known, _)| known == kind).map_or(0.0, |(_, score)| *score);
    DocumentKind::ALL.iter().map(|kind| WORDS * of(kind).min(HIGHEST)).collect()
}

/// What a point of the words' evidence is worth to the model.
const WORDS: f32 = 2.0;
/// More points say nothing more.
const HIGHEST: f32 = 8.0;

/// The kinds by the model, likeliest first.
///
/// A letter of a court or an authority is not taken for a harmless one in doubt: where its words call it so (`alarm`), little
/// of the model's word keeps it; where the model alone thinks so, it must be rather sure: on letters of left-out authors it
/// made donations and newsletters alarming before.
pub(super) fn rank(
    model: &Linear,
    features: &[String],
    offsets: &[f32],
    alarm: Option<DocumentKind>,
) -> Vec<RankedKind> {
    const KEPT: f32 = 0.08;
    const RAISED: f32 = 0.5;
    const DOUBTED: f32 = 0.33;
    let shares = model.shares(features, offsets).into_iter();
    let named = shares.zip(model.classes());
    let mut ranked: Vec<RankedKind> = named
        .filter_map(|(share, class)| {
            let kind = class.name.parse().ok()?;
            Some(RankedKind { kind, confidence: class.calibrated(share) })
        })
        .collect();
    ranked.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    // Each confidence is calibrated by itself, so that they do not add up to one.
    let sum = |of: &dyn Fn(&&RankedKind) -> bool| ranked.iter().filter(of).map(|ranked| ranked.confidence).sum::<f32>();
    let alarming = sum(&|ranked| ranked.kind.is_alarming()) / sum(&|_| true).max(f32::EPSILON);
    if alarming >= if alarm.is_some() { KEPT } else { RAISED }
        && let Some(at) = ranked.iter().position(|ranked| ranked.kind.is_alarming())
    {
        ranked[..=at].rotate_right(1);
    } else if alarm.is_none()
        && alarming < DOUBTED
        && let Some(at) = ranked.iter().position(|ranked| !ranked.kind.is_alarming())
    {
        // A few plain words are more often not of an authority; the gate asks what it is.
        put_first(&mut ranked, at);
    }
    ranked
}

/// Where no amount is printed and no word calls it a bill, it is none, though most letters are: a mail without text.
pub(super) fn doubt_bills(ranked: &mut [RankedKind], scores: &[(DocumentKind, f32)]) {
    const CALLED: f32 = 1.0;
    let is_called = |kind| scores.iter().any(|(known, score)| *known == kind && *score >= CALLED);
    let doubted = |one: &RankedKind| one.kind.asks_for_money() && !is_called(one.kind);
    let first = ranked.iter().position(|one| !doubted(one) && !one.kind.is_alarming());
    if let Some(at) = first.filter(|at| *at > 0 && ranked.first().is_some_and(doubted)) {
        put_first(ranked, at);
    }
}

/// Puts one before those that were likelier, which are no surer than it then.
fn put_first(ranked: &mut [RankedKind], at: usize) {
    ranked[..=at].rotate_right(1);
    let most = ranked[0].confidence;
    for other in &mut ranked[1..=at] {
        other.confidence = other.confidence.min(most);
    }
}
