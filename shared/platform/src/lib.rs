//! Everything that touches AWS: the table, documents, queues, keys, configuration and telemetry.
//!
//! Functions see typed items and one snapshot per request, never an SDK type. The access patterns of
//! the table are listed in [`table::keys`].

pub mod accounts;
pub mod api_keys;
pub mod audit;
pub mod authority;
pub mod aws;
pub mod batch;
pub mod cards;
pub mod cases;
pub mod clock;
pub mod config;
pub mod deadlines;
pub mod devices;
pub mod documents;
pub mod drawn;
pub mod erasure;
pub mod error;
pub mod figures;
pub mod holdings;
pub mod idempotency;
pub mod inbox;
pub mod key_sets;
pub mod outbox;
pub mod outside;
pub mod queues;
pub mod registers;
pub mod reports;
pub mod scanner;
pub mod secrets;
pub mod table;
pub mod telemetry;
pub mod vault;
