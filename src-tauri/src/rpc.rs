//! The one door from the window to the program.

use std::sync::Arc;

use app::Failure;
use serde_json::Value;
use tauri::State;

use crate::Running;

/// Runs a command of the list, off the main thread.
#[tauri::command]
pub(crate) async fn rpc(running: State<'_, Running>, name: String, input: Option<Value>) -> Result<Value, Failure> {
    let app = Arc::clone(&running.app);
    tauri::async_runtime::spawn_blocking(move || app.dispatch(&name, input.unwrap_or(Value::Null)))
        .await
        .map_err(|error| Failure::new("internal", format!("The command broke off: {error}.")))?
}
