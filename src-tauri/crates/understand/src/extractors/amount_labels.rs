//! The words that stand beside totals and their parts.

use std::ops::Range;

use domain::Field;
use regex::Regex;

use crate::forms::pattern;

/// The label patterns of a field, from the clearest to the vaguest, each with its weight.
pub(super) fn labels() -> [(Field, &'static Regex, f32); 13] {
    [
        (
            Field::TotalGross,
            pattern!(
                r"(?:rechnungs(?:end|gesamt)?(?:betrag|summe)|brutto(?:betrag|summe)?|\bgesamt(?:betrag|summe|preis)|\bend(?:betrag|summe)|\bsumme (?:brutto|inkl)|\bgesamt (?:brutto|inkl)|\bbetrag brutto|jahresbeitrag|einmalbeitrag|erstbeitrag|\bgrand total|\binvoice total|\btotal (?:amount|incl|with|gross|payable|eur|chf)|\bgross (?:total|amount)|\b(?:montant )?total ttc|\bnetto inkl)\b"
            ),
            0.92,
        ),
        (
            Field::TotalGross,
            pattern!(r"^\W*(?:gesamt|total|summe|summe gesamt|summe eur|total amount|totaal|preis inkl\. gebühren)\b"),
            0.8,
        ),
        (Field::TotalGross, pattern!(r"^\W*(?:betrag|gesamtkosten|amount|preis|fahrpreis)\b"), 0.5),
        (
            Field::TotalNet,
            pattern!(
                r"(?:\bnetto(?:betrag|summe|gesamt|wert|preis)?|\bsumme netto|\bgesamt netto|rechnungssumme (?:netto|ohne)|\bnet (?:total|amount)|\btotal (?:net|excl|before|ht)|\bsumme ohne|\bsubtotal|\bzwischensumme|\btax(?:able)? base|\bwarenwert|exclusief btw)\b"
            ),
            0.88,
        ),
        (
            Field::TaxTotal,
            pattern!(
                r"\b(?:(?:umsatz|mehrwert|versicherungs?)steuer|mwst|ust|u\.st|m\.w\.st|vat|(?:sales )?tax|steuerbetrag|tva|btw)\b\.?"
            ),
            0.85,
        ),
        (
            Field::AmountDue,
            pattern!(
                r"\b(?:(?:noch )?zu (?:be)?zahlen(?:der betrag|der gesamtbetrag)?(?: bis)?|(?:sie haben )?nachzuzahlen|abgabennachforderung|zahlbetrag|zahlungsbetrag|überweisungsbetrag|abbuchungsbetrag|nachzahlung(?:sbetrag)?|offener (?:gesamt)?betrag|gesamtforderung|forderung(?:ssumme)? gesamt|gesamtschuld|restbetrag|restforderung|restzahlung|fälliger betrag|noch offener (?:rest)?betrag|schlusszahlung|festgesetzter betrag|festgesetzte summe|amount (?:due|payable|to pay)|total to pay|balance due|total due|total amount due|outstanding (?:amount|balance)|zu überweisen|(?:solde|net|reste) .{1,2} payer|montant dû|te betalen|summe der forderung|gesamtbetrag der forderung|bitte zahlen sie(?: bis zum| spätestens(?: am| bis)?)?)\b"
            ),
            0.92,
        ),
        (
            Field::AmountDue,
            pattern!(
                r"\b(?:zu zahlen (?:sind|ist|bleiben|bleibt)|zu zahlender betrag|total (?:due|to pay))\W+(?:insgesamt|zusammen|now)\b|\binsgesamt (?:zu zahlen|zu entrichten|zu überweisen)\b"
            ),
            0.96,
        ),
        (
            Field::AmountDue,
            pattern!(
                r"\b(?:(?:ihr )?guthaben(?: zu ihren gunsten)?|gutschriftsbetrag|erstattungsbetrag|auszahlungsbetrag|refund(?: amount)?|total credit)\b"
            ),
            0.85,
        ),
        (Field::AmountDue, pattern!(r"^\W*(?:noch )?(?:offen|residual|rest)\b"), 0.8),
        (
            Field::AmountDue,
            pattern!(r"\b(?:verwarnungsgeld|geldbuße|geldstrafe|strafbetrag|bußgeld|nachzahlbetrag)\b"),
            0.6,
        ),
        (
            Field::Prepaid,
            pattern!(
                r"\b(?:(?:geleistete|gezahlte|bezahlte|erhaltene|abzüglich|abzgl\.?|ihre|bisherige|angerechnete)\W+(?:\w+\W+)?(?:abschläge|abschlagszahlungen|vorauszahlungen|zahlungen|anzahlungen|anzahlung|vorauszahlung)|abschlagszahlungen|bereits (?:gezahlt|bezahlt|geleistet|getilgt|entrichtet)|anrechenbare vorauszahlungen|(?:erhaltene|geleistete) (?:an|voraus)zahlung(?:en)?|acomptes? (?:versés?|reçus?)|prepaid|amount paid|paid to date|payments? received|less deposit|deposit paid)\b"
            ),
            0.88,
        ),
        (Field::Prepaid, pattern!(r"^\W*(?:anzahlung|vorauszahlung|vorauszahlungen|paid|bezahlt|zahlungen)\b"), 0.55),
        (
            Field::DunningFee,
            pattern!(
                r"\b(?:mahn(?:gebühr(?:en)?|kosten|pauschale|spesen)|bearbeitungsgebühr|late (?:payment )?fee|reminder fee|dunning fee)\b"
            ),
            0.9,
        ),
    ]
}

/// Whether a label says what its words seem to say: "USt-IdNr." is no tax, "Rechnungsbetrag netto" no gross total.
pub(super) fn fits(field: Field, cell: &str, label: &Range<usize>) -> bool {
    let behind = cell.get(label.end..).unwrap_or_default();
    let net = pattern!(r"\b(?:netto|net|ohne|exkl|excl|zzgl|ht)\b").is_match(cell);
    let gross = pattern!(r"\b(?:brutto|inkl\w*|incl\w*|einschl\w*|gross|ttc)\b").is_match(cell);
    match field {
        // "Gesamtbetrag der Abschläge" and "Total GST" are parts.
        Field::TotalGross => {
            let part = pattern!(
                r"^\s+(?:der|of)\b|^[\s(]*\S{1,3}\s?%|^[\s(]*(?:gst|tax|vat|mwst|ust|qty|quantity|items?|discount|rabatt|sav(?:ed|ings?)|excl\w*|exkl\w*|ohne|before|artikel)\b"
            );
            (gross || !net) && !part.is_match(behind)
        }
        Field::TotalNet => !gross,
        Field::TaxTotal => {
            !pattern!(r"^[-.\s/]*(?:id|nr|nummer|no\b|number|reg|frei|satz|%\s*$|basis|base|on \$)").is_match(behind)
                && !pattern!(r"\b(?:excl|exkl|ohne|zzgl|ohne)\W*$")
                    .is_match(cell.get(..label.start).unwrap_or_default())
                || pattern!(r"^\W*(?:zzgl|zuzüglich|plus)").is_match(cell)
        }
        // "Geldbuße bis zu 1.000 Euro" only threatens.
        Field::AmountDue => {
            // "Abzüglich Guthaben" is a step of the sum.
            let is_step = pattern!(r"\b(?:abzüglich|abzgl\.?|minus|less)\W*$")
                .is_match(cell.get(..label.start).unwrap_or_default());
            let threatens =
                pattern!(r"^\W*(?:von |in höhe von )?(?:bis zu|höchstens|maximal|mindestens|up to|at most)\b");
            !is_step && !threatens.is_match(behind)
        }
        _ => true,
    }
}
