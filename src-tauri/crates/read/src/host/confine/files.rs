//! Files, limited by Landlock in the newest version that both the kernel and the crate know.

use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, LandlockStatus, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use crate::ReadOptions;
use crate::options::system_folders;

/// The version that is requested; an older kernel applies what it knows of it.
const NEWEST: ABI = ABI::V9;

/// Files that programs write and ask chance of, and that hold nothing.
const DEVICES: [&str; 3] = ["/dev/null", "/dev/random", "/dev/urandom"];

/// Where distributions keep LibreOffice's settings for all users.
const OF_LIBRE_OFFICE: [&str; 3] = ["/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice"];

/// Forbids all files but those that reading needs, TCP (Linux 6.7), and signals and sockets of other processes (Linux
/// 6.12). Returns the version in force; `None` without Landlock (before Linux 5.13, or switched off).
pub(super) fn confine(options: &ReadOptions) -> Result<Option<u32>, RulesetError> {
    restrict(vec![(options.folders(), AccessFs::from_read(NEWEST))])
}

/// The same for LibreOffice: what is installed, and one folder in which it may do as it likes.
pub(super) fn confine_libre_office(folder: &Path) -> Result<Option<u32>, RulesetError> {
    let devices = DEVICES.map(PathBuf::from).to_vec();
    let installed = system_folders().into_iter().chain(OF_LIBRE_OFFICE.map(PathBuf::from)).collect();
    restrict(vec![
        (installed, AccessFs::from_read(NEWEST)),
        (devices, AccessFs::from_file(NEWEST)),
        (vec![folder.to_path_buf()], AccessFs::from_all(NEWEST)),
    ])
}

fn restrict(allowed: Vec<(Vec<PathBuf>, BitFlags<AccessFs>)>) -> Result<Option<u32>, RulesetError> {
    let mut rules = Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?;
    for (paths, access) in allowed {
        rules = rules.add_rules(path_beneath_rules(paths, access))?;
    }
    let status = rules.restrict_self()?;
    Ok(match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => None,
        (_, LandlockStatus::Available { effective_abi, .. }) => Some(effective_abi as u32),
        _ => None,
    })
}
