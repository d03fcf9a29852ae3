//! Tauri's build step: reads `tauri.conf.json`, checks the capabilities and embeds the icons.

fn main() {
    // A rebuilt interface is embedded again.
    println!("cargo:rerun-if-changed=../ui/dist");
    tauri_build::build();
}
