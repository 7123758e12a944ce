//! What bad input gets, over HTTP on a deployed stack: every answer says what is wrong and what to do
//! next, and nothing is lost or written twice.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod aws;
mod bystanders;
mod forms;
mod malware;
mod messages;
mod officers;
mod papers;
mod people;
mod repeats;
mod requests;
mod tokens;
