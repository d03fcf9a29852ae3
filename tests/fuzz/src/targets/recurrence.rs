use domain::{CountedFrom, Recurrence, Rule, occurrences};

use crate::Target;
use crate::seeds::texts;

/// Rules of what comes again (RFC 5545), as they stand in databases and exports.
pub(crate) const TARGET: Target = Target {
    name: "recurrence",
    seeds,
    words: &[
        "FREQ=SECONDLY",
        "FREQ=YEARLY",
        ";INTERVAL=",
        ";BYDAY=",
        ";BYMONTHDAY=",
        ";BYSETPOS=",
        ";UNTIL=",
        ";COUNT=",
        "-1",
        "366",
    ],
    short: 200,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    texts(&[
        "FREQ=WEEKLY;BYDAY=TH",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20301231",
        "FREQ=MONTHLY;INTERVAL=3;COUNT=8",
    ])
}

fn run(bytes: &[u8]) {
    let Ok(rule) = Rule::parse(&String::from_utf8_lossy(bytes)) else { return };
    assert_eq!(Rule::parse(rule.as_str()).as_ref(), Ok(&rule), "a rule reads itself");
    drop(occurrences(&rule, super::now(), 50));
    for counted_from in [CountedFrom::Due, CountedFrom::Completion] {
        let start = super::now().date();
        let recurrence = Recurrence { rule: rule.clone(), counted_from, start, except: vec![start] };
        drop(recurrence.next(start, start));
    }
}
