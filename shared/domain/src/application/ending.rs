//! Endings without a decision.

mod terminate;
mod withdraw;

pub use terminate::Terminate;
pub use withdraw::Withdraw;
