//! Who may do what: every route × every role and post × what it concerns, held to a table that people
//! read and approve.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod callers;
mod matrix;
mod public;
mod requests;
mod routers;
mod wiring;
