//! Everybody who can ask: persons, holders of mandates and officers, near to what they ask for and far
//! from it.

use domain::chain::Digest;
use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::instant::Instant;
use domain::mandate::{Coverage, Mandate, MandateId, Role};
use domain::officer::{Officer, Post};
use domain::policy::Authority;

/// The enterprise whose things are asked for.
pub(crate) const OWN: &str = "91140100XXX1000286";
/// Another one.
pub(crate) const OTHER: &str = "91140300XXX1000521";
/// The unit that is responsible for what is asked for.
pub(crate) const UNIT: &str = "psb-140105";

/// Every role.
pub(crate) const ROLES: [Role; 6] = [
    Role::LegalRepresentative,
    Role::Administrator,
    Role::Handler,
    Role::Signer,
    Role::Payer,
    Role::Viewer,
];

/// Somebody who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The column of the table.
    pub(crate) column: String,
    /// How they stand to what is asked for.
    pub(crate) relation: &'static str,
    /// By what right they ask; none for nobody.
    pub(crate) authority: Authority,
}

impl Caller {
    /// The name that the identity provider has for them.
    pub(crate) fn name(&self) -> String {
        match &self.authority {
            Authority::Person(person) => person.to_string(),
            Authority::Mandate(mandate) => mandate.person.to_string(),
            Authority::Officer(officer) => officer.id.to_string(),
        }
    }
}

/// Everybody, the columns in order and the relations of each.
pub(crate) fn everybody(now: Instant) -> Vec<Caller> {
    let person = Caller {
        column: "person".to_owned(),
        relation: "self",
        authority: Authority::Person(named("somebody")),
    };
    let roles = ROLES.into_iter().flat_map(|role| {
        ["own", "items", "suspended", "ended", "other"].map(|relation| Caller {
            column: word(&serde_json::to_value(role).unwrap()),
            relation,
            authority: Authority::Mandate(mandate(role, relation, now)),
        })
    });
    let posts = Post::ALL.into_iter().flat_map(|post| {
        ["own", "elsewhere", "city", "province", "other", "dismissed"].map(|relation| Caller {
            column: format!("post {}", word(&serde_json::to_value(post).unwrap())),
            relation,
            authority: Authority::Officer(officer(post, relation)),
        })
    });
    std::iter::once(person).chain(roles).chain(posts).collect()
}

fn mandate(role: Role, relation: &str, now: Instant) -> Mandate {
    let enterprise = Uscc::parse(if relation == "other" { OTHER } else { OWN }).unwrap();
    let role_name = word(&serde_json::to_value(role).unwrap());
    Mandate {
        id: MandateId::new(enterprise.clone(), 1),
        person: named(&format!("{role_name}.{relation}")),
        enterprise,
        role,
        items: match relation {
            "items" => Coverage::Only(vec!["PSB-APR-001".parse().unwrap()]),
            _ => Coverage::All,
        },
        from: jiff::civil::date(2020, 1, 1),
        to: None,
        withdrawn_at: (relation == "ended").then_some(now.plus_seconds(-60)),
        suspended_at: (relation == "suspended").then_some(now.plus_seconds(-60)),
        suspended_for: None,
    }
}

fn officer(post: Post, relation: &str) -> Officer {
    let region = match relation {
        "city" => "140100",
        "province" => "140000",
        "other" => "140106",
        _ => "140105",
    };
    let post_name = word(&serde_json::to_value(post).unwrap());
    Officer {
        id: OfficerId::try_from(format!("{post_name}.{relation}")).unwrap(),
        badge: "010501".to_owned(),
        unit: format!("psb-{region}").parse().unwrap(),
        level: region.parse::<domain::unit::RegionCode>().unwrap().level(),
        jurisdictions: vec![match relation {
            "elsewhere" => "140107".parse().unwrap(),
            _ => region.parse().unwrap(),
        }],
        posts: vec![post],
        active: relation != "dismissed",
        own_person: None,
        proposed: None,
        version: 0,
        head: Digest::GENESIS,
    }
}

fn named(name: &str) -> PersonId {
    PersonId::try_from(name.to_owned()).unwrap()
}

fn word(value: &serde_json::Value) -> String {
    value.as_str().unwrap().to_owned()
}
