//! A new migration must rebuild this crate: it is embedded, not read at run time.

fn main() {
    println!("cargo::rerun-if-changed=../../../migrations");
}
