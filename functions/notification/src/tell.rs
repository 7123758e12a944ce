//! An event is told to whom it concerns.

use domain::ids::ApplicationNo;
use domain::message::{MOST_RECIPIENTS, Recipient, messages, recipients};
use domain::occurrence::Occurrence;
use platform::cases::Occasion;
use platform::inbox::{Addressee, InboxMessage};

use crate::{Notification, NotificationError};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Somebody was told.
    Told,
    /// Everybody whom it concerns had been told.
    ToldBefore,
    /// It concerns nobody who can be told.
    Nobody,
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::ToldBefore => "told_before",
            Self::Nobody => "nobody",
        }
    }
}

impl Notification {
    pub(crate) async fn tell(
        &self,
        number: &ApplicationNo,
        seq: u64,
    ) -> Result<Outcome, NotificationError> {
        let (occasion, _) = self.cases.around(number, seq, []).await?;
        let (code, version) = (&occasion.after.item.code, occasion.after.item.version);
        let item = catalogue::item_version(code, version).ok_or_else(|| {
            let item = code.to_string();
            NotificationError::UnknownItem { item, version }
        })?;
        let said = messages(&Occurrence {
            before: occasion.before.as_ref(),
            recorded: &occasion.recorded,
            after: &occasion.after,
            item,
        });
        let mut told = Vec::new();
        for (recipient, message) in said {
            let message = InboxMessage::new(&occasion.recorded, *code, message);
            let addressees = self.addressees(&recipient, &occasion).await?;
            let message = match recipient {
                Recipient::Filer | Recipient::Enterprise => {
                    message.for_people_of(&occasion.after.enterprise)
                }
                Recipient::Officer(_) | Recipient::Post(_) => message,
            };
            told.extend(
                addressees
                    .into_iter()
                    .map(|addressee| (addressee, message.clone())),
            );
        }
        if told.is_empty() {
            return Ok(Outcome::Nobody);
        }
        let new = self.inbox.deliver(&told).await?;
        Ok(if new == 0 {
            Outcome::ToldBefore
        } else {
            Outcome::Told
        })
    }

    async fn addressees(
        &self,
        recipient: &Recipient,
        occasion: &Occasion,
    ) -> Result<Vec<Addressee>, NotificationError> {
        let case = &occasion.after;
        Ok(match recipient {
            Recipient::Officer(officer) => vec![Addressee::Officer(officer.clone())],
            Recipient::Post(post) => {
                let holders = self.accounts.holders_of(&case.unit, *post).await?;
                let holders = holders.into_iter().take(MOST_RECIPIENTS);
                holders.map(Addressee::Officer).collect()
            }
            Recipient::Filer | Recipient::Enterprise => {
                let mandates = self.accounts.mandates_of(&case.enterprise).await?;
                let (item, now) = (&case.item.code, occasion.now);
                recipients(recipient, &case.filed_by, &mandates, item, now)
                    .into_iter()
                    .map(|person| Addressee::Person(person.clone()))
                    .collect()
            }
        })
    }
}
