//! Mails saved as files (EML; RFC 5322, MIME). The text becomes pages; attachments become documents of their own.

use domain::{FailureCode, Member, Page, Problem, Reading};
use mail_parser::{Address, MessageParser, MimeHeaders as _, PartType};

use super::text::{read_sheets, sheet_image, sheets};
use super::{Format, Job, inside};
use crate::{PageImage, ReadError};

/// Header fields of which a mail has several (RFC 5322, 3.6; RFC 2045, 4).
const FIELDS: [&str; 8] =
    ["from:", "to:", "date:", "subject:", "mime-version:", "received:", "return-path:", "message-id:"];
/// How many of them make a mail.
const ENOUGH: usize = 3;
/// How far the head of a mail may reach before they are found.
const HEAD_WITHIN: usize = 20_000;
/// More attachments are not taken; mails have a handful.
const MOST: usize = 200;

pub(super) struct Mail;

impl Format for Mail {
    fn mime_type(&self) -> &'static str {
        "message/rfc822"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_WITHIN)]).to_ascii_lowercase();
        let is_field = |line: &str| line.split_once(':').is_some_and(|(name, _)| is_field_name(name));
        let head = head.lines().skip_while(|line| line.starts_with("from ")).take_while(|line| !line.is_empty());
        let mut fields = head.filter(|line| !line.starts_with([' ', '\t'])).peekable();
        fields.peek().is_some_and(|line| is_field(line))
            && fields.filter(|line| FIELDS.iter().any(|field| line.starts_with(field))).count() >= ENOUGH
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        let message = parsed(job)?;
        let mut reading = read_sheets(job, &text(&message));
        let mut parts = message.attachments().enumerate().filter_map(|(number, part)| member(&message, number, part));
        reading.members = parts.by_ref().take(MOST).collect();
        let left_out = parts.count();
        if left_out > 0 {
            let message = format!(
                "{left_out} attachments of “{}” were left out: at most {MOST} are taken. Save them from the mail, then drop \
                 them.",
                job.name
            );
            reading.problems.push(Problem::new(FailureCode::TooManyMembers, message));
        }
        Ok(reading)
    }

    fn page_image(&self, job: &Job<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        sheet_image(job, &text(&parsed(job)?), page, width_px, turned)
    }

    fn searchable_pdf(&self, job: &Job<'_>, _: &[Page]) -> Result<Vec<u8>, ReadError> {
        Ok(sheets(job, &text(&parsed(job)?)).0.pdf())
    }
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn parsed<'a>(job: &Job<'a>) -> Result<mail_parser::Message<'a>, ReadError> {
    MessageParser::default()
        .parse(job.bytes()?)
        .ok_or_else(|| ReadError::Damaged { name: job.name.to_owned(), detail: "not a valid mail".to_owned() })
}

/// Who, to whom, when, about what, and the text itself.
fn text(message: &mail_parser::Message<'_>) -> String {
    let head = [
        ("From", message.from().map(addresses)),
        ("To", message.to().map(addresses)),
        (
            "Date",
            message.date().map(|date| {
                format!("{:02}.{:02}.{} {:02}:{:02}", date.day, date.month, date.year, date.hour, date.minute)
            }),
        ),
        ("Subject", message.subject().map(str::to_owned)),
    ];
    let head: String = head.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}\n", value?))).collect();
    let bodies = (0..message.text_body_count()).filter_map(|number| message.body_text(number));
    head + "\n" + &bodies.collect::<Vec<_>>().join("\n\n")
}

fn addresses(addresses: &Address<'_>) -> String {
    let one = |a: &mail_parser::Addr<'_>| match (a.name(), a.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    };
    addresses.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The attachments of a mail, without those that belong to its layout (a logo) or its transport (a signature).
fn member(message: &mail_parser::Message<'_>, number: usize, part: &mail_parser::MessagePart<'_>) -> Option<Member> {
    let mime =
        part.content_type().map(|t| format!("{}/{}", t.ctype(), t.subtype().unwrap_or_default())).unwrap_or_default();
    let signature = ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"];
    let in_the_text = part.content_id().is_some_and(|id| {
        let wanted = format!("cid:{id}");
        (0..message.html_body_count()).any(|n| message.body_html(n).is_some_and(|html| html.contains(&wanted)))
    });
    if in_the_text || signature.contains(&mime.to_ascii_lowercase().as_str()) {
        return None;
    }
    let (bytes, ending) = match &part.body {
        PartType::Message(inner) => (inner.raw_message().to_vec(), "eml"),
        PartType::Text(_) | PartType::Html(_) => (part.contents().to_vec(), "txt"),
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => (part.contents().to_vec(), "bin"),
    };
    let given = part.attachment_name().map(inside).filter(|name| !name.is_empty());
    let name = given.unwrap_or_else(|| format!("attachment {}.{ending}", number + 1));
    (!bytes.is_empty()).then_some(Member { name, bytes, reading: None })
}
