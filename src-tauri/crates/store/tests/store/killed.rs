//! A process that is killed at any moment leaves nothing that the next start does not put right.

use domain::By;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use store::{JobKind, Op, Role};

use crate::profile::{FILES, Profile, arrival, counting, open};

const PROFILE: &str = "STORE_TEST_PROFILE";

#[test]
#[ignore = "the child process of the next test"]
fn takes_files_in_until_it_is_killed() {
    let Some(profile) = std::env::var_os(PROFILE) else { return };
    let store = open(Path::new(&profile), counting());
    let _engine = store.take_role(Role::Engine, "import").unwrap();
    for number in 0.. {
        store.ingest(&arrival(&format!("bill {number}")), "text/plain").unwrap();
        store.write(By::Program, Op::Ledger, |w| w.next_job(FILES)).unwrap();
    }
}

fn archived(profile: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder)
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default()
    };
    entries(&profile.join("archive")).iter().flat_map(|folder| entries(folder)).collect()
}

#[test]
fn whenever_a_process_is_killed_each_original_has_its_row_and_its_job_after_the_next_start() {
    for enough in [1, 4, 9] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "killed::takes_files_in_until_it_is_killed"])
            .env(PROFILE, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while archived(folder.path()).len() < enough {
            assert!(begun.elapsed() < Duration::from_secs(60), "the child takes nothing in");
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let p = Profile::of(folder);
        let engine = p.store.take_role(Role::Engine, "app").unwrap();
        let swept = p.store.sweep_up(&engine).unwrap();
        assert_eq!(swept.damaged.len(), 0);
        let files = p.store.read(|r| r.files()).unwrap();
        assert_eq!(files.len(), archived(p.folder.path()).len());
        assert!(files.len() >= enough);
        for file in files {
            p.store.original(&file.id).unwrap();
            let jobs = p.store.read(|r| r.jobs_of(&file.id)).unwrap();
            assert_eq!(jobs.iter().map(|job| job.kind.clone()).collect::<Vec<_>>(), [JobKind::READ]);
        }
        let parts =
            std::fs::read_dir(p.path("archive")).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_file());
        assert_eq!(parts.count(), 0);
    }
}
