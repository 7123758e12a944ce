//! Whatever people do with an enterprise, its history replays, its mandates are what the history says,
//! and somebody can always act for it.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

use std::collections::BTreeSet;

use domain::application::Actor;
use domain::enterprise::{
    AcceptInvitation, Confirm, Context, EndMandate, Enterprise, EnterpriseEvent, Entry, EntryState,
    Forget, HandOver, Household, Invite, LeaveMandate, Proof, Refusal, Register, Registry, Resume,
    Standing, Suspend,
};
use domain::history::{Occasion, Recorded, record, replay};
use domain::identifiers::Uscc;
use domain::ids::{EventId, OfficerId, PersonId};
use domain::instant::Instant;
use domain::mandate::{Coverage, MandateId, Role};
use proptest::prelude::*;

const PEOPLE: [&str; 4] = ["anna", "boris", "clara", "dmitri"];

const ROLES: [Role; 6] = [
    Role::LegalRepresentative,
    Role::Administrator,
    Role::Handler,
    Role::Signer,
    Role::Payer,
    Role::Viewer,
];

fn uscc() -> Uscc {
    Uscc::parse("91140105XXX100095C").unwrap()
}

fn person(index: usize) -> PersonId {
    let name = PEOPLE.get(index % PEOPLE.len()).copied().unwrap();
    PersonId::try_from(name.to_owned()).unwrap()
}

fn mandate(number: u64) -> MandateId {
    MandateId::new(uscc(), number)
}

fn entry(of: usize) -> Registry {
    Registry::Knows(Entry {
        name: "太原汾畔餐饮有限公司".to_owned(),
        region: "140105".parse().unwrap(),
        legal_representative: person(of),
        state: EntryState::Active,
    })
}

/// Something somebody tries.
#[derive(Clone, Debug)]
enum Attempt {
    Register {
        by: usize,
        named: Option<usize>,
    },
    Confirm {
        named: Option<usize>,
    },
    Invite {
        by: usize,
        role: usize,
    },
    Accept {
        by: usize,
        which: usize,
        theirs: bool,
    },
    End {
        by: usize,
        which: usize,
    },
    Leave {
        by: usize,
        which: usize,
    },
    HandOver {
        by: usize,
        named: usize,
    },
    Suspend,
    Resume,
    Forget {
        whom: usize,
    },
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let someone = || 0..PEOPLE.len();
    let attempt = prop_oneof![
        1 => (someone(), proptest::option::of(someone()))
            .prop_map(|(by, named)| Attempt::Register { by, named }),
        1 => proptest::option::of(someone()).prop_map(|named| Attempt::Confirm { named }),
        4 => (someone(), 0_usize..6).prop_map(|(by, role)| Attempt::Invite { by, role }),
        6 => (someone(), 0_usize..8, any::<bool>())
            .prop_map(|(by, which, theirs)| Attempt::Accept { by, which, theirs }),
        2 => (someone(), 0_usize..8).prop_map(|(by, which)| Attempt::End { by, which }),
        2 => (someone(), 0_usize..8).prop_map(|(by, which)| Attempt::Leave { by, which }),
        1 => (someone(), someone()).prop_map(|(by, named)| Attempt::HandOver { by, named }),
        1 => Just(Attempt::Suspend),
        1 => Just(Attempt::Resume),
        1 => someone().prop_map(|whom| Attempt::Forget { whom }),
    ];
    proptest::collection::vec(attempt, 1..60)
}

/// An enterprise to which things happen.
#[derive(Clone, Default)]
struct World {
    household: Household,
    history: Vec<Recorded<Uscc, EnterpriseEvent>>,
    made: u64,
}

impl World {
    fn now(&self) -> Instant {
        let count = i64::try_from(self.history.len()).unwrap();
        Instant::try_from("2026-11-23T10:00:00+08:00".to_owned())
            .unwrap()
            .plus_seconds(count * 60)
    }

    /// The person is forgotten; every invitation is known to be for them.
    fn forgets(&mut self, whom: &PersonId) {
        let now = self.now();
        let open = self.household.invitations.iter();
        let open: Vec<MandateId> = open.map(|invitation| invitation.id.clone()).collect();
        let forget = Forget {
            person: whom,
            invitations: &open,
        };
        let events = forget.decide(&self.household, now);
        let household = std::mem::take(&mut self.household);
        let before = household.enterprise.clone();
        let mut after = household;
        if !events.is_empty() {
            let occasion = Occasion {
                aggregate: &uscc(),
                at: now,
                actor: &Actor::System {
                    task: "erase_person".to_owned(),
                },
            };
            let ids = || EventId(uuid::Uuid::from_u128(1));
            let step = record(before.as_ref(), &occasion, events, ids).unwrap();
            after = after.after(&step.history, step.state, None);
            self.history.extend(step.history);
        }
        self.household = forget.carried_out(after, now);
    }

    fn tries(&mut self, attempt: &Attempt) -> Result<(), Refusal> {
        if let Attempt::Forget { whom } = attempt {
            self.forgets(&person(*whom));
            return Ok(());
        }
        self.made += 1;
        let fresh = mandate(self.made);
        let by = match attempt {
            Attempt::Register { by, .. }
            | Attempt::Invite { by, .. }
            | Attempt::Accept { by, .. }
            | Attempt::End { by, .. }
            | Attempt::Leave { by, .. }
            | Attempt::HandOver { by, .. } => Actor::Agent {
                person: person(*by),
                role: Role::Administrator,
                device: None,
            },
            Attempt::Confirm { .. } => Actor::System {
                task: "confirm".to_owned(),
            },
            Attempt::Suspend | Attempt::Resume | Attempt::Forget { .. } => Actor::Officer {
                officer: OfficerId::try_from("head".to_owned()).unwrap(),
                badge: "010501".to_owned(),
                unit: "psb-140105".parse().unwrap(),
            },
        };
        let now = self.now();
        let context = Context { now, actor: &by };
        let household = &self.household;
        let invited = |which: usize| household.invitations.get(which).map(|one| one.id.clone());
        let given = |which: usize| household.mandates.get(which).map(|one| one.id.clone());
        let events = match attempt {
            Attempt::Register { named, .. } => Register {
                real_name_level: 2,
                registry: named.map_or(Registry::Silent, entry),
                mandate: fresh,
            }
            .decide(household, &context)?,
            Attempt::Confirm { named } => Confirm {
                registry: named.map_or(Registry::KnowsNothing, entry),
                mandate: fresh,
            }
            .decide(household)?,
            Attempt::Invite { role, .. } => Invite {
                id: fresh,
                role: *ROLES.get(*role).unwrap(),
                items: Coverage::All,
                from: now.date(),
                to: None,
            }
            .decide(household, &context)?,
            Attempt::Accept { which, theirs, .. } => AcceptInvitation {
                id: invited(*which).unwrap_or(fresh),
                proof: if *theirs {
                    Proof::Invited
                } else {
                    Proof::SomebodyElse
                },
            }
            .decide(household, &context)?,
            Attempt::End { which, .. } => EndMandate {
                id: given(*which).or_else(|| invited(*which)).unwrap_or(fresh),
            }
            .decide(household, &context)?,
            Attempt::Leave { which, .. } => LeaveMandate {
                id: given(*which).unwrap_or(fresh),
            }
            .decide(household, &context)?,
            Attempt::HandOver { named, .. } => HandOver {
                real_name_level: 2,
                registry: entry(*named),
                mandate: fresh,
            }
            .decide(household, &context)?,
            Attempt::Suspend => Suspend {
                reason: "核查".to_owned(),
            }
            .decide(household)?,
            Attempt::Resume => Resume {
                reason: "属实".to_owned(),
            }
            .decide(household)?,
            Attempt::Forget { .. } => Vec::new(),
        };
        if events.is_empty() {
            return Ok(());
        }
        let uscc = uscc();
        let occasion = Occasion {
            aggregate: &uscc,
            at: now,
            actor: &by,
        };
        let ids = || EventId(uuid::Uuid::from_u128(1));
        let before = self.household.enterprise.as_ref();
        let step = record(before, &occasion, events, ids).unwrap();
        let after = std::mem::take(&mut self.household);
        self.household = after.after(&step.history, step.state, Some("hash"));
        self.history.extend(step.history);
        Ok(())
    }
}

proptest! {
    #[test]
    fn no_enterprise_loses_itself(attempts in attempts()) {
        let mut world = World::default();
        for attempt in attempts {
            let before = (world.household.clone(), world.history.len());
            let refused = world.tries(&attempt).is_err();
            if refused {
                prop_assert_eq!(&before, &(world.household.clone(), world.history.len()));
            }
            let Some(enterprise) = &world.household.enterprise else { continue };
            let replayed = replay::<Enterprise>(&world.history).unwrap();
            prop_assert_eq!(&replayed, enterprise);

            let now = world.now();
            let administers = |person: &PersonId| {
                world.household.of(person).is_some_and(|mandate| {
                    mandate.role == Role::Administrator && !mandate.has_ended(now)
                })
            };
            for index in 0..PEOPLE.len() {
                let person = person(index);
                prop_assert_eq!(enterprise.administrators.contains(&person), administers(&person));
            }
            if enterprise.standing == Standing::Pending {
                prop_assert!(world.household.mandates.is_empty());
            } else {
                let mut holders = world.household.mandates.iter().filter(|mandate| {
                    mandate.role == Role::LegalRepresentative && !mandate.has_ended(now)
                });
                let holder = holders.next().map(|mandate| &mandate.person);
                prop_assert_eq!(holder, enterprise.legal_representative.as_ref());
                prop_assert!(holder.is_some() && holders.next().is_none());
            }
            let claims = world.household.claims.iter();
            let waiting: BTreeSet<PersonId> = claims
                .filter(|claim| claim.answer.is_none())
                .map(|claim| claim.person.clone())
                .collect();
            prop_assert_eq!(&waiting, &enterprise.claimants);
            let mut invitations = world.household.invitations.iter();
            prop_assert!(invitations.all(|one| one.answered.is_none() == one.invitee.is_some()));
            let suspended = enterprise.standing == Standing::Suspended;
            let mut holding = world.household.mandates.iter().filter(|one| !one.has_ended(now));
            let reason = enterprise.standing_reason.as_ref().filter(|_| suspended);
            let suspended_with_it = holding.all(|mandate| {
                mandate.suspended_at.is_some() == suspended
                    && mandate.suspended_for.as_ref() == reason
            });
            prop_assert!(suspended_with_it);
        }
    }

    #[test]
    fn a_mandates_name_is_read_as_it_is_written(number: u64) {
        let id = mandate(number);
        prop_assert_eq!(id.to_string().parse::<MandateId>(), Ok(id));
    }
}

#[test]
fn what_is_no_mandates_name_is_none() {
    for text in [
        "",
        "M-",
        "M-91140105XXX100095C",
        "M-91140105XXX100095C-0000",
        "M-91140105XXX100095D-000000000000",
        "M-91140105XXX100095C-00000000000o",
        "m-91140105XXX100095C-000000000000",
    ] {
        assert!(text.parse::<MandateId>().is_err(), "{text}");
    }
}

/// The restaurant with its legal representative anna and an invitation that is still open.
fn invited() -> World {
    let mut world = World::default();
    let register = Attempt::Register {
        by: 0,
        named: Some(0),
    };
    world.tries(&register).unwrap();
    world.tries(&Attempt::Invite { by: 0, role: 2 }).unwrap();
    world
}

fn accepts_at(world: &World, now: Instant) -> Result<Vec<EnterpriseEvent>, Refusal> {
    let actor = Actor::Person {
        person: person(1),
        device: None,
    };
    let context = Context { now, actor: &actor };
    let invitation = world.household.invitations.first().unwrap();
    let accept = AcceptInvitation {
        id: invitation.id.clone(),
        proof: Proof::Invited,
    };
    accept.decide(&world.household, &context)
}

#[test]
fn an_invitation_holds_for_fourteen_days_to_the_second() {
    let world = invited();
    let at = world.household.invitations.first().unwrap().invited_at;
    let end = at.plus_seconds(14 * 24 * 60 * 60);
    assert_eq!(accepts_at(&world, end.plus_seconds(-1)).unwrap().len(), 1);
    assert_eq!(accepts_at(&world, end), Err(Refusal::InvitationExpired));
}

#[test]
fn nobody_is_invited_to_an_enterprise_that_still_waits() {
    let mut world = World::default();
    let register = Attempt::Register { by: 0, named: None };
    world.tries(&register).unwrap();
    let refused = world.tries(&Attempt::Invite { by: 0, role: 2 });
    assert_eq!(refused, Err(Refusal::StillPending));
    // The one the register names is confirmed, whoever else asked is turned away.
    let other = Attempt::Register { by: 1, named: None };
    world.tries(&other).unwrap();
    world.tries(&Attempt::Confirm { named: Some(1) }).unwrap();
    let enterprise = world.household.enterprise.as_ref().unwrap();
    assert_eq!(enterprise.legal_representative, Some(person(1)));
    assert!(enterprise.claimants.is_empty());
}

#[test]
fn whoever_was_dismissed_lets_nobody_in_by_an_invitation_they_gave_before() {
    let mut world = invited();
    // Boris administers, invites somebody, and is dismissed.
    world.tries(&Attempt::Invite { by: 0, role: 1 }).unwrap();
    let accepts = |by, which| Attempt::Accept {
        by,
        which,
        theirs: true,
    };
    world.tries(&accepts(1, 1)).unwrap();
    world.tries(&Attempt::Invite { by: 1, role: 1 }).unwrap();
    let boris = world
        .household
        .mandates
        .iter()
        .position(|mandate| mandate.person == person(1))
        .unwrap();
    let dismissed = Attempt::End {
        by: 0,
        which: boris,
    };
    world.tries(&dismissed).unwrap();
    for who in [1, 2] {
        let refused = world.tries(&accepts(who, 2));
        assert_eq!(refused, Err(Refusal::InvitationAnswered));
    }
}

#[test]
fn whoever_holds_less_now_gives_no_more_by_an_invitation_they_gave_before() {
    let mut world = invited();
    world.tries(&Attempt::Invite { by: 0, role: 1 }).unwrap();
    let accepts = |by, which| Attempt::Accept {
        by,
        which,
        theirs: true,
    };
    world.tries(&accepts(1, 1)).unwrap();
    world.tries(&Attempt::Invite { by: 1, role: 2 }).unwrap();
    let mut narrowed = world.clone();
    for mandate in &mut narrowed.household.mandates {
        if mandate.person == person(1) {
            mandate.items = Coverage::Only(vec!["PSB-APR-004".parse().unwrap()]);
        }
    }
    let refused = narrowed.tries(&accepts(2, 2));
    assert_eq!(refused, Err(Refusal::InvitationAnswered));
    let mut shortened = world.clone();
    let today = shortened.now().date();
    for mandate in &mut shortened.household.mandates {
        if mandate.person == person(1) {
            mandate.to = Some(today);
        }
    }
    let refused = shortened.tries(&accepts(2, 2));
    assert_eq!(refused, Err(Refusal::InvitationAnswered));
    world.tries(&accepts(2, 2)).unwrap();
}

#[test]
fn nobody_gives_more_than_they_hold() {
    let mut world = invited();
    world.tries(&Attempt::Invite { by: 0, role: 1 }).unwrap();
    let accept = Attempt::Accept {
        by: 1,
        which: 1,
        theirs: true,
    };
    world.tries(&accept).unwrap();
    let now = world.now();
    let only = |code: &str| Coverage::Only(vec![code.parse().unwrap()]);
    for mandate in &mut world.household.mandates {
        if mandate.person == person(1) {
            mandate.items = only("PSB-APR-004");
            mandate.to = Some(now.date());
        }
    }
    let actor = Actor::Person {
        person: person(1),
        device: None,
    };
    let context = Context { now, actor: &actor };
    let invites = |items: Coverage, to| {
        let invite = Invite {
            id: mandate(99),
            role: Role::Handler,
            items,
            from: now.date(),
            to,
        };
        invite.decide(&world.household, &context).map(|_| ())
    };
    let today = Some(now.date());
    assert_eq!(invites(only("PSB-APR-004"), today), Ok(()));
    for (items, to) in [
        (Coverage::All, today),
        (only("PSB-APR-001"), today),
        (only("PSB-APR-004"), None),
    ] {
        assert_eq!(invites(items, to), Err(Refusal::BeyondOwnMandate));
    }
}
