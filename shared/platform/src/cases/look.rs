//! A look at a case: what time has brought about is written, the cards follow, the next look is set.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::{Application, Event, Recorded};
use domain::card::{Card, CardRule, RaisedCard};
use domain::ids::ApplicationNo;
use domain::instant::Instant;
use domain::lapse::Lapse;
use domain::notice::Notice;
use futures_util::future::try_join;

use super::Cases;
use super::stored::{deadline_keys, expire, state_item_looked_at};
use crate::cards::{StoredCard, card_item};
use crate::clock::real_now;
use crate::error::PlatformError;
use crate::holdings;
use crate::outbox::event_item;
use crate::table::{
    Attributes, Change, CommitError, Guard, Key, PageRequest, Part, Record, Stored, Transaction,
    item, keys,
};

/// Seconds after which a lapse is deleted: a day after it has ceased to count at the latest.
const LAPSE_KEPT: i64 = 367 * 24 * 60 * 60;

impl Stored for Lapse {
    const TYPE: &'static str = "lapse";
    const SCHEMA: u32 = 1;
}

/// A case as a look found it.
#[derive(Clone, Debug)]
pub struct Look {
    /// Business time at the read.
    pub now: Instant,
    /// The application.
    pub state: Record<Application>,
    /// The cards that were ever raised in it.
    pub cards: Vec<Record<StoredCard>>,
    deadline: Option<String>,
}

/// What came of a look.
#[derive(Debug)]
pub struct Looked<'a> {
    /// The state now.
    pub after: &'a Application,
    /// What happened.
    pub events: &'a [Recorded],
    /// The notices that the events issue.
    pub notices: Vec<Notice>,
    /// The cards that stand now.
    pub cards: Vec<Card>,
    /// When to look again; none where it needs no more.
    pub next: Option<Instant>,
}

impl<V> Cases<V> {
    /// Reads what a look at the case `number` needs, in one round trip: two reads at once. None where it
    /// is a draft, or none.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn look_at(&self, number: &ApplicationNo) -> Result<Option<Look>, PlatformError> {
        let key = Key::state(number);
        let reading = self.table.read([key.clone()]);
        let (snapshot, cards) = try_join(reading, self.cards_of(number)).await?;
        let Some(found) = snapshot.item(&key) else {
            return Ok(None);
        };
        Ok(Some(Look {
            now: self.table.clock().now(&snapshot),
            state: item::read(found)?,
            cards,
            deadline: item::text(found, "deadline_sort").map(str::to_owned),
        }))
    }

    /// The cards that were ever raised in the case `number`.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or a card cannot be read.
    pub async fn cards_of(
        &self,
        number: &ApplicationNo,
    ) -> Result<Vec<Record<StoredCard>>, PlatformError> {
        // One page: there are fewer rules than a page has items.
        let page = self.table.query(PageRequest {
            partition_name: "pk",
            partition: keys::case_partition(number),
            sort_name: "sk",
            begins_with: Some(keys::CARDS.to_owned()),
            limit: 100,
            consistent: true,
            ..PageRequest::default()
        });
        page.await?.items.iter().map(item::read).collect()
    }

    /// Writes what came of `look` in one transaction, and answers whether there was anything to write.
    /// Without an event the state keeps its version: a look makes nobody's `If-Match` stale.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the case, or one of its cards, changed in between.
    pub async fn looked(&self, look: &Look, done: Looked<'_>) -> Result<bool, CommitError> {
        let table = &self.table;
        let number = &done.after.number;
        let unchanged = Guard::Version(look.state.version);
        let cards = card_items(look, &done)?;
        let next = done.next.map(|next| deadline_keys(next, number));
        let moved = next.as_ref().map(|[_, sort]| sort) != look.deadline.as_ref();
        let mut transaction = Transaction::new();
        if !done.events.is_empty() {
            let state = state_item_looked_at(done.after, done.next)?;
            transaction = transaction.put(table, Part::State, state, unchanged);
        } else if moved {
            let change = look_again(look.state.version, next);
            transaction = transaction.update(table, Part::State, &Key::state(number), change);
        } else if cards.is_empty() {
            return Ok(false);
        } else {
            transaction = transaction.check(table, Part::State, &Key::state(number), unchanged);
        }
        for recorded in done.events {
            let event = event_item(recorded, real_now())?;
            transaction = transaction.put(table, Part::Event, event, Guard::Absent);
            if matches!(recorded.event, Event::CureLapsed { .. }) {
                let lapse = lapse_item(done.after, recorded.at)?;
                transaction = transaction.put(table, Part::Lapse, lapse, Guard::None);
            }
        }
        transaction = holdings::recorded(transaction, table, done.after, done.events)?;
        for notice in &done.notices {
            let stored = item::write(&Key::notice(&notice.number), 1, notice)?;
            transaction = transaction.put(table, Part::Event, stored, Guard::Absent);
        }
        for (card, guard) in cards {
            transaction = transaction.put(table, Part::Card, card, guard);
        }
        table.commit(transaction).await.map(|()| true)
    }
}

/// The cards that change, each with what it must be like until then.
fn card_items(look: &Look, done: &Looked<'_>) -> Result<Vec<(Attributes, Guard)>, PlatformError> {
    let mut items = Vec::new();
    for rule in CardRule::ALL {
        let mut stored = look.cards.iter();
        let before = stored.find(|record| record.body.raised.card.rule == rule);
        let stands = done.cards.iter().find(|card| card.rule == rule).cloned();
        let earlier = before.map(|record| &record.body.raised);
        let Some(raised) = RaisedCard::follow(earlier, stands, look.now) else {
            continue;
        };
        let card = StoredCard {
            application: done.after.number.clone(),
            item: done.after.item.clone(),
            unit: done.after.unit.clone(),
            raised,
        };
        let version = before.map_or(0, |record| record.version);
        let guard = before.map_or(Guard::Absent, |record| Guard::Version(record.version));
        items.push((card_item(&card, version + 1)?, guard));
    }
    Ok(items)
}

fn lapse_item(application: &Application, at: Instant) -> Result<Attributes, PlatformError> {
    let lapse = Lapse {
        application: application.number.clone(),
        at,
    };
    let mut written = item::write(&Key::lapse(&application.enterprise), 1, &lapse)?;
    expire(&mut written, real_now().plus_seconds(LAPSE_KEPT));
    Ok(written)
}

/// Sets the keys in `by_deadline`, or removes them where there is nothing more to look at, if the state
/// is still of `version`.
fn look_again(version: u64, next: Option<[String; 2]>) -> Change {
    let names = [("#deadline", "deadline"), ("#sort", "deadline_sort")];
    let change = match next {
        Some([deadline, sort]) => Change::new(
            "SET #deadline = :deadline, #sort = :sort",
            names,
            [
                (":deadline", AttributeValue::S(deadline)),
                (":sort", AttributeValue::S(sort)),
            ],
        ),
        None => Change::new("REMOVE #deadline, #sort", names, []),
    };
    change.only_if(
        "#version = :version",
        [("#version", "version")],
        [(":version", AttributeValue::N(version.to_string()))],
    )
}
