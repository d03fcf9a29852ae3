//! Rebuilds this crate when a migration is added: migrations are embedded at compile time.

fn main() {
    println!("cargo::rerun-if-changed=../../../migrations");
}
