//! `workmate-cli serve`: the same commands for a browser on this computer, and for nobody else.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use app::COMMANDS;
use domain::Scope;
use journeys::wait_for;
use serde_json::{Value, json};

use crate::kill::files_below;
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

    fn authorization(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// As the interface does it in a browser: with the token in a header, from a page of this server.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let kind = if path.starts_with("/upload") { "application/octet-stream" } else { "application/json" };
        let (authorization, origin) = (self.authorization(), format!("http://{}", self.address));
        let headers = [
            ("Authorization", authorization.as_str()),
            ("Content-Type", kind),
            ("Origin", &origin),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send(method, path, &headers, body)
    }

    /// The ticket for pictures that comes with every answer.
    fn ticket(&self) -> String {
        let head = self.ask("POST", "/rpc/status.get", b"null").head;
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
        cookie.split(';').next().unwrap().to_owned()
    }

    fn rpc(&self, name: &str, input: &Value) -> Value {
        self.respond(name, input)["output"].clone()
    }

    /// What a command gave, with the step that it made.
    fn respond(&self, name: &str, input: &Value) -> Value {
        let answer = self.ask("POST", &format!("/rpc/{name}"), input.to_string().as_bytes());
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
fn nobody_gets_in_without_a_key_or_under_a_foreign_name() {
    let program = Program::new();
    let server = Server::start(&program);
    let (right, ticket) = (server.authorization(), server.ticket());
    let as_cookie = format!("workmate={}", server.token);
    for (path, headers) in [
        ("/rpc/documents.list", vec![]),
        ("/events", vec![]),
        ("/upload?name=a.pdf", vec![]),
        ("/page/01234567-89ab-7def-8123-456789abcdef/1", vec![]),
        ("/rpc/documents.list", vec![("Authorization", "Bearer 0123")]),
        // Every server on this computer would be sent a cookie.
        ("/rpc/documents.list", vec![("Cookie", as_cookie.as_str())]),
        // A ticket opens pictures alone.
        ("/rpc/documents.list", vec![("Cookie", ticket.as_str()), ("Sec-Fetch-Site", "same-origin")]),
    ] {
        assert_eq!(server.send("GET", path, &headers, b"").status, 401, "{path} {headers:?}");
    }
    // A foreign name or port that was pointed at this computer, with the right token.
    let port = server.address.rsplit_once(':').unwrap().1;
    let (other_name, other_port) = (format!("evil.example:{port}"), "127.0.0.1:1".to_owned());
    for named in ["evil.example", "127.0.0.1.evil.example:80", &other_name, &other_port, "127.0.0.1", "localhost", ""] {
        let headers = [("Host", named), ("Authorization", right.as_str())];
        assert_eq!(server.send("GET", "/", &headers, b"").status, 403, "{named}");
    }
    for named in [format!("LOCALHOST:{port}"), format!("[::1]:{port}"), format!("127.0.0.1:{port}")] {
        assert_eq!(server.send("GET", "/", &[("Host", &named)], b"").status, 200, "{named}");
    }
    assert!(server.address.starts_with("127.0.0.1:"), "reachable from here only: {}", server.address);
}

#[test]
fn a_page_of_another_server_on_this_computer_is_refused_even_with_the_token() {
    let program = Program::new();
    let server = Server::start(&program);
    let right = server.authorization();
    let with = |more: &[(&str, &str)]| {
        let mut headers = vec![("Authorization", right.as_str()), ("Content-Type", "application/json")];
        headers.extend_from_slice(more);
        server.send("POST", "/rpc/status.get", &headers, b"null").status
    };
    // To a browser another port is another origin, but the same site.
    for origin in ["http://127.0.0.1:1", "http://localhost", "https://evil.example", "null"] {
        assert_eq!(with(&[("Origin", origin)]), 403, "{origin}");
    }
    for site in ["same-site", "cross-site", "none"] {
        assert_eq!(with(&[("Sec-Fetch-Site", site)]), 403, "{site}");
    }
    let own = format!("http://{}", server.address);
    assert_eq!(with(&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 200);
    assert_eq!(with(&[]), 200, "what is no browser has the token and says no more");
}

#[test]
fn only_what_a_page_cannot_send_unasked_is_taken() {
    let program = Program::new();
    let server = Server::start(&program);
    let right = server.authorization();
    let with = |path: &str, kind: Option<&str>| {
        let mut headers = vec![("Authorization", right.as_str())];
        headers.extend(kind.map(|kind| ("Content-Type", kind)));
        server.send("POST", path, &headers, b"null").status
    };
    for kind in
        [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("multipart/form-data; boundary=x")]
    {
        assert_eq!(with("/rpc/status.get", kind), 415, "{kind:?}");
        assert_eq!(with("/upload?name=a.pdf", kind), 415, "{kind:?}");
    }
    assert_eq!(with("/rpc/status.get", Some("application/json; charset=utf-8")), 200);
}

#[test]
fn the_token_is_in_no_cookie_and_every_answer_says_what_a_browser_may_do_with_it() {
    let program = Program::new();
    let server = Server::start(&program);
    let first = server.send("GET", &format!("/?token={}", server.token), &[], b"");
    assert_eq!((first.status, first.text().contains("Workmate")), (200, true));
    assert!(!first.head.to_lowercase().contains("set-cookie"), "{}", first.head);
    let asked = server.ask("POST", "/rpc/status.get", b"null");
    assert_eq!(asked.status, 200);
    assert!(!asked.head.contains(&server.token), "{}", asked.head);
    let cookie = asked.head.to_lowercase();
    assert!(cookie.contains("path=/page;") && cookie.contains("httponly; samesite=strict"), "{cookie}");
    let refused = server.send("GET", "/events", &[], b"");
    for answer in [&first, &asked, &refused, &server.send("GET", "/", &[("Host", "evil.example")], b"")] {
        let head = answer.head.to_lowercase();
        for wanted in [
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-src 'none'",
        ] {
            assert!(head.contains(wanted), "{wanted} in {head}");
        }
    }
}

#[test]
fn a_letter_can_be_uploaded_seen_and_worked_on_and_changes_are_told() {
    let program = Program::new();
    let server = Server::start(&program);
    let events = server.connect("GET", "/events", &[("Authorization", &server.authorization())], b"");
    let mut events = BufReader::new(events).lines().map(Result::unwrap).skip_while(|line| !line.is_empty());

    let uploaded = server.ask("POST", "/upload?name=Stromrechnung.pdf", &bill(1));
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

    let picture = server.ask("GET", &format!("/page/{id}/1?w=320"), b"");
    assert_eq!(picture.status, 200);
    let ticket = server.ticket();
    let shown =
        |site| server.send("GET", &format!("/page/{id}/1"), &[("Cookie", &ticket), ("Sec-Fetch-Site", site)], b"");
    assert_eq!(shown("same-origin").status, 200, "the browser shows it with a ticket");
    assert_eq!(shown("same-site").status, 403, "a page of another server does not");
    let mime = picture.head.to_lowercase();
    let is_picture = match &picture.body[..] {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => mime.contains("image/webp"),
        [0xff, 0xd8, 0xff, ..] => mime.contains("image/jpeg"),
        _ => false,
    };
    assert!(is_picture && picture.body.len() > 500, "{mime}");
    assert_eq!(server.ask("GET", &format!("/page/{id}/2"), b"").status, 404, "there is no second page");

    server.rpc("documents.trash", &json!({"id": id}));
    let told = events.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned)).find(|line| line.contains(&id));
    assert!(told.is_some(), "what one tab does, the other sees");
}

#[test]
fn each_answer_names_its_own_step_and_that_one_alone_is_undone() {
    let program = Program::new();
    let server = Server::start(&program);
    let add = |line: &str| server.respond("tasks.quick_add", &json!({"line": line}))["step"].clone();
    let (first, second) = (add("Keller aufräumen"), add("Fenster putzen"));
    assert!(first.is_string() && second.is_string() && first != second, "{first} {second}");
    let task = server.rpc("tasks.list", &json!({}))["items"][0]["id"].clone();
    assert_eq!(server.respond("tasks.get", &json!({"id": task}))["step"], Value::Null, "looking makes none");

    // A toast that stands since before the second one was added.
    assert_eq!(server.rpc("history.next", &Value::Null)["undo"]["id"], second);
    assert_eq!(server.rpc("history.undo", &json!({"step": first}))["step"], first);
    let left = server.rpc("tasks.list", &json!({}))["items"].clone();
    assert_eq!((left.as_array().unwrap().len(), &left[0]["title"]), (1, &json!("Fenster putzen")));
    assert_eq!(server.rpc("history.undo", &json!({"step": first})), Value::Null, "once, and nothing else instead");

    // From the command line, the output alone.
    assert_eq!(program.json(&["call", "history.next"])[0]["undo"]["id"], second);
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
        let answer = server.ask("POST", path, body.as_bytes());
        let failure: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((answer.status, &failure["code"]), (status, &json!(code)), "{path} {body}");
    }
    let refused = server.ask("POST", "/upload?name=notes.pdf", b"Milch, Brot");
    let refused: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(refused["outcome"], "refused");
    let outside = server.ask("GET", "/../../etc/passwd", b"");
    assert!(!outside.text().contains("root:"), "nothing outside the folder of the interface is served");
}

/// Makes a key over the server; its id and what opens.
fn make_key(server: &Server, name: &str, scope: &str) -> (String, String) {
    let made = server.rpc("keys.add", &json!({"name": name, "scope": scope}));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["key"]["id"]), format!("Bearer {}", text(&made["secret"])))
}

fn with_key(server: &Server, key: &str, name: &str, input: &Value) -> Answer {
    let headers = [("Authorization", key), ("Content-Type", "application/json")];
    server.send("POST", &format!("/rpc/{name}"), &headers, input.to_string().as_bytes())
}

#[test]
fn a_key_opens_the_commands_of_its_scope_and_no_others() {
    let program = Program::new();
    let server = Server::start(&program);
    for (word, scope) in [("read", Scope::Read), ("write", Scope::Write)] {
        let (_, key) = make_key(&server, "Test", word);
        for command in COMMANDS {
            // An input that no command takes: whoever may not is told so before it is looked at.
            let answer = with_key(&server, &key, command.name(), &json!(["no input"]));
            let failure: Value = serde_json::from_slice(&answer.body).unwrap();
            let is_refused = (answer.status, &failure["code"]) == (403, &json!("forbidden"));
            assert_eq!(is_refused, command.scope() > scope, "{} with {word}: {}", command.name(), answer.text());
        }
        let upload = [("Authorization", key.as_str()), ("Content-Type", "application/octet-stream")];
        let uploaded = server.send("POST", "/upload?name=a.pdf", &upload, &bill(3)).status;
        assert_eq!(uploaded, if scope >= Scope::Write { 200 } else { 403 }, "upload with {word}");
    }
    // What reaches beyond the profile needs everything: the list says so command by command.
    let scopes: Vec<_> = COMMANDS.iter().filter(|command| command.scope() == Scope::Admin).map(|c| c.name()).collect();
    for noun in ["keys", "backup", "export", "paperless", "files", "program"] {
        let all = COMMANDS.iter().filter(|command| command.name().split('.').next() == Some(noun));
        let open: Vec<_> = all.map(|c| c.name()).filter(|name| !scopes.contains(name)).collect();
        assert!(open.is_empty() || open == ["backup.get"], "{open:?}");
    }
    assert!(scopes.contains(&"settings.change") && scopes.contains(&"documents.open"));
}

#[test]
fn what_a_key_does_is_recorded_as_its_own_and_who_revokes_it_ends_its_events() {
    let program = Program::new();
    let server = Server::start(&program);
    let (id, key) = make_key(&server, "Kalender", "write");
    let events = server.connect("GET", "/events", &[("Authorization", &key)], b"");
    let mut events = BufReader::new(events).lines().map(Result::unwrap).skip_while(|line| !line.is_empty());

    let added = with_key(&server, &key, "tasks.quick_add", &json!({"line": "Keller aufräumen"}));
    assert_eq!(added.status, 200, "{}", added.text());
    let step: Value = serde_json::from_slice(&added.body).unwrap();
    let history = server.rpc("history.list", &json!({}));
    assert_eq!(history[0]["by"], json!({"kind": "key", "id": id}));
    assert_eq!(history[0]["id"], step["step"]);
    server.rpc("tasks.quick_add", &json!({"line": "Fenster putzen"}));
    assert_eq!(
        server.rpc("history.list", &json!({}))[0]["by"],
        json!({"kind": "person"}),
        "in the browser it is the person"
    );
    assert!(events.any(|line| line.starts_with("data: ")));

    let listed = |id: &str| {
        let keys = server.rpc("keys.list", &Value::Null);
        keys.as_array().unwrap().iter().find(|key| key["id"] == id).cloned()
    };
    let before = listed(&id).unwrap();
    assert_eq!((&before["name"], before["last_used_at"].is_string()), (&json!("Kalender"), true));
    server.rpc("keys.revoke", &json!({"id": id}));
    assert!(events.all(|line| !line.contains("Fenster")), "the stream ends");
    assert_eq!(with_key(&server, &key, "status.get", &Value::Null).status, 401);
    assert_eq!(listed(&id), None);
}

#[test]
fn ten_wrong_keys_a_minute_are_told_to_wait_and_the_right_one_gets_in() {
    let program = Program::new();
    let server = Server::start(&program);
    let wrong = format!("{}0", server.authorization());
    let statuses: Vec<u16> = (0..12).map(|_| with_key(&server, &wrong, "status.get", &Value::Null).status).collect();
    assert_eq!(statuses, [vec![401; 10], vec![429; 2]].concat());
    assert_eq!(with_key(&server, &server.authorization(), "status.get", &Value::Null).status, 200);
}

#[test]
fn a_key_is_stored_nowhere_and_ends_for_good() {
    let program = Program::new();
    program.make_profile();
    let made = program.json(&["--json", "keys", "--add", "Skript", "--days", "1"])[0].clone();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let server = Server::start(&program);
    let key = format!("Bearer {secret}");
    assert_eq!(with_key(&server, &key, "status.get", &Value::Null).status, 200);
    for (file, bytes) in files_below(program.folder()) {
        let random = &secret.as_bytes()[secret.len() - 72..];
        let found = bytes.windows(random.len()).any(|window| window == random);
        assert!(!found, "the key lies in {file}");
    }
    let table = program.run(&["keys"]).stdout;
    assert!(table.contains("Skript") && !table.contains(&secret), "{table}");
    let id = made["key"]["id"].as_str().unwrap();
    program.run(&["keys", "--revoke", id]);
    assert_eq!(with_key(&server, &key, "status.get", &Value::Null).status, 401, "another process has revoked it");
}
