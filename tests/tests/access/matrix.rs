//! The table, as the policy fills it.
//!
//! A cell has one sign for each relation of its column, in the order that [`crate::callers`] gives:
//! for a role its own enterprise, where another agent filed, the same for other items, suspended, after the
//! mandate's end, another enterprise; for a post the unit responsible, the same with another jurisdiction,
//! the city above it, the province, another district, after dismissal.

use std::fmt::Write as _;

use domain::identifiers::Uscc;
use domain::instant::Instant;
use domain::item::ItemCode;
use domain::policy::{Authority, Denial, Resource, permit};
use domain::unit::UnitId;
use web::Access;
use web::routes::{Described, Route};

use crate::callers::{Caller, OWN, UNIT, everybody};

const APPROVED: &str = include_str!("matrix.md");
const HEADING: &str = "\
# Who may do what

`+` yes · `0` it does not exist for them (404) · `w` an act of the other side · `r` the role does not
include it · `p` the post does not include it · `m` no mandate holds · `s` the enterprise is suspended.
`i` the mandate is for other items. A role's signs: own enterprise, where another agent filed; the same
with a mandate for other items; suspended; mandate ended; another enterprise. A post's: the unit
responsible, the same with another jurisdiction, the city above it, the province, another district,
dismissed. `UPDATE_ACCESS=1` writes this table anew.
";

/// All routes of the functions that know their callers.
pub(crate) fn routes() -> Vec<Route> {
    let parts = [
        account::routes(Described::default()).into_parts().1,
        approval::routes(Described::default()).into_parts().1,
        inquiry::routes(Described::default()).into_parts().1,
        supervision::routes(Described::default()).into_parts().1,
    ];
    let mut routes: Vec<Route> = parts.into_iter().flatten().collect();
    routes.sort_by_key(|route| (route.path.clone(), route.method.to_string()));
    routes
}

/// What the policy says of `caller` on `route`.
pub(crate) fn judged(route: &Route, caller: &Caller, now: Instant) -> Result<(), Denial> {
    let Access::Caller(action) = route.access else {
        return Ok(());
    };
    let (enterprise, unit) = (Uscc::parse(OWN).unwrap(), UNIT.parse::<UnitId>().unwrap());
    let province: UnitId = "psb-140000".parse().unwrap();
    let item: ItemCode = "PSB-APR-004".parse().unwrap();
    let whole = Resource {
        enterprise: Some(&enterprise),
        unit: Some(&unit),
        item: Some(&item),
        region: unit.region(),
        passed_on_by: None,
    };
    let resource = match route.path.as_str() {
        // What is opened is for an item.
        "/v1/applications" if route.method == http::Method::POST => Resource {
            item: Some(&item),
            ..Resource::NOTHING
        },
        // They concern what is the caller's own.
        "/v1/me"
        | "/v1/messages"
        | "/v1/messages/{id}/read"
        | "/v1/workbench"
        | "/v1/workbench/counts"
        | "/v1/application-searches"
        | "/v1/applications"
        | "/v1/enterprises" => Resource::NOTHING,
        // Keys are the province's; a list or a new one is that of the caller's own unit.
        "/v1/api-keys" => match &caller.authority {
            Authority::Officer(officer) => Resource {
                unit: Some(&officer.unit),
                ..Resource::NOTHING
            },
            _ => Resource::NOTHING,
        },
        "/v1/api-keys/{id}" => Resource {
            unit: Some(&province),
            ..Resource::NOTHING
        },
        // An enterprise and its people are of no item.
        path if path.starts_with("/v1/enterprises") || path.starts_with("/v1/mandates") => {
            Resource {
                item: None,
                ..whole
            }
        }
        _ => whole,
    };
    permit(&caller.authority, action, &resource, now)
}

#[test]
fn every_route_is_for_whom_the_table_says() {
    let now = Instant::try_from("2026-11-23T10:00:00+08:00".to_owned()).unwrap();
    let callers = everybody(now);
    let mut columns: Vec<&str> = Vec::new();
    for caller in &callers {
        if !columns.contains(&caller.column.as_str()) {
            columns.push(&caller.column);
        }
    }
    let mut table = HEADING.to_owned();
    let _ = writeln!(table, "\n| route | {} |", columns.join(" | "));
    let _ = writeln!(table, "|---|{}", "---|".repeat(columns.len()));
    for route in routes() {
        let name = format!("{} {}", route.method, route.path);
        if route.access == Access::Public {
            let _ = writeln!(
                table,
                "| {name} | everybody |{}",
                " |".repeat(columns.len() - 1)
            );
            continue;
        }
        let cells = columns.iter().map(|column| {
            let own = callers.iter().filter(|caller| caller.column == *column);
            own.map(|caller| sign(judged(&route, caller, now)))
                .collect::<String>()
        });
        let _ = writeln!(
            table,
            "| {name} | {} |",
            cells.collect::<Vec<_>>().join(" | ")
        );
    }
    if std::env::var_os("UPDATE_ACCESS").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/access/matrix.md");
        std::fs::write(file, &table).unwrap();
        return;
    }
    assert!(
        table == APPROVED,
        "the policy says otherwise than tests/tests/access/matrix.md:\n{table}"
    );
}

fn sign(judged: Result<(), Denial>) -> char {
    match judged {
        Ok(()) => '+',
        Err(Denial::OutOfReach) => '0',
        Err(Denial::WrongSide) => 'w',
        Err(Denial::RoleInsufficient) => 'r',
        Err(Denial::PostMissing) => 'p',
        Err(Denial::NoMandate) => 'm',
        Err(Denial::EnterpriseSuspended) => 's',
        Err(Denial::ItemNotCovered) => 'i',
    }
}
