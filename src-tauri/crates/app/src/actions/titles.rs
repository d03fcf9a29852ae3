//! Titles of documents: they follow what is known of a document, and no two are the same.

use domain::{Document, DocumentId, paper_name, titles};
use store::{Op, Read, StoreError, Write};
use understand::subject_line;

use crate::actions::existing;

/// Gives a document the title that follows from what is known of it now, unless a person has named it, here or in
/// paperless-ngx; gives it as it is then.
pub(crate) fn follow(w: &Write<'_>, id: DocumentId) -> Result<Document, StoreError> {
    let document = existing::document(w, id)?;
    if w.did_a_person(id, &[Op::RenameDocument])? || existing::is_of_paperless(w, &document)? {
        return Ok(document);
    }
    let title = free(w, id, &all(w, &document)?)?;
    if title == document.title {
        return Ok(document);
    }
    w.set_title(id, &title)?;
    Ok(Document { title, ..document })
}

fn all(r: &Read<'_>, document: &Document) -> Result<Vec<String>, StoreError> {
    let file = &document.file;
    let subject = r.reading(file)?.and_then(|reading| subject_line(&reading));
    let paper = paper_name(document.kind, r.language(file)?.as_deref());
    Ok(titles(&document.facts, subject.as_deref(), paper, &r.file_name(file)?))
}

/// The first title that no other document has; where all are taken, the last with a number.
fn free(r: &Read<'_>, id: DocumentId, titles: &[String]) -> Result<String, StoreError> {
    for title in titles {
        if !r.is_titled(title, id)? {
            return Ok(title.clone());
        }
    }
    let last = titles.last().cloned().unwrap_or_default();
    for number in 2_u32.. {
        let title = format!("{last} ({number})");
        if !r.is_titled(&title, id)? {
            return Ok(title);
        }
    }
    Ok(last)
}
