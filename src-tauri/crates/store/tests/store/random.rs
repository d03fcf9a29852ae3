//! Whatever a person does, in whatever order: undoing all of it leads back to the start, and redoing all of it to the end.

use domain::*;
use proptest::prelude::*;
use store::{Op, Write};

use crate::profile::{Profile, at, day, fact};
use crate::searching::index_equals_rows;
use crate::undoing::intent;

/// One of the things a person does, to one of three documents or tasks.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Title(usize, String),
    Trash(usize),
    Restore(usize),
    Amount(usize, u8),
    Deny(usize),
    AddTask(usize),
    DeleteTask(usize),
    Due(usize, u8),
    Done(usize),
    Snooze(usize),
    Wake(usize),
    Setting(u8, u8),
    Tag(usize, u8),
    Untag(usize, u8),
    RenameTag(u8, u8),
    Note(usize, String),
    Sender(usize, u8),
    Fails,
}

pub(crate) fn act() -> impl Strategy<Value = Act> {
    let which = 0..3usize;
    prop_oneof![
        (which.clone(), "[a-c]{0,2}").prop_map(|(i, title)| Act::Title(i, title)),
        which.clone().prop_map(Act::Trash),
        which.clone().prop_map(Act::Restore),
        (which.clone(), 0..3u8).prop_map(|(i, amount)| Act::Amount(i, amount)),
        which.clone().prop_map(Act::Deny),
        which.clone().prop_map(Act::AddTask),
        which.clone().prop_map(Act::DeleteTask),
        (which.clone(), 1..4u8).prop_map(|(i, day)| Act::Due(i, day)),
        which.clone().prop_map(Act::Done),
        which.clone().prop_map(Act::Snooze),
        which.clone().prop_map(Act::Wake),
        (which.clone(), 0..3u8).prop_map(|(i, tag)| Act::Tag(i, tag)),
        (which.clone(), 0..3u8).prop_map(|(i, tag)| Act::Untag(i, tag)),
        (0..3u8, 3..5u8).prop_map(|(tag, name)| Act::RenameTag(tag, name)),
        (which.clone(), "[a-c]{0,2}").prop_map(|(i, note)| Act::Note(i, note)),
        (which.clone(), 0..2u8).prop_map(|(i, name)| Act::Sender(i, name)),
        (0..2u8, 0..3u8).prop_map(|(key, value)| Act::Setting(key, value)),
        Just(Act::Fails),
    ]
}

pub(crate) fn run(p: &Profile, w: &Write<'_>, documents: &[Document], act: &Act) -> store::Result<()> {
    let now = at("2026-11-20T12:00:00Z");
    let tasks = w.tasks(store::TaskFilter::All)?;
    let task = |i: &usize| tasks.get(*i).map(|task| task.id);
    match act {
        Act::Title(i, title) => w.set_title(documents[*i].id, title),
        Act::Trash(i) => w.trash(documents[*i].id, now),
        Act::Restore(i) => w.restore(documents[*i].id),
        Act::Amount(i, n) => w.confirm(documents[*i].id, &fact(Field::AmountDue, &n.to_string(), Origin::User)),
        Act::Deny(i) => w.deny(documents[*i].id, Field::AmountDue),
        Act::AddTask(i) => w.insert_task(&p.task(Some(&documents[*i]))),
        Act::DeleteTask(i) => task(i).map_or(Ok(()), |id| w.delete_task(id)),
        Act::Due(i, n) => task(i).map_or(Ok(()), |id| w.set_task_due(id, Some(day(&format!("2026-12-0{n}"))), None)),
        Act::Done(i) => task(i).map_or(Ok(()), |id| w.set_task_status(id, TaskStatus::Done, None)),
        Act::Snooze(i) => task(i).map_or(Ok(()), |id| {
            w.set_reminder_overrides(id, &ReminderOverrides { moved_at: Some(now), ..ReminderOverrides::default() })
        }),
        Act::Wake(i) => task(i).map_or(Ok(()), |id| w.set_reminder_overrides(id, &ReminderOverrides::default())),
        Act::Setting(key, value) => w.set_setting(&key.to_string(), &value.to_string()),
        Act::Tag(i, tag) => w.tag_document(documents[*i].id, w.ensure_tag(&format!("top/tag{tag}"))?),
        Act::Untag(i, tag) => match w.tag_at(&format!("top/tag{tag}"))? {
            Some(tag) => w.untag_document(documents[*i].id, tag.id),
            None => Ok(()),
        },
        Act::RenameTag(tag, name) => match w.tag_at(&format!("top/tag{tag}"))? {
            Some(tag) => w.rename_tag(tag.id, &format!("tag{name}")),
            None => Ok(()),
        },
        Act::Note(i, note) => w.set_note(documents[*i].id, note),
        Act::Sender(i, name) => {
            let name = format!("Sender {name}");
            let sender = match w.find_correspondent(Some(&name), None, None)? {
                Some(known) => known,
                None => w.insert_correspondent(&name)?,
            };
            w.set_correspondent(documents[*i].id, Some(sender.id))?;
            w.rename_correspondent(sender.id, &format!("{name} GmbH"))
        }
        Act::Fails => {
            w.set_title(documents[0].id, "never seen")?;
            Err(store::StoreError::Nested)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_leads_back_to_the_start(steps in prop::collection::vec(prop::collection::vec(act(), 1..4), 1..12)) {
        let p = Profile::new();
        let documents = ["a", "b", "c"].map(|text| p.document(text));
        let start = intent(&p);
        for acts in &steps {
            // A failing write changes nothing and leaves no step.
            let _ = p.store.write(By::Person, Op::ChangeTask, |w| acts.iter().try_for_each(|act| run(&p, w, &documents, act)));
        }
        let end = intent(&p);
        index_equals_rows(&p);
        while p.store.undo().unwrap().is_some() {}
        prop_assert_eq!(intent(&p), start);
        index_equals_rows(&p);
        while p.store.redo().unwrap().is_some() {}
        prop_assert_eq!(intent(&p), end);
        index_equals_rows(&p);
    }
}
