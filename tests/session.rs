//! A desktop session for one test or measurement: a bus, a home and a window manager of its own. The screen is shared, so
//! sessions take turns.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::process::{Process, program};
use crate::{answers, wait_for};

/// A bus on which nothing starts by itself: what a test does not start is not there.
const BUS: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// A desktop without tray and without notification service, until one is started.
pub struct Session {
    _processes: Vec<Process>,
    folder: TempDir,
    _turn: File,
}

impl Session {
    /// Waits for its turn on the screen.
    pub fn start() -> Self {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").expect("this runs in `.make/desktop-session`");
        let turn = File::create(Path::new(&runtime).join("turn")).expect("a file to take turns");
        turn.lock().expect("a turn on the screen");
        let folder = TempDir::new().expect("a temporary folder");
        let config = folder.path().join("bus.conf");
        std::fs::write(&config, BUS).expect("the bus is set up");
        let mut session = Self { _processes: Vec::new(), folder, _turn: turn };

        let bus = format!("--config-file={}", config.display());
        let address = format!("--address={}", session.bus_address());
        let mut bus =
            Process::start(session.command("dbus-daemon").args([&bus, &address, "--nofork"]).stderr(Stdio::null()));
        wait_for("the session bus", || session.bus_socket().exists().then_some(()));
        assert!(bus.is_running(), "the session bus ended");
        let manage = || Process::start(session.command("openbox").arg("--replace").stderr(Stdio::null()));
        let mut manager = manage();
        wait_for("the window manager", || {
            // The X server starts anew when the last session's last program has gone, and takes the first ones with it.
            if !manager.is_running() {
                manager = manage();
            }
            session.command("wmctrl").arg("-m").output().ok()?.status.success().then_some(())
        });
        session._processes = vec![manager, bus];
        session
    }

    /// A folder that lives as long as the session.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program that sees this desktop, in English.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let home = self.folder().join("home");
        let mut command = Command::new(program);
        for (name, folder) in
            [("CONFIG", ".config"), ("DATA", ".local/share"), ("STATE", ".local/state"), ("CACHE", ".cache")]
        {
            command.env(format!("XDG_{name}_HOME"), home.join(folder));
        }
        command.env("HOME", home).env("DBUS_SESSION_BUS_ADDRESS", self.bus_address());
        command.env("LC_ALL", "C.UTF-8").env("NO_AT_BRIDGE", "1");
        command
    }

    /// The program `workmate` for this profile.
    pub fn workmate(&self, profile: &Path) -> Command {
        let mut command = self.command(program("workmate"));
        command.arg("--profile").arg(profile);
        command
    }

    /// What `workmate-cli --json` answers for this profile: one value, or the entries of a list.
    pub fn cli(&self, profile: &Path, arguments: &[&str]) -> Vec<Value> {
        let mut command = self.command(program("workmate-cli"));
        let output = command.args(["--json", "--profile"]).arg(profile).args(arguments).output().expect("workmate-cli");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        answers(&String::from_utf8_lossy(&output.stdout))
    }

    /// How many windows of the program are visible.
    pub fn visible_windows(&self) -> usize {
        self.windows("Workmate Private").len()
    }

    /// Is a window of this title visible?
    pub fn shows(&self, title: &str) -> bool {
        !self.windows(title).is_empty()
    }

    /// The visible windows of this title, by their numbers.
    pub fn windows(&self, title: &str) -> Vec<String> {
        let search = ["search", "--onlyvisible", "--name", &format!("^{title}$")];
        let found = self.command("xdotool").args(search).output().expect("xdotool");
        String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect()
    }

    /// Gives the window the keyboard, as whoever comes to it does. A window that opens while the computer is busy may not get it.
    pub fn bring_forward(&self) {
        let brought = self.command("wmctrl").args(["-F", "-a", "Workmate Private"]).status().expect("wmctrl");
        assert!(brought.success(), "there is no window to bring forward");
    }

    /// Closes the window, as by the button in its corner, and waits until it has gone.
    pub fn close_window(&self) {
        let closed = self.command("wmctrl").args(["-F", "-c", "Workmate Private"]).status().expect("wmctrl");
        assert!(closed.success(), "there is no window to close");
        wait_for("the window to go", || (self.visible_windows() == 0).then_some(()));
    }

    fn bus_socket(&self) -> PathBuf {
        self.folder().join("bus")
    }

    fn bus_address(&self) -> String {
        format!("unix:path={}", self.bus_socket().display())
    }
}
