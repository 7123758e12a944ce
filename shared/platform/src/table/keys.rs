//! Every key of the table, and every way it is read.
//!
//! | access pattern | key or index | cost |
//! |---|---|---|
//! | a case: draft or state, form, manifest, data key, with the caller's mandate or officer item and the idempotency record | one `BatchGetItem` on known keys | 1 read unit per item and 4 KB |
//! | the events of a case with their texts and the reasons of refused rows | `Query` `APP#…`, `EVENT#` | 1 unit per 8 KB (eventually consistent) |
//! | why the decision of a case, or its recommendation, refuses rows | `BatchGetItem` of `EVENT#…#ROWS`, once the case is read | 1 unit per 4 KB |
//! | the notices of a case | `Query` `APP#…`, `NOTICE#` | 0.5 unit per 4 KB |
//! | a notice, by its number and code | `BatchGetItem` of notice and case state | 2 units |
//! | the report of a case | `BatchGetItem` with the state | 1 unit |
//! | an enterprise's applications, newest first | index `by_owner`: `ENT#uscc` / time | 0.5 unit per 4 KB |
//! | a unit's work for one post, by due date | index `by_work`: `WORK#unit#post` / due date | 0.5 unit per 4 KB |
//! | the cases a person filed, each with what it can be found by | index `by_subject`: `SUBJECT#person` / case | keys only |
//! | the cases that name a resident identity or mobile number, newest first | `Query` `SEARCH#hash` / `APP#…`, then one `BatchGetItem` of the unit's own | 0.5 unit per 4 KB, 2 units per case |
//! | the cases of an enterprise for the same item and subject, for the review | consistent `Query` `SEARCH#hash` / `APP#…`, then one `BatchGetItem` of the others | 1 unit per 4 KB, 1 unit per case |
//! | what was looked at in a unit in a month, by time | `Query` `AUDIT#unit#month` / time | 0.5 unit per 4 KB |
//! | how far a person's erasure is | `BatchGetItem` `ERASURE#digest` | 1 unit |
//! | a person's or officer's messages, newest first | `Query` `INBOX#…` / event | 0.5 unit per 4 KB |
//! | those not read | index `by_subject`: `UNREAD#INBOX#…` / event, then one `BatchGetItem` | keys only, 1 unit per message |
//! | a case around one of its events | `BatchGetItem` of its events up to that one | 1 unit per event |
//! | what a unit's items counted in a month | `Query` `FIGURES#unit#month` / item, or `BatchGetItem` for one item | 0.5 unit per 4 KB, or 1 unit per month |
//! | what waits in a unit and in whose hands it is | `Query` `LOAD#unit` / `POST#…`, `OFFICER#…`; `BatchGetItem` for one officer | 0.5 unit per 4 KB |
//! | which events of a case were counted | `BatchGetItem` with its events | 1 unit |
//! | a unit's cards, by colour and time | index `by_work`: `CARDS#unit` / `colour#time#case` | 0.5 unit per 4 KB |
//! | what was committed but not sent on | index `outbox`: `OUTBOX#hour#shard` / time, from the hour of the mark `OUTBOX` / `SWEPT` | empty when all is well |
//! | what is due in a minute, cases to look at | index `by_deadline`: `DUE#day#shard` / moment and case, from the cursor `DEADLINES` / `WALKED#shard` | keys only; empty but for what is due |
//! | the cards of a case | consistent `Query` `APP#…`, `CARD#` | 1 unit |
//! | a unit's open cards, by colour and age | index `by_work`: `CARDS#unit` / colour, time, case | 0.5 unit per 4 KB |
//! | what an enterprise may show again, newest first | consistent `Query` `WALLET#uscc`, then one `BatchGetItem` of the cases; in the one of the request for one case | 1 unit per 4 KB, 3 units per case |
//! | whether an enterprise let an undertaking lapse | in the one `BatchGetItem` of the request: `ENT#uscc` / `LAPSE` | 1 unit |
//! | what an enterprise was granted of an item, for the review | consistent `Query` `HOLDINGS#uscc` / `item#case` | 1 unit per 4 KB |
//! | an enterprise with its mandates, invitations and claims | consistent `Query` `ENT#uscc` | 1 unit per 4 KB; about ten mandates |
//! | a person's mandates, claims and invitations | index `by_subject`: `SUBJECT#person` or `INVITEE#hash` / `ENT#…`, then the items | 0.5 unit, and 1 an item |
//! | one's own claim to an enterprise | in the one `BatchGetItem` of the request | 1 unit |
//! | who administers the province | in the one `BatchGetItem` of a request about an officer | 1 unit |
//! | a unit's officers | index `by_work`: `OFFICERS#unit` / officer | 0.5 unit per 4 KB |
//! | enterprises that the register has not confirmed | index `by_work`: `REGISTRATIONS` / time | empty when all is well |
//! | a device and its failed attempts, with all that a request from it needs | in the one `BatchGetItem` of the request | 2 units |
//! | a unit's devices | index `by_work`: `DEVICES#unit` / device | 0.5 unit per 4 KB |
//! | a program's key and its failed attempts | `BatchGetItem` | 2 units |
//! | the keys that a unit gave | index `by_work`: `APIKEYS#unit` / key | 0.5 unit per 4 KB |
//! | an issuer's key set, a branch key, the search key | `BatchGetItem`, once per environment and ten minutes | 1 unit |
//! | the newest revision of a quarter's branch key | `Query` `BRANCH#stage`, `2026Q4…`, the last; once per environment and ten minutes | 1 unit |
//!
//! A case is read with the mark that its person asked for erasure, mostly not there.
//!
//! A work queue is a key per unit and post: the busiest unit changes a few cases a second, far below
//! the 1,000 write units a key can take. The outbox takes every event of the province and is sharded,
//! and so are the deadlines: what is submitted on a day is due on the same day.
//!
//! Every open case carries a deadline: the moment of its next look, at the latest
//! [`LONGEST_UNSEEN_DAYS`](domain::card::LONGEST_UNSEEN_DAYS) ahead.

use domain::api_key::ApiKeyId;
use domain::card::CardRule;
use domain::chain::Digest;
use domain::device::DeviceId;
use domain::figures::Month;
use domain::identifiers::Uscc;
use domain::ids::{ApplicationNo, DocumentId, EventId, OfficerId, PersonId};
use domain::instant::Instant;
use domain::item::ItemCode;
use domain::mandate::MandateId;
use domain::notice::NoticeNo;
use domain::officer::Post;
use domain::reuse::WalletEntry;
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::cases::wallet::sort_key;
use crate::inbox::Addressee;
use crate::vault::SearchHash;

/// Over how many keys the outbox of an hour is spread.
pub const OUTBOX_SHARDS: u8 = 4;

/// Over how many keys the deadlines of a day are spread.
pub const DEADLINE_SHARDS: u8 = 4;

/// The primary key of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Partition key.
    pub pk: String,
    /// Sort key.
    pub sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self {
            pk: pk.into(),
            sk: sk.into(),
        }
    }

    fn of_case(number: &ApplicationNo, sk: impl Into<String>) -> Self {
        Self::new(case_partition(number), sk)
    }

    /// A draft.
    pub fn draft(number: &ApplicationNo) -> Self {
        Self::of_case(number, "DRAFT")
    }

    /// The state of an application.
    pub fn state(number: &ApplicationNo) -> Self {
        Self::of_case(number, "STATE")
    }

    /// The sealed form.
    pub fn form(number: &ApplicationNo) -> Self {
        Self::of_case(number, "FORM")
    }

    /// A form as it was before the event `seq` replaced it.
    pub fn replaced_form(number: &ApplicationNo, seq: u64) -> Self {
        Self::of_case(number, format!("FORM#{seq:06}"))
    }

    /// The manifest.
    pub fn manifest(number: &ApplicationNo) -> Self {
        Self::of_case(number, "MANIFEST")
    }

    /// The wrapped data key of a case.
    pub fn data_key(number: &ApplicationNo) -> Self {
        Self::of_case(number, "KEY")
    }

    /// A document.
    pub fn document(number: &ApplicationNo, document: DocumentId) -> Self {
        Self::of_case(number, format!("DOC#{document}"))
    }

    /// An event.
    pub fn event(number: &ApplicationNo, seq: u64) -> Self {
        Self::of_case(number, format!("{EVENTS}{seq:06}"))
    }

    /// The sealed text of an event.
    pub fn event_text(number: &ApplicationNo, seq: u64) -> Self {
        Self::of_case(number, format!("{EVENTS}{seq:06}#TEXT"))
    }

    /// The sealed reasons of the rows that an event refuses.
    pub fn event_rows(number: &ApplicationNo, seq: u64) -> Self {
        Self::of_case(number, format!("{EVENTS}{seq:06}#ROWS"))
    }

    /// The notice that an event issued.
    pub fn notice(number: &NoticeNo) -> Self {
        Self::of_case(
            number.application(),
            format!("{NOTICES}{:06}", number.seq()),
        )
    }

    /// The report of the background review.
    pub fn report(number: &ApplicationNo) -> Self {
        Self::of_case(number, "REPORT")
    }

    /// Word of something that happened beside the aggregate.
    pub fn signal(number: &ApplicationNo, id: EventId) -> Self {
        Self::of_case(number, format!("SIGNAL#{id}"))
    }

    /// A person's mandate for an enterprise.
    pub fn mandate(enterprise: &Uscc, person: &PersonId) -> Self {
        Self::new(owner(enterprise), format!("{MANDATES}{person}"))
    }

    /// An enterprise.
    pub fn enterprise(uscc: &Uscc) -> Self {
        Self::new(owner(uscc), "PROFILE")
    }

    /// An invitation to act for an enterprise.
    pub fn invitation(id: &MandateId) -> Self {
        Self::new(owner(id.enterprise()), format!("{INVITATIONS}{id}"))
    }

    /// What an enterprise was granted.
    pub fn holding(holder: &Uscc, item: ItemCode, number: &ApplicationNo) -> Self {
        Self::new(held_by(holder), format!("{}{number}", held_of(item)))
    }

    /// What was taken of a grant of `holder`, or of all its grants where none is named.
    pub fn drawn(holder: &Uscc, number: Option<&ApplicationNo>) -> Self {
        let of = number.map_or("UNNAMED", ApplicationNo::as_str);
        Self::new(format!("DRAWN#{}", holder.as_str()), of)
    }

    /// The claim of a person to be the legal representative of an enterprise.
    pub fn claim(enterprise: &Uscc, person: &PersonId) -> Self {
        Self::new(owner(enterprise), format!("{CLAIMS}{person}"))
    }

    /// An event in the history of an enterprise.
    pub fn enterprise_event(uscc: &Uscc, seq: u64) -> Self {
        Self::new(format!("HISTORY#{}", owner(uscc)), format!("{seq:06}"))
    }

    /// An event in the history of an officer.
    pub fn officer_event(officer: &OfficerId, seq: u64) -> Self {
        Self::new(format!("HISTORY#OFFICER#{officer}"), format!("{seq:06}"))
    }

    /// An officer.
    pub fn officer(officer: &OfficerId) -> Self {
        Self::new(format!("OFFICER#{officer}"), "PROFILE")
    }

    /// Who administers the province.
    pub fn administrators() -> Self {
        Self::new("ADMINISTRATORS", "ROSTER")
    }

    /// A device.
    pub fn device(device: &DeviceId) -> Self {
        Self::new(format!("DEVICE#{device}"), "PROFILE")
    }

    /// The key of a program.
    pub fn api_key(key: &ApiKeyId) -> Self {
        Self::new(format!("APIKEY#{key}"), "PROFILE")
    }

    /// The failed attempts at the secret of the `kind` of holder called `id`.
    pub fn attempts(kind: &'static str, id: &str) -> Self {
        Self::new(format!("ATTEMPTS#{kind}#{id}"), "FAILED")
    }

    /// An idempotency record, found by the digest of caller and key.
    pub fn idempotency(digest: &Digest) -> Self {
        Self::new(format!("IDEM#{digest}"), "ANSWER")
    }

    /// The published keys of an issuer.
    pub fn key_set(issuer: &str) -> Self {
        Self::new(format!("ISSUER#{issuer}"), "KEYS")
    }

    /// A branch key: `name` like `2026Q4`, with `-0002` behind it for its second revision.
    pub fn branch_key(stage: &str, name: &str) -> Self {
        Self::new(branch_keys(stage), name)
    }

    /// The key under which identifiers are hashed to be searched for.
    pub fn search_key(stage: &str) -> Self {
        Self::new(format!("SEARCHKEY#{stage}"), "KEY")
    }

    /// That a case names what `hash` stands for.
    pub fn search(hash: &SearchHash, number: &ApplicationNo) -> Self {
        Self::new(search_partition(hash), case_partition(number))
    }

    /// The mark of a case whose person asked for erasure.
    pub fn restriction(number: &ApplicationNo) -> Self {
        Self::of_case(number, "RESTRICTED")
    }

    /// An entry of a unit's audit, in the month of `at` in China.
    pub fn audit(unit: &UnitId, at: Instant, id: EventId) -> Self {
        Self::new(audit_partition(unit, at.date()), format!("{at}#{id}"))
    }

    /// The record of the erasure of the person with this digest.
    pub fn erasure(person: &Digest) -> Self {
        Self::new(format!("ERASURE#{person}"), "RECORD")
    }

    /// Which events of a case were counted.
    pub fn counted(number: &ApplicationNo) -> Self {
        Self::of_case(number, "COUNTED")
    }

    /// The figures of an item at a unit in a month.
    pub fn figures(unit: &UnitId, month: Month, item: &ItemCode) -> Self {
        Self::new(figures(unit, month), item.to_string())
    }

    /// How many cases of a unit wait for a post.
    pub fn waiting(unit: &UnitId, post: Post) -> Self {
        Self::new(load(unit), format!("POST#{}", post_word(post)))
    }

    /// How many cases an officer of a unit has in hand.
    pub fn in_hand(unit: &UnitId, officer: &OfficerId) -> Self {
        Self::new(load(unit), format!("{LOAD_OF_OFFICERS}{officer}"))
    }

    /// The message in an inbox that tells of an event.
    pub fn message(addressee: &Addressee, event: EventId) -> Self {
        Self::new(inbox(addressee), event.to_string())
    }

    /// Up to where the outbox is known to be sent.
    pub fn outbox_mark() -> Self {
        Self::new("OUTBOX", "SWEPT")
    }

    /// A supervision card of a case.
    pub fn card(number: &ApplicationNo, rule: CardRule) -> Self {
        Self::of_case(number, format!("{CARDS}{}", rule.as_str()))
    }

    /// The last undertaking an enterprise let lapse.
    pub fn lapse(enterprise: &Uscc) -> Self {
        Self::new(owner(enterprise), "LAPSE")
    }

    /// An entry in the wallet of an enterprise.
    pub fn wallet_entry(enterprise: &Uscc, entry: &WalletEntry) -> Self {
        Self::new(wallet(enterprise), sort_key(entry))
    }

    /// Up to where a shard of the deadlines was walked.
    pub fn walked(shard: u8) -> Self {
        Self::new("DEADLINES", format!("WALKED#{shard:02}"))
    }

    /// The item that moves business time.
    pub fn clock(name: &str) -> Self {
        Self::new(name, "OFFSET")
    }

    /// An item of a stand-in for an outside system.
    pub fn stand_in(system: &str, id: &str) -> Self {
        Self::new(format!("SANDBOX#{system}"), id)
    }
}

/// What the sort keys of events begin with.
pub const EVENTS: &str = "EVENT#";

/// What the sort keys of notices begin with.
pub const NOTICES: &str = "NOTICE#";

/// What the sort keys of supervision cards begin with.
pub const CARDS: &str = "CARD#";
/// What the sort keys of mandates begin with.
pub const MANDATES: &str = "MANDATE#";
/// What the sort keys of invitations begin with.
pub const INVITATIONS: &str = "INVITE#";
/// What the sort keys of claims begin with.
pub const CLAIMS: &str = "CLAIM#";
/// What the partitions of enterprises begin with.
pub const ENTERPRISES: &str = "ENT#";
/// The key in `by_work` of the enterprises for which the register had no answer yet.
pub const REGISTRATIONS: &str = "REGISTRATIONS";

/// The key of a unit's officers in `by_work`.
pub fn officers(unit: &UnitId) -> String {
    format!("OFFICERS#{unit}")
}

/// The key of a unit's devices in `by_work`.
pub fn devices(unit: &UnitId) -> String {
    format!("DEVICES#{unit}")
}

/// The key of the API keys that a unit gave in `by_work`.
pub fn api_keys(unit: &UnitId) -> String {
    format!("APIKEYS#{unit}")
}

/// The key of a unit's open cards in `by_work`.
pub fn cards(unit: &UnitId) -> String {
    format!("CARDS#{unit}")
}

/// The key in `by_subject` of who is invited, known by the keyed hash of an identifier.
pub fn invitee(hash: &str) -> String {
    format!("INVITEE#{hash}")
}

/// What the partitions of cases begin with.
const CASE: &str = "APP#";

/// The partition of a case.
pub fn case_partition(number: &ApplicationNo) -> String {
    format!("{CASE}{number}")
}

/// The case whose partition this is.
pub fn case_of(partition: &str) -> Option<ApplicationNo> {
    let number = partition.strip_prefix(CASE)?;
    ApplicationNo::try_from(number.to_owned()).ok()
}

/// The partition of a stage's branch keys.
pub fn branch_keys(stage: &str) -> String {
    format!("BRANCH#{stage}")
}

/// The partition of the cases that name what `hash` stands for.
pub fn search_partition(hash: &SearchHash) -> String {
    format!("SEARCH#{hash}")
}

/// The partition of a unit's audit in the month of `date`.
pub fn audit_partition(unit: &UnitId, date: Date) -> String {
    format!("AUDIT#{unit}#{:04}-{:02}", date.year(), date.month())
}

/// The partition of what an enterprise holds; not its own, which is read whole.
pub fn held_by(holder: &Uscc) -> String {
    format!("HOLDINGS#{}", holder.as_str())
}

/// What the sort keys of what an enterprise holds of an item begin with.
pub fn held_of(item: ItemCode) -> String {
    format!("{item}#")
}

/// The partition of an enterprise, and its key in `by_owner`.
pub fn owner(enterprise: &Uscc) -> String {
    format!("{ENTERPRISES}{}", enterprise.as_str())
}

/// The partition of what an enterprise may show again.
pub fn wallet(enterprise: &Uscc) -> String {
    format!("WALLET#{}", enterprise.as_str())
}

/// The enterprise whose partition this is.
pub fn enterprise_of(partition: &str) -> Option<Uscc> {
    Uscc::parse(partition.strip_prefix(ENTERPRISES)?).ok()
}

/// The invitation whose sort key this is.
pub fn invitation_of(sort: &str) -> Option<MandateId> {
    sort.strip_prefix(INVITATIONS)?.parse().ok()
}

/// The word a post is written with in keys and counters.
pub fn post_word(post: Post) -> &'static str {
    match post {
        Post::Intake => "intake",
        Post::Reviewer => "reviewer",
        Post::Decider => "decider",
        Post::Head => "head",
        Post::Supervisor => "supervisor",
        Post::Traffic => "traffic",
        Post::Liaison => "liaison",
        Post::Administrator => "administrator",
    }
}

/// The key of a unit's work for a post in `by_work`.
pub fn work(unit: &UnitId, post: Post) -> String {
    format!("WORK#{unit}#{}", post_word(post))
}

/// The partition of the figures of a unit in a month.
pub fn figures(unit: &UnitId, month: Month) -> String {
    format!("FIGURES#{unit}#{month}")
}

/// The partition of what waits in a unit and what its officers have in hand.
pub fn load(unit: &UnitId) -> String {
    format!("LOAD#{unit}")
}

/// What the sort keys of officers in the load of a unit begin with.
pub const LOAD_OF_OFFICERS: &str = "OFFICER#";

/// The partition of an inbox.
pub fn inbox(addressee: &Addressee) -> String {
    match addressee {
        Addressee::Person(person) => format!("INBOX#PERSON#{person}"),
        Addressee::Officer(officer) => format!("INBOX#OFFICER#{officer}"),
    }
}

/// The key in `by_subject` of the messages in an inbox that were not read.
pub fn unread(addressee: &Addressee) -> String {
    format!("UNREAD#{}", inbox(addressee))
}

/// The key of a person in `by_subject`.
pub fn subject(person: &PersonId) -> String {
    format!("SUBJECT#{person}")
}

/// The key of the hour that holds `at`, for an item with `id`, in `outbox`.
pub fn outbox(at: Instant, id: EventId) -> String {
    let shard = id.0.as_bytes().last().copied().unwrap_or(0) % OUTBOX_SHARDS;
    outbox_shard(at, shard)
}

/// The key of one shard of the hour that holds `at` in `outbox`.
pub fn outbox_shard(at: Instant, shard: u8) -> String {
    let hour: String = at.to_string().chars().take(13).collect();
    format!("OUTBOX#{hour}#{shard}")
}

/// The key in `by_deadline` of the day in China that holds `at`, for the case `number`.
pub fn deadline(at: Instant, number: &ApplicationNo) -> String {
    let shard = number.as_str().bytes().last().unwrap_or(0) % DEADLINE_SHARDS;
    deadline_shard(at.date(), shard)
}

/// The key of one shard of `date` in `by_deadline`.
pub fn deadline_shard(date: Date, shard: u8) -> String {
    format!("DUE#{date}#{shard:02}")
}
