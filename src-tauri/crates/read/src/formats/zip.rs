//! ZIP archives: the files inside are documents of their own. Bombs are refused by what they would grow to, before they do.

use std::io::{Cursor, Read as _};

use ::zip::ZipArchive;
use ::zip::result::ZipError;
use domain::{Member, Page, Problem, Reading};

use super::{Format, Job};
use crate::{PageImage, ReadError};

/// More files than this in one archive are not post.
const MOST_MEMBERS: usize = 2000;
/// A file may be this many times larger than it is packed. Text shrinks to a tenth, white pages to a hundredth.
const MOST_RATIO: u64 = 200;
/// Files below this size may have any ratio.
const SMALL: u64 = 1_000_000;

pub(super) struct Zip;

impl Format for Zip {
    fn mime_type(&self) -> &'static str {
        "application/zip"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        // Office documents and others are archives, too, and known by what they hold.
        bytes.starts_with(b"PK\x03\x04")
            && infer::get(bytes).is_none_or(|kind| kind.mime_type() == "application/zip")
            && !is_office(bytes)
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        let mut archive = ZipArchive::new(Cursor::new(job.bytes()?)).map_err(|e| refused(job, &e))?;
        let count = archive.len();
        if count > MOST_MEMBERS {
            return Err(too_large(job, format!("{count} files"), format!("{MOST_MEMBERS} files")));
        }
        let mut reading = Reading::default();
        // All of them together may be as large as one file may be.
        let mut room = job.options.limits.bytes;
        for number in 0..count {
            let mut member = archive.by_index(number).map_err(|e| refused(job, &e))?;
            let name = member.name().map_err(|e| refused(job, &e))?.replace('\\', "/");
            if member.is_dir() || is_clutter(&name) {
                continue;
            }
            if member.size() > SMALL && member.size() / member.compressed_size().max(1) > MOST_RATIO {
                return Err(too_large(
                    job,
                    format!("{name} grows to {} MB", member.size() / 1_000_000),
                    "200 times".into(),
                ));
            }
            let mut bytes = Vec::new();
            // What it says about its size need not be true.
            let taken = member.by_ref().take(room + 1).read_to_end(&mut bytes);
            if bytes.len() as u64 > room {
                let limit = format!("{} MB", job.options.limits.bytes / 1_000_000);
                return Err(too_large(job, "more when unpacked".to_owned(), limit));
            }
            room -= bytes.len() as u64;
            match taken {
                Ok(_) => reading.members.push(Member { name, bytes, reading: None }),
                Err(error) => {
                    let message = format!("{name} in “{}” is damaged ({error}). Get the archive again.", job.name);
                    reading.problems.push(Problem::new("damaged", message));
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
pub(super) fn is_office(bytes: &[u8]) -> bool {
    let is_part = |name: &[u8]| [&b"[Content_Types].xml"[..], b"META-INF/manifest.xml"].contains(&name);
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.file_names_raw().any(is_part))
}

/// What file managers leave behind: hidden files, macOS's folder of attributes, Windows' pictures of folders.
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

fn too_large(job: &Job<'_>, size: String, limit: String) -> ReadError {
    ReadError::TooLarge { name: job.name.to_owned(), size, limit }
}
