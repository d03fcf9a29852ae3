//! The sender's name in the web: the domain of its pages and mail addresses.

use domain::normalised_name;

use crate::address::{self, Party};
use crate::context::Context;
use crate::forms::pattern;

/// The names of the domains that a letter gives, as letters and digits: `stadtwerkemuster` of `www.stadtwerke-muster.de`.
/// Those among the reader's particulars are left out.
pub(super) fn domains(context: &Context) -> Vec<String> {
    let form = pattern!(r"(?:@|\bwww\.|\bhttps?://(?:www\.)?)(?P<host>[\p{L}\d-]+(?:\.[\p{L}\d-]+)*)\.\p{L}{2,}\b");
    let block = address::recipient(&context.layout).unwrap_or_default();
    let cells = context.layout.cells().filter(|cell| {
        address::party_of(&context.layout, cell) != Some(Party::Reader)
            && !block.iter().any(|line| std::ptr::eq(*line, *cell))
    });
    let hosts = cells.flat_map(|cell| form.captures_iter(&cell.text).filter_map(|hit| hit.name("host")));
    hosts.filter_map(|host| name(host.as_str())).collect()
}

/// The part of a host that its owner has chosen: the last that is no short `co` of `co.uk`.
fn name(host: &str) -> Option<String> {
    /// Shorter names are those of others as well.
    const SHORTEST: usize = 5;
    let chosen = host.split('.').rev().find(|part| part.len() > 3)?;
    Some(compact(chosen)).filter(|name| name.len() >= SHORTEST)
}

/// Whether a domain is the whole of a normalised name or its first words.
pub(super) fn names(domain: &str, plain: &str) -> bool {
    let mut words = String::new();
    plain.split(' ').any(|word| {
        words.push_str(&compact(word));
        words == domain
    })
}

/// Letters and digits only, without umlauts.
fn compact(text: &str) -> String {
    normalised_name(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
