//! The function in process: enterprises, mandates and officers as their people use them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

mod consistency;
mod crowds;
mod founding;
mod hand_over;
mod invitations;
mod last_administrator;
mod officers;
mod posts;
mod registration;
mod stored;
mod suspension;
mod terms;
mod world;
