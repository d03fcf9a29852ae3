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
        ("Miete 1.180 Euro am 1. jeden Monats", "Miete | 2026-12-01 | FREQ=MONTHLY;BYMONTHDAY=1 | 1180.00 EUR"),
        ("pay rent on the 1st of every month", "pay rent | 2026-12-01 | FREQ=MONTHLY;BYMONTHDAY=1"),
        ("pay rent 1,180 euros tomorrow", "pay rent | 2026-11-21 | 1180.00 EUR"),
        ("pay 1.234,50 € tomorrow", "pay | 2026-11-21 | 1234.50 EUR"),
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
fn days_are_understood_as_people_say_them() {
    for (line, expected) in [
        // The ones of the issue.
        ("übernächsten Freitag Auto abholen", "Auto abholen | 2026-12-04"),
        ("halb acht Tabletten", "Tabletten | 2026-11-20 | 19:30"),
        ("in 14 Tagen Rechnung prüfen", "Rechnung prüfen | 2026-12-04"),
        ("Miete zahlen am Ersten", "Miete zahlen | 2026-12-01"),
        ("Ende März Reifen wechseln", "Reifen wechseln | 2027-03-31"),
        ("collect the car Friday after next", "collect the car | 2026-12-04"),
        ("take pills at half past seven", "take pills | 2026-11-20 | 19:30"),
        ("check the bill in fourteen days", "check the bill | 2026-12-04"),
        ("pay rent on the first", "pay rent | 2026-12-01"),
        ("dentist 3/12 at 2pm", "dentist | 2026-12-03 | 14:00"),
        ("pay rent on the first of every month", "pay rent | 2026-12-01 | FREQ=MONTHLY;BYMONTHDAY=1"),
        ("change tyres end of March", "change tyres | 2027-03-31"),
        // Weeks.
        ("nächste Woche Dienstag Elternabend", "Elternabend | 2026-11-24"),
        ("Elternabend Dienstag nächster Woche", "Elternabend | 2026-11-24"),
        ("übernächste Woche Mittwoch Friseur", "Friseur | 2026-12-02"),
        ("übernächste Woche Friseur", "Friseur | 2026-11-30"),
        ("in zwei Wochen am Freitag Zahnarzt", "Zahnarzt | 2026-12-04"),
        ("Freitag in einer Woche Zahnarzt", "Zahnarzt | 2026-12-04"),
        ("heute in einer Woche Müll", "Müll | 2026-11-27"),
        ("dentist a week on Friday", "dentist | 2026-12-04"),
        ("dentist on Friday week", "dentist | 2026-12-04"),
        ("dentist two weeks from tomorrow", "dentist | 2026-12-05"),
        ("dentist Tuesday next week", "dentist | 2026-11-24"),
        ("hairdresser the week after next on Wednesday", "hairdresser | 2026-12-02"),
        ("Bericht diese Woche fertig machen", "Bericht fertig machen | 2026-11-20"),
        ("am Wochenende Keller aufräumen", "Keller aufräumen | 2026-11-21"),
        ("tidy the cellar this weekend", "tidy the cellar | 2026-11-21"),
        ("within a fortnight answer the landlord", "answer the landlord | 2026-12-04"),
        ("innerhalb von zehn Tagen antworten", "antworten | 2026-11-30"),
        // Months and years.
        ("Anfang Dezember Keks", "Keks | 2026-12-01"),
        ("Mitte Mai 2027 Urlaub buchen", "Urlaub buchen | 2027-05-15"),
        ("Ende November abrechnen", "abrechnen | 2026-11-30"),
        ("Anfang November abrechnen", "abrechnen | 2027-11-01"),
        ("Ende Februar Zähler ablesen", "Zähler ablesen | 2027-02-28"),
        ("Ende nächsten Monats kündigen", "kündigen | 2026-12-31"),
        ("Anfang nächster Woche anrufen", "anrufen | 2026-11-23"),
        ("bis Ende der Woche anrufen", "anrufen | 2026-11-20"),
        ("bis Ende des Jahres Urlaub nehmen", "Urlaub nehmen | 2026-12-31"),
        ("mid-March sow tomatoes", "sow tomatoes | 2027-03-15"),
        ("at the beginning of December bake", "bake | 2026-12-01"),
        ("by the end of next week answer", "answer | 2026-11-27"),
        ("by the end of the year use the voucher", "use the voucher | 2026-12-31"),
        ("am letzten Tag des Monats Zähler ablesen", "Zähler ablesen | 2026-11-30"),
        ("am Ersten des nächsten Monats kündigen", "kündigen | 2026-12-01"),
        ("cancel on the 1st of next month", "cancel | 2026-12-01"),
        ("zum Fünfzehnten überweisen", "überweisen | 2026-12-15"),
        ("am Letzten überweisen", "überweisen | 2026-11-30"),
        ("miete am ersten zahlen", "miete zahlen | 2026-12-01"),
        ("am ersten Montag im Dezember Sperrmüll", "Sperrmüll | 2026-12-07"),
        ("team lunch last Friday in March", "team lunch | 2027-03-26"),
        ("erster Mai Maibaum", "Maibaum | 2027-05-01"),
        ("concert on the first of May", "concert | 2027-05-01"),
        // Dates with their weekday, and as people write them.
        ("Konzert Freitag, den 4. Dezember", "Konzert | 2026-12-04"),
        ("Konzert am Freitag, 4.12.", "Konzert | 2026-12-04"),
        ("concert Friday, December 11", "concert | 2026-12-11"),
        ("bis 12.12 zahlen", "zahlen | 2026-12-12"),
        ("zahlen 12.12. 2027", "zahlen | 2027-12-12"),
        ("pay 12/1/2027", "pay | 2027-01-12"),
        ("Schaltjahr feiern am 29.2.", "Schaltjahr feiern | 2028-02-29"),
        ("Müll jede Woche: Montag, Donnerstag", "Müll | 2026-11-23 | FREQ=WEEKLY;BYDAY=MO,TH"),
        ("Chor alle 2 Wochen am Dienstag", "Chor | 2026-11-24 | FREQ=WEEKLY;BYDAY=TU;INTERVAL=2"),
        ("backup every month on the last day", "backup | 2026-11-30 | FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("Miete jeden Monat am letzten Tag", "Miete | 2026-11-30 | FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("Chor jeden ersten Montag", "Chor | 2026-12-07 | FREQ=MONTHLY;BYDAY=1MO"),
        ("alle vierzehn Tage Biotonne", "Biotonne | 2026-11-20 | FREQ=DAILY;INTERVAL=14"),
        // Short names of days.
        ("Zahnarzt Do 15 Uhr", "Zahnarzt | 2026-11-26 | 15:00"),
        ("So 20:15 Tatort", "Tatort | 2026-11-22 | 20:15"),
        ("bis Mi antworten", "antworten | 2026-11-25"),
        ("Kuchen backen Sa", "Kuchen backen | 2026-11-21"),
        ("swim on sat", "swim | 2026-11-21"),
    ] {
        assert_eq!(shown(line), expected, "{line}");
    }
}

#[test]
fn hours_are_understood_as_people_say_them() {
    for (line, expected) in [
        ("morgen halb acht Tabletten", "Tabletten | 2026-11-21 | 07:30"),
        ("morgen um halb drei Kaffee", "Kaffee | 2026-11-21 | 14:30"),
        ("Freitag halb acht abends Kino", "Kino | 2026-11-27 | 19:30"),
        ("heute halb eins Mittagessen", "Mittagessen | 2026-11-20 | 12:30"),
        ("morgen Viertel nach sieben Bus", "Bus | 2026-11-21 | 07:15"),
        ("morgen Viertel vor acht Bus", "Bus | 2026-11-21 | 07:45"),
        ("morgen dreiviertel acht Bus", "Bus | 2026-11-21 | 07:45"),
        ("morgen um zehn vor acht Bus", "Bus | 2026-11-21 | 07:50"),
        ("morgen um acht Bus", "Bus | 2026-11-21 | 08:00"),
        ("morgen um drei Kaffee", "Kaffee | 2026-11-21 | 15:00"),
        ("morgen acht Uhr Bus", "Bus | 2026-11-21 | 08:00"),
        ("heute Abend um 8 Kino", "Kino | 2026-11-20 | 20:00"),
        ("abends um acht Kino", "Kino | 2026-11-20 | 20:00"),
        ("8 Uhr abends Kino", "Kino | 2026-11-20 | 20:00"),
        ("morgen früh Tabletten", "Tabletten | 2026-11-21 | 08:00"),
        ("morgen früh um sieben Tabletten", "Tabletten | 2026-11-21 | 07:00"),
        ("Freitagabend Kino", "Kino | 2026-11-27 | 19:00"),
        ("Mittwochnachmittag Zahnarzt", "Zahnarzt | 2026-11-25 | 15:00"),
        ("Montag am Morgen anrufen", "anrufen | 2026-11-23 | 08:00"),
        ("tomorrow half past seven run", "run | 2026-11-21 | 07:30"),
        ("tomorrow at quarter to eight run", "run | 2026-11-21 | 07:45"),
        ("tomorrow at eight run", "run | 2026-11-21 | 08:00"),
        ("tomorrow at half seven run", "run | 2026-11-21 | 07:30"),
        ("film tonight at 8", "film | 2026-11-20 | 20:00"),
        ("film tonight", "film | 2026-11-20"),
        ("tomorrow morning call bank", "call bank | 2026-11-21 | 08:00"),
        ("call bank this afternoon", "call bank | 2026-11-20 | 15:00"),
        ("in einer halben Stunde Ofen aus", "Ofen aus | 2026-11-20 | 12:30"),
        ("in half an hour oven off", "oven off | 2026-11-20 | 12:30"),
    ] {
        assert_eq!(shown(line), expected, "{line}");
    }
}

#[test]
fn what_is_not_understood_stays_in_the_title_and_dates_nothing() {
    for line in [
        "do the dishes",
        "so schnell wie möglich Oma anrufen",
        "Sonnencreme und sun hat kaufen",
        "buy sun and rain gear",
        "buy sun cream",
        "am 1. Advent Kranz kaufen",
        "am ersten Wochenende im Garten",
        "clean on the first floor",
        "am zweiten Montag anrufen",
        "report of last Friday",
        "letzten Freitag nachtragen",
        "am 31. Februar",
        "Version 1.2.3 testen",
        "1/2 Liter Milch kaufen",
        "in ein paar Tagen Oma anrufen",
        "nach Weihnachten Umtausch",
        "irgendwann im Frühling Fenster putzen",
        "Guten Morgen sagen",
        "früh aufstehen üben",
        "Ende gut, alles gut",
        "start of the meeting notes",
        "fünf vor zwölf Plakat",
        "nice weekend planen",
        "Wochenende planen",
        "diesen Monat sparen",
        "um einen Termin bitten",
        "halb so wild",
        "25:70 Uhr",
    ] {
        assert_eq!(shown(line), line);
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
