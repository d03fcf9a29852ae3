//! `workmate-cli serve`: the same commands for a browser on this computer, and for nobody else.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use journeys::wait_for;
use serde_json::{Value, json};

use crate::pdf::bill;
use crate::program::{Program, Running};

/// A running server with its address and token.
struct Server {
    _running: Running,
    address: String,
    token: String,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Server {
    fn start(program: &Program) -> Self {
        let ui = program.folder().join("ui");
        fs::create_dir_all(&ui).unwrap();
        fs::write(ui.join("index.html"), "<title>Workmate</title>").unwrap();
        let running = program.start(&["serve", "--ui", ui.to_str().unwrap()], "token=");
        let printed = running.printed();
        let url = printed.lines().find_map(|line| line.strip_prefix("http://")).unwrap();
        let (address, token) = url.split_once("/?token=").unwrap();
        Self { address: address.to_owned(), token: token.trim().to_owned(), _running: running }
    }

    fn connect(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head += &format!("Host: {}\r\n", self.address);
        }
        head.extend(headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")));
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        stream
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut bytes = Vec::new();
        self.connect(method, path, headers, body).read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes.split_off(end + 4) }
    }

    fn cookie(&self) -> String {
        format!("other=1; workmate={}", self.token)
    }

    /// As the browser does it, with the cookie.
    fn with_cookie(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        self.send(method, path, &[("Cookie", &self.cookie())], body)
    }

    fn rpc(&self, name: &str, input: &Value) -> Value {
        let answer = self.with_cookie("POST", &format!("/rpc/{name}"), input.to_string().as_bytes());
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

#[test]
fn nobody_gets_in_without_the_token_or_under_a_foreign_name() {
    let program = Program::new();
    let server = Server::start(&program);
    let cookie = server.cookie();
    for (path, headers) in [
        ("/", vec![]),
        ("/rpc/documents.list", vec![]),
        ("/events", vec![]),
        ("/", vec![("Cookie", "workmate=0123")]),
        ("/?token=0123", vec![]),
        ("/", vec![("Authorization", "Bearer 0123")]),
        // A foreign name that was pointed at this computer, with the right cookie.
        ("/", vec![("Host", "evil.example"), ("Cookie", cookie.as_str())]),
        ("/", vec![("Host", "127.0.0.1.evil.example:80"), ("Cookie", cookie.as_str())]),
    ] {
        assert_eq!(server.send("GET", path, &headers, b"").status, 403, "{path} {headers:?}");
    }
    assert!(server.address.starts_with("127.0.0.1:"), "reachable from here only: {}", server.address);
}

#[test]
fn the_printed_address_brings_a_cookie_that_no_other_site_can_send() {
    let program = Program::new();
    let server = Server::start(&program);
    let first = server.send("GET", &format!("/?token={}", server.token), &[], b"");
    assert_eq!(first.status, 303);
    let head = first.head.to_lowercase();
    assert!(head.contains("httponly") && head.contains("samesite=strict"), "{head}");
    assert!(head.contains("location: /\r") || head.ends_with("location: /"), "the token leaves the address: {head}");
    let page = server.with_cookie("GET", "/", b"");
    assert_eq!((page.status, page.text().contains("Workmate")), (200, true));
    let by_header = server.send("GET", "/", &[("Authorization", &format!("Bearer {}", server.token))], b"");
    assert_eq!(by_header.status, 200);
}

#[test]
fn a_letter_can_be_uploaded_seen_and_worked_on_and_changes_are_told() {
    let program = Program::new();
    let server = Server::start(&program);
    let events = server.connect("GET", "/events", &[("Cookie", &server.cookie())], b"");
    let mut events = BufReader::new(events).lines().map(Result::unwrap).skip_while(|line| !line.is_empty());

    let uploaded = server.with_cookie("POST", "/upload?name=Stromrechnung.pdf", &bill(1));
    assert_eq!(uploaded.status, 200, "{}", uploaded.text());
    let file = serde_json::from_slice::<Value>(&uploaded.body).unwrap()["file"].clone();
    let told = events.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).expect("an event");
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((&told["event"], &told["jobs"]), (&json!("changed"), &json!(true)));

    let id = wait_for("the document", || {
        let list = server.rpc("documents.list", &json!({}));
        list["items"][0]["id"].as_str().map(str::to_owned)
    });
    let document = server.rpc("documents.get", &json!({"id": id}));
    assert_eq!((&document["file"], &document["file_name"]), (&file, &json!("Stromrechnung.pdf")));

    let picture = server.with_cookie("GET", &format!("/page/{id}/1?w=320"), b"");
    assert_eq!(picture.status, 200);
    let mime = picture.head.to_lowercase();
    let is_picture = match &picture.body[..] {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => mime.contains("image/webp"),
        [0xff, 0xd8, 0xff, ..] => mime.contains("image/jpeg"),
        _ => false,
    };
    assert!(is_picture && picture.body.len() > 500, "{mime}");
    assert_eq!(server.with_cookie("GET", &format!("/page/{id}/2"), b"").status, 409, "there is no second page");

    server.rpc("documents.trash", &json!({"id": id}));
    let told = events.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned)).find(|line| line.contains(&id));
    assert!(told.is_some(), "what one tab does, the other sees");
}

#[test]
fn failures_have_their_code_and_a_fitting_status() {
    let program = Program::new();
    let server = Server::start(&program);
    for (path, body, status, code) in [
        ("/rpc/documents.burn", "null", 404, "unknown_command"),
        ("/rpc/documents.get", r#"{"id": "01234567-89ab-7def-8123-456789abcdef"}"#, 404, "not_found"),
        ("/rpc/documents.get", r#"{"id": 1}"#, 422, "bad_input"),
        ("/rpc/documents.get", "{", 422, "bad_input"),
    ] {
        let answer = server.with_cookie("POST", path, body.as_bytes());
        let failure: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((answer.status, &failure["code"]), (status, &json!(code)), "{path} {body}");
    }
    let refused = server.with_cookie("POST", "/upload?name=notes.pdf", b"Milch, Brot");
    let refused: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(refused["outcome"], "refused");
    let outside = server.with_cookie("GET", "/../../etc/passwd", b"");
    assert!(!outside.text().contains("root:"), "nothing outside the folder of the interface is served");
}
