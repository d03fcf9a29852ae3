//! Words and numbers for people, in the language of the system: German, else English.
//!
//! What is said here only stands beside its code, by [`say`]. The words for kinds, states and failures are those of the
//! window (`ui/src/text/messages`), so that a thing has one name everywhere.

use std::collections::HashMap;
use std::sync::LazyLock;

use app::Language;
use app::text::{Locale, money};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone};
use domain::{Clock as _, FailureCode, Money, Region, TaskKind, Value};

/// The language of the system (`LC_ALL`, `LC_MESSAGES`, `LANG`).
static LOCALE: LazyLock<Locale> = LazyLock::new(|| Locale::choose(Language::System));

/// The texts of the window that have no places for values.
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

/// What was read, as people write it.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Date(date) => day(*date),
        Value::DateTime(at) => moment(*at),
        Value::Amount(amount) => say(format!("{amount:.2}").replace('.', ","), format!("{amount:.2}")),
        other => other.plain(),
    }
}

/// What is wrong, in the words of the window; `message` is English and says more.
pub(crate) fn failure(code: FailureCode, message: &str) -> String {
    match locale() {
        Locale::English => message.to_owned(),
        Locale::German => word("failure_", code.as_str()),
    }
}

/// The same with the English message in German, too: it names the file or folder.
pub(crate) fn error(code: FailureCode, message: &str) -> String {
    match locale() {
        Locale::English => message.to_owned(),
        Locale::German => format!("{} ({message})", failure(code, message)),
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

/// A day as one types it: `14.11.2026`, `14 Nov 2026`, `2026-11-14`, `14.11.`, `morgen`, `next Friday`.
pub(crate) fn typed_day(text: &str) -> Result<NaiveDate, NotTyped> {
    let zone = domain::Preferences::default().zone;
    let now = app::SystemClock.now().with_timezone(&zone).naive_local();
    let only_a_day = |when: &domain::When| when.time.is_none() && when.recurrence.is_none();
    domain::coming_when(text, now).filter(only_a_day).and_then(|when| when.day).ok_or_else(|| {
        NotTyped(say("ein Tag ist zum Beispiel 14.11.2026 oder morgen", "a day is for example 14 Nov 2026 or tomorrow"))
    })
}

/// One of the Länder, Austria or Switzerland by its letters.
pub(crate) fn typed_land(text: &str) -> Result<Region, NotTyped> {
    text.to_uppercase()
        .parse()
        .map_err(|_| NotTyped(say("zwei Buchstaben wie NW, BY oder AT", "two letters such as NW, BY or AT")))
}
