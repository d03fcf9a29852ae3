//! What is deleted for good is nowhere in the profile any more; what others need stays.

use std::path::{Path, PathBuf};

use domain::*;
use store::{Deleted, Op, Said, Store};

use crate::profile::{FILES, Profile, fact};
use crate::searching::{index_equals_rows, page};

/// A word that stands in nothing else.
const WORD: &str = "Xylofonbauer";

/// A letter of which all there is to know is known.
fn letter(p: &Profile, text: &str) -> (Document, Task) {
    let document = p.document(text);
    let (task, id) = (p.task(Some(&document)), document.id);
    let reading = Reading { pages: vec![page(&[text])], ..Reading::default() };
    p.store.write(By::Program, Op::Ledger, |w| w.save_reading(&document.file, &reading, "1")).unwrap();
    p.store
        .write(By::Person, Op::ChangeTask, |w| {
            w.label(text);
            let sender = w.insert_correspondent(&format!("Firma {text}"))?;
            w.set_correspondent(id, Some(sender.id))?;
            w.tag_document(id, w.ensure_tag("Haus")?)?;
            w.set_note(id, &format!("Notiz {text}"))?;
            w.confirm(id, &fact(Field::SellerName, text, Origin::User))?;
            w.insert_task(&Task { title: text.to_owned(), ..task.clone() })
        })
        .unwrap();
    (document, task)
}

fn delete(p: &Profile, ids: &[DocumentId]) -> Deleted {
    let deleted = p.store.erase(By::Person, Op::DeleteDocument, |w| {
        let mut deleted = Deleted::default();
        ids.iter().try_for_each(|id| w.delete_document(*id, &mut deleted))?;
        Ok(deleted)
    });
    deleted.unwrap().value
}

/// The files below a folder in whose bytes a word stands, in any case of its letters.
fn files_with(folder: &Path, word: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, word));
        } else {
            let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
            let word = word.to_ascii_lowercase();
            if bytes.windows(word.len()).any(|part| part == word.as_bytes()) {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn nothing_of_a_deleted_letter_is_left_in_any_file_of_the_profile() {
    let p = Profile::new();
    let (kept, _) = letter(&p, "Strom");
    let (gone, task) = letter(&p, WORD);
    p.store.write(By::Person, Op::TrashDocument, |w| w.trash(gone.id, gone.received_at)).unwrap();
    assert!(!files_with(p.folder.path(), WORD).is_empty(), "it can be found before");
    let deleted = delete(&p, &[gone.id]);
    assert_eq!((deleted.documents, deleted.tasks, deleted.originals, deleted.staying.len()), (1, 1, 1, 0));
    assert!(deleted.steps >= 3, "{deleted:?}");
    // The sender is one of its own, and is not deleted with its letter.
    p.store
        .erase(By::Program, Op::DeleteDocument, |w| {
            let sender = w.correspondents()?.into_iter().find(|sender| sender.name.contains(WORD)).unwrap();
            w.delete_correspondent(sender.id)
        })
        .unwrap();
    assert_eq!(files_with(p.folder.path(), WORD), Vec::<PathBuf>::new());
    assert!(!p.store.original_path(&gone.file).exists());
    let (there, tasks, found) =
        p.store.read(|r| Ok((r.every_document()?, r.tasks(store::TaskFilter::All)?, r.file(&gone.file)?))).unwrap();
    assert_eq!((there.as_slice(), found), (&[kept.id][..], None));
    assert!(tasks.iter().all(|one| one.id != task.id));
    index_equals_rows(&p);
    let verified = p.store.verify(None, &|_, _| true).unwrap().unwrap();
    assert_eq!(verified.findings, [], "the chain holds, nothing dangles, the index fits");
    // What was done is still there, without what it was about; and it cannot be undone.
    let steps = p.store.read(|r| r.history(99)).unwrap();
    let deleted = steps.iter().find(|step| step.op == Op::DeleteDocument && step.by == By::Person).unwrap();
    assert_eq!((deleted.label.as_deref(), deleted.can_be_undone), (None, false));
    let trashed = steps.iter().find(|step| step.op == Op::TrashDocument).unwrap();
    assert_eq!(p.store.read(|r| r.said(trashed.number)).unwrap(), Some(Said::Forgotten));
    let Some(Said::Content(content)) = p.store.read(|r| r.said(deleted.number)).unwrap() else { panic!() };
    assert_eq!(content, store::Content::default());
    while p.store.undo().unwrap().is_some() {}
    assert!(!p.store.read(|r| r.has_document(gone.id)).unwrap());
}

#[test]
fn what_an_interruption_leaves_of_a_deleted_original_is_removed_and_not_taken_in_again() {
    let p = Profile::new();
    let document = p.document("Strom");
    let bytes = p.store.original(&document.file).unwrap();
    delete(&p, &[document.id]);
    // As if the program had ended before the original was removed.
    let path = p.store.original_path(&document.file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("INSERT INTO removals (file) VALUES (?1)", [document.file.as_str()]).unwrap();
    let engine = p.store.take_role(store::Role::Engine, "test").unwrap();
    let swept = p.store.sweep_up(&engine).unwrap();
    assert_eq!((swept.adopted.len(), path.exists()), (0, false));
    assert_eq!(raw.query_row("SELECT count(*) FROM removals", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    // The same letter may come again.
    let again = p.document("Strom");
    assert!(p.store.original(&again.file).is_ok());
}

#[test]
fn an_original_that_came_in_again_meanwhile_stays() {
    let p = Profile::new();
    let document = p.document("Strom");
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("INSERT INTO removals (file) VALUES (?1)", [document.file.as_str()]).unwrap();
    let engine = p.store.take_role(store::Role::Engine, "test").unwrap();
    p.store.sweep_up(&engine).unwrap();
    assert!(p.store.original(&document.file).is_ok());
}

/// A letter that came in a file.
fn member(p: &Profile, text: &str, container: &FileId) -> Document {
    let document = p.document(text);
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    let params = [document.file.as_str(), container.as_str()];
    raw.execute("UPDATE arrivals SET container = ?2 WHERE file = ?1", params).unwrap();
    document
}

fn all_read(store: &Store) {
    let read = store.write(By::Program, Op::Ledger, |w| {
        while let Some(job) = w.next_job(FILES)? {
            w.finish(&job)?;
        }
        Ok(())
    });
    read.unwrap();
}

#[test]
fn what_several_letters_came_in_goes_with_the_last_of_them() {
    let p = Profile::new();
    let mail = p.take("mail");
    let (one, two) = (member(&p, "one", &mail), member(&p, "two", &mail));
    all_read(&p.store);
    let deleted = delete(&p, &[one.id]);
    assert_eq!((deleted.originals, deleted.staying[0].id.clone()), (1, mail.clone()), "the mail still holds the other");
    assert!(p.store.original(&mail).is_ok() && p.store.original(&one.file).is_err());
    let deleted = delete(&p, &[two.id]);
    assert_eq!((deleted.originals, deleted.staying.len()), (2, 0));
    assert!(p.store.original(&mail).is_err());
    assert!(p.store.verify(None, &|_, _| true).unwrap().unwrap().is_whole());
}

#[test]
fn a_container_stays_while_something_in_it_was_not_read_yet() {
    let p = Profile::new();
    let mail = p.take("mail");
    let (one, two) = (member(&p, "one", &mail), member(&p, "two", &mail));
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("DELETE FROM documents WHERE id = ?1", [two.id.to_string()]).unwrap();
    let deleted = delete(&p, &[one.id]);
    assert_eq!(deleted.staying[0].id, mail);
    assert!(p.store.original(&two.file).is_ok());
}

#[test]
fn two_documents_of_one_file_keep_it_until_both_are_gone() {
    let p = Profile::new();
    let one = p.document("stack");
    let two = Document { id: DocumentId::new(p.ids.as_ref()), ..one.clone() };
    p.store.write(By::Program, Op::FileDocument, |w| w.insert_document(&two)).unwrap();
    assert_eq!(delete(&p, &[one.id]).originals, 0);
    assert!(p.store.original(&one.file).is_ok());
    assert_eq!(delete(&p, &[two.id]).originals, 1);
    assert!(p.store.original(&one.file).is_err());
    assert_eq!(delete(&p, &[two.id]), Deleted::default(), "what is gone is gone");
}
