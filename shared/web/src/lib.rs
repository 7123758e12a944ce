//! What the HTTP functions share: who calls, in which language, what they may repeat, and how faults
//! are told.

pub mod caller;
pub mod clock;
pub mod command;
pub mod documentation;
pub mod envelope;
pub mod etag;
pub mod faults;
pub mod json;
pub mod language;
pub mod paging;
pub mod path;
pub mod problem;
pub mod query;
pub mod reply;
pub mod routes;
pub mod search_term;
pub mod serve;
pub mod texts;
pub mod token;
mod who_may;

pub use caller::Caller;
pub use command::Command;
pub use problem::{Code, InputError, Problem};
pub use reply::Reply;
pub use routes::{Access, Routes};
