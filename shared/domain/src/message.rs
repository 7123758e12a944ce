//! Messages (站内消息): what the events of a case say to those whom they concern, in both languages,
//! with what to do next and by when.
//!
//! | file | holds |
//! |---|---|
//! | `applicant` | what the applicant is told |
//! | `officer` | what officers are told |
//! | `recipients` | who of an enterprise is told |
//! | `phrase` | dates, lists and remedies in words |
//!
//! A message follows from the event and the case as it stood, from nothing else: however often it is
//! made, it is the same. It holds no personal data and none of the sealed texts; whoever may read those
//! reads them in the case.

mod applicant;
mod officer;
mod phrase;
mod recipients;

pub use recipients::{MOST_RECIPIENTS, recipients};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::application::Actor;
use crate::ids::OfficerId;
use crate::occurrence::Occurrence;
use crate::officer::Post;
use crate::words::Words;

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// Who filed the case (经办人).
    Filer,
    /// Who filed it, and those who answer for the enterprise: the legal representative and the
    /// administrators. What has to be answered in time, and what ends or changes a right, must not be
    /// missed because one person is away.
    Enterprise,
    /// One officer.
    Officer(OfficerId),
    /// Whoever holds the post in the case's unit.
    Post(Post),
}

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// What it is about, on one line.
    pub title: Words,
    /// What happened.
    pub text: Words,
    /// What to do next; none where there is nothing to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Words>,
    /// The last day, in China, of what the message speaks of: of the next step where there is one, else
    /// of what the other side is to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

impl Message {
    fn new(title: Words, text: Words) -> Self {
        Self {
            title,
            text,
            next: None,
            due: None,
        }
    }

    /// With `more` behind what happened.
    fn and(mut self, more: &Words) -> Self {
        self.text.zh.push_str(&more.zh);
        self.text.en.push_str(&more.en);
        self
    }

    fn next(mut self, next: Words) -> Self {
        self.next = Some(next);
        self
    }

    fn due(mut self, due: impl Into<Option<Date>>) -> Self {
        self.due = due.into();
        self
    }
}

/// What is said of `occurrence`, and to whom; whoever brought it about as an officer is not told of it.
pub fn messages(occurrence: &Occurrence<'_>) -> Vec<(Recipient, Message)> {
    let actor = occurrence.recorded.actor.officer();
    let to_officers = officer::messages(occurrence).into_iter();
    let to_others =
        to_officers.filter(|(to, _)| !matches!(to, Recipient::Officer(to) if Some(to) == actor));
    applicant::message(occurrence)
        .into_iter()
        .chain(to_others)
        .collect()
}

/// Whether the applicant's own side brought it about.
fn by_the_applicant(actor: &Actor) -> bool {
    matches!(actor, Actor::Agent { .. } | Actor::Person { .. })
}

/// What is said of the case's item.
fn say(occurrence: &Occurrence<'_>, title: (&str, &str), text: (&str, &str)) -> Message {
    let name = &occurrence.item.name;
    Message::new(
        Words::new(
            format!("{}：{}", title.0, name.zh),
            format!("{}: {}", title.1, name.en),
        ),
        Words::new(text.0, text.1),
    )
}
