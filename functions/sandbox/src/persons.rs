//! `GET /sandbox/persons`: who can log in, and what they are.

use axum::extract::State;
use axum::response::IntoResponse;
use domain::mandate::{Coverage, Role};
use domain::officer::Post;
use domain::words::Words;
use http::StatusCode;
use jiff::civil::Date;
use serde::Serialize;
use web::{Problem, Reply};

use crate::Sandbox;
use crate::population::{Population, ReadyMandate, ReadyOfficer, ReadyPerson};

#[derive(Serialize)]
struct Listing<'a> {
    persons: Vec<PersonEntry<'a>>,
    officers: Vec<OfficerEntry<'a>>,
}

#[derive(Serialize)]
struct PersonEntry<'a> {
    id: &'a str,
    name: &'a Words,
    real_name_level: u8,
    /// Synthetic, to be filled into forms.
    resident_id: &'a str,
    mandates: Vec<MandateEntry<'a>>,
}

#[derive(Serialize)]
struct MandateEntry<'a> {
    enterprise: EnterpriseName<'a>,
    role: Role,
    items: &'a Coverage,
    from: Date,
    to: Option<Date>,
}

#[derive(Serialize)]
struct OfficerEntry<'a> {
    id: &'a str,
    name: &'a Words,
    badge: &'a str,
    unit: UnitName<'a>,
    posts: &'a [Post],
    active: bool,
}

#[derive(Serialize)]
struct EnterpriseName<'a> {
    uscc: &'a str,
    name: Option<&'a Words>,
}

#[derive(Serialize)]
struct UnitName<'a> {
    id: &'a str,
    name: Option<&'a Words>,
}

pub(crate) async fn list(State(sandbox): State<Sandbox>) -> Result<impl IntoResponse, Problem> {
    let population = &sandbox.population;
    let listing = Listing {
        persons: population
            .persons
            .iter()
            .map(|person| person_entry(population, person))
            .collect(),
        officers: population
            .officers
            .iter()
            .map(|officer| officer_entry(population, officer))
            .collect(),
    };
    Reply::new(StatusCode::OK, &listing)
}

fn person_entry<'a>(population: &'a Population, person: &'a ReadyPerson) -> PersonEntry<'a> {
    PersonEntry {
        id: person.id.as_str(),
        name: &person.name,
        real_name_level: person.real_name_level,
        resident_id: &person.resident_id,
        mandates: person
            .mandates
            .iter()
            .map(|mandate| mandate_entry(population, mandate))
            .collect(),
    }
}

fn mandate_entry<'a>(population: &'a Population, mandate: &'a ReadyMandate) -> MandateEntry<'a> {
    let registered = population.enterprise(&mandate.enterprise);
    MandateEntry {
        enterprise: EnterpriseName {
            uscc: mandate.enterprise.as_str(),
            name: registered.map(|enterprise| &enterprise.name),
        },
        role: mandate.role,
        items: &mandate.items,
        from: mandate.from,
        to: mandate.to,
    }
}

fn officer_entry<'a>(population: &'a Population, officer: &'a ReadyOfficer) -> OfficerEntry<'a> {
    OfficerEntry {
        id: officer.id.as_str(),
        name: &officer.name,
        badge: &officer.badge,
        unit: UnitName {
            id: officer.unit.as_str(),
            name: population.unit_name(&officer.unit),
        },
        posts: &officer.posts,
        active: officer.active,
    }
}
