//! Expanding a typed word to the words of the documents that it may mean.

use domain::search::{stem, terms};
use rusqlite::params;

use crate::{Read, Result};

/// At most so many words of each sort are added for one typed word.
const FORMS: usize = 32;
const COMPOUNDS: usize = 48;
const COMPLETIONS: usize = 32;
const SIMILAR: usize = 12;
/// A shorter one is part of too many words.
const SHORTEST_PART: usize = 4;
/// So many words that share the most trigrams with the typed one are compared with it.
const CANDIDATES: usize = 200;

impl Read<'_> {
    /// Words of the same stem, with the word itself.
    pub(super) fn forms(&self, term: &str) -> Result<Vec<String>> {
        let mut forms = self.rows(
            "SELECT term FROM search_terms WHERE stem = ?1 ORDER BY length(term) LIMIT ?2",
            params![stem(term), FORMS],
            |row| Ok(row.get::<_, String>(0)?),
        )?;
        if !forms.iter().any(|form| form == term) {
            forms.push(term.to_owned());
        }
        Ok(forms)
    }

    /// Words that begin so, the shortest first.
    pub(super) fn completions(&self, beginning: &str) -> Result<Vec<String>> {
        self.rows(
            "SELECT term FROM search_terms WHERE term >= ?1 AND term < ?1 || char(0x10ffff) ORDER BY length(term), term LIMIT ?2",
            params![beginning, COMPLETIONS],
            |row| Ok(row.get(0)?),
        )
    }

    /// Words that contain a word; those that end with it come first, because in German they are a kind of it.
    pub(super) fn compounds(&self, term: &str) -> Result<Vec<String>> {
        let part = stem(term);
        let part = if part.len() < SHORTEST_PART { term } else { &part };
        if part.len() < SHORTEST_PART {
            return Ok(Vec::new());
        }
        self.rows(
            "SELECT t.term FROM search_trigrams AS g JOIN search_terms AS t ON t.number = g.rowid
             WHERE g.term MATCH ?1
             ORDER BY t.term NOT LIKE '%' || ?2 || '___', t.term NOT LIKE '%' || ?2, length(t.term), t.term LIMIT ?3",
            params![format!("\"{part}\""), part, COMPOUNDS],
            |row| Ok(row.get(0)?),
        )
    }

    /// Ids of the senders whose names contain all these words, or parts of them; if there are none, of senders with
    /// nearly the same name.
    pub(super) fn senders_like(&self, name: &str) -> Result<Vec<String>> {
        let wanted: Vec<String> = terms(name).map(|(_, term)| term).collect();
        let senders = self.rows("SELECT id, name FROM correspondents", [], |row| {
            let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((id, terms(&name).map(|(_, term)| term).collect::<Vec<_>>()))
        })?;
        let with = |fits: fn(&str, &str) -> bool| -> Vec<String> {
            let all = |words: &[String]| wanted.iter().all(|wanted| words.iter().any(|word| fits(word, wanted)));
            senders.iter().filter(|(_, words)| all(words)).map(|(id, _)| id.clone()).collect()
        };
        let exact =
            with(|word, wanted| word.starts_with(wanted) || wanted.len() >= SHORTEST_PART && word.contains(wanted));
        let slipped = |word: &str, wanted: &str| strsim::damerau_levenshtein(word, wanted) <= slips(wanted);
        Ok(if exact.is_empty() { with(slipped) } else { exact })
    }

    /// Words with one slip, in long words two (Damerau–Levenshtein).
    pub(super) fn similar(&self, term: &str) -> Result<Vec<String>> {
        let letters: Vec<char> = term.chars().collect();
        let slips = slips(term);
        if slips == 0 {
            return Ok(Vec::new());
        }
        let groups: Vec<String> =
            letters.windows(3).map(|group| format!("\"{}\"", group.iter().collect::<String>())).collect();
        let candidates = self.rows(
            "SELECT t.term FROM search_trigrams AS g JOIN search_terms AS t ON t.number = g.rowid
             WHERE g.term MATCH ?1 ORDER BY g.rank LIMIT ?2",
            params![groups.join(" OR "), CANDIDATES],
            |row| Ok(row.get::<_, String>(0)?),
        )?;
        let mut similar: Vec<(usize, String)> = candidates
            .into_iter()
            .map(|candidate| (strsim::damerau_levenshtein(term, &candidate), candidate))
            .filter(|(distance, _)| *distance <= slips)
            .collect();
        similar.sort();
        similar.truncate(SIMILAR);
        Ok(similar.into_iter().map(|(_, candidate)| candidate).collect())
    }
}

/// How many slips a word may have and still be meant.
fn slips(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}
