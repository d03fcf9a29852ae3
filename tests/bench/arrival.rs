//! From a letter that arrives to its task on the screen.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use domain::Clock as _;
use journeys::letter::{bill, in_days};
use journeys::process::Script;
use journeys::session::Session;
use journeys::window::Window;

use crate::figure::Figure;

const RUNS: u32 = 5;

/// Notes the instant at which one more task has been drawn.
const WATCH: &str = "
    const tasks = () => document.querySelectorAll('main li').length;
    const before = tasks();
    window.drawn = new Promise((done) => {
        const drawn = () => done(performance.timeOrigin + performance.now());
        const observer = new MutationObserver(() => {
            if (tasks() === before) return;
            observer.disconnect();
            // the first frame shows it, the second one comes after that
            requestAnimationFrame(() => requestAnimationFrame(drawn));
        });
        observer.observe(document.body, { childList: true, subtree: true });
    });";

/// A born-digital PDF dropped on the window.
pub(crate) fn drop_pdf() -> anyhow::Result<Vec<Figure>> {
    let runs = runs(born_digital, drop_it)?;
    Ok(vec![Figure::median_ms("main.drop_to_task_ms_pdf", 500.0, &runs)])
}

/// A scanned page dropped on the window.
pub(crate) fn drop_scan() -> anyhow::Result<Vec<Figure>> {
    let runs = runs(scanned, drop_it)?;
    Ok(vec![Figure::median_ms("main.drop_to_task_ms_scan", 350.0, &runs)])
}

/// A born-digital PDF that is complete in the inbox folder.
pub(crate) fn inbox_pdf() -> anyhow::Result<Vec<Figure>> {
    let runs = runs(born_digital, |window, file| {
        let inbox = window.inbox().join(file.file_name().context("a file")?);
        std::fs::copy(file, inbox)?;
        Ok((now_ms(), ()))
    })?;
    Ok(vec![Figure::median_ms("main.inbox_to_task_ms_pdf", 2500.0, &runs)])
}

/// Milliseconds from the instant that `arrive` gives to the task on the screen, for letters that are new each time. What
/// `arrive` gives besides is kept until then.
fn runs<T>(
    letter: fn(&Path, u32) -> anyhow::Result<PathBuf>,
    arrive: impl Fn(&Window<'_>, &Path) -> anyhow::Result<(f64, T)>,
) -> anyhow::Result<Vec<f64>> {
    let session = Session::start();
    let letters: Vec<PathBuf> = (1..=RUNS).map(|number| letter(session.folder(), number)).collect::<Result<_, _>>()?;
    let window = Window::open(&session, "profile");
    window.go("tasks");
    window.see("No open tasks.");
    let run = |file: &PathBuf| {
        window.run(WATCH, &[]);
        let (arrived, _kept) = arrive(&window, file)?;
        let drawn = window.run_async("return window.drawn", &[]);
        drawn.as_f64().map(|drawn| drawn - arrived).with_context(|| format!("no task was drawn: {drawn}"))
    };
    letters.iter().map(run).collect()
}

fn drop_it(window: &Window<'_>, file: &Path) -> anyhow::Result<(f64, Script)> {
    let source = window.drag(file);
    let dropped = now_ms();
    window.let_go();
    Ok((dropped, source))
}

fn now_ms() -> f64 {
    let micros = app::SystemClock.now().timestamp_micros();
    micros as f64 / 1000.0
}

pub(crate) fn born_digital(folder: &Path, number: u32) -> anyhow::Result<PathBuf> {
    let path = folder.join(format!("bill {number}.pdf"));
    std::fs::write(&path, bill(number, in_days(14)))?;
    Ok(path)
}

/// The same letter, printed and scanned: 200 dpi, grey, a little crooked and noisy.
pub(crate) fn scanned(folder: &Path, number: u32) -> anyhow::Result<PathBuf> {
    let printed = born_digital(folder, number)?;
    let path = printed.with_extension("jpg");
    let scan = "pdftoppm -r 200 -gray -singlefile \"$0\" | convert - -background white -rotate 0.6 -attenuate 0.3 \
                +noise Gaussian -quality 75 \"$1\"";
    let status = Command::new("bash").args(["-o", "pipefail", "-c", scan]).args([&printed, &path]).status()?;
    ensure!(status.success(), "{} could not be scanned: {status}", printed.display());
    std::fs::remove_file(&printed)?;
    Ok(path)
}
