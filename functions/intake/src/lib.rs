//! Examines uploaded papers: what arrives in quarantine becomes clean or is rejected with the reason.

pub mod examine;
