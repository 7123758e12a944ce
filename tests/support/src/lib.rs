//! What tests that need AWS share: an account of their own on the local AWS, faults that it never
//! shows by itself, and cases at any point of their life.
//!
//! The local AWS is the one `AWS_ENDPOINT_URL` names; `make test` starts it.

#![allow(
    clippy::missing_panics_doc,
    clippy::return_self_not_must_use,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "only tests use this crate, and a test stops where something is not as it should be"
)]

pub mod door;
mod emulated;
mod faults;
pub mod filing;
pub mod scanner;
mod site;

pub use emulated::Emulated;
pub use faults::{Faults, Reply};
pub use site::Site;
