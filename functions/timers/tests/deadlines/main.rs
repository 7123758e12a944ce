//! Time acts by itself: what is due is done once, the cards follow, and an outage skips nothing.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what is wrong"
)]

mod cards;
mod figures;
mod outages;
mod timers;
mod world;
