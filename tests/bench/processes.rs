//! What processes use, read from `/proc`.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context as _;
use domain::Clock as _;

/// Ticks in a second, as Linux shows them to programs (`USER_HZ`).
const TICKS: f64 = 100.0;

/// A process and everything that it has started.
pub(crate) struct Family(Vec<u32>);

impl Family {
    /// As it is now.
    pub(crate) fn of(root: u32) -> anyhow::Result<Self> {
        let numbers = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        // One that has ended meanwhile is left out.
        let parents: BTreeMap<u32, u32> =
            numbers.filter_map(|process| Some((process, stat(process).ok()?.get(PARENT)?.parse().ok()?))).collect();
        let mut family = vec![root];
        let mut next = 0;
        while let Some(parent) = family.get(next).copied() {
            family.extend(parents.iter().filter(|(_, of)| **of == parent).map(|(process, _)| *process));
            next += 1;
        }
        Ok(Self(family))
    }

    /// Seconds of processor time so far, with that of its members that have ended.
    pub(crate) fn cpu_seconds(&self) -> anyhow::Result<f64> {
        let places = [USER_TIME, SYSTEM_TIME, ENDED_USER_TIME, ENDED_SYSTEM_TIME];
        let times = self.0.iter().flat_map(|process| places.map(|place| number(*process, place)));
        Ok(times.sum::<anyhow::Result<f64>>()? / TICKS)
    }

    /// Memory of each in MB (10⁶ bytes), by name; pages shared with others are counted in parts (PSS).
    pub(crate) fn memory_mb(&self) -> anyhow::Result<Vec<(String, f64)>> {
        self.0.iter().map(|process| Ok((name(*process)?, memory_mb(*process)?))).collect()
    }
}

/// Seconds of processor time that programs started by this one have used, as far as they have ended.
pub(crate) fn ended_seconds() -> anyhow::Result<f64> {
    let this = std::process::id();
    Ok((number(this, ENDED_USER_TIME)? + number(this, ENDED_SYSTEM_TIME)?) / TICKS)
}

/// The instant at which a process was started, in milliseconds since 1970.
pub(crate) fn started_ms(process: u32) -> anyhow::Result<f64> {
    let uptime = fs::read_to_string("/proc/uptime")?;
    let now = app::SystemClock.now().timestamp_micros() as f64 / 1000.0;
    let uptime: f64 = uptime.split(' ').next().unwrap_or_default().parse().context("/proc/uptime")?;
    Ok(now - (uptime - number(process, START_TIME)? / TICKS) * 1000.0)
}

fn name(process: u32) -> anyhow::Result<String> {
    let path = format!("/proc/{process}/comm");
    Ok(fs::read_to_string(&path).context(path)?.trim_end().to_owned())
}

fn memory_mb(process: u32) -> anyhow::Result<f64> {
    let path = format!("/proc/{process}/smaps_rollup");
    let rollup = fs::read_to_string(&path).with_context(|| path.clone())?;
    let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).context(path)?;
    Ok(pss.trim_end_matches("kB").trim().parse::<f64>()? * 1024.0 / 1e6)
}

// Places behind the name in /proc/<pid>/stat, see proc_pid_stat(5); its first one is the state.
const PARENT: usize = 1;
const USER_TIME: usize = 11;
const SYSTEM_TIME: usize = 12;
const ENDED_USER_TIME: usize = 13;
const ENDED_SYSTEM_TIME: usize = 14;
const START_TIME: usize = 19;

fn number(process: u32, place: usize) -> anyhow::Result<f64> {
    stat(process)?.get(place).and_then(|field| field.parse().ok()).with_context(|| format!("/proc/{process}/stat"))
}

fn stat(process: u32) -> anyhow::Result<Vec<String>> {
    let path = format!("/proc/{process}/stat");
    let line = fs::read_to_string(&path).with_context(|| path.clone())?;
    // The name in brackets may itself hold brackets and spaces.
    let (_, fields) = line.rsplit_once(") ").context(path)?;
    Ok(fields.split_whitespace().map(str::to_owned).collect())
}
