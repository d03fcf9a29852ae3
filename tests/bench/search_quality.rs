//! How well documents are found: judged queries over the PDFs with a text layer in the big corpus.

use std::path::Path;

use anyhow::Context as _;
use journeys::{TestApp, corpus, judged};

use crate::figure::{Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let Some(household) = corpus::found("household") else { return Ok(Vec::new()) };
    let folder = household.parent().unwrap_or(Path::new(".")).to_path_buf();
    let queries = judged::queries()?;
    let test = TestApp::on("2026-11-20");
    let files = judged::import(&test, &folder)?;
    let (mut all, mut held_out) = (Vec::new(), Vec::new());
    for query in &queries {
        let rank = query.rank(&test, &files);
        let worth = rank.map_or(0.0, |rank| 1.0 / rank as f64);
        if worth < 1.0 && !query.held_out {
            println!("{:<40} {:<10} {rank:?}", query.query, query.sort);
        }
        all.push(worth);
        if query.held_out {
            held_out.push(worth);
        }
    }
    let mean = |worths: &[f64]| worths.iter().sum::<f64>() / worths.len() as f64;
    let note = format!(
        "{} queries over {} documents; {:.3} on the {} held out",
        all.len(),
        files.len(),
        mean(&held_out),
        held_out.len()
    );
    let value = Some(mean(&all)).filter(|mean| mean.is_finite()).context("no queries")?;
    Ok(vec![Figure { name: "search.mrr", value, unit: "", goal: Some(0.9), better: Better::Higher, note }])
}
