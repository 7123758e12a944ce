//! Deciding: the decision (决定), more time for it, instant decisions, and approval on undertaking (告知承诺).

mod decision;
mod extension;
mod instant;
mod petition;
mod undertaking;

pub use decision::Decision;
pub use extension::{ApproveExtension, RequestExtension};
pub use instant::GrantInstantly;
pub(super) use petition::renewed;
pub use undertaking::{CheckUndertaking, GrantOnUndertaking, UndertakeConditions};
