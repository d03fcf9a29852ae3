//! `fuzz`: lists the targets, or runs one of them for long. `make fuzz` builds and calls it.
#![expect(clippy::print_stdout, reason = "it is a program for developers")]

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use fuzz::{TARGETS, Target};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        TARGETS.iter().for_each(|target| println!("{}", target.name));
        return Ok(());
    };
    let Some(target) = fuzz::target(&name) else { bail!("there is no target {name}") };
    let seconds: u64 = arguments.next().context("NAME SECONDS FOLDER")?.parse()?;
    let folder = PathBuf::from(arguments.next().context("NAME SECONDS FOLDER")?);
    let corpus = folder.join("corpus").join(name);
    std::fs::create_dir_all(&corpus)?;
    for (number, seed) in (target.seeds)().iter().enumerate() {
        std::fs::write(corpus.join(format!("seed-{number}")), seed)?;
    }
    let found = folder.join("found").join(target.name);
    std::fs::create_dir_all(&found)?;
    door::run(target, seconds, &corpus, &found)
}

/// Guided by coverage, with the library of LLVM.
#[cfg(feature = "guided")]
#[expect(unsafe_code, reason = "libFuzzer is a C library")]
mod door {
    use std::ffi::{CString, c_char, c_int};
    use std::path::Path;
    use std::sync::OnceLock;

    use super::Target;

    static TARGET: OnceLock<&'static Target> = OnceLock::new();

    unsafe extern "C" {
        fn LLVMFuzzerRunDriver(
            count: *mut c_int,
            arguments: *mut *mut *mut c_char,
            run: extern "C" fn(*const u8, usize) -> c_int,
        ) -> c_int;
    }

    extern "C" fn one(data: *const u8, size: usize) -> c_int {
        // SAFETY: libFuzzer hands over `size` readable bytes; of none the pointer may be null.
        let bytes = if size == 0 { &[] } else { unsafe { std::slice::from_raw_parts(data, size) } };
        if let Some(target) = TARGET.get() {
            (target.run)(bytes);
        }
        0
    }

    /// Returns only if nothing was found: libFuzzer ends the process otherwise.
    pub(super) fn run(target: &'static Target, seconds: u64, corpus: &Path, found: &Path) -> anyhow::Result<()> {
        TARGET.get_or_init(|| target);
        // A panic is a finding, also where the program would catch it.
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            usual(panic);
            std::process::abort();
        }));
        let words = found.join("words.dict");
        let quoted = |word: &&str| {
            let bytes = word.bytes().map(|byte| format!("\\x{byte:02x}"));
            format!("\"{}\"\n", bytes.collect::<String>())
        };
        std::fs::write(&words, target.words.iter().map(quoted).collect::<String>())?;
        let arguments = [
            "fuzz".to_owned(),
            corpus.display().to_string(),
            format!("-dict={}", words.display()),
            format!("-artifact_prefix={}/", found.display()),
            format!("-max_total_time={seconds}"),
            "-timeout=60".to_owned(),
            "-rss_limit_mb=3000".to_owned(),
            "-print_final_stats=1".to_owned(),
            "-detect_leaks=0".to_owned(),
        ];
        let texts = arguments.into_iter().map(CString::new).collect::<Result<Vec<_>, _>>()?;
        let mut pointers: Vec<*mut c_char> = texts.iter().map(|text| text.as_ptr().cast_mut()).collect();
        let mut count = c_int::try_from(pointers.len())?;
        pointers.push(std::ptr::null_mut());
        let mut start = pointers.as_mut_ptr();
        // SAFETY: count and pointers are those of `main` in C: texts that end with 0, after the last one a null pointer. They
        // live until the call returns, and libFuzzer does not write into them.
        let ended = unsafe { LLVMFuzzerRunDriver(&mut count, &mut start, one) };
        anyhow::ensure!(ended == 0, "libFuzzer ended with {ended}");
        Ok(())
    }
}

/// By chance alone, for a system without the library.
#[cfg(not(feature = "guided"))]
mod door {
    use std::path::Path;
    use std::time::{Duration, Instant};

    use super::Target;

    pub(super) fn run(target: &'static Target, seconds: u64, corpus: &Path, found: &Path) -> anyhow::Result<()> {
        let mut inputs = Vec::new();
        for entry in std::fs::read_dir(corpus)? {
            inputs.push(std::fs::read(entry?.path())?);
        }
        let mut mutator = fuzz::Mutator::new(u64::from(std::process::id()), target.words);
        let (began, mut runs) = (Instant::now(), 0_u64);
        let last = found.join("last");
        while began.elapsed() < Duration::from_secs(seconds) {
            let input = mutator.make(&inputs);
            // If this input ends the process, it lies there.
            std::fs::write(&last, &input)?;
            (target.run)(&input);
            runs += 1;
        }
        std::fs::remove_file(&last)?;
        println!("{}: {runs} inputs in {seconds} s, nothing found", target.name);
        Ok(())
    }
}
