use super::*;

/// Friday, 20 November 2026, noon.
fn noon() -> NaiveDateTime {
    "2026-11-20T12:00:00".parse().unwrap()
}

fn shown(line: &str) -> String {
    let task = quick_add(line, noon());
    let mut parts = vec![task.title];
    parts.extend(task.due.map(|day| day.to_string()));
    parts.extend(task.due_time.map(|time| time.format("%H:%M").to_string()));
    parts.extend(task.recurrence.map(|recurrence| recurrence.rule.to_string()));
    parts.extend(task.amount.map(|amount| amount.to_string()));
    parts.extend(task.minutes.map(|minutes| format!("{minutes} min")));
    parts.extend(task.tags.iter().map(|tag| format!("#{tag}")));
    parts.join(" | ")
}

#[test]
fn a_line_is_read_as_it_is_said() {
    for (line, expected) in [
        // The lines of the issue.
        ("Müll rausbringen jeden Donnerstag 19 Uhr", "Müll rausbringen | 2026-11-26 | 19:00 | FREQ=WEEKLY;BYDAY=TH"),
        ("pay rent on the 1st every month", "pay rent | 2026-12-01 | FREQ=MONTHLY;BYMONTHDAY=1"),
        ("morgen 14 Uhr Zahnarzt anrufen", "Zahnarzt anrufen | 2026-11-21 | 14:00"),
        ("in 3 days call the plumber", "call the plumber | 2026-11-23"),
        // Days.
        ("Oma anrufen", "Oma anrufen"),
        ("Oma anrufen heute", "Oma anrufen | 2026-11-20"),
        ("übermorgen Paket abholen", "Paket abholen | 2026-11-22"),
        ("Paket bis Freitag abholen", "Paket abholen | 2026-11-27"),
        ("Steuererklärung bis zum 31.7.", "Steuererklärung | 2027-07-31"),
        ("Pass verlängern am 12.12.2026", "Pass verlängern | 2026-12-12"),
        ("Pass verlängern 12. Dezember", "Pass verlängern | 2026-12-12"),
        ("renew passport December 12", "renew passport | 2026-12-12"),
        ("renew passport 12th of may", "renew passport | 2027-05-12"),
        ("renew passport by 12 May 2027", "renew passport | 2027-05-12"),
        ("call bank 2026-12-01", "call bank | 2026-12-01"),
        ("in einer Woche Blumen gießen", "Blumen gießen | 2026-11-27"),
        ("in zwei Monaten TÜV", "TÜV | 2027-01-20"),
        ("next week write to landlord", "write to landlord | 2026-11-23"),
        ("nächsten Dienstag Elternabend", "Elternabend | 2026-11-24"),
        ("Miete zahlen Monatsende", "Miete zahlen | 2026-11-30"),
        ("day after tomorrow buy milk", "buy milk | 2026-11-22"),
        ("Zähler ablesen am 1.", "Zähler ablesen | 2026-12-01"),
        ("send invoice on the 25th", "send invoice | 2026-11-25"),
        // Times; one that has passed means tomorrow.
        ("Zahnarzt um 15:30", "Zahnarzt | 2026-11-20 | 15:30"),
        ("Zahnarzt um 9 Uhr", "Zahnarzt | 2026-11-21 | 09:00"),
        ("dentist tomorrow at 7pm", "dentist | 2026-11-21 | 19:00"),
        ("dentist tomorrow at 7:30 am", "dentist | 2026-11-21 | 07:30"),
        ("lunch with Kim on Monday noon", "lunch with Kim | 2026-11-23 | 12:00"),
        ("in 30 Minuten Ofen aus", "Ofen aus | 2026-11-20 | 12:30"),
        ("in 2 hours check the oven", "check the oven | 2026-11-20 | 14:00"),
        // Rhythms.
        ("täglich Tabletten 8 Uhr", "Tabletten | 2026-11-21 | 08:00 | FREQ=DAILY"),
        ("jeden Tag Vokabeln", "Vokabeln | 2026-11-20 | FREQ=DAILY"),
        ("dienstags Sport 18:00", "Sport | 2026-11-24 | 18:00 | FREQ=WEEKLY;BYDAY=TU"),
        ("swim every Monday and Thursday", "swim | 2026-11-23 | FREQ=WEEKLY;BYDAY=MO,TH"),
        ("Blumen gießen jeden Mo, Mi und Fr", "Blumen gießen | 2026-11-20 | FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("alle 2 Wochen Biotonne", "Biotonne | 2026-11-20 | FREQ=WEEKLY;INTERVAL=2"),
        ("every other week change towels", "change towels | 2026-11-20 | FREQ=WEEKLY;INTERVAL=2"),
        ("alle drei Monate Filter wechseln", "Filter wechseln | 2026-11-20 | FREQ=MONTHLY;INTERVAL=3"),
        ("Miete überweisen jeden 1.", "Miete überweisen | 2026-12-01 | FREQ=MONTHLY;BYMONTHDAY=1"),
        ("monatlich am 15. Versicherung prüfen", "Versicherung prüfen | 2026-12-15 | FREQ=MONTHLY;BYMONTHDAY=15"),
        ("backup on the 31st every month", "backup | 2026-11-30 | FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("am ersten Montag im Monat Sperrmüll", "Sperrmüll | 2026-12-07 | FREQ=MONTHLY;BYDAY=1MO"),
        ("team lunch the last Friday of the month", "team lunch | 2026-11-27 | FREQ=MONTHLY;BYDAY=-1FR"),
        ("TÜV jährlich am 3. März", "TÜV | 2027-03-03 | FREQ=YEARLY"),
        ("weekdays stand-up 9:15", "stand-up | 2026-11-23 | 09:15 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("jeden zweiten Dienstag Chor", "Chor | 2026-11-24 | FREQ=WEEKLY;BYDAY=TU;INTERVAL=2"),
        // Money, length, tags.
        ("Miete 750 € überweisen am 1. #wohnung", "Miete überweisen | 2026-12-01 | 750.00 EUR | #wohnung"),
        ("pay 45,90 Euro to Kim tomorrow", "pay to Kim | 2026-11-21 | 45.90 EUR"),
        ("Keller aufräumen (30 min) Samstag", "Keller aufräumen | 2026-11-21 | 30 min"),
        // What only looks like a date stays in the title.
        ("1. Advent vorbereiten", "1. Advent vorbereiten"),
        ("Buch Kapitel 3 lesen", "Buch Kapitel 3 lesen"),
        ("", ""),
    ] {
        assert_eq!(shown(line), expected, "{line}");
    }
}

#[test]
fn the_verb_says_what_sort_of_thing_it_is() {
    for (line, kind) in [
        ("Rechnung bezahlen", TaskKind::Pay),
        ("pick up parcel tomorrow", TaskKind::PickUp),
        ("Vertrag kündigen", TaskKind::CancelOrKeep),
        ("Termin beim Amt", TaskKind::Attend),
        ("Oma anrufen", TaskKind::Other),
    ] {
        assert_eq!(quick_add(line, noon()).kind, kind, "{line}");
    }
}

proptest::proptest! {
    #[test]
    fn no_line_is_refused_and_every_word_is_in_the_title_or_was_understood(line in "\\PC{0,60}") {
        let task = quick_add(&line, noon());
        proptest::prop_assert!(task.title.len() <= line.len());
    }
}
