//! Files, limited by Landlock in the newest version that both the kernel and the crate know.

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _,
    RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use crate::ReadOptions;

/// The version that is requested; an older kernel applies what it knows of it.
const NEWEST: ABI = ABI::V9;

/// Forbids all files but those that reading needs, TCP (Linux 6.7), and signals and sockets of other processes (Linux
/// 6.12). Returns the version in force; `None` without Landlock (before Linux 5.13, or switched off).
pub(super) fn confine(options: &ReadOptions) -> Result<Option<u32>, RulesetError> {
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?
        .add_rules(path_beneath_rules(options.folders(), AccessFs::from_read(NEWEST)))?
        .restrict_self()?;
    Ok(match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => None,
        (_, LandlockStatus::Available { effective_abi, .. }) => Some(effective_abi as u32),
        _ => None,
    })
}
