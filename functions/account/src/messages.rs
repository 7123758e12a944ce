//! The inbox: what a person or officer is told of cases that concern them.

pub(crate) mod list;
pub(crate) mod read;

use domain::instant::Instant;
use domain::policy::Action;
use domain::words::Words;
use jiff::civil::Date;
use platform::authority::Principal;
use platform::inbox::{Addressee, InboxMessage};
use serde::Serialize;
use utoipa::ToSchema;
use web::{Access, Code, Problem, Routes, endpoint};

use crate::app::App;

/// A message. It says nothing personal: who and what stands in the application it names.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct MessageBody {
    /// What it is known by.
    #[schema(example = "0198a0f2-0000-7000-8000-0000000000e1")]
    id: String,
    /// The name of the event it tells of.
    #[schema(example = "correction_required")]
    event: String,
    /// The number of the application.
    #[schema(example = "AP-20261123-7K3M9QX2RD4F")]
    application: String,
    /// The service item applied for.
    #[schema(example = "PSB-APR-004")]
    item: String,
    /// The enterprise in whose name a person reads the application; null for officers.
    #[schema(example = "91140100XXX1000286")]
    enterprise: Option<String>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// What it is about, on one line.
    title: Words,
    /// What happened.
    text: Words,
    /// What to do next; null where there is nothing to do.
    next: Option<Words>,
    /// The last day, in China, of the next step, or else of what the authority is to do; null where the
    /// message speaks of none.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// When it was read; null before.
    #[schema(value_type = Option<String>, format = DateTime)]
    read_at: Option<Instant>,
}

impl From<InboxMessage> for MessageBody {
    fn from(stored: InboxMessage) -> Self {
        let message = stored.message;
        Self {
            id: stored.id.to_string(),
            event: stored.event,
            application: stored.application.to_string(),
            item: stored.item.to_string(),
            enterprise: stored.enterprise.map(|uscc| uscc.as_str().to_owned()),
            at: stored.at,
            title: message.title,
            text: message.text,
            next: message.next,
            due: message.due,
            read_at: stored.read_at,
        }
    }
}

/// The inbox that is the caller's own.
///
/// # Errors
/// 403 for whoever has none.
fn own_inbox(principal: &Principal) -> Result<Addressee, Problem> {
    match principal {
        Principal::Person { person, .. } => Ok(Addressee::Person(person.clone())),
        Principal::Officer(officer) => Ok(Addressee::Officer(officer.clone())),
        Principal::Agent { .. } => Err(Problem::new(Code::WrongSide)),
    }
}

/// Names the routes of the inbox, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::ReadMessages),
            endpoint!(list::list_messages),
        )
        .route(
            Access::Caller(Action::ReadMessages),
            endpoint!(read::read_message),
        )
}
