//! Whether what is read of a page is what can be seen on it.

use journeys::visible::misread;

use crate::figure::{Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let (pages, wrong) = misread(folder.path());
    let names: Vec<&str> = wrong.iter().filter_map(|page| page.split(':').next()).collect();
    Ok(vec![Figure {
        name: "read.visible_cases_right",
        value: (pages - wrong.len()) as f64,
        unit: "",
        goal: Some(pages as f64),
        better: Better::Higher,
        note: format!("of {pages} pages with hidden, wrong or added words; wrong: {}", names.join(", ")),
    }])
}
