//! Sentences, and what they are about.

use std::ops::Range;

use crate::forms::{amounts, pattern};

/// The sentence around a byte of a text. A point between a digit and a digit or a month does not end one.
pub(crate) fn sentence(text: &str, at: usize) -> Range<usize> {
    let ends = pattern!(r"[.!?](?:\s|$)|\s[•▪◦●]\s");
    let is_end = |hit: &regex::Match| {
        if hit.as_str().starts_with(char::is_whitespace) {
            return true;
        }
        let before = text.get(..hit.start()).unwrap_or_default();
        let after = text.get(hit.end()..).unwrap_or_default();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let number = word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty();
        // "14. März", "Abs. 2", "Nr. 7", "z. B. heute", "zzgl. 19 %"
        let next = after.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
        let month = crate::forms::dates::month(next).is_some();
        // "… zu überweisen. 2. Wer helfen kann": the next item of a list.
        let is_item = !number && !month && pattern!(r"^\d{1,2}\.\s(?-i:\p{Lu})").is_match(after);
        let goes_on = !is_item && after.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        !(number && month || goes_on || word.chars().count() == 1)
    };
    let mut start = 0;
    for hit in ends.find_iter(text).filter(is_end) {
        if hit.end() > at {
            return start..hit.end();
        }
        start = hit.end();
    }
    start..text.len()
}

/// The sentences of a text, with where each stands.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let range = (at < text.len()).then(|| sentence(text, at))?;
        at = range.end.max(at + 1);
        Some(range)
    })
    .filter_map(|range| Some((range.clone(), text.get(range)?)))
}

/// Whether a sentence asks the reader to pay.
pub(crate) fn asks_to_pay(sentence: &str) -> bool {
    pattern!(
        r"\b(?:regulier\w*|zahl(?:en|bar|t|ung|ungsziel|ungsfrist|ungsbedingung\w*|ungskonditionen|ungseingang|ungstermin)\w*|bezahl\w*|einzahl\w*|(?:ein|nach|an|zu|aus)zuzahlen|nachzahl\w*|restzahl\w*|schlusszahl\w*|teilzahl\w*|überweis\w*|anweis\w*|weisen sie\b[^;!?]{0,60}\ban|begleich\w*|beglichen|auszugleichen|ausgleich\w*|geldeingang|entricht\w*|fällig\w*|netto|rechnungsbetrag|gesamtbetrag|betrag|anzahlung|pay|payable|payment|paid|transfer|settled?|reach(?:es|ed)? us|due|remit|net|paiement|à payer|te betalen|betaal\w*|betaling)\b"
    )
    .is_match(sentence)
}

/// Whether a sentence is about something else that has a date or a term: money back, a right to object or to cancel.
pub(crate) fn about_something_else(sentence: &str) -> bool {
    pattern!(
        r"(?:\bwir (?:\w+ )?(?:überweisen|erstatten)|überweisen wir|erstatten wir|überwiesen|erstattet|gültig|kündig|widerruf|widerspr|einspruch|einwend|zurück(?:send|schick|geb)|rückgabe|umtausch|lieferung (?:bis|erfolgt)|beanstand|bewillig|\berstmals\b|\bkünftig|\bim falle?\b|\bvorbehaltlich|\bneue[rn]? (?:monatliche[rn]? )?(?:abschlag|beitrag|rate)|valid|cancel|refund|return|withdraw|object)"
    )
    .is_match(sentence)
}

/// Whether a sentence promises the reader money.
pub(crate) fn pays_back(sentence: &str) -> bool {
    pays_back_at(sentence).is_some()
}

/// Where a sentence says it.
pub(crate) fn pays_back_at(sentence: &str) -> Option<usize> {
    // "sobald Sie die Anzahlung überwiesen haben"
    let by_reader = pattern!(
        r"\b(?:sie|du|ihr|you)\b[^.;!?]{0,140}\b(?:überwiesen|gezahlt|bezahlt|eingezahlt|erstattet)\s+(?:haben|hast|habt|hätten)\b"
    );
    let says = pattern!(
        r"(?:\b(?:wir|ich) (?:\p{L}+ ){0,3}?(?:überweisen?|erstatten?|zahlen?|schreiben?)\b|\b(?:überweisen?|erstatten?|zahlen?) (?:wir|ich)\b|\b(?:überwiesen|erstattet|ausgezahlt|zurückgezahlt|gutgeschrieben)\b|\b(?:auszahlung|rückzahlung|rückerstattung)\b|\brefund|\b(?:will|shall) be returned to (?:the|your)\b[^.;!?]{0,20}\b(?:card|account)|\bwe (?:will |shall |are pleased to )?(?:pay|transfer|credit)\b|\b(?:will|shall) be (?:sent|paid|credited|transferred) (?:in)?to (?:the|your)\b[^.;!?]{0,30}\baccount\b)"
    );
    // "Die Zahlung geht bis zum 30. September auf Ihr Konto ein", "wird Ihnen am 16. März gezahlt"
    let arrives = pattern!(
        r"(?:\b(?:geht|gehen|fließt|kommt|kommen|erfolgt|erfolgen|ist|sind|sollte|sollten)\b[^;!?]{0,90}\bauf (?:ihr(?:em)?|dein(?:em)?|das von ihnen)\b[^.;!?]{0,40}\bkonto\b|\b(?:wird|werden) (?:ihnen|dir)\b[^;!?]{0,60}\b(?:ausbezahlt|gezahlt|angewiesen)\b|\b(?:haben wir|wir haben)\b[^;!?]{0,90}\bangewiesen\b|\bweisen wir\b[^;!?]{0,60}\ban\b)"
    );
    let takes = pattern!(r"(?:\babbuch|\babgebucht|\blastschrift|\beinzug|\beingezogen|\bbelast|\bdebit)");
    let says = says.find(sentence).or_else(|| arrives.find(sentence).filter(|_| !takes.is_match(sentence)));
    let is_readers = |hit: &regex::Match| by_reader.find_iter(sentence).any(|said| said.range().contains(&hit.start()));
    says.filter(|hit| !is_readers(hit)).map(|hit| hit.start())
}

/// A sentence up to the end of the clause at a byte: what follows a semicolon adds something.
pub(crate) fn up_to_clause(sentence: &str, at: usize) -> &str {
    let end = sentence.get(at..).and_then(|behind| behind.find(';')).map_or(sentence.len(), |end| at + end);
    sentence.get(..end).unwrap_or(sentence)
}

/// Whether the money of a sentence comes to the account of the reader.
pub(crate) fn pays_back_to_reader(sentence: &str) -> bool {
    pays_back(sentence)
        && pattern!(r"\b(?:auf )?(?:ihr|ihrem|ihres|dein|deinem|your)\b[^.;!?]{0,20}\b(?:konto|account)\b")
            .is_match(sentence)
}

/// Whether a sentence asks something of the reader.
pub(crate) fn asks_of_reader(sentence: &str) -> bool {
    // "Wir überweisen sie auf Ihr Konto"
    let by_sender = pattern!(r"\b(?:wir|ich) (?:überweisen?|zahlen?|erstatten?) sie\b");
    let sentence = &by_sender.replace_all(sentence, "");
    pattern!(concat!(
        r"\b(?:bitte|(?:wir|ich) (?:bitten?|ersuchen?)|(?:bitten|ersuchen) (?:wir|ich)|erbitten|überweisen sie|zahlen sie|überweist|zahlt bitte|please|you (?:must|need|have) to)\b",
        r"|\b(?:ist|sind)\b[^;!?]{0,140}\bzu (?:zahlen|bezahlen|überweisen|begleichen|entrichten)\b"
    ))
    .is_match(sentence)
}

/// Whether a sentence asks the reader to pay, and not only in some case.
pub(crate) fn demands_payment(sentence: &str) -> bool {
    asks_of_reader(sentence) && asks_to_pay(sentence) && !is_conditional(sentence)
}

/// Whether a sentence only says "if": "sollten Sie bereits bezahlt haben".
pub(crate) fn is_conditional(sentence: &str) -> bool {
    pattern!(r"\b(?:soll(?:te|ten)|falls|wenn|sofern|im falle?|vorbehaltlich|if|in case|should|subject to)\b")
        .is_match(sentence)
}

/// Whether a sentence says by when a paper or a thing has to be there, and names no money.
pub(crate) fn paper_arrives(sentence: &str) -> bool {
    // "Der Router (Nr. 4.711) muss bis zum 2. März bei uns eingegangen sein."
    let sentence = &pattern!(r"\([^()]*\)").replace_all(sentence, "");
    let paper = pattern!(concat!(
        r"\b\p{L}*(?:antrag|anträge|meldung|erklärung(?:en)?|unterlagen|formulare?|bogen|anmeldung(?:en)?|bewerbung(?:en)?|antwort(?:en)?|nachweise?|belege?|bescheinigung(?:en)?|mitteilung(?:en)?|stellungnahme|vollmacht|dokumente?|papiere|application|forms?|documents?|reply|registration|response|declaration|proof",
        r"|router|modem|receiver|geräte?|zähler|schlüssel|ware|artikel|paket|sendung|ausweis|schilder|device|equipment|parcel|items?|goods|keys?)\b",
        r"[^.;!?]{0,60}\b(?:muss|müssen|soll(?:te|ten|en)?|hat|haben|ist|sind|must|has to|have to|should|needs? to)\b",
        r"[^;!?]{0,120}(?:\beingegangen|\beingehen|\bvorliegen|\bvorzuliegen|\beintreffen|\beingetroffen|\bda sein\b|\breach|\breceived|\barrive)"
    ));
    let money = pattern!(r"(?:zahl|überweis|betrag|beitrag|\bkonto\b|gutgeschrieben|payment|\bamount)");
    paper.is_match(sentence) && !money.is_match(sentence) && amounts::find(sentence).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text = "Danke. Bitte zahlen Sie bis zum 14. März 2026 zzgl. 5 EUR. Gruß";
        assert_eq!(&text[sentence(text, 20)], "Bitte zahlen Sie bis zum 14. März 2026 zzgl. 5 EUR. ");
        assert_eq!(&text[sentence(text, 2)], "Danke. ");
        assert_eq!(&text[sentence(text, text.len() - 1)], "Gruß");
        let days = "Fällig am 15. Februar, 15. Mai und 15. August (mit 3. November). Danke.";
        assert_eq!(&days[sentence(days, 0)], "Fällig am 15. Februar, 15. Mai und 15. August (mit 3. November). ");
        let list = "1. Bitte zahlen Sie 5 €. 2. Wer hilft, kommt am 3. Mai. 3. Danke.";
        assert_eq!(&list[sentence(list, 10)], "1. Bitte zahlen Sie 5 €. ");
        assert_eq!(&list[sentence(list, 30)], "2. Wer hilft, kommt am 3. Mai. ");
        assert_eq!(sentence("", 0), 0..0);
    }

    #[test]
    fn the_subject_of_a_sentence_is_seen() {
        assert!(asks_to_pay("Bitte überweisen Sie den Betrag"));
        assert!(!about_something_else("Bitte überweisen Sie den Betrag"));
        assert!(about_something_else("Das Guthaben überweisen wir bis zum"));
        assert!(pays_back("Das Guthaben überweisen wir bis zum 3. März"));
        assert!(pays_back("We will refund the amount within 5 days"));
        assert!(pays_back("Die Zahlung für Oktober geht bis zum 30.09.2025 auf Ihr Konto ein"));
        assert!(pays_back("Der Betrag wird Ihnen am 16. März gezahlt"));
        assert!(!asks_of_reader("Wir überweisen sie am 30.09.2026 auf Ihr Konto."));
        assert!(asks_of_reader("Den Rest überweisen Sie am 30.09.2026."));
        assert!(!pays_back("Die Abbuchung erfolgt am 3. März auf Ihrem Konto"));
        assert!(!pays_back("Bitte überweisen Sie den Betrag"));
        assert!(!pays_back("Gebucht ist, sobald Sie uns die Anzahlung von 200 € überwiesen haben"));
        assert!(pays_back("Der Betrag wird bis spätestens 08.08. auf das Konto erstattet, von dem du bezahlt hast"));
        assert!(is_conditional("Wenn bereits bezahlt, nur zu den Akten legen"));
    }
}
