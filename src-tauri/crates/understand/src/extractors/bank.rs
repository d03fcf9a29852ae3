//! Accounts: whose is it, the payee's or the reader's own?

use domain::{Check, Fact, Field, Iban, Origin, Value};

use super::Extractor;
use super::direct_debit;
use crate::context::Context;
use crate::forms::{identifiers, pattern};
use crate::labels::{Place, beside, found};
use crate::layout::Run;
use crate::prose;

pub(super) struct Bank;

impl Extractor for Bank {
    fn id(&self) -> &'static str {
        "bank"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        let debit = context.layout.paragraphs.iter().any(|run| !direct_debit::announcements(run).is_empty())
            || context.e_invoice.as_ref().is_some_and(|invoice| invoice.debtor_iban.is_some());
        // A footer of several lines is one paragraph; an account that a line break cuts is whole there.
        let runs = context.layout.paragraphs.iter().chain(context.layout.cells());
        for run in runs {
            for (range, iban) in identifiers::ibans(&run.text) {
                let field = owner(run, range.start, debit, context);
                let hit = found(run, range, iban, Place::Behind);
                let mut fact = hit.fact(self.id(), field, 0.96, Value::Iban);
                fact.checks = vec![Check::CheckDigits];
                fact.certain = true;
                facts.push(fact);
            }
        }
        let label =
            pattern!(r"\b(?:bic|swift)(?:\s?[/-]?\s?(?:bic|code|swift))?(?:\s(?:des kreditinstituts\S*)[^:]*)?\b");
        for hit in beside(&context.layout, label, 4, &|text| identifiers::bic(text)) {
            // A bank code has no check digits: recognition takes 8 for B or S, and nothing tells.
            let weight = if hit.origin == Origin::Ocr { 0.7 } else { 0.92 };
            facts.push(hit.fact(self.id(), Field::Bic, weight, Value::Text));
        }
        facts
    }
}

/// The field of an account: the reader's own where the words before it say so, or where money will be debited and the
/// account does not stand among the sender's particulars.
fn owner(run: &Run, at: usize, debit: bool, context: &Context) -> Field {
    let before: String = run.text.get(..at).unwrap_or_default().to_lowercase();
    let tail: String = before.chars().rev().take(90).collect::<Vec<_>>().into_iter().rev().collect();
    let own = pattern!(
        r"(?:\b(?:von )?(?:ihrem|deinem|ihr|dein|ihre|deine)\s+(?:\w+\s+)?(?:konto|girokonto|bankverbindung)|your (?:bank )?account|iban des (?:zahlers|kontoinhabers|zahlungspflichtigen)|zahlungspflichtig\w*|debtor|belastungskonto|auf (?:ihr|dein) konto)[^.]*$"
    );
    // "Auf das Konto" goes what the reader pays, or gets back.
    let back = || {
        let sentence = run.text.get(prose::sentence(&run.text, at)).unwrap_or_default();
        pattern!(r"\bauf (?:iban|das (?:\w+ )?konto)[^.]*$").is_match(&tail)
            && prose::pays_back(sentence)
            // "Überweisen Sie … auf das Konto …, so dass die Raten am Fälligkeitstag gutgeschrieben sind"
            && !prose::asks_of_reader(sentence)
    };
    if own.is_match(&tail) || back() {
        return Field::DebtorIban;
    }
    let footer = run.rect.y > 0.8 || run.rect.y < 0.2;
    let sender = pattern!(r"\b(?:bankverbindung|bank|kreditinstitut|sparkasse|volksbank|treuhandkonto|unser konto|empfänger|zahlbar an|account details)\b").is_match(&tail);
    let known_payee = context.payment_codes.iter().any(|code| {
        identifiers::ibans(run.text.get(at..).unwrap_or_default())
            .first()
            .is_some_and(|(_, iban): &(_, Iban)| *iban == code.iban)
    });
    if debit && !footer && !sender && !known_payee { Field::DebtorIban } else { Field::Iban }
}

#[cfg(test)]
mod tests {
    use domain::Field::{Bic, DebtorIban, Iban};

    use crate::testing::{check, findings, value};

    #[test]
    fn the_account_to_pay_to_is_the_payees_and_the_one_to_refund_to_the_readers() {
        let account = "IBAN DE89 3704 0044 0532 0130 00";
        for (line, field) in [
            ("Bitte zahlen Sie 20,00 € auf das Konto", Iban),
            ("Überweisen Sie den Betrag auf das Konto der Bundesbank", Iban),
            ("Bitte überweisen Sie auf", Iban),
            ("Das Guthaben überweisen wir auf das Konto", DebtorIban),
            ("Den Betrag erstatten wir auf", DebtorIban),
        ] {
            let text = format!("Bescheid\n\n\n\n\n\n\n\n\n\n\n\n\n\n{line} {account}.");
            assert_eq!(value(&text, field).as_deref(), Some("DE89370400440532013000"), "{line}");
        }
    }

    #[test]
    fn a_proven_account_is_certain_while_it_is_the_only_one() {
        let one = "Rechnung\n\nBankverbindung: IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX";
        check(one, &[(Iban, "DE89370400440532013000"), (Bic, "COBADEFFXXX")]);
        assert!(findings(one).best(Iban).unwrap().certain);
        let two = format!("{one}\n\noder IBAN AT61 1904 3002 3457 3201");
        assert!(!findings(&two).best(Iban).unwrap().certain);
    }

    #[test]
    fn wrong_check_digits_give_no_account() {
        assert_eq!(value("Rechnung\n\nIBAN DE88 3704 0044 0532 0130 00", Iban), None);
    }
}
