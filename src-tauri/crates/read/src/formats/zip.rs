//! ZIP archives: the files inside become documents of their own. A ZIP bomb is refused by its declared size, before it
//! is unpacked.

use std::io::{Cursor, Read, Seek};

use ::zip::ZipArchive;
use ::zip::result::ZipError;
use domain::{FailureCode, MOST_MEMBERS, Member, Page, Problem, Reading, Room};

use super::{Format, Job, inside};
use crate::{PageImage, ReadError};

pub(super) const MIME_TYPE: &str = "application/zip";

pub(super) struct Zip;

impl Format for Zip {
    fn mime_type(&self) -> &'static str {
        MIME_TYPE
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        // Office documents and others are ZIP archives, too; their members tell.
        bytes.starts_with(b"PK\x03\x04")
            && infer::get(bytes).is_none_or(|kind| kind.mime_type() == MIME_TYPE)
            && !is_office(Cursor::new(bytes))
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        let mut archive = ZipArchive::new(Cursor::new(job.bytes()?)).map_err(|e| refused(job, &e))?;
        let count = archive.len();
        if count as u64 > MOST_MEMBERS {
            return Err(too_large(job, format!("{count} files"), format!("{MOST_MEMBERS} files")));
        }
        let mut reading = Reading::default();
        // All of them together may be as large as one file may be, and not very much larger than they are packed.
        let most = Room::of(job.bytes()?.len() as u64).bytes.min(job.options.limits.bytes);
        let mut room = most;
        for number in 0..count {
            let mut member = archive.by_index(number).map_err(|e| refused(job, &e))?;
            let name = inside(&member.name().map_err(|e| refused(job, &e))?);
            if member.is_dir() || is_clutter(&name) {
                continue;
            }
            if member.size() > room {
                return Err(too_large(job, format!("{name} grows to {}", size_text(member.size())), size_text(most)));
            }
            let mut bytes = Vec::new();
            // The declared size may be wrong.
            let taken = member.by_ref().take(room + 1).read_to_end(&mut bytes);
            if bytes.len() as u64 > room {
                return Err(too_large(job, "more when unpacked".to_owned(), size_text(most)));
            }
            room -= bytes.len() as u64;
            match taken {
                Ok(_) => reading.members.push(Member { name, bytes, reading: None }),
                Err(error) => {
                    let message = format!("{name} in “{}” is damaged ({error}). Get the archive again.", job.name);
                    reading.problems.push(Problem::new(FailureCode::Damaged, message));
                }
            }
            job.progress(number as u32 + 1, count as u32);
        }
        if reading.members.is_empty() {
            let detail = "there is no file in it that can be taken out".to_owned();
            return Err(ReadError::Damaged { name: job.name.to_owned(), detail });
        }
        Ok(reading)
    }

    fn page_image(&self, job: &Job<'_>, page: u32, _: u32, _: u16) -> Result<PageImage, ReadError> {
        Err(ReadError::NoSuchPage { name: job.name.to_owned(), page, pages: 0 })
    }

    fn searchable_pdf(&self, job: &Job<'_>, _: &[Page]) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::NoSuchPage { name: job.name.to_owned(), page: 1, pages: 0 })
    }
}

/// Whether an archive is an office document, in whatever order its parts were packed (ECMA-376, part 2; OpenDocument,
/// part 3).
pub(super) fn is_office(archive: impl Read + Seek) -> bool {
    let is_part = |name: &[u8]| [&b"[Content_Types].xml"[..], b"META-INF/manifest.xml"].contains(&name);
    ZipArchive::new(archive).is_ok_and(|archive| archive.file_names_raw().any(is_part))
}

/// Files of file managers: hidden files, the attribute folder of macOS, thumbnails of Windows.
fn is_clutter(name: &str) -> bool {
    let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    hidden || name.ends_with("Thumbs.db") || name.ends_with("desktop.ini")
}

fn refused(job: &Job<'_>, error: &ZipError) -> ReadError {
    let name = job.name.to_owned();
    match error {
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) | ZipError::InvalidPassword => {
            let found = format!("an archive that is locked or packed in a rare way ({error})");
            ReadError::Unsupported { name, found, way_out: "Unpack it, then drop the files inside.".into() }
        }
        other => ReadError::Damaged { name, detail: other.to_string() },
    }
}

fn size_text(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

fn too_large(job: &Job<'_>, size: String, limit: String) -> ReadError {
    ReadError::TooLarge { name: job.name.to_owned(), size, limit }
}
