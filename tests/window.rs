//! The real window, driven through WebDriver.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::process::{Process, Script, program};
use crate::session::Session;
use crate::wait_for;

/// Nothing that a window is asked takes longer than this.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program with its window.
pub struct Window<'session> {
    /// The desktop it is on.
    pub session: &'session Session,
    profile: PathBuf,
    client: Client,
    runtime: Runtime,
    _driver: Process,
}

impl<'session> Window<'session> {
    /// Starts the program on the profile of this name, which may be new.
    pub fn open(session: &'session Session, profile: &str) -> Self {
        Self::open_with(session, profile, &[])
    }

    /// The same, with variables in the program's environment.
    pub fn open_with(session: &'session Session, profile: &str, variables: &[(&str, &str)]) -> Self {
        let profile = session.folder().join(profile);
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let mut driver = session.command("WebKitWebDriver");
        let driver = driver.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = driver.envs(variables.iter().copied());
        let driver = Process::start(driver);
        wait_for("WebKitWebDriver", || TcpStream::connect(("127.0.0.1", port)).ok());

        let runtime = Runtime::new().expect("a runtime");
        let options = json!({"binary": program("workmate"), "args": ["--profile", profile]});
        let capabilities = [("browserName".to_owned(), json!("wry")), ("webkitgtk:browserOptions".to_owned(), options)];
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.into_iter().collect());
        let address = format!("http://127.0.0.1:{port}");
        let connected = runtime.block_on(async { tokio::time::timeout(PATIENCE, builder.connect(&address)).await });
        let client = connected.expect("the window within a minute").expect("a window");
        Self { session, profile, client, runtime, _driver: driver }
    }

    /// Turns to the window that was made in the place of a closed one.
    pub fn turn_to_the_new_one(&self) {
        wait_for("a new window", || {
            let windows = self.within_or_none(self.client.windows())?;
            self.within_or_none(self.client.switch_to_window(windows.into_iter().next()?))
        });
    }

    /// The profile's folder.
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// The profile's inbox folder, once the program has made it.
    pub fn inbox(&self) -> PathBuf {
        let inbox = self.profile.join("inbox");
        wait_for("the inbox folder", || inbox.is_dir().then_some(()));
        inbox
    }

    /// What `workmate-cli --json` answers for the profile: one value, or the entries of a list.
    pub fn cli(&self, arguments: &[&str]) -> Vec<Value> {
        self.session.cli(&self.profile, arguments)
    }

    /// Runs a script in the page and gives what it returns.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.within(self.client.execute(script, arguments.to_vec()))
    }

    /// Runs the body of an async function in the page and gives what it returns.
    pub fn run_async(&self, body: &str, arguments: &[Value]) -> Value {
        let script = format!(
            "const done = [...arguments].at(-1);
             (async function () {{ {body} }})(...arguments).then(done, (error) => done({{ error: `${{error}}` }}));"
        );
        self.within(self.client.execute_async(&script, arguments.to_vec()))
    }

    /// Drags a file over the window with the mouse, as from a file manager, until the window offers to take it. What is
    /// dragged is handed over when it is let go: the source, which is returned, has to live until then.
    pub fn drag(&self, path: &Path) -> Script {
        let source = Script::start(self.session, "drag.py", &[path]);
        self.pointer("mousemove 20 20 mousedown 1");
        let mut x = 600;
        wait_for("the window to offer to take it", || {
            // A drag is a movement: where nothing moves, nobody is asked.
            x += 5;
            self.pointer(&format!("mousemove {x} 450"));
            self.text().contains("Drop to add").then_some(())
        });
        source
    }

    /// Lets go what is dragged.
    pub fn let_go(&self) {
        self.pointer("mouseup 1");
    }

    fn pointer(&self, arguments: &str) {
        let moved = self.session.command("xdotool").args(arguments.split(' ')).status().expect("xdotool");
        assert!(moved.success(), "xdotool {arguments}");
    }

    /// Everything that can be read in the window.
    pub fn text(&self) -> String {
        self.run("return document.body.innerText", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until this can be read in the window.
    pub fn see(&self, text: &str) {
        wait_for(&format!("“{text}” in the window"), || self.text().contains(text).then_some(()));
    }

    /// Waits until this cannot be read in the window any more.
    pub fn see_no_more(&self, text: &str) {
        wait_for(&format!("“{text}” to go"), || (!self.text().contains(text)).then_some(()));
    }

    /// Clicks the button or link of this name, as soon as it is there.
    pub fn click(&self, name: &str) {
        let named = format!("[normalize-space()='{name}' or @aria-label='{name}']");
        let path = format!("//button{named} | //a{named}");
        wait_for(&format!("a button “{name}”"), || {
            // One that moves or is replaced meanwhile is found again.
            self.within_or_none(async { self.client.find(Locator::XPath(&path)).await?.click().await })
        });
    }

    /// Goes to an area: `tasks`, `review`.
    pub fn go(&self, area: &str) {
        self.run("location.hash = `#/${arguments[0]}`", &[json!(area)]);
        wait_for(area, || self.within_or_none(self.client.find(Locator::Css(&format!("[data-area='{area}']")))));
    }

    /// Presses a key in the window, without clicking anything first; keys pressed together, where the first is Control.
    pub fn press(&self, keys: &str) {
        self.within(async { self.client.active_element().await?.send_keys(keys).await });
    }

    fn within<T>(&self, asked: impl Future<Output = Result<T, fantoccini::error::CmdError>>) -> T {
        let answered = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, asked).await });
        answered.expect("an answer of the window within a minute").expect("an answer of the window")
    }

    fn within_or_none<T>(&self, asked: impl Future<Output = Result<T, fantoccini::error::CmdError>>) -> Option<T> {
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE, asked).await }).ok()?.ok()
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let script = "return `${location.hash}\n${document.body.innerText}`";
            let shown = self.within_or_none(self.client.execute(script, Vec::new()));
            println!("The window showed: {}", shown.as_ref().and_then(Value::as_str).unwrap_or("nothing any more"));
        }
    }
}
