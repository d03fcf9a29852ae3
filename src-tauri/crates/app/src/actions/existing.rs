//! What must be there for a use case, or it fails.

use domain::{Document, DocumentId, SourceId, Task, TaskId};
use store::{Read, StoreError};

/// A document that must be there.
pub(crate) fn document(r: &Read<'_>, id: DocumentId) -> Result<Document, StoreError> {
    r.document(id)?.ok_or_else(|| StoreError::NotFound { noun: "document", id: id.to_string() })
}

/// A task that must be there.
pub(crate) fn task(r: &Read<'_>, id: TaskId) -> Result<Task, StoreError> {
    r.task(id)?.ok_or_else(|| StoreError::NotFound { noun: "task", id: id.to_string() })
}

/// Did a document come in from paperless-ngx, with what a person said about it there?
pub(crate) fn is_of_paperless(r: &Read<'_>, document: &Document) -> Result<bool, StoreError> {
    Ok(r.arrivals(&document.file)?.iter().any(|arrival| arrival.source == SourceId::Paperless))
}
