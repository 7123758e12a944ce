//! The contract: what the functions serve, what the template routes to them, and what the checked-in
//! description says are one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod completeness;
mod description;
mod routes;
mod template;
