//! The program is ended at its crash points and killed at random moments: a small form of `bench safety`.

use std::collections::BTreeSet;

use disk::CRASH_POINTS;
use journeys::crashes::{Lives, Verdict, busy_scene, crash_at, killed_lives, passed_points};

use crate::program::binary;

/// Every so many of the points are tried here; the bench tries them all.
const EVERY: usize = 9;

#[test]
fn every_crash_point_is_passed_while_letters_come_in_and_a_profile_is_brought_up_to_date() {
    let passed = passed_points(binary());
    let listed: BTreeSet<String> = CRASH_POINTS.iter().map(|point| (*point).to_owned()).collect();
    assert_eq!(passed, listed);
    assert!(listed.len() >= 40, "{}", listed.len());
}

#[test]
fn ended_between_any_two_steps_each_letter_is_there_exactly_once() {
    for point in CRASH_POINTS.iter().step_by(EVERY) {
        let crash = crash_at(binary(), point, 2, 1);
        assert!(crash.was_hit, "{point}");
        assert_eq!(crash.verdict, Verdict::default(), "{point}");
    }
}

#[test]
fn killed_again_and_again_nothing_is_lost_doubled_or_put_aside() {
    let verdict = killed_lives(binary(), Lives { lives: 1, kills: 20, letters: 16 }, 20_261_130);
    assert_eq!(verdict, Verdict::default());
}

#[test]
fn after_a_crash_the_same_is_known_of_each_letter_as_in_a_profile_that_was_left_in_peace() {
    let undisturbed = busy_scene(binary(), 3);
    undisturbed.quiet_run(None);
    let known = undisturbed.known();
    assert!(known.len() >= 6, "{known:?}");
    let disturbed = busy_scene(binary(), 3);
    for point in ["ingest.stored", "read.saved", "understand.filed"] {
        disturbed.crashes_at(&["watch"], point, 1, std::time::Duration::from_secs(40));
    }
    disturbed.quiet_run(None);
    assert_eq!(disturbed.judge(Some(&known)), Verdict::default());
}
