//! Deciding: the decision (决定), more time for it, and approval on undertaking (告知承诺).

mod decision;
mod extension;
mod petition;
mod undertaking;

pub use decision::Decision;
pub use extension::{ApproveExtension, RequestExtension};
pub(super) use petition::renewed;
pub use undertaking::{CheckUndertaking, GrantOnUndertaking, UndertakeConditions};
