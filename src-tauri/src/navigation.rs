//! Navigation: the windows of the program load the interface, and nothing else.

use tauri::webview::NewWindowResponse;
use tauri::{Manager, Runtime, Url, WebviewWindowBuilder};

/// Refuses all navigation away from the interface, and new windows, whatever a page or a letter in it asks for.
pub(crate) fn kept_here<'a, R: Runtime, M: Manager<R>>(
    window: WebviewWindowBuilder<'a, R, M>,
) -> WebviewWindowBuilder<'a, R, M> {
    window
        .on_navigation(|url| {
            let own = is_own(url, tauri::is_dev());
            if !own {
                tracing::warn!(%url, "a page outside the program is not shown");
            }
            own
        })
        .on_new_window(|url, _| {
            tracing::warn!(%url, "no other window is opened");
            NewWindowResponse::Deny
        })
}

/// Whether this is an address of the interface. Under `make dev` it comes from a server on this computer.
fn is_own(url: &Url, in_development: bool) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => in_development,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_goes_to_pages_of_the_interface_alone() {
        let own = |url: &str| is_own(&url.parse().unwrap(), false);
        assert!(own("tauri://localhost/#/tasks") && own("http://tauri.localhost/index.html"));
        for url in [
            "https://example.org/",
            "http://localhost:5173/",
            "https://tauri.localhost.example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "page://localhost/x/1",
            "about:blank",
        ] {
            assert!(!own(url), "{url}");
        }
        assert!(is_own(&"http://localhost:5173/".parse().unwrap(), true));
    }

    #[test]
    fn the_small_window_may_do_no_more_than_hear_events() {
        let text = include_str!("../capabilities/reminders.json");
        let capability: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(capability["windows"], serde_json::json!(["reminders"]));
        assert_eq!(
            capability["permissions"],
            serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"])
        );
    }

    #[test]
    fn the_policy_of_the_window_forbids_other_bases_forms_and_frames() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        let policy = config["app"]["security"]["csp"].as_str().unwrap();
        for rule in
            ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-src 'none'"]
        {
            assert!(policy.contains(rule), "{rule} in {policy}");
        }
    }
}
