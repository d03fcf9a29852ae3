//! The few texts that are shown outside the window: tray and notifications, German and English. All others are in `ui`.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime};
use domain::{AppointmentDetails, Money, News, Task, TaskKind, TaskStatus, Urgency, has_begun};

use crate::Language;

/// A language that there are texts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// German.
    German,
    /// English.
    English,
}

impl Locale {
    /// The language set, else the system's (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English.
    pub fn choose(language: Language) -> Self {
        match language {
            Language::De => Self::German,
            Language::En => Self::English,
            Language::System => {
                let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                    .iter()
                    .filter_map(|name| std::env::var(name).ok())
                    .find(|value| !value.is_empty());
                if locale.is_some_and(|locale| locale.starts_with("de")) { Self::German } else { Self::English }
            }
        }
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $german:literal, $english:literal;)+) => {
        impl Locale {$(
            $(#[$doc])*
            pub fn $name(self) -> &'static str {
                match self { Self::German => $german, Self::English => $english }
            }
        )+}
    };
}

texts! {
    /// Tray: nothing is due.
    nothing_due: "Nichts zu tun", "Nothing to do";
    /// Tray and window: take files in.
    add_document: "Dokument hinzufügen …", "Add document…";
    /// Tray: pause all reminders.
    pause_reminders: "Erinnerungen pausieren", "Pause reminders";
    /// Tray: pause for an hour.
    pause_hour: "1 Stunde", "For 1 hour";
    /// Tray: pause until tomorrow.
    pause_tomorrow: "Bis morgen", "Until tomorrow";
    /// Tray: end the pause.
    resume_reminders: "Erinnerungen fortsetzen", "Resume reminders";
    /// Tray: show the window.
    open: "Öffnen", "Open";
    /// Tray: lock the data.
    lock: "Sperren", "Lock";
    /// Tray, while locked: the state.
    is_locked: "Workmate ist gesperrt", "Workmate is locked";
    /// Tray, while locked: ask for the password.
    unlock: "Entsperren …", "Unlock…";
    /// Notification, while locked and nothing more is to be said.
    something_is_due: "Etwas ist fällig", "Something is due";
    /// Its text, also below what is due.
    locked_body: "Workmate ist gesperrt. Zum Ansehen entsperren.", "Workmate is locked. Unlock it to have a look.";
    /// Tray: end the program.
    quit: "Beenden", "Quit";
    /// Notification: the task is done.
    done: "Erledigt", "Done";
    /// Notification: the notice is right, so that nothing is to be done against it.
    fits: "Passt", "Fits";
    /// Notification: remind again in a quarter of an hour.
    in_15_minutes: "In 15 Minuten", "In 15 minutes";
    /// Notification: remind again in an hour.
    in_1_hour: "In 1 Stunde", "In 1 hour";
    /// Tray: write a task down.
    add_task: "Aufgabe hinzufügen …", "Add task…";
    /// Title of the small window with what nobody has reacted to.
    reminders_title: "Erinnerungen", "Reminders";
    /// Notification, the first time the window is closed.
    still_here_title: "Workmate läuft weiter", "Workmate keeps running";
    /// Its text.
    still_here_body: "Im Infobereich, damit Erinnerungen kommen. Dort lässt es sich auch beenden.", "In the tray, so that reminders come. You can quit it there, too.";
}

/// "1.284,20 €" or "€1,284.20", "CHF 1,284.20": the forms of the window (`moneyText` in `ui/src/text/values.ts`).
pub fn money(money: Money, locale: Locale) -> String {
    let plain = format!("{:.2}", money.amount.abs());
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
    let (group, point) = match locale {
        Locale::German => ('.', ','),
        Locale::English => (',', '.'),
    };
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    let minus = if money.amount.is_sign_negative() && !money.amount.is_zero() { "-" } else { "" };
    match (locale, money.currency.as_str()) {
        (Locale::German, "EUR") => format!("{minus}{grouped}{point}{cents} €"),
        (Locale::German, code) => format!("{minus}{grouped}{point}{cents} {code}"),
        (Locale::English, "EUR") => format!("{minus}€{grouped}{point}{cents}"),
        (Locale::English, code) => format!("{minus}{code} {grouped}{point}{cents}"),
    }
}

/// "Fr, 12. Dez" or "Fri 12 Dec".
pub fn day(date: NaiveDate, locale: Locale) -> String {
    const GERMAN_DAYS: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
    const GERMAN_MONTHS: [&str; 12] =
        ["Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dez"];
    match locale {
        Locale::English => date.format("%a %-d %b").to_string(),
        Locale::German => {
            let weekday = GERMAN_DAYS.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
            let month = GERMAN_MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
            format!("{weekday}, {}. {month}", date.day())
        }
    }
}

/// How far a day is from today: "heute", "morgen", "in 3 Tagen", "seit 2 Tagen".
pub fn distance(date: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    let days = (date - today).num_days();
    match (locale, days) {
        (Locale::German, 0) => "heute".to_owned(),
        (Locale::German, 1) => "morgen".to_owned(),
        (Locale::German, -1) => "seit gestern".to_owned(),
        (Locale::German, 2..) => format!("in {days} Tagen"),
        (Locale::German, _) => format!("seit {} Tagen", -days),
        (Locale::English, 0) => "today".to_owned(),
        (Locale::English, 1) => "tomorrow".to_owned(),
        (Locale::English, -1) => "since yesterday".to_owned(),
        (Locale::English, 2..) => format!("in {days} days"),
        (Locale::English, _) => format!("for {} days", -days),
    }
}

/// What sort of thing is to be done, as a verb.
pub fn task_kind(kind: TaskKind, locale: Locale) -> &'static str {
    let (german, english) = match kind {
        TaskKind::Pay => ("Bezahlen", "Pay"),
        TaskKind::CheckDebit => ("Abbuchung prüfen", "Check debit"),
        TaskKind::Object => ("Bescheid prüfen", "Check the notice"),
        TaskKind::CancelOrKeep => ("Kündigen oder behalten", "Cancel or keep"),
        TaskKind::Attend => ("Termin", "Appointment"),
        TaskKind::PickUp => ("Abholen", "Pick up"),
        TaskKind::Redeem => ("Einlösen", "Redeem"),
        TaskKind::Renew => ("Verlängern", "Renew"),
        TaskKind::Maintain => ("Prüfen lassen", "Have serviced"),
        TaskKind::ExpectMoney => ("Geld kommt", "Money expected"),
        TaskKind::AwaitConfirmation => ("Kündigungsbestätigung abwarten", "Wait for the cancellation to be confirmed"),
        TaskKind::Other => ("Erledigen", "Do"),
    };
    match locale {
        Locale::German => german,
        Locale::English => english,
    }
}

/// A right that a letter gives, in words.
struct Right {
    /// The notice is checked first: to object is a possibility, no duty.
    check: (&'static str, &'static str),
    /// What is possible.
    name: (&'static str, &'static str),
    /// What is to be done once somebody wants to use it.
    exercise: (&'static str, &'static str),
}

/// Taxes, fines and enforcement orders have an Einspruch (AO § 347, OWiG § 67, ZPO § 700), other decisions and court payment
/// orders a Widerspruch (VwGO § 69, ZPO § 694).
fn right(rule: Option<&str>) -> Right {
    let (einspruch, widerspruch) = (("Einspruch", "objection"), ("Widerspruch", "objection"));
    let send = |german| (german, "Send the objection");
    let (check, name, exercise) = match rule.unwrap_or_default() {
        "tax_objection" => (("Steuerbescheid prüfen", "Check the tax notice"), einspruch, send("Einspruch abschicken")),
        "fine" => (("Bußgeldbescheid prüfen", "Check the fine"), einspruch, send("Einspruch abschicken")),
        "enforcement_order" => {
            (("Vollstreckungsbescheid prüfen", "Check the enforcement order"), einspruch, send("Einspruch abschicken"))
        }
        "court_order" => (("Forderung prüfen", "Check the claim"), widerspruch, send("Widerspruch abschicken")),
        "hearing" => (
            ("Anhörung lesen", "Read what you are asked"),
            ("Äußerung", "an answer"),
            ("Äußerung abschicken", "Send the answer"),
        ),
        "dismissal" => {
            (("Kündigung prüfen", "Check the dismissal"), ("Klage", "a suit"), ("Klage einreichen", "File the suit"))
        }
        "inheritance" => (
            ("Erbschaft prüfen", "Check the inheritance"),
            ("Ausschlagung", "disclaiming"),
            ("Ausschlagung erklären", "Disclaim it"),
        ),
        "lawsuit" => {
            (("Bescheid prüfen", "Check the notice"), ("Klage", "a suit"), ("Klage einreichen", "File the suit"))
        }
        "withdrawal" => (
            ("Behalten oder widerrufen", "Keep it or withdraw"),
            ("Widerruf", "withdrawal"),
            ("Widerruf abschicken", "Send the withdrawal"),
        ),
        _ => (("Bescheid prüfen", "Check the notice"), widerspruch, send("Widerspruch abschicken")),
    };
    Right { check, name, exercise }
}

/// What a task asks for. A right that nobody has begun to use asks to check its letter.
pub fn ask(task: &Task, locale: Locale) -> &'static str {
    // What waits for a look is looked at first, unless somebody has begun with it.
    if task.provisional && task.status == TaskStatus::Open {
        return match locale {
            Locale::German => "Bitte ansehen",
            Locale::English => "Please look at",
        };
    }
    if task.kind != TaskKind::Object || task.rule.is_none() {
        return match (task.kind, task.rule.as_deref(), locale) {
            (TaskKind::Other, Some("response"), Locale::German) => "Rückmeldung geben",
            (TaskKind::Other, Some("response"), Locale::English) => "Respond",
            _ => task_kind(task.kind, locale),
        };
    }
    let Right { check, exercise, .. } = right(task.rule.as_deref());
    let (german, english) = if task.status == TaskStatus::Open { check } else { exercise };
    match locale {
        Locale::German => german,
        Locale::English => english,
    }
}

/// What the button of a notification says that ends a task.
pub fn done_label(task: &Task, locale: Locale) -> &'static str {
    let is_right = task.kind == TaskKind::Object && task.rule.is_some() && task.status == TaskStatus::Open;
    if is_right { locale.fits() } else { locale.done() }
}

/// "07:45 Uhr" or "07:45".
fn hour(time: NaiveTime, locale: Locale) -> String {
    match locale {
        Locale::German => time.format("%H:%M Uhr").to_string(),
        Locale::English => time.format("%H:%M").to_string(),
    }
}

/// "morgen (Di, 24. Nov), 07:45 Uhr", "war heute um 07:45 Uhr": when an appointment is or was.
fn appointment_time(task: &Task, now: NaiveDateTime, locale: Locale) -> Option<String> {
    let due = task.due?;
    let (day, distance) = (day(due, locale), distance(due, now.date(), locale));
    let hour = task.due_time.map(|time| hour(time, locale));
    if !has_begun(task.kind, task.due, task.due_time, now) {
        return Some([Some(format!("{distance} ({day})")), hour].into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    Some(match (locale, due == now.date(), hour) {
        (Locale::German, true, Some(hour)) => format!("war heute um {hour}"),
        (Locale::English, true, Some(hour)) => format!("was today at {hour}"),
        (Locale::German, _, Some(hour)) => format!("war am {day} um {hour}"),
        (Locale::English, _, Some(hour)) => format!("was on {day} at {hour}"),
        (Locale::German, _, None) => format!("war am {day}"),
        (Locale::English, _, None) => format!("was on {day}"),
    })
}

/// "Einspruch möglich bis Fr, 18. Dez (in 5 Tagen)". Past the safe day, the latest one counts.
fn right_time(task: &Task, today: NaiveDate, locale: Locale) -> Option<String> {
    let (german, english) = right(task.rule.as_deref()).name;
    let until = task.latest.filter(|latest| task.due < Some(today) && *latest >= today).or(task.due)?;
    let (day, distance) = (day(until, locale), distance(until, today, locale));
    Some(match (locale, until < today) {
        (Locale::German, false) => format!("{german} möglich bis {day} ({distance})"),
        (Locale::English, false) => format!("{english} possible until {day} ({distance})"),
        (Locale::German, true) => format!("{german}: sicher war es bis {day}"),
        (Locale::English, true) => format!("{english}: safe until {day}"),
    })
}

/// When something is due, in words.
fn due_time(task: &Task, now: NaiveDateTime, locale: Locale) -> Option<String> {
    let (due, today) = (task.due?, now.date());
    let plain = || {
        let word = match (locale, due < today) {
            (Locale::German, false) => "fällig",
            (Locale::German, true) => "überfällig",
            (Locale::English, false) => "due",
            (Locale::English, true) => "overdue",
        };
        Some(format!("{}{word} {} ({})", perhaps(task, locale), distance(due, today, locale), day(due, locale)))
    };
    if task.provisional {
        return plain();
    }
    match task.kind {
        TaskKind::Attend => appointment_time(task, now, locale),
        TaskKind::Object if task.rule.is_some() => right_time(task, today, locale),
        TaskKind::Object
        | TaskKind::Pay
        | TaskKind::CheckDebit
        | TaskKind::CancelOrKeep
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::ExpectMoney
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => plain(),
    }
}

/// "vielleicht " before what is provisional.
fn perhaps(task: &Task, locale: Locale) -> &'static str {
    match (task.provisional, locale) {
        (false, _) => "",
        (true, Locale::German) => "vielleicht ",
        (true, Locale::English) => "perhaps ",
    }
}

/// "Stadtwerke, 84,20 €, bis Fr, 12. Dez": who, how much, until when. For the tray.
pub fn task_line(task: &Task, locale: Locale) -> String {
    let mut parts = vec![task.title.clone()];
    parts.extend(task.amount.map(|amount| money(amount, locale)));
    let at = task.due_time.filter(|_| task.kind == TaskKind::Attend).map(|time| hour(time, locale));
    let perhaps = perhaps(task, locale);
    parts.extend(task.due.map(|due| match (locale, &at) {
        (_, Some(hour)) => format!("{perhaps}{}, {hour}", day(due, locale)),
        (Locale::German, None) => format!("{perhaps}bis {}", day(due, locale)),
        (Locale::English, None) => format!("{perhaps}until {}", day(due, locale)),
    }));
    parts.join(", ")
}

/// Until when reminders are paused, for the tray.
pub fn paused(until: NaiveDateTime, locale: Locale) -> String {
    let day = day(until.date(), locale);
    match locale {
        Locale::German => format!("Pausiert bis {day}, {}", until.format("%-H:%M Uhr")),
        Locale::English => format!("Paused until {day}, {}", until.format("%-H:%M")),
    }
}

/// The first line of the tray, which tells what its icon means: the most urgent task, and how urgent it is.
pub fn headline(task: &Task, urgency: Urgency, today: NaiveDate, locale: Locale) -> String {
    let how = match (locale, urgency) {
        (Locale::German, Urgency::Critical) => "Jetzt",
        (Locale::German, Urgency::High) => "Bald",
        (Locale::German, Urgency::Medium | Urgency::Low) => "Als Nächstes",
        (Locale::English, Urgency::Critical) => "Now",
        (Locale::English, Urgency::High) => "Soon",
        (Locale::English, Urgency::Medium | Urgency::Low) => "Next",
    };
    let mut parts = vec![format!("{how}: {} – {}", ask(task, locale), task.title)];
    parts.extend(task.due.map(|due| format!("{}{}", perhaps(task, locale), distance(due, today, locale))));
    parts.join(", ")
}

/// Title and body of a reminder: what, who, how much, until when and the first step. Never just "pay invoice". Of an
/// appointment its hour, its place and what to bring.
pub fn reminder(task: &Task, appointment: &AppointmentDetails, now: NaiveDateTime, locale: Locale) -> (String, String) {
    let title = format!("{}: {}", ask(task, locale), task.title);
    let first = [task.amount.map(|amount| money(amount, locale)), due_time(task, now, locale)];
    let first = first.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut lines: Vec<String> = Some(first).into_iter().filter(|line| !line.is_empty()).collect();
    let is_over = has_begun(task.kind, task.due, task.due_time, now);
    lines.extend(appointment.place.as_ref().filter(|_| !is_over).map(|place| match locale {
        Locale::German => format!("Ort: {place}"),
        Locale::English => format!("Place: {place}"),
    }));
    lines.extend(appointment.bring.clone().filter(|_| !is_over));
    let is_known = appointment.place.is_some() || appointment.bring.is_some();
    if !is_over && !is_known && !task.provisional {
        lines.extend(task.steps.first().and_then(|step| first_step(step, locale)).map(str::to_owned));
    }
    (title, lines.join("\n"))
}

/// Title and body of the reminder about letters that wait for a look.
pub fn review(count: u32, locale: Locale) -> (String, String) {
    let (title, body) = match (locale, count) {
        (Locale::German, 1) => {
            ("Ein Brief wartet auf deinen Blick".to_owned(), "Ein Blick genügt, dann ist er abgelegt.")
        }
        (Locale::German, _) => {
            (format!("{count} Briefe warten auf deinen Blick"), "Ein Blick genügt, dann sind sie abgelegt.")
        }
        (Locale::English, 1) => ("One letter waits for your eyes".to_owned(), "One look, and it is filed."),
        (Locale::English, _) => (format!("{count} letters wait for your eyes"), "One look, and they are filed."),
    };
    (title, body.to_owned())
}

/// Title and body of one notification about several things: `tasks` are the first of the `count` tasks in the order of Today,
/// `waiting` the number of letters in review.
pub fn together(
    tasks: &[Task],
    count: usize,
    waiting: Option<u32>,
    today: NaiveDate,
    locale: Locale,
) -> (String, String) {
    let title = match (locale, count) {
        (Locale::German, 1) => "Eine Sache steht an".to_owned(),
        (Locale::English, 1) => "One thing is due".to_owned(),
        (Locale::German, _) => format!("{count} Sachen stehen an"),
        (Locale::English, _) => format!("{count} things are due"),
    };
    let mut lines: Vec<String> = tasks.iter().map(|task| line_of_several(task, today, locale)).collect();
    match (locale, count - tasks.len().min(count)) {
        (_, 0) => {}
        (Locale::German, more) => lines.push(format!("… und {more} weitere, in Ruhe")),
        (Locale::English, more) => lines.push(format!("… and {more} more, one at a time")),
    }
    lines.extend(waiting.filter(|waiting| *waiting > 0).map(|waiting| review(waiting, locale).0));
    (title, lines.join("\n"))
}

fn line_of_several(task: &Task, today: NaiveDate, locale: Locale) -> String {
    let mut parts = vec![format!("{}: {}", ask(task, locale), task.title)];
    parts.extend(task.amount.map(|amount| money(amount, locale)));
    parts.extend(task.due.map(|due| distance(due, today, locale)));
    parts.extend(task.due_time.map(|time| hour(time, locale)));
    parts.join(", ")
}

/// "Seit Montag: 3 Briefe, 2 abgebucht, 1 Termin verpasst." What happened while somebody was away.
pub fn news(news: News, today: NaiveDate, locale: Locale) -> String {
    let named = |count: u32, one: &str, several: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {several}")),
    };
    let News { since, letters, paid, debited, overdue, missed, lapsed } = news;
    let parts = match locale {
        Locale::German => [
            named(letters, "Brief", "Briefe"),
            named(paid, "bezahlt", "bezahlt"),
            named(debited, "abgebucht", "abgebucht"),
            named(overdue, "Zahlung überfällig", "Zahlungen überfällig"),
            named(missed, "Termin verpasst", "Termine verpasst"),
            named(lapsed, "Frist abgelaufen", "Fristen abgelaufen"),
        ],
        Locale::English => [
            named(letters, "letter", "letters"),
            named(paid, "paid", "paid"),
            named(debited, "debited", "debited"),
            named(overdue, "payment overdue", "payments overdue"),
            named(missed, "appointment missed", "appointments missed"),
            named(lapsed, "right ended", "rights ended"),
        ],
    };
    let happened = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let day = weekday_or_day(since, today, locale);
    match (locale, happened.is_empty()) {
        (Locale::German, true) => format!("Seit {day} nichts Neues."),
        (Locale::German, false) => format!("Seit {day}: {happened}."),
        (Locale::English, true) => format!("Nothing new since {day}."),
        (Locale::English, false) => format!("Since {day}: {happened}."),
    }
}

/// "Montag", within the last six days; else "12. Nov".
fn weekday_or_day(date: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    const GERMAN: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
    let is_near = (today - date).num_days() < 7;
    match locale {
        Locale::English if is_near => date.format("%A").to_string(),
        Locale::German if is_near => {
            GERMAN.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default().to_owned()
        }
        Locale::English | Locale::German => day(date, locale),
    }
}

/// Title and body of the notification for who comes back: what happened meanwhile, and what Today begins with. `cards`: how
/// many things could be begun with.
pub fn back(
    happened: News,
    tasks: &[Task],
    cards: usize,
    waiting: Option<u32>,
    today: NaiveDate,
    locale: Locale,
) -> (String, String) {
    let now = match (locale, cards, tasks.len()) {
        (Locale::German, _, 0) => "Jetzt drängt nichts.",
        (Locale::English, _, 0) => "Nothing presses now.",
        (Locale::German, 4.., _) => "Jetzt drei Dinge zuerst:",
        (Locale::English, 4.., _) => "Now three things first:",
        (Locale::German, _, 1) => "Jetzt eine Sache:",
        (Locale::English, _, 1) => "Now one thing:",
        (Locale::German, _, 2) => "Jetzt zwei Dinge:",
        (Locale::English, _, 2) => "Now two things:",
        (Locale::German, _, _) => "Jetzt drei Dinge:",
        (Locale::English, _, _) => "Now three things:",
    };
    let mut lines = vec![now.to_owned()];
    lines.extend(tasks.iter().map(|task| line_of_several(task, today, locale)));
    lines.extend(waiting.filter(|waiting| *waiting > 0).map(|waiting| review(waiting, locale).0));
    (news(happened, today, locale), lines.join("\n"))
}

fn first_step(step: &str, locale: Locale) -> Option<&'static str> {
    let (german, english) = match step {
        "open_bank" => ("Erster Schritt: Banking öffnen.", "First step: open your banking."),
        "check_already_paid" => {
            ("Erster Schritt: nachsehen, ob schon bezahlt ist.", "First step: check whether it is already paid.")
        }
        "check_balance" => ("Erster Schritt: Kontostand ansehen.", "First step: look at your balance."),
        "find_envelope" => {
            ("Erster Schritt: Umschlag mit Zustelldatum suchen.", "First step: find the envelope with its date.")
        }
        "note_date" => ("Erster Schritt: Termin freihalten.", "First step: keep the time free."),
        "check_account" => ("Erster Schritt: Konto ansehen.", "First step: look at your account."),
        _ => return None,
    };
    Some(match locale {
        Locale::German => german,
        Locale::English => english,
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::TaskId;

    use super::*;
    use crate::RandomIds;

    fn task(kind: TaskKind, rule: Option<&str>) -> Task {
        Task {
            id: TaskId::new(&RandomIds),
            document: None,
            document_kind: None,
            kind,
            title: "Amt".to_owned(),
            due: "2026-12-18".parse().ok(),
            due_time: None,
            latest: "2026-12-21".parse().ok(),
            provisional: false,
            assumed: false,
            amount: None,
            payee: None,
            rule: rule.map(str::to_owned),
            why: String::new(),
            derivation: None,
            steps: Vec::new(),
            status: TaskStatus::Open,
            created_at: DateTime::UNIX_EPOCH,
            done_at: None,
            done_how: None,
        }
    }

    #[test]
    fn each_right_has_its_own_word() {
        let said = |rule, day: &str| {
            let (title, body) = reminder(
                &task(TaskKind::Object, Some(rule)),
                &AppointmentDetails::default(),
                day.parse().unwrap(),
                Locale::German,
            );
            format!("{title}; {body}")
        };
        let before = "2026-12-11T09:00:00";
        for (rule, expected) in [
            ("tax_objection", "Steuerbescheid prüfen: Amt; Einspruch möglich bis Fr, 18. Dez (in 7 Tagen)"),
            ("fine", "Bußgeldbescheid prüfen: Amt; Einspruch möglich bis Fr, 18. Dez (in 7 Tagen)"),
            ("court_order", "Forderung prüfen: Amt; Widerspruch möglich bis Fr, 18. Dez (in 7 Tagen)"),
            ("authority_objection", "Bescheid prüfen: Amt; Widerspruch möglich bis Fr, 18. Dez (in 7 Tagen)"),
            ("dismissal", "Kündigung prüfen: Amt; Klage möglich bis Fr, 18. Dez (in 7 Tagen)"),
            ("withdrawal", "Behalten oder widerrufen: Amt; Widerruf möglich bis Fr, 18. Dez (in 7 Tagen)"),
        ] {
            assert_eq!(said(rule, before), expected);
        }
        assert!(said("fine", "2026-12-19T09:00:00").ends_with("Einspruch möglich bis Mo, 21. Dez (in 2 Tagen)"));
        assert!(said("fine", "2026-12-22T09:00:00").ends_with("Einspruch: sicher war es bis Fr, 18. Dez"));
        assert_eq!(done_label(&task(TaskKind::Object, Some("fine")), Locale::German), "Passt");
        assert_eq!(done_label(&task(TaskKind::Object, None), Locale::German), "Erledigt", "written down by a person");
    }

    #[test]
    fn an_appointment_says_its_hour_and_afterwards_that_it_was() {
        let visit = Task { due_time: "07:45:00".parse().ok(), ..task(TaskKind::Attend, None) };
        let said = |now: &str| reminder(&visit, &AppointmentDetails::default(), now.parse().unwrap(), Locale::German).1;
        assert_eq!(said("2026-12-17T09:00:00"), "morgen (Fr, 18. Dez), 07:45 Uhr");
        assert_eq!(said("2026-12-18T09:00:00"), "war heute um 07:45 Uhr");
        assert_eq!(said("2026-12-19T09:00:00"), "war am Fr, 18. Dez um 07:45 Uhr");
    }
}
