//! The files of an export: in a folder, or in a ZIP. Nothing outside of it is read, and no more than its limits.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{ArrivalContent, FailureCode, MOST_FILE_BYTES};
use zip::ZipArchive;

use super::super::{MoveProblem, inside};
use crate::Failure;

/// The list of everything; at its place the export begins.
const MANIFEST: &str = "manifest.json";
/// What the manifest of one document ends with.
const SPLIT: &str = "-manifest.json";
/// A larger manifest is none. That of 10,000 documents with their text has about 100 MB.
const LARGEST_MANIFEST: u64 = 4_000_000_000;
/// More files are not looked at.
const MOST_FILES: usize = 2_000_000;
/// How deep folders are looked through.
const DEEPEST: usize = 16;

/// Where the files are.
pub(crate) enum Source {
    Folder(PathBuf),
    Zip(Box<Zip>),
}

pub(crate) struct Zip {
    archive: ZipArchive<BufReader<File>>,
    /// The place of each file, by its name from the manifest on.
    files: BTreeMap<String, usize>,
}

impl Source {
    /// Opens an export.
    ///
    /// # Errors
    /// `not_an_export` if there is no manifest, or the file is no ZIP.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let none = |why: &str| {
            let shown = path.display();
            let message = format!("{shown} is no export of paperless-ngx: {why}.");
            Failure::new(FailureCode::NotAnExport, message)
        };
        if path.is_dir() {
            return match path.join(MANIFEST).is_file() {
                true => Ok(Self::Folder(path.to_path_buf())),
                false => Err(none("there is no manifest.json in it")),
            };
        }
        let file = File::open(path).map_err(|error| none(&error.to_string()))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| none(&error.to_string()))?;
        if archive.len() > MOST_FILES {
            return Err(none("it holds too many files"));
        }
        let name = |at| archive.name_for_index(at).and_then(Result::ok).map(Cow::into_owned).unwrap_or_default();
        let names: Vec<String> = (0..archive.len()).map(name).collect();
        let is_manifest = |name: &&String| name.as_str() == MANIFEST || name.ends_with(&format!("/{MANIFEST}"));
        let manifest = names.iter().filter(is_manifest).min_by_key(|name| name.len());
        let Some(manifest) = manifest else { return Err(none("there is no manifest.json in it")) };
        let start = manifest.strip_suffix(MANIFEST).unwrap_or_default();
        let below = names.iter().enumerate().filter_map(|(at, name)| Some((name.strip_prefix(start)?.to_owned(), at)));
        let files = below.filter(|(name, _)| !name.is_empty() && !name.ends_with('/')).collect();
        Ok(Self::Zip(Box::new(Zip { archive, files })))
    }

    /// The manifests: the one of everything first.
    pub(crate) fn manifests(&self) -> Vec<String> {
        let mut split = match self {
            Self::Folder(root) => {
                let mut found = Vec::new();
                collect(root, root, DEEPEST, &mut found);
                found
            }
            Self::Zip(zip) => zip.files.keys().filter(|name| name.ends_with(SPLIT)).cloned().collect(),
        };
        split.sort();
        [MANIFEST.to_owned()].into_iter().chain(split).collect()
    }

    /// Hands a manifest to `read`, never more than its limit.
    ///
    /// # Errors
    /// What is wrong with the file, or what `read` says of it.
    pub(crate) fn manifest<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
    ) -> Result<T, MoveProblem> {
        let broken = |error: &dyn std::fmt::Display| {
            MoveProblem::new(name, FailureCode::Damaged, format!("“{name}” cannot be read ({error})."))
        };
        match self {
            Self::Folder(root) => {
                let file = open(root, name)?;
                read(&mut BufReader::new(file).take(LARGEST_MANIFEST)).map_err(|error| broken(&error))
            }
            Self::Zip(zip) => {
                let mut reader = zip.entry(name, LARGEST_MANIFEST)?;
                read(&mut reader).map_err(|error| broken(&error))
            }
        }
    }

    /// Is a file there, of a size that is taken in? It is not read.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn look(&mut self, name: &str) -> Result<(), MoveProblem> {
        match self {
            Self::Folder(root) => {
                let size = open(root, name)?.metadata().map_or(0, |found| found.len());
                if size > MOST_FILE_BYTES { Err(too_large(name)) } else { Ok(()) }
            }
            Self::Zip(zip) => zip.entry(name, MOST_FILE_BYTES).map(drop),
        }
    }

    /// An original: from a folder as an open file, from a ZIP as bytes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn original(&mut self, name: &str) -> Result<ArrivalContent, MoveProblem> {
        match self {
            Self::Folder(root) => {
                let file = open(root, name)?;
                if file.metadata().is_ok_and(|found| found.len() > MOST_FILE_BYTES) {
                    return Err(too_large(name));
                }
                Ok(ArrivalContent::File(Arc::new(file)))
            }
            Self::Zip(zip) => {
                let mut bytes = Vec::new();
                zip.entry(name, MOST_FILE_BYTES)?.read_to_end(&mut bytes).map_err(|error| {
                    let message = format!("“{name}” cannot be taken out of the ZIP ({error}).");
                    MoveProblem::new(name, FailureCode::Damaged, message)
                })?;
                Ok(ArrivalContent::Bytes(bytes))
            }
        }
    }
}

impl Zip {
    /// A file in the ZIP. What it claims to be larger than the limit is refused, and no more than it claims is read.
    fn entry(&mut self, name: &str, limit: u64) -> Result<impl Read + '_, MoveProblem> {
        let Some(at) = self.files.get(name).copied() else { return Err(missing(name, "it is not in the ZIP")) };
        let file = self.archive.by_index(at).map_err(|error| {
            MoveProblem::new(name, FailureCode::Damaged, format!("“{name}” cannot be taken out of the ZIP ({error})."))
        })?;
        if file.enclosed_name().is_none() || file.is_symlink() || !file.is_file() {
            let message = format!("“{name}” leads out of the ZIP, or is a link. It is left out.");
            return Err(MoveProblem::new(name, FailureCode::UnsafePath, message));
        }
        if file.size() > limit {
            return Err(too_large(name));
        }
        let size = file.size();
        Ok(file.take(size))
    }
}

fn open(root: &Path, name: &str) -> Result<File, MoveProblem> {
    let path = inside(root, name)?;
    match fs::symlink_metadata(&path) {
        // Opening a pipe would wait until somebody writes to it.
        Ok(found) if !found.is_file() => Err(missing(name, "it is no regular file")),
        Ok(_) => File::open(&path).map_err(|error| missing(name, &error.to_string())),
        Err(error) => Err(missing(name, &error.to_string())),
    }
}

fn missing(name: &str, why: &str) -> MoveProblem {
    let message = format!("“{name}” is missing or cannot be read ({why}).");
    MoveProblem::new(name, FailureCode::FileUnreadable, message)
}

fn too_large(name: &str) -> MoveProblem {
    let message = format!("“{name}” is larger than {} MB, the most that is taken in.", MOST_FILE_BYTES / 1_000_000);
    MoveProblem::new(name, FailureCode::TooLarge, message)
}

/// The manifests of single documents below a folder. Links are not followed.
fn collect(root: &Path, folder: &Path, depth: usize, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth > 0 => collect(root, &path, depth.saturating_sub(1), found),
            Ok(kind) if kind.is_file() => {
                let named = path.strip_prefix(root).unwrap_or(&path);
                let name = named.iter().map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>().join("/");
                if name.ends_with(SPLIT) {
                    found.push(name);
                }
            }
            _ => {}
        }
    }
}
