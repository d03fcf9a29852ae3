//! What permissions forbid is allowed to root. So that nothing passes untried there, such a test runs again without that
//! power. The tests of `connect` take this file in by its path.
#![expect(clippy::expect_used, reason = "this is test code")]

use std::process::Command;

/// Bits of the capabilities `CAP_DAC_OVERRIDE` and `CAP_DAC_READ_SEARCH` (capabilities(7)).
const PASSES_EVERY_PERMISSION: u64 = 0b110;

/// Whether the test of this name has just run again, in a process that permissions bind. Where they bind this one, it has
/// not, and the caller goes on.
pub fn ran_bound_by_permissions(test: &str) -> bool {
    if !is_above_permissions() {
        return false;
    }
    let mut bound = Command::new("setpriv");
    bound.args(["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]);
    bound.arg(std::env::current_exe().expect("the path of this program")).args([test, "--exact", "--nocapture"]);
    let output = bound.output().expect("setpriv, which is part of util-linux");
    let said = [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said)).concat();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    true
}

fn is_above_permissions() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let effective = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    effective.is_some_and(|bits| {
        u64::from_str_radix(bits.trim(), 16).expect("capabilities in hexadecimal") & PASSES_EVERY_PERMISSION != 0
    })
}
