//! What becomes of what paperless-ngx knows of a document.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use domain::search::{field_named, kind_named};
use domain::{DocumentKind, Field, Money, Value};

use super::manifest::{CustomField, DocumentFields, FieldValue, Manifest, PaperlessDocument};
use crate::text::Locale;

/// Tags nested deeper are as if they had no parent.
const DEEPEST: usize = 8;
/// The custom fields that become values of the letter, by the names that the search knows for them.
const FIELDS: &[Field] = &[Field::InvoiceNumber, Field::CustomerNumber, Field::ContractNumber, Field::OrderNumber];

/// What becomes of a document type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeBecomes {
    Kind(DocumentKind),
    Tag(String),
}

/// What becomes of a custom field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldBecomes {
    Fact(Field),
    /// A line of the note.
    Note,
}

/// A document as it comes in.
#[derive(Clone, Debug)]
pub(crate) struct Mapped {
    pub(crate) title: String,
    pub(crate) day: Option<NaiveDate>,
    pub(crate) sender: Option<String>,
    pub(crate) kind: Option<DocumentKind>,
    pub(crate) tags: Vec<String>,
    pub(crate) note: String,
    pub(crate) facts: Vec<(Field, Value)>,
    /// It has an inbox tag: nobody has looked at it yet.
    pub(crate) is_new: bool,
}

/// A kind where the name of the type is a word for one, such as "Rechnung"; else a tag of that name.
pub(crate) fn type_becomes(name: &str, locale: Locale) -> TypeBecomes {
    match kind_named(&one_word(name)) {
        Some(kind) => TypeBecomes::Kind(kind),
        None => TypeBecomes::Tag(match locale {
            Locale::German => format!("Dokumenttyp/{}", name.replace('/', "-")),
            Locale::English => format!("Document type/{}", name.replace('/', "-")),
        }),
    }
}

/// A number of the letter where the name says which, and the field is a text; else a line of the note.
pub(crate) fn field_becomes(field: &CustomField) -> FieldBecomes {
    let known = field_named(&one_word(&field.name)).filter(|field| FIELDS.contains(field));
    match known {
        Some(known) if field.data_type == "string" => FieldBecomes::Fact(known),
        Some(_) | None => FieldBecomes::Note,
    }
}

fn one_word(name: &str) -> String {
    name.trim().to_lowercase().replace(' ', "-")
}

impl Manifest {
    /// The path of a tag: the names of the tags above it, and its own.
    pub(crate) fn path_of_tag(&self, number: i64) -> Option<String> {
        let tag = self.tags.get(&number)?;
        let (mut path, mut parent) = (tag.name.clone(), tag.parent);
        for _ in 0..DEEPEST {
            let Some(above) = parent.and_then(|number| self.tags.get(&number)) else { break };
            path = format!("{}/{path}", above.name);
            parent = above.parent;
        }
        Some(path)
    }

    /// A document as it comes in.
    pub(crate) fn mapped(&self, document: &PaperlessDocument, zone: Tz, locale: Locale) -> Mapped {
        let fields = &document.fields;
        let mut tags: Vec<String> = fields.tags.iter().filter_map(|tag| self.path_of_tag(*tag)).collect();
        let kind = fields.document_type.and_then(|number| self.types.get(&number));
        let kind = match kind.map(|name| type_becomes(name, locale)) {
            Some(TypeBecomes::Kind(kind)) => Some(kind),
            Some(TypeBecomes::Tag(tag)) => {
                tags.push(tag);
                None
            }
            None => None,
        };
        let (facts, note) = self.said(document, locale);
        Mapped {
            title: title(document, locale),
            day: day(fields, zone),
            sender: fields.correspondent.and_then(|number| self.correspondents.get(&number)).cloned(),
            kind,
            tags,
            note,
            facts,
            is_new: fields.tags.iter().filter_map(|tag| self.tags.get(tag)).any(|tag| tag.is_inbox_tag),
        }
    }

    /// The values of custom fields, and the note: what was noted, the number of the paper, and the other fields.
    fn said(&self, document: &PaperlessDocument, locale: Locale) -> (Vec<(Field, Value)>, String) {
        let say = |german: &'static str, english: &'static str| match locale {
            Locale::German => german,
            Locale::English => english,
        };
        let (mut facts, mut lines) = (Vec::new(), Vec::new());
        if let Some(number) = document.fields.archive_serial_number {
            lines.push(format!("- {}: {number}", say("Archivnummer", "Archive number")));
        }
        for (field, value) in self.values.get(&document.number).into_iter().flatten() {
            let Some(field) = self.fields.get(field) else { continue };
            let Some(text) = self.text_of(field, value, locale) else { continue };
            let fact = match field_becomes(field) {
                FieldBecomes::Fact(known) => Value::parse(known, &text).ok().map(|value| (known, value)),
                FieldBecomes::Note => None,
            };
            match fact {
                Some(fact) => facts.push(fact),
                None => lines.push(format!("- {}: {text}", field.name)),
            }
        }
        let notes = self.notes.get(&document.number).into_iter().flatten().map(|note| note.note.trim().to_owned());
        let mut parts: Vec<String> = notes.collect();
        if !lines.is_empty() {
            parts.push(lines.join("\n"));
        }
        (facts, parts.join("\n\n"))
    }

    /// The value of a custom field in one text; none where it is empty.
    fn text_of(&self, field: &CustomField, value: &FieldValue, locale: Locale) -> Option<String> {
        let yes = |yes: bool| match (locale, yes) {
            (Locale::German, true) => "ja",
            (Locale::German, false) => "nein",
            (Locale::English, true) => "yes",
            (Locale::English, false) => "no",
        };
        let titles = |numbers: &Vec<i64>| {
            let titled = numbers.iter().filter_map(|number| self.documents.iter().find(|one| one.number == *number));
            titled.map(|one| title(one, locale)).collect::<Vec<_>>().join(", ")
        };
        let text = value
            .value_text
            .clone()
            .or_else(|| value.value_long_text.as_ref().map(|text| text.replace('\n', "\n  ")))
            .or_else(|| value.value_bool.map(|is| yes(is).to_owned()))
            .or_else(|| value.value_url.clone())
            .or_else(|| value.value_date.clone())
            .or_else(|| value.value_int.map(|number| number.to_string()))
            .or_else(|| value.value_float.map(|number| number.to_string()))
            .or_else(|| value.value_monetary.as_deref().map(money))
            .or_else(|| value.value_document_ids.as_ref().map(titles))
            .or_else(|| {
                value.value_select.as_ref().map(|choice| field.label(choice).unwrap_or_else(|| choice.to_string()))
            })?;
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

/// The title; that of a newer version says so. Without one the name of the file.
fn title(document: &PaperlessDocument, locale: Locale) -> String {
    let fields = &document.fields;
    let given = fields.title.trim();
    let name = fields.original_filename.as_deref().or(document.file.as_deref()).unwrap_or_default();
    let title = if given.is_empty() { name.rsplit('/').next().unwrap_or(name) } else { given };
    if fields.root_document.is_none() {
        return title.to_owned();
    }
    let label = fields.version_label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    let label = label.map_or_else(
        || {
            // The first version has no number; the next one is the second.
            let number = fields.version_index.unwrap_or(1).saturating_add(1);
            match locale {
                Locale::German => format!("Fassung {number}"),
                Locale::English => format!("Version {number}"),
            }
        },
        str::to_owned,
    );
    format!("{title} · {label}")
}

/// The day of the letter. Older exports have the instant at which that day begins for the person.
fn day(fields: &DocumentFields, zone: Tz) -> Option<NaiveDate> {
    let created = fields.created.as_deref()?;
    if let Ok(day) = created.parse() {
        return Some(day);
    }
    let instant = DateTime::parse_from_rfc3339(created).ok()?;
    let is_utc = instant.offset().local_minus_utc() == 0;
    Some(if is_utc { domain::today(instant.to_utc(), zone) } else { instant.naive_local().date() })
}

/// "EUR84.20" as "84.20 EUR"; anything else stays.
fn money(text: &str) -> String {
    let parsed = text.split_at_checked(3).and_then(|(currency, amount)| Money::parse(amount, currency).ok());
    parsed.map_or_else(|| text.to_owned(), |Money { amount, currency }| format!("{amount:.2} {currency}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn created(text: &str) -> Option<NaiveDate> {
        let fields: DocumentFields = serde_json::from_value(serde_json::json!({ "created": text })).unwrap();
        day(&fields, chrono_tz::Europe::Berlin)
    }

    #[test]
    fn the_day_is_that_of_the_person_in_every_form() {
        let day = "2025-03-03".parse().ok();
        for text in ["2025-03-03", "2025-03-03T00:00:00+01:00", "2025-03-02T23:00:00Z", "2025-03-02T23:00:00+00:00"] {
            assert_eq!(created(text), day, "{text}");
        }
        assert_eq!(created("yesterday"), None);
    }

    #[test]
    fn types_and_fields_become_what_their_names_say() {
        assert_eq!(type_becomes("Rechnung", Locale::German), TypeBecomes::Kind(DocumentKind::Invoice));
        assert_eq!(type_becomes("Bank statement", Locale::English), TypeBecomes::Kind(DocumentKind::BankStatement));
        assert_eq!(type_becomes("Auto/Moped", Locale::German), TypeBecomes::Tag("Dokumenttyp/Auto-Moped".to_owned()));
        assert_eq!((money("EUR84.20"), money("12"), money("äöü")), ("84.20 EUR".into(), "12".into(), "äöü".into()));
    }
}
