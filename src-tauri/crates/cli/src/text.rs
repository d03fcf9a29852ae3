//! Words and numbers for people, in the language of the system: German, else English.
//!
//! What is said here only stands beside its code, by [`say`]. The words for kinds, states and failures are those of the
//! window (`ui/src/text/messages`), so that a thing has one name everywhere.

use std::collections::HashMap;
use std::sync::LazyLock;

use app::Language;
use app::text::{Locale, money};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone};
use domain::{Clock as _, Currency, FailureCode, Field, Money, Region, Skonto, TaskKind, Value};
use rust_decimal::Decimal;

use crate::german_failures;

/// The language of the system (`LC_ALL`, `LC_MESSAGES`, `LANG`).
static LOCALE: LazyLock<Locale> = LazyLock::new(|| Locale::choose(Language::System));

/// The texts of the window.
static WORDS: LazyLock<HashMap<String, serde_json::Value>> = LazyLock::new(|| {
    let messages = say(
        include_str!("../../../../ui/src/text/messages/de.json"),
        include_str!("../../../../ui/src/text/messages/en.json"),
    );
    serde_json::from_str(messages).unwrap_or_else(|error| {
        tracing::error!(%error, "the texts of the window cannot be read");
        HashMap::new()
    })
});

pub(crate) fn locale() -> Locale {
    *LOCALE
}

/// One of the two, by the language of the system.
pub(crate) fn say<T>(german: T, english: T) -> T {
    match locale() {
        Locale::German => german,
        Locale::English => english,
    }
}

/// The window's word for a value, such as `kind_` and `invoice`; the value itself where it has none.
pub(crate) fn word(prefix: &str, value: &str) -> String {
    let found = WORDS.get(&format!("{prefix}{value}")).and_then(serde_json::Value::as_str);
    found.unwrap_or(value).to_owned()
}

/// A sentence of the window with its values, such as `money_paid` with its `day`.
pub(crate) fn sentence(key: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(word("", key), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// What a task asks for, in the words of the window: a right is no duty.
pub(crate) fn task(kind: TaskKind, rule: Option<&str>) -> String {
    let check = rule.filter(|_| kind == TaskKind::Object).map(|rule| format!("right_check_{rule}"));
    let check = check.filter(|key| WORDS.contains_key(key));
    word("", &check.unwrap_or_else(|| format!("task_{}", kind.as_str())))
}

/// `14.11.2026` or `14 Nov 2026`.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format(say("%d.%m.%Y", "%-d %b %Y")).to_string()
}

/// The same with the time, on the clock of a zone.
pub(crate) fn instant<Z: TimeZone>(at: DateTime<chrono::Utc>, zone: &Z) -> String {
    moment(at.with_timezone(zone).naive_local())
}

fn moment(at: NaiveDateTime) -> String {
    format!("{}, {}", day(at.date()), at.format("%H:%M"))
}

/// `49,30 €` or `€49.30`.
pub(crate) fn amount(amount: Money) -> String {
    money(amount, locale())
}

/// What was read, as people write it; amounts are in the currency of the letter.
pub(crate) fn value(field: &str, value: &Value, currency: Currency) -> String {
    let money = |number: Decimal| amount(Money { amount: number, currency });
    let listed = |items: Vec<String>| items.join("; ");
    match value {
        Value::Date(date) => day(*date),
        Value::DateTime(at) => moment(*at),
        Value::Amount(number) => money(*number),
        Value::Instalments(parts) => {
            listed(parts.iter().map(|part| format!("{}: {}", day(part.due), money(part.amount))).collect())
        }
        Value::Taxes(taxes) => {
            let rate = |rate: Option<Decimal>| cell(rate, |rate| format!("{}: ", percent(rate)));
            listed(taxes.iter().map(|tax| rate(tax.percent) + &cell(tax.tax, money)).collect())
        }
        Value::Adjustments(all) => {
            let why = |why: Option<&String>| cell(why, |why| format!("{why}: "));
            listed(all.iter().map(|one| why(one.reason.as_ref()) + &money(one.amount)).collect())
        }
        Value::Skonto(terms) => {
            let until = |term: &Skonto| match (term.date, term.days) {
                (Some(date), _) => format!(" {} {}", say("bis", "until"), day(date)),
                (None, Some(days)) => say(format!(" in {days} Tagen"), format!(" within {days} days")),
                (None, None) => String::new(),
            };
            listed(terms.iter().map(|term| percent(term.percent) + &until(term)).collect())
        }
        // Numbers of other fields may look like days, and are as printed.
        Value::Text(text) if [Field::ServicePeriod, Field::Appointments].map(Field::as_str).contains(&field) => {
            with_days(text)
        }
        Value::Text(_) | Value::Currency(_) | Value::Iban(_) | Value::Integer(_) | Value::Lines(_) => value.plain(),
    }
}

/// `2,5 %` or `2.5 %`.
fn percent(rate: Decimal) -> String {
    let plain = format!("{} %", rate.normalize());
    say(plain.replace('.', ","), plain)
}

/// The same text with its ISO days as people write them.
pub(crate) fn with_days(text: &str) -> String {
    let shown = |word: &str| {
        let bare = word.trim_end_matches([',', ';']);
        let read = bare.parse().map(day).or_else(|_| NaiveDateTime::parse_from_str(bare, "%Y-%m-%dT%H:%M").map(moment));
        read.map_or_else(|_| word.to_owned(), |shown| word.replacen(bare, &shown, 1))
    };
    text.split(' ').map(shown).collect::<Vec<_>>().join(" ")
}

/// What is wrong, in the words of the window; `message` is English and says more.
pub(crate) fn failure(code: FailureCode, message: &str) -> String {
    match locale() {
        Locale::English => message.to_owned(),
        Locale::German => word("failure_", code.as_str()),
    }
}

/// The same with what the message names. Where it is not known in German, the English one stands behind, in brackets.
pub(crate) fn error(code: FailureCode, message: &str) -> String {
    match locale() {
        Locale::English => message.to_owned(),
        Locale::German => {
            german_failures::said(message).unwrap_or_else(|| format!("{} ({message})", failure(code, message)))
        }
    }
}

/// A cell of a table, empty for nothing.
pub(crate) fn cell<T>(value: Option<T>, shown: impl FnOnce(T) -> String) -> String {
    value.map_or_else(String::new, shown)
}

/// Why what was typed is no such value, in the language of the system.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NotTyped(&'static str);

/// Now, on the wall clock.
fn now() -> NaiveDateTime {
    app::SystemClock.now().with_timezone(&domain::Preferences::default().zone).naive_local()
}

/// A day to come, as one types it: `14.11.2026`, `14 Nov 2026`, `2026-11-14`, `14.11.`, `morgen`, `next Friday`.
pub(crate) fn coming_day(text: &str) -> Option<NaiveDate> {
    let only_a_day = |when: &domain::When| when.time.is_none() && when.recurrence.is_none();
    domain::coming_when(text, now()).filter(only_a_day).and_then(|when| when.day)
}

/// An hour, or an hour of a day, on the wall clock: `halb acht`, `tomorrow 7 pm`.
pub(crate) fn hour(text: &str) -> Option<String> {
    let when = domain::coming_when(text, now()).filter(|when| when.recurrence.is_none())?;
    let time = when.time?;
    Some(when.day.map_or_else(|| time.to_string(), |day| format!("{day}T{time}")))
}

/// A day that has been: `14.11.2026`, `14.11.`, `gestern`, `last Friday`.
pub(crate) fn past_day(text: &str) -> Option<NaiveDate> {
    domain::past_day(text, now().date())
}

/// A day as one types it for an option.
pub(crate) fn typed_day(text: &str) -> Result<NaiveDate, NotTyped> {
    coming_day(text).ok_or(NotTyped(say(
        "ein Tag ist zum Beispiel 14.11.2026 oder morgen",
        "a day is for example 14 Nov 2026 or tomorrow",
    )))
}

/// One of the Länder, Austria or Switzerland by its letters.
pub(crate) fn typed_land(text: &str) -> Result<Region, NotTyped> {
    text.to_uppercase()
        .parse()
        .map_err(|_| NotTyped(say("zwei Buchstaben wie NW, BY oder AT", "two letters such as NW, BY or AT")))
}
