//! The case in officers' hands: who has it, what stops its clock, what the review finds.

mod attend;
mod claim;
mod hearing;
mod inspect;
mod reassign;
mod recommend;
mod release;
mod return_to_review;
mod special_procedure;
mod suspend;

pub use attend::{Attend, BookAttendance, MOST_BOOKINGS};
pub use claim::Claim;
pub(crate) use hearing::ASK_WITHIN_WORKING_DAYS;
pub use hearing::{ForgoHearing, HoldHearing, OfferHearing, RequestHearing, ScheduleHearing};
pub use inspect::Inspect;
pub use reassign::Reassign;
pub use recommend::Recommend;
pub use release::Release;
pub use return_to_review::ReturnToReview;
pub use special_procedure::{EndSpecialProcedure, StartSpecialProcedure};
pub use suspend::{Resume, Suspend};
