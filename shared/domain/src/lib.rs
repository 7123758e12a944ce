//! The rules of the platform, and nothing else: no input or output, no AWS, no HTTP, no reading of
//! the clock. Time, identifiers and randomness come in as values, so that every rule can be tested
//! to the second.

pub mod api_key;
pub mod application;
pub mod attempts;
pub mod calendar;
pub mod card;
pub mod chain;
pub mod clock;
pub mod device;
pub mod document;
pub mod draft;
pub mod enterprise;
pub mod figures;
pub mod history;
pub mod holding;
pub mod identifiers;
pub mod ids;
pub mod instant;
pub mod item;
pub mod lapse;
pub mod mandate;
pub mod manifest;
pub mod matter;
pub mod media;
pub mod message;
pub mod notice;
pub mod occurrence;
pub mod officer;
pub mod policy;
pub mod quantity;
pub mod retention;
pub mod reuse;
pub mod review;
pub mod search;
pub mod unit;
pub mod vehicle;
pub mod words;
