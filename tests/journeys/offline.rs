//! Nothing is sent anywhere: the programs ask for no socket of the internet, and work where there is no network at all.

use std::process::Command;

use journeys::network::{sockets_of_everything, traced};
use journeys::process::under;
use journeys::sample;

use crate::program::{Program, binary};

#[test]
fn whatever_is_done_with_a_letter_no_socket_of_the_internet_is_asked_for() {
    let letter = sample("Stadtwerke Jahresrechnung.pdf");
    assert_eq!(sockets_of_everything(binary(), &letter), Vec::<String>::new());
}

#[test]
fn a_socket_would_be_seen() {
    // The server of the command line asks for one, on this computer: without it the test above could not fail.
    let mut asks = Command::new("python3");
    asks.args(["-c", "import socket; socket.socket(socket.AF_INET6)"]);
    assert_eq!(traced(&asks).sockets.len(), 1);
}

#[test]
fn without_any_network_a_letter_is_read_all_the_same() {
    let program = Program::new();
    let letter = sample("Stadtwerke Jahresrechnung.pdf");
    let import = program.command(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    // A network namespace of its own: not even the loopback device is up.
    let mut alone = Command::new("unshare");
    alone.arg("-rn");
    let output = under(alone, &import).output().expect("unshare, of util-linux");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(program.json(&["documents", "--json"]).len(), 1);
}
