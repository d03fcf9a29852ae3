//! The faults that the program has to hold against: what goes wrong, and the test that makes it go wrong.
//!
//! A fault is one line in [`FAULTS`]. `journeys::faults` checks that every test is there and is run by nobody else's name;
//! `bench walls_faults` runs exactly these tests and counts those that pass.

use std::path::{Path, PathBuf};

/// The groups of faults, each by what must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wall {
    /// A process that finds the engine held starts it as soon as it is free.
    TakingOver,
    /// A thread that ends is noticed, told, and started again.
    Threads,
    /// One row that cannot be read breaks nothing else.
    UnreadableRow,
    /// A start that fails says why, and what to do.
    StartUp,
    /// Two versions of the program never write to one database.
    Migrations,
    /// A damaged original stops no other job, and no message claims that it is safe.
    DamagedOriginal,
    /// Doing a thing twice does it once.
    Completing,
    /// A step that cannot be undone does not block other steps.
    Undo,
    /// A newer version computes again without a loss, a loop or a word of a person.
    Recomputing,
    /// Another page, program or user on this computer has no access.
    OtherOrigins,
    /// Reading children can do nothing but read.
    Sandbox,
    /// No file that comes in fills the disk or makes the program hang.
    Containers,
    /// Whatever is killed, cut off or full: each letter is there exactly once.
    Safety,
}

/// A fault: its group, the package of its test, and the name of the test, which says what holds.
#[derive(Clone, Copy, Debug)]
pub struct Fault(pub Wall, pub &'static str, pub &'static str);

impl Fault {
    /// The folder of its package.
    pub fn folder(&self) -> PathBuf {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        match self.1 {
            "journeys" => root.join("tests"),
            "workmate" => root.join("src-tauri"),
            library => root.join("src-tauri/crates").join(library),
        }
    }
}

use Wall::*;

/// All of them.
pub const FAULTS: &[Fault] = &[
    Fault(TakingOver, "store", "only_one_runs_the_engine_and_the_other_is_told_who"),
    Fault(TakingOver, "store", "who_only_looks_never_keeps_anybody_from_the_engine_and_is_told_the_truth"),
    Fault(TakingOver, "journeys", "a_watch_reminds_beside_an_import_and_reads_when_that_ends"),
    Fault(TakingOver, "journeys", "a_watch_takes_over_from_one_that_was_killed"),
    Fault(TakingOver, "journeys", "an_import_goes_on_by_itself_when_the_process_that_reads_for_it_dies"),
    Fault(TakingOver, "journeys", "who_waits_says_so_and_tells_when_it_has_taken_over"),
    Fault(TakingOver, "journeys", "reminders_come_while_another_process_only_imports"),
    Fault(Threads, "store", "an_error_or_a_panic_in_a_write_takes_everything_back_and_the_next_write_works"),
    Fault(Threads, "store", "a_write_within_a_write_is_refused_instead_of_waiting_forever"),
    Fault(Threads, "journeys", "a_panic_while_jobs_are_taken_ends_no_worker"),
    Fault(Threads, "journeys", "a_panic_in_the_inbox_folder_leaves_no_letter_lying"),
    Fault(Threads, "journeys", "a_panic_while_the_settings_of_the_inbox_folder_are_followed_stops_nothing"),
    Fault(Threads, "journeys", "a_panic_among_the_reminders_loses_none"),
    Fault(Threads, "journeys", "a_panic_in_who_takes_the_engine_is_tried_again"),
    Fault(Threads, "journeys", "a_command_that_panics_is_a_failure_and_the_next_one_is_answered"),
    Fault(Threads, "journeys", "a_listener_that_panics_keeps_nobody_from_hearing"),
    Fault(Threads, "journeys", "work_in_the_background_that_panics_is_shown"),
    Fault(UnreadableRow, "journeys", "one_unreadable_value_of_any_table_takes_no_list_no_reminder_and_no_setting_down"),
    Fault(
        UnreadableRow,
        "journeys",
        "a_broken_derivation_a_sender_without_id_and_settings_of_another_program_are_problems_and_nothing_more",
    ),
    Fault(UnreadableRow, "store", "one_unreadable_value_of_any_table_takes_nothing_else_down"),
    Fault(UnreadableRow, "store", "a_row_that_says_nothing_without_its_id_is_left_out_of_its_list"),
    Fault(UnreadableRow, "store", "a_step_of_a_newer_program_is_shown_and_can_be_taken_back"),
    Fault(UnreadableRow, "store", "json_of_older_programs_is_read_and_so_is_that_of_a_newer_one_with_more_in_it"),
    Fault(UnreadableRow, "store", "kinds_of_a_newer_program_are_left_alone"),
    Fault(UnreadableRow, "app", "a_value_of_another_program_is_as_if_it_were_not_set_and_the_others_hold"),
    Fault(StartUp, "store", "a_full_disk_and_a_locked_folder_are_told_apart_and_name_the_file"),
    Fault(StartUp, "store", "what_is_not_a_database_is_said_to_be_damaged"),
    Fault(StartUp, "journeys", "killed_while_the_profile_is_made_it_can_be_opened_all_the_same"),
    Fault(StartUp, "store", "where_nothing_can_be_written_the_folder_is_named_and_nothing_is_left_behind"),
    Fault(StartUp, "journeys", "data_of_a_newer_program_are_refused_and_left_alone"),
    Fault(StartUp, "journeys", "a_damaged_database_is_named_and_nothing_is_promised_that_was_not_looked_at"),
    Fault(StartUp, "journeys", "a_profile_that_is_a_file_is_named"),
    Fault(StartUp, "journeys", "an_archive_that_cannot_be_looked_into_is_named"),
    Fault(StartUp, "journeys", "a_full_disk_is_named_as_such"),
    Fault(StartUp, "journeys", "a_folder_without_the_right_to_write_is_named_as_such"),
    Fault(Migrations, "store", "a_newer_database_is_refused_and_left_alone"),
    Fault(Migrations, "store", "a_migration_that_leaves_dangling_rows_is_taken_back_whole"),
    Fault(Migrations, "store", "only_three_copies_are_kept_and_nothing_else_in_their_folder_is_touched"),
    Fault(Migrations, "store", "the_tables_are_not_changed_under_a_process_that_has_the_profile_open"),
    Fault(Migrations, "store", "many_processes_that_start_at_once_bring_it_up_to_date_once"),
    Fault(
        Migrations,
        "journeys",
        "a_program_whose_tables_were_changed_by_a_newer_one_writes_nothing_and_says_to_start_it_again",
    ),
    Fault(DamagedOriginal, "store", "a_damaged_original_is_noticed_and_made_whole_by_taking_it_in_again"),
    Fault(DamagedOriginal, "store", "what_lies_in_the_archive_under_a_wrong_name_is_reported_and_left_there"),
    Fault(DamagedOriginal, "store", "interrupted_after_archiving_the_next_start_adopts_the_original"),
    Fault(DamagedOriginal, "journeys", "a_damaged_original_ends_its_job_with_a_problem"),
    Fault(DamagedOriginal, "journeys", "an_empty_original_ends_its_job_with_a_problem"),
    Fault(DamagedOriginal, "journeys", "a_missing_original_ends_its_job_with_a_problem"),
    Fault(DamagedOriginal, "journeys", "a_folder_in_the_place_of_an_original_ends_its_job_with_a_problem"),
    Fault(DamagedOriginal, "journeys", "an_original_that_cannot_be_opened_ends_its_job_with_a_problem"),
    Fault(DamagedOriginal, "journeys", "whatever_lies_in_the_archive_the_engine_starts"),
    Fault(Completing, "journeys", "what_is_done_comes_again_at_its_hour_and_undoing_brings_no_second_one"),
    Fault(Completing, "journeys", "a_task_that_is_done_twice_comes_again_once"),
    Fault(Completing, "journeys", "a_task_that_is_done_reopened_and_done_again_comes_again_once"),
    Fault(Completing, "journeys", "what_was_said_first_about_a_task_that_is_done_twice_stays_and_is_one_step_of_undo"),
    Fault(Completing, "journeys", "two_programs_that_complete_the_same_task_at_once_make_one_next_occurrence"),
    Fault(Completing, "journeys", "a_bill_that_is_paid_twice_has_one_payment_and_comes_again_once"),
    Fault(Completing, "journeys", "an_occurrence_that_is_left_out_twice_is_left_out_once"),
    Fault(Undo, "store", "a_step_expires_with_its_schema_version"),
    Fault(Undo, "store", "a_value_that_was_changed_since_stands_in_the_way"),
    Fault(Undo, "store", "a_row_that_is_gone_stands_in_the_way"),
    Fault(Undo, "store", "a_row_that_came_back_stands_in_the_way"),
    Fault(Undo, "store", "a_row_that_others_refer_to_stands_in_the_way"),
    Fault(Undo, "store", "a_step_that_something_newer_builds_on_is_skipped_and_said_and_older_ones_stay_within_reach"),
    Fault(Undo, "store", "a_named_step_that_something_newer_builds_on_is_refused_and_no_other_is_taken_instead"),
    Fault(Undo, "store", "undo_offers_the_persons_own_steps_only"),
    Fault(Undo, "store", "what_a_person_changed_since_stays_when_a_run_is_taken_back"),
    Fault(Undo, "store", "only_so_many_steps_can_be_taken_back_and_a_busy_rule_does_not_push_the_persons_out"),
    Fault(Undo, "store", "changesets_take_only_so_much_room_but_the_newest_step_can_always_be_taken_back"),
    Fault(Undo, "journeys", "what_the_program_remembers_by_itself_is_not_the_persons_next_undo"),
    Fault(Recomputing, "store", "many_older_results_become_work_a_portion_at_a_time_and_each_once"),
    Fault(Recomputing, "store", "what_is_computed_again_comes_after_every_letter_and_is_held_up_with_the_backlog"),
    Fault(Recomputing, "journeys", "older_results_are_computed_again_once_and_the_window_is_told"),
    Fault(Recomputing, "journeys", "what_a_person_said_stays_whatever_is_computed_again"),
    Fault(Recomputing, "journeys", "a_task_that_would_move_stays_where_it_is_until_a_person_has_answered"),
    Fault(Recomputing, "journeys", "a_task_that_would_go_stays_until_a_person_has_answered"),
    Fault(Recomputing, "journeys", "what_passed_as_harmless_is_asked_about_and_watched"),
    Fault(Recomputing, "journeys", "what_cannot_be_read_again_keeps_its_results_and_says_so_once"),
    Fault(Recomputing, "journeys", "killed_in_the_middle_the_old_results_stay_and_the_next_start_goes_on"),
    Fault(OtherOrigins, "journeys", "nobody_gets_in_without_a_key_or_under_a_foreign_name"),
    Fault(OtherOrigins, "journeys", "a_page_of_another_server_on_this_computer_is_refused_even_with_the_token"),
    Fault(OtherOrigins, "journeys", "only_what_a_page_cannot_send_unasked_is_taken"),
    Fault(OtherOrigins, "journeys", "the_token_is_in_no_cookie_and_every_answer_says_what_a_browser_may_do_with_it"),
    Fault(OtherOrigins, "cli", "a_ticket_is_for_pages_alone_and_ends"),
    Fault(Sandbox, "read", "a_confined_thread_reaches_libraries_but_no_letters_no_network_and_no_programs"),
    Fault(Sandbox, "read", "frames_come_out_as_they_went_in_and_a_cut_one_is_an_error"),
    Fault(Sandbox, "read", "a_child_that_is_killed_is_an_error_of_its_file"),
    Fault(Sandbox, "read", "a_child_that_ends_by_itself_or_talks_nonsense_is_an_error_of_its_file"),
    Fault(Sandbox, "read", "a_child_that_hangs_is_ended_in_time"),
    Fault(Sandbox, "read", "a_child_that_eats_memory_is_ended_before_the_computer_suffers"),
    Fault(Sandbox, "journeys", "a_file_that_ends_its_reader_twice_is_left_alone_and_can_be_tried_again"),
    Fault(Sandbox, "read", "a_form_that_draws_itself_ends"),
    Fault(Sandbox, "read", "a_tree_of_pages_that_holds_itself_ends_with_the_page_that_is_there"),
    Fault(Sandbox, "read", "a_table_that_names_itself_as_the_one_before_ends"),
    Fault(Sandbox, "read", "two_thousand_million_claimed_pages_are_as_many_as_are_there"),
    Fault(Sandbox, "read", "a_page_of_three_kilometres_is_drawn_in_a_picture_of_the_asked_size"),
    Fault(Sandbox, "read", "fifty_thousand_saved_states_and_arrays_a_hundred_thousand_deep_overflow_no_stack"),
    Fault(Sandbox, "read", "noise_in_the_place_of_a_picture_leaves_the_words_beside_it"),
    Fault(Sandbox, "read", "a_picture_whose_next_page_is_itself_ends"),
    Fault(Sandbox, "read", "entities_that_multiply_are_not_multiplied"),
    Fault(Sandbox, "read", "elements_fifty_thousand_deep_overflow_no_stack"),
    Fault(Sandbox, "read", "a_child_that_tries_what_no_reader_does_is_ended"),
    Fault(Sandbox, "read", "a_call_that_is_not_on_the_list_fails_as_forbidden"),
    Fault(Sandbox, "read", "on_a_kernel_without_landlock_nothing_can_be_written_or_sent_either"),
    Fault(Containers, "read", "a_page_that_becomes_two_hundred_megabytes_is_read_to_its_end"),
    Fault(Containers, "read", "a_picture_of_four_thousand_megapixels_without_its_data_leaves_the_words_beside_it"),
    Fault(Containers, "read", "a_picture_that_only_claims_its_size_is_refused_by_it"),
    Fault(Containers, "read", "members_that_want_to_lie_outside_of_their_archive_stay_inside"),
    Fault(Containers, "read", "an_archive_gives_what_is_in_it_and_not_what_is_in_that"),
    Fault(Containers, "read", "mails_in_mails_a_hundred_deep_end"),
    Fault(Containers, "read", "an_archive_that_would_burst_is_refused_before_it_does"),
    Fault(Containers, "read", "a_file_over_the_limit_is_refused_unread_and_other_kinds_are_taken_into_memory"),
    Fault(Containers, "connect", "a_link_does_not_lead_out_of_the_folder"),
    Fault(Containers, "journeys", "a_disk_that_takes_no_more_leaves_the_original_and_no_half_file"),
    Fault(Containers, "journeys", "a_small_archive_of_archives_does_not_become_a_large_heap_of_originals"),
    Fault(Containers, "journeys", "what_hangs_on_a_mail_shares_the_room_of_the_mail"),
    Fault(Containers, "journeys", "pipes_sockets_and_devices_in_a_folder_hold_nothing_up"),
    Fault(Containers, "journeys", "a_file_over_the_limit_is_refused_at_every_door_before_it_is_read"),
    Fault(Containers, "journeys", "a_letter_with_a_name_that_no_disk_takes_can_be_opened_all_the_same"),
    Fault(Safety, "connect", "a_letter_that_gets_the_name_of_the_one_that_is_taken_in_is_not_lost"),
    Fault(Safety, "connect", "what_is_written_into_a_file_while_it_is_taken_in_is_taken_in_too_whatever_its_time_says"),
    Fault(Safety, "connect", "what_a_killed_program_was_taking_in_gets_its_name_back_and_replaces_no_other"),
    Fault(Safety, "connect", "a_text_that_is_written_with_pauses_arrives_once"),
    Fault(Safety, "journeys", "a_letter_that_gets_the_name_of_one_that_is_just_removed_is_not_lost"),
    Fault(Safety, "store", "a_missing_or_an_empty_database_beside_a_full_archive_is_refused_and_left_alone"),
    Fault(Safety, "store", "the_database_of_another_profile_is_refused_also_one_from_before_there_were_ids"),
    Fault(Safety, "store", "the_log_of_another_profile_is_refused_and_not_replayed"),
    Fault(Safety, "store", "adopting_sets_the_database_aside_and_takes_every_original_in_again"),
    Fault(Safety, "journeys", "a_database_that_is_gone_or_foreign_is_said_in_both_languages_with_the_way_out"),
    Fault(Safety, "store", "that_the_program_ended_counts_against_no_file"),
    Fault(Safety, "store", "a_worker_that_is_lost_again_and_again_counts_against_no_file"),
    Fault(Safety, "read", "a_child_that_is_asked_to_end_says_nothing_about_its_file"),
    Fault(Safety, "store", "where_nothing_can_be_written_it_is_read_and_every_change_is_refused_by_its_reason"),
    Fault(Safety, "journeys", "on_a_full_disk_letters_wait_and_what_is_there_can_be_read"),
    Fault(Safety, "journeys", "where_the_disk_fails_for_a_while_the_letter_waits_and_is_read_afterwards"),
    Fault(Safety, "store", "what_was_said_to_be_stored_survives_a_power_cut_whatever_failed_before"),
    Fault(Safety, "store", "a_power_cut_leaves_the_whole_original_or_none"),
    Fault(Safety, "store", "what_an_earlier_process_left_unsynced_is_synced_before_it_counts"),
    Fault(Safety, "store", "a_copy_has_its_name_only_once_it_is_whole_and_on_the_disk"),
    Fault(Safety, "journeys", "an_import_that_meets_an_error_goes_on_and_says_a_line_for_each"),
    Fault(Safety, "journeys", "nobody_has_to_listen_to_what_the_program_says"),
    Fault(Safety, "journeys", "an_original_that_was_overwritten_or_removed_is_not_opened_without_a_word"),
    Fault(Safety, "journeys", "ended_between_any_two_steps_each_letter_is_there_exactly_once"),
    Fault(Safety, "journeys", "killed_again_and_again_nothing_is_lost_doubled_or_put_aside"),
];
