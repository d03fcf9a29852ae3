//! A small tree of elements by local name. Namespaces are dropped: the three syntaxes differ in their names anyway.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// An element: attributes, own text and children.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

/// Deeper than any real invoice.
const MAX_DEPTH: usize = 64;
/// More than any real invoice has.
const MAX_ELEMENTS: usize = 400_000;

impl Element {
    /// Reads a document; none if it is not well-formed or absurdly deep or large. Entities other than the five of XML are
    /// dropped, so nothing can expand.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        let mut count = 0;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => {
                    count += 1;
                    if open.len() >= MAX_DEPTH || count > MAX_ELEMENTS {
                        return None;
                    }
                    open.push(Self::of(&start));
                }
                Event::Empty(start) => match open.last_mut() {
                    Some(parent) => parent.children.push(Self::of(&start)),
                    None => return Some(Self::of(&start)),
                },
                Event::End(_) => {
                    let done = open.pop()?;
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Some(done),
                    }
                }
                Event::Text(text) => open.last_mut().into_iter().for_each(|e| e.text.push_str(&text.xml10_content())),
                Event::CData(text) => open.last_mut().into_iter().for_each(|e| e.text.push_str(&text.xml10_content())),
                Event::GeneralRef(name) => {
                    let meant = match name.resolve_char_ref().ok()? {
                        Some(character) => Some(character.to_string()),
                        None => resolve_xml_entity(&name.xml10_content()).map(str::to_owned),
                    };
                    open.last_mut().into_iter().for_each(|e| e.text.extend(meant.as_deref()));
                }
                Event::Eof => return None,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn of(start: &BytesStart) -> Self {
        let attributes = start
            .attributes()
            .flatten()
            .map(|a| (a.key.local_name().as_ref().to_owned(), a.value.into_owned()))
            .collect();
        Self { name: start.local_name().as_ref().to_owned(), attributes, ..Self::default() }
    }

    /// All elements at a path such as `Party/PartyName/Name`, where `*` is any one element.
    pub(super) fn all<'e>(&'e self, path: &str) -> Vec<&'e Self> {
        path.split('/').fold(vec![self], |here, name| {
            here.into_iter().flat_map(|e| &e.children).filter(|e| name == "*" || e.name == name).collect()
        })
    }

    /// The first element at a path.
    pub(super) fn first(&self, path: &str) -> Option<&Self> {
        self.all(path).into_iter().next()
    }

    /// The text of the first element at a path that has any, with its white space tidied.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.all(path).into_iter().find_map(Self::own_text)
    }

    /// The element's own text with its white space tidied; none if it is blank.
    pub(super) fn own_text(&self) -> Option<String> {
        let tidy = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!tidy.is_empty()).then_some(tidy)
    }

    /// An attribute by its local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_entities_are_read() {
        let root =
            Element::parse(r#"<?xml version="1.0"?><a:r xmlns:a="x"><a:b k="1">A &amp; B</a:b><b>C&#228;</b></a:r>"#)
                .unwrap();
        assert_eq!(root.name, "r");
        assert_eq!(root.text("b").as_deref(), Some("A & B"));
        assert_eq!(root.all("b").len(), 2);
        assert_eq!(root.first("b").and_then(|b| b.attribute("k")), Some("1"));
        assert_eq!(root.all("*")[1].own_text().as_deref(), Some("Cä"));
    }

    #[test]
    fn broken_or_bottomless_documents_give_nothing() {
        assert!(Element::parse("<a><b></a>").is_none());
        assert!(Element::parse("<a>").is_none());
        assert!(Element::parse("text").is_none());
        assert!(Element::parse(&"<a>".repeat(100_000)).is_none());
    }

    #[test]
    fn entities_of_the_document_do_not_expand() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;&x;y</a>"#;
        assert_eq!(Element::parse(bomb).unwrap().own_text().as_deref(), Some("y"));
    }
}
