//! Checks every file of the catalogue and embeds it.
//!
//! Whoever changes the data sees all faults at once, each with its file, its place and what to do.

mod check;
mod embed;
mod source;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use source::{FOLDERS, Source};

#[allow(
    clippy::print_stdout,
    reason = "this is how a build script talks to cargo"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for folder in FOLDERS.iter().chain(&["build"]) {
        println!("cargo::rerun-if-changed={folder}");
    }
    match check::check(&Source::load(&root)?) {
        Ok(catalogue) => {
            let target = PathBuf::from(env::var("OUT_DIR")?).join("catalogue.rs");
            fs::write(target, embed::render(&catalogue))?;
        }
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
        }
    }
    Ok(())
}
