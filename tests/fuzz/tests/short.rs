//! Every target, with a few inputs that are always the same, and with all that was ever found.
#![expect(clippy::unwrap_used, reason = "this is test code")]

use std::fs;
use std::time::{Duration, Instant};

use fuzz::{Mutator, TARGETS, Target, found};

/// No input takes longer, on a slow computer without optimisation that does much else.
const LONGEST: Duration = Duration::from_secs(60);

fn run(target: &Target, name: &str, input: &[u8]) {
    let began = Instant::now();
    let ended = std::panic::catch_unwind(|| (target.run)(input));
    assert!(began.elapsed() < LONGEST, "{} took {:?} for {name}", target.name, began.elapsed());
    if ended.is_err() {
        let kept = std::env::temp_dir().join(format!("found-{}", target.name));
        fs::write(&kept, input).unwrap();
        panic!("{}: {name}, kept as {}", target.name, kept.display());
    }
}

fn short(name: &str) {
    let target = fuzz::target(name).unwrap();
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty(), "{name} has seeds");
    for (number, seed) in seeds.iter().enumerate() {
        run(target, &format!("seed {number}"), seed);
    }
    for entry in fs::read_dir(found(target)).into_iter().flatten() {
        let path = entry.unwrap().path();
        run(target, &path.display().to_string(), &fs::read(&path).unwrap());
    }
    let mut mutator = Mutator::new(1, target.words);
    for number in 0..target.short {
        run(target, &format!("input {number}"), &mutator.make(&seeds));
    }
}

/// A test for each target, so that they run beside each other and each is named.
macro_rules! shorts {
    ($($name:ident),+ $(,)?) => {
        $(#[test]
        fn $name() {
            short(stringify!($name));
        })+

        #[test]
        fn every_target_has_its_short_run() {
            let here = [$(stringify!($name)),+];
            let listed: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(listed, here);
        }
    };
}

#[cfg(feature = "program")]
shorts!(
    text, mail, archive, xml, picture, pdf, letter, code, value, rule, query, quick, recurrence, name, calendar,
    command, search, export, paperless, http,
);
