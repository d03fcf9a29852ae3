use crate::Target;
use crate::seeds::{LETTER, texts};

/// The words of a letter: everything that is understood of them.
pub(crate) const TARGET: Target = Target {
    name: "letter",
    seeds,
    words: &[
        " bis zum ",
        " 31.12.9999 ",
        " 1.234.567,89 EUR",
        " innerhalb von ",
        " Monaten ",
        " Widerspruch",
        " IBAN DE89",
        " jährlich",
        " 29. Februar ",
        " CHF 1'234.50",
        " within 14 days",
        " Skonto 3 %",
        " Rate 1 von 99999",
    ],
    short: 15,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    let english =
        "Dear Ms Example,\nInvoice 4711 of 3 November 2026\nTotal due $1,234.50\nPlease pay within 14 days.\n";
    let contract = "Mietvertrag\nDer Vertrag beginnt am 1.1.2027 und läuft 24 Monate.\nKündigungsfrist drei Monate zum Quartalsende\n\
                    Die Miete von 840 € ist bis zum dritten Werktag eines Monats fällig.\n";
    let plan = "Ratenzahlung\n1. Rate 50,00 EUR fällig am 01.12.2026\n2. Rate 50,00 EUR fällig am 01.01.2027\n3. Rate 50,00 EUR fällig am 01.02.2027\n";
    texts(&[LETTER, english, contract, plan])
}

fn run(bytes: &[u8]) {
    super::understood(&super::reading(&String::from_utf8_lossy(bytes)));
}
