//! Whether a day with an hour still stands: it may be called off, moved to another one, or hold only if something happens.

use std::ops::Range;

use crate::forms::pattern;
use crate::prose;

/// What the words around a day say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing against it.
    Stands,
    /// It replaces another one.
    New,
    /// It holds only if something else fails.
    Perhaps,
    /// It was called off or moved.
    Gone,
}

/// Of the day at a range of a text.
pub(super) fn standing(text: &str, day: &Range<usize>) -> Standing {
    let range = prose::sentence(text, day.start);
    let sentence = text.get(range.clone()).unwrap_or_default();
    let before = text.get(range.start..day.start).unwrap_or_default();
    let behind = text.get(day.end..range.end).unwrap_or_default();
    let next = text.get(range.end..).map_or("", |rest| rest.get(prose::sentence(rest, 0)).unwrap_or_default());
    let earlier = prose::sentences(text.get(..range.start).unwrap_or_default()).last().map_or("", |(_, text)| text);
    let replaces = pattern!(
        r"(?:\bstattdessen\b|\bneue[rnms]? (?:\p{L}+ )?(?:termin|zeitpunkt|datum|tag)\b|\bersatztermin|\bnun\b|\bdafür\b|\b(?:verschoben|verlegt|verlegen|verschieben|umgebucht|vorgezogen|geändert)\b[^.]{0,60}\bauf\b[^.]{0,40}$|\bauf (?:den |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)[^.]{0,20}$|\b(?:rescheduled|moved|postponed|changed|brought forward)\b[^.]{0,60}\b(?:to|for|until)\b[^.]{0,30}$|\binstead\b|\bnew (?:\p{L}+ )?(?:appointment|date|time|slot)\b)"
    );
    // "statt am 3. März", "ursprünglich am …", "der Termin vom … wird auf … verlegt"
    let replaced = pattern!(
        r"(?:\b(?:statt|anstelle|anstatt|ursprünglich|bisher|zunächst|eigentlich|nicht (?:mehr )?(?:wie geplant )?am|instead of|originally|rather than|not on)\b[^.;!?]{0,40}$|\b(?:alte[rns]?|bisherige[rnms]?|ursprüngliche[rnms]?|vereinbarte[rnms]?|geplante[rnms]?|original|old|previous)\s(?:\p{L}+)?(?:termin|appointment|date)\p{L}{0,2}\b(?:[\s,]+(?:am|vom|ist|war|on|of|der|den|\p{L}+tag|mittwoch))*[\s,:]*$)"
    );
    let moved = pattern!(
        r"^[^;!?]{0,70}?\b(?:(?:wird|wurde|ist|haben wir|müssen wir|mussten wir)\b[^.;!?]{0,60})?\b(?:auf (?:den|dem|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b|(?:rescheduled|moved|postponed|changed) (?:to|until)\b|(?:rescheduled|moved|postponed|changed|brought forward)\b[^;!?]{0,40}\bto (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    );
    let called_off = pattern!(
        r"(?:\babsag(?:en|e|t|ten)?\b|\babgesagt|\bentfällt|\bentfallen|\bfällt (?:\p{L}+ ){0,3}aus\b|\bausfallen\b|\bausgefallen|\bfindet (?:\p{L}+ ){0,3}nicht statt|\bnicht stattfinden|\bnicht (?:einhalten|wahrnehmen|halten)\b|\bstorniert|\bcancel+ed|\bcancel (?:your|the|this)\b|\bhave to cancel|\bcalled off|\bwill not take place|\bcannot take place|\bis off\b)"
    );
    let shifts = pattern!(
        r"(?:\b(?:müssen|muss|mussten|leider)\b[^;!?]{0,90}\b(?:verschieben|verlegen|absagen|ändern|umbuchen)\b|\b(?:have|need|had) to (?:move|reschedule|postpone|cancel)\b|\bunable to keep\b)"
    );
    let by_reader = pattern!(
        r"(?:\b(?:wenn|falls|sollten|können|möchten|müssen) sie\b|\bsagen sie\b|\bbitte\b.{0,60}\babsag|\bif you\b|\bplease\b|\bstunden vorher\b|\bstunden (?:vor|vorher)|\brechtzeitig\b|\bspätestens\b)"
    );
    let was = pattern!(
        r"(?:\bwollten\b|\bhatten?\b[^;!?]{0,80}\b(?:vereinbart|vorgesehen|geplant|gebucht|reserviert|eingetragen|termin)|\bwar(?:en)?\b[^;!?]{0,60}\b(?:vereinbart|vorgesehen|geplant|angesetzt)|\bsollten?\b[^;!?]{0,90}\bstattfinden|\bwas (?:scheduled|planned|booked|due)\b|\bhad (?:booked|arranged|planned)\b|\bwere (?:due|booked|going) to\b|\bwaren wir verabredet)"
    );
    let perhaps = pattern!(
        r"(?:^\W*(?:treffen|erreichen|finden|können|sollten?|ist|sind|passt|haben) (?:wir|sie|es|dieser|ihnen|niemand)\b[^.;!?]{0,100}\b(?:niemand|nicht|kein\p{L}*|verhindert)\b|\b(?:falls|wenn|sofern)\b[^.;!?]{0,80}\b(?:nicht|niemand|kein\p{L}*|verhindert)\b|\bersatzweise|\bausweichtermin|\bausweichweise|\bzweite[rnms]? (?:termin|versuch|besuch|anlauf)|\bein zweites mal|\bnachholtermin|\bif (?:nobody|no one|we (?:cannot|do not|don.t)|you (?:cannot|are not|can.t|miss))\b|\bsecond (?:visit|attempt)|\bbei (?:regen|schlechtem wetter|bedarf|verhinderung))"
    );
    let is_replaced = !replaces.is_match(before) && (replaced.is_match(before) || moved.is_match(behind));
    // Sentences that call off the appointment that was just named, in this one or the next without a day of its own.
    let off = |text: &str| (called_off.is_match(text) || shifts.is_match(text)) && !by_reader.is_match(text);
    let next_is_about_it = pattern!(r"\b(?:diesen|den|dieser|der|ihn|ihren|this|the|it)\b").is_match(next)
        && !pattern!(r"\d{1,2}\.\s?(?:\d{1,2}\.|\p{L}{3,9})|\b(?:alte|bisherige|ursprüngliche|frühere|old|previous|original)[rnms]?\b")
            .is_match(next);
    match () {
        () if perhaps.is_match(sentence) && !off(sentence) => Standing::Perhaps,
        () if is_replaced => Standing::Gone,
        () if was.is_match(sentence) && (off(next) || off(earlier) || shifts.is_match(text)) => Standing::Gone,
        () if replaces.is_match(before)
            || pattern!(r"^[^.;!?]{0,60}\b(?:neue[rn]? termin|new appointment)\b").is_match(behind) =>
        {
            Standing::New
        }
        () if off(sentence) => Standing::Gone,
        () if off(next) && next_is_about_it => Standing::Gone,
        () => Standing::Stands,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, day: &str, expected: Standing) {
        let start = text.find(day).unwrap();
        assert_eq!(standing(text, &(start..start + day.len())), expected, "{text}");
    }

    #[test]
    fn what_is_moved_or_called_off_does_not_stand() {
        let moved = "am 4. Mai 2026 um 9 Uhr wollten Sie zu uns kommen. Leider müssen wir den Termin absagen. Stattdessen haben wir Sie für den 7. Mai 2026 um 8 Uhr eingetragen.";
        check(moved, "4. Mai 2026", Standing::Gone);
        check(moved, "7. Mai 2026", Standing::New);
        let to = "Ihr Termin am 4. Mai 2026 um 9 Uhr wird auf Dienstag, den 12. Mai 2026, 10 Uhr verlegt.";
        check(to, "4. Mai 2026", Standing::Gone);
        check(to, "12. Mai 2026", Standing::New);
        check("Der Termin findet am 12.05.2026 um 8 Uhr statt am 04.05.2026 statt.", "04.05.2026", Standing::Gone);
        check("Die Probe am 04.05.2026 um 19 Uhr fällt leider aus.", "04.05.2026", Standing::Gone);
        check(
            "Your appointment on 4 May 2026 at 9 am has been moved to 7 May 2026 at 10 am.",
            "4 May 2026",
            Standing::Gone,
        );
        check(
            "Your appointment on 4 May 2026 at 9 am has been moved to 7 May 2026 at 10 am.",
            "7 May 2026",
            Standing::New,
        );
        check("We have to cancel your appointment on 4 May 2026 at 9 am.", "4 May 2026", Standing::Gone);
    }

    #[test]
    fn a_second_visit_holds_only_if_the_first_fails() {
        let text = "Treffen wir niemanden an, kommen wir ein zweites Mal am 02.03.2026 zwischen 8 und 10 Uhr.";
        check(text, "02.03.2026", Standing::Perhaps);
    }

    #[test]
    fn what_the_reader_may_call_off_stands() {
        let text = "Ihr Termin ist am 04.05.2026 um 9 Uhr. Wenn Sie den Termin nicht einhalten können, sagen Sie ihn bitte ab.";
        check(text, "04.05.2026", Standing::Stands);
        check(
            "Wir erwarten Sie am 04.05.2026 um 9 Uhr. Bitte sagen Sie rechtzeitig ab.",
            "04.05.2026",
            Standing::Stands,
        );
    }
}
