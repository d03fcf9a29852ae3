use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use tempfile::TempDir;

use crate::Target;
use crate::seeds::texts;

/// Requests to the loopback server, byte by byte. It is a program of its own, so coverage guides nothing here.
pub(crate) const TARGET: Target = Target {
    name: "http",
    seeds,
    words: &[
        "Content-Length: 99999999999\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: evil.example\r\n",
        "Origin: null\r\n",
        "%2e%2e/",
        "/../",
        "\r\n\r\n",
        "?token=",
        "&w=-1",
    ],
    short: 40,
    run,
};

/// No answer to a whole request takes longer.
const PATIENCE: Duration = Duration::from_secs(20);
/// A request that is not whole is not answered: so long is waited for it.
const MOMENT: Duration = Duration::from_millis(200);

struct Server {
    child: Child,
    port: u16,
    token: String,
    _folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `workmate-cli`, from the variable `WORKMATE_CLI`, else where it is built.
fn program() -> PathBuf {
    let built = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/debug/workmate-cli"));
    std::env::var_os("WORKMATE_CLI").map_or_else(built, PathBuf::from)
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let folder = TempDir::new().expect("a folder");
        std::fs::create_dir(folder.path().join("ui")).expect("a folder");
        std::fs::write(folder.path().join("ui/index.html"), "<p>here").expect("written");
        let mut child = Command::new(program())
            .args(["serve", "--no-engine", "--ui"])
            .arg(folder.path().join("ui"))
            .env("WORKMATE_PROFILE", folder.path().join("profile"))
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("workmate-cli: cargo build --workspace --bins");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("its address");
        let (address, token) = line.trim().split_once("/?token=").expect("an address with a token");
        let port = address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Server { child, port, token: token.to_owned(), _folder: folder }
    })
}

fn seeds() -> Vec<Vec<u8>> {
    let post = |name: &str, body: &str| {
        format!(
            "POST /rpc/{name} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let get = |path: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nConnection: close\r\n\r\n"
        )
    };
    let all = [
        post("status.get", "null"),
        post("search.find", r#"{"query": "von:x", "limit": 3}"#),
        post("no.such", "{}"),
        get("/"),
        get("/index.html?a=%00"),
        get("/page/0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10/1?w=300"),
        get("/ticket"),
        "POST /upload HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Name: a%2fb.txt\r\nContent-Length: 3\r\n\r\nabc".to_owned(),
    ];
    texts(&all.each_ref().map(String::as_str))
}

fn ask(server: &Server, request: &[u8], patience: Duration) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
    stream.set_read_timeout(Some(patience)).expect("a timeout");
    // The server may have answered and closed before all of it is sent, and waits for more of what is not whole.
    drop(stream.write_all(request));
    let mut answer = Vec::new();
    drop(stream.take(1 << 20).read_to_end(&mut answer));
    String::from_utf8_lossy(&answer).into_owned()
}

fn run(bytes: &[u8]) {
    let server = server();
    let request = String::from_utf8_lossy(bytes);
    // What keeps the line open by its nature is no request of this target.
    if request.contains("/events") {
        return;
    }
    let request = request.replace("PORT", &server.port.to_string()).replace("TOKEN", &server.token);
    let answer = ask(server, request.as_bytes(), MOMENT);
    let status = answer.split(' ').nth(1).unwrap_or_default();
    assert!(!status.starts_with('5') || status == "505" || status == "501", "{answer}\nto\n{request}");
    let plain = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", server.port);
    let well = ask(server, plain.as_bytes(), PATIENCE);
    assert!(well.starts_with("HTTP/1.1 200"), "after\n{request}\n{well}");
}
