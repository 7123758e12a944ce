//! After a grant: delivery (送达), renewal (延续), amendment (变更), and the ends of what was granted
//! (撤回, 撤销, 注销).

mod cancel;
mod deliver;
mod petition;
mod renew_by_silence;
mod take_back;

pub use cancel::Cancel;
pub use deliver::Deliver;
pub use petition::{PetitionFor, RENEWAL_DAYS_BEFORE};
pub use renew_by_silence::RenewBySilence;
pub use take_back::{Rescind, Revoke};
