//! What the manifests say: a list of records, each with its model, its number and its fields. They are read record by record;
//! the text of documents, passwords, users and models that are not known are dropped at once.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};

use chrono::{DateTime, Utc};
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::super::MoveProblem;
use super::source::Source;

/// Everything that is taken in.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    /// The version of paperless-ngx, where it says so.
    pub(crate) version: Option<String>,
    pub(crate) correspondents: BTreeMap<i64, String>,
    pub(crate) types: BTreeMap<i64, String>,
    pub(crate) tags: BTreeMap<i64, PaperlessTag>,
    pub(crate) fields: BTreeMap<i64, CustomField>,
    pub(crate) documents: Vec<PaperlessDocument>,
    /// By document, oldest first.
    pub(crate) notes: BTreeMap<i64, Vec<Note>>,
    /// By document: the field, and its value.
    pub(crate) values: BTreeMap<i64, Vec<(i64, FieldValue)>>,
    /// How many records of each model are not taken.
    pub(crate) left: BTreeMap<String, u32>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PaperlessTag {
    pub(crate) name: String,
    /// The tag it is below; since late 2.x.
    #[serde(default, rename = "tn_parent")]
    pub(crate) parent: Option<i64>,
    /// What has it was not looked at yet.
    #[serde(default)]
    pub(crate) is_inbox_tag: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct CustomField {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) data_type: String,
    #[serde(default)]
    extra_data: Option<Value>,
}

impl CustomField {
    /// The label of a choice. Older exports number them, newer ones give them ids.
    pub(crate) fn label(&self, choice: &Value) -> Option<String> {
        let options = self.extra_data.as_ref()?.get("select_options")?.as_array()?;
        let by_id = options.iter().find(|option| option.get("id").is_some_and(|id| id == choice));
        let by_number = || choice.as_u64().and_then(|at| options.get(usize::try_from(at).ok()?));
        let option = by_id.or_else(by_number)?;
        option.get("label").unwrap_or(option).as_str().map(str::to_owned)
    }
}

/// A document, or a newer version of one.
#[derive(Clone, Debug)]
pub(crate) struct PaperlessDocument {
    pub(crate) number: i64,
    pub(crate) fields: DocumentFields,
    /// Where its original lies.
    pub(crate) file: Option<String>,
    /// Whether paperless-ngx has made a PDF/A of it.
    pub(crate) has_archive_version: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct DocumentFields {
    #[serde(default)]
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) correspondent: Option<i64>,
    #[serde(default)]
    pub(crate) document_type: Option<i64>,
    #[serde(default)]
    pub(crate) storage_path: Option<i64>,
    #[serde(default)]
    pub(crate) tags: Vec<i64>,
    /// SHA-256 in 3.x, MD5 before.
    #[serde(default)]
    pub(crate) checksum: Option<String>,
    /// A day, in older 2.x an instant.
    #[serde(default)]
    pub(crate) created: Option<String>,
    #[serde(default)]
    pub(crate) added: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(crate) original_filename: Option<String>,
    #[serde(default)]
    pub(crate) archive_serial_number: Option<i64>,
    #[serde(default)]
    pub(crate) deleted_at: Option<DateTime<Utc>>,
    /// The document of which this is a newer version.
    #[serde(default)]
    pub(crate) root_document: Option<i64>,
    #[serde(default)]
    pub(crate) version_index: Option<i64>,
    #[serde(default)]
    pub(crate) version_label: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Note {
    #[serde(default)]
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) created: Option<DateTime<Utc>>,
    document: i64,
    #[serde(default)]
    deleted_at: Option<DateTime<Utc>>,
}

/// The value of a custom field: the one column that is not empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FieldValue {
    document: i64,
    field: i64,
    deleted_at: Option<DateTime<Utc>>,
    pub(crate) value_text: Option<String>,
    pub(crate) value_long_text: Option<String>,
    pub(crate) value_bool: Option<bool>,
    pub(crate) value_url: Option<String>,
    pub(crate) value_date: Option<String>,
    pub(crate) value_int: Option<i64>,
    pub(crate) value_float: Option<f64>,
    pub(crate) value_monetary: Option<String>,
    pub(crate) value_document_ids: Option<Vec<i64>>,
    pub(crate) value_select: Option<Value>,
}

impl Manifest {
    /// Reads all manifests of an export. What cannot be read is noted, and the rest counts.
    pub(crate) fn read(source: &mut Source, problems: &mut Vec<MoveProblem>) -> Self {
        let mut all = Self { version: version(source), ..Self::default() };
        for name in source.manifests() {
            if let Err(problem) = source.manifest(&name, |text| all.add(text)) {
                problems.push(problem);
            }
        }
        for notes in all.notes.values_mut() {
            notes.sort_by_key(|note| note.created);
        }
        all.documents.sort_by_key(|document| document.number);
        all
    }

    /// A list of records, or one alone.
    fn add(&mut self, text: &mut dyn Read) -> io::Result<()> {
        let mut parser = serde_json::Deserializer::from_reader(text);
        Records(self).deserialize(&mut parser)?;
        Ok(())
    }

    fn record(&mut self, record: &mut Value) -> Result<(), serde_json::Error> {
        let model = record.get("model").and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = record.get("pk").and_then(Value::as_i64).unwrap_or_default();
        let named = |key: &str| record.get(key).and_then(Value::as_str).map(str::to_owned);
        let (file, archive) = (named("__exported_file_name__"), named("__exported_archive_name__"));
        let fields = record.get_mut("fields").map(Value::take).unwrap_or_default();
        #[derive(Deserialize)]
        struct Named {
            name: String,
        }
        match model.as_str() {
            "documents.correspondent" => {
                self.correspondents.insert(number, serde_json::from_value::<Named>(fields)?.name);
            }
            "documents.documenttype" => {
                self.types.insert(number, serde_json::from_value::<Named>(fields)?.name);
            }
            "documents.tag" => {
                self.tags.insert(number, serde_json::from_value(fields)?);
            }
            "documents.customfield" => {
                self.fields.insert(number, serde_json::from_value(fields)?);
            }
            "documents.document" => {
                let fields = serde_json::from_value(fields)?;
                self.documents.push(PaperlessDocument { number, fields, file, has_archive_version: archive.is_some() });
            }
            "documents.note" => {
                let note: Note = serde_json::from_value(fields)?;
                if note.deleted_at.is_none() && !note.note.trim().is_empty() {
                    self.notes.entry(note.document).or_default().push(note);
                }
            }
            "documents.customfieldinstance" => {
                let value: FieldValue = serde_json::from_value(fields)?;
                if value.deleted_at.is_none() {
                    self.values.entry(value.document).or_default().push((value.field, value));
                }
            }
            // Kinds of things that Django keeps for itself say nothing to a person.
            "contenttypes.contenttype" | "auth.permission" | "" => {}
            other => {
                let count = self.left.entry(other.to_owned()).or_default();
                *count = count.saturating_add(1);
            }
        }
        Ok(())
    }
}

/// Parses a list of records, one at a time.
struct Records<'m>(&'m mut Manifest);

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(mut record) = list.next_element::<Value>()? {
            self.0.record(&mut record).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}

/// The version that wrote the export: in `metadata.json`, once in `version.json`.
fn version(source: &mut Source) -> Option<String> {
    let of = |source: &mut Source, name: &str| {
        let parsed = source.manifest(name, |text| Ok(serde_json::from_reader::<_, Value>(text)?)).ok()?;
        parsed.get("version").and_then(Value::as_str).map(str::to_owned)
    };
    of(source, "metadata.json").or_else(|| of(source, "version.json"))
}
