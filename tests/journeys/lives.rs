//! What holds in every life: nothing is forgotten, nothing comes at night, and never too much.

use journeys::lives::Life;

#[test]
fn in_no_life_is_anything_forgotten_told_at_night_or_told_too_often() {
    let delivered: u64 = (0..12).map(|seed| Life::live(seed).unwrap_or_else(|broken| panic!("{broken}"))).sum();
    assert!(delivered > 5_000, "the lives were lived: {delivered} reminders");
}
