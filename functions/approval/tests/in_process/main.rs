//! The function in process, on a stage of its own: what each request costs, what becomes of it when
//! AWS does not do as it should, and what gets past its door.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod attacks;
mod budgets;
mod conflicts;
mod devices;
mod door;
mod drafts;
mod erased;
mod figures;
mod idempotency;
mod keys;
mod links;
mod office;
mod outages;
mod paging;
mod paths;
mod privacy;
mod procedure;
mod report;
mod reuse;
mod rotation;
mod search;
mod tokens;
mod unmasked;
