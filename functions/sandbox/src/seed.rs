//! `POST /sandbox/seed`: gives the ready persons their mandates and the officers their posts.

use axum::extract::State;
use axum::response::IntoResponse;
use domain::application::Actor;
use domain::history::{Occasion, Step};
use domain::ids::EventId;
use domain::mandate::Mandate;
use domain::officer::{self, Administrators, Officer};
use http::StatusCode;
use platform::accounts::{Accounts, officer_written};
use platform::clock::real_now;
use platform::error::PlatformError;
use platform::table::{CommitError, Guard, Key, Part, Transaction, item};
use serde::Serialize;
use uuid::Uuid;
use web::{Code, Problem, Reply};

use crate::Sandbox;
use crate::founding;

/// How often the writing is begun anew when another one came in between.
const ATTEMPTS: u32 = 3;

#[derive(Default, Serialize)]
struct Seeded {
    /// What was not there yet, or not like this.
    written: Written,
    /// How many items were already as they should be.
    unchanged: usize,
}

#[derive(Default, Serialize)]
struct Written {
    mandates: Vec<Mandate>,
    officers: Vec<Officer>,
}

pub(crate) async fn write(State(sandbox): State<Sandbox>) -> Result<impl IntoResponse, Problem> {
    for _ in 0..ATTEMPTS {
        match seed(&sandbox).await {
            Ok(seeded) => return Reply::new(StatusCode::OK, &seeded),
            Err(CommitError::Guards(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::new(Code::Unavailable))
}

async fn seed(sandbox: &Sandbox) -> Result<Seeded, CommitError> {
    let mut seeded = Seeded::default();
    let accounts = Accounts::new(sandbox.table.clone());
    for wanted in sandbox.population.households() {
        found_enterprise(&accounts, &wanted, &mut seeded).await?;
    }
    appoint_officers(sandbox, &mut seeded).await?;
    Ok(seeded)
}

/// Founds an enterprise that is not there; what became of it since is left as it is.
async fn found_enterprise(
    accounts: &Accounts,
    wanted: &founding::Seeded,
    seeded: &mut Seeded,
) -> Result<(), CommitError> {
    let Some(enterprise) = &wanted.household.enterprise else {
        return Ok(());
    };
    let before = accounts.enterprise(&enterprise.uscc, None, None).await?;
    if before.household.enterprise.is_some() {
        seeded.unchanged += wanted.household.mandates.len();
        return Ok(());
    }
    accounts
        .commit_enterprise(&before, &wanted.household, &wanted.history, None)
        .await?;
    seeded
        .written
        .mandates
        .extend(wanted.household.mandates.iter().cloned());
    Ok(())
}

/// Appoints the officers as they should be, by the history of each; who administers the province is
/// written with them.
async fn appoint_officers(sandbox: &Sandbox, seeded: &mut Seeded) -> Result<(), CommitError> {
    let table = &sandbox.table;
    let officers: Vec<(Key, Officer)> = sandbox
        .population
        .appointments()
        .map(|officer| (Key::officer(&officer.id), officer))
        .collect();
    let keys = officers.iter().map(|(key, _)| key.clone());
    let present = table.read(keys.chain([Key::administrators()])).await?;
    let known = present.read::<Administrators>(&Key::administrators())?;
    let mut administrators = known
        .as_ref()
        .map_or_else(Administrators::default, |record| record.body.clone());
    let mut transaction = Transaction::new();
    let mut appointed = Vec::new();
    for (key, officer) in officers {
        let before = present.read::<Officer>(&key)?;
        if let Some(before) = before.as_ref().filter(|it| stands(&it.body, &officer)) {
            administrators = administrators.after(&before.body);
            seeded.unchanged += 1;
            continue;
        }
        let step = appointment(before.as_ref().map(|record| &record.body), &officer)?;
        let version = before.map(|record| record.version);
        transaction = officer_written(transaction, table, version, &step)?;
        administrators = administrators.after(&step.state);
        appointed.push(step.state);
    }
    let unlisted = known.as_ref().map(|record| &record.body) != Some(&administrators);
    if unlisted {
        let (version, guard) = Guard::following(known.map(|record| record.version));
        let stored = item::write(&Key::administrators(), version, &administrators)?;
        transaction = transaction.put(table, Part::Administrators, stored, guard);
    }
    if unlisted || !appointed.is_empty() {
        table.commit(transaction).await?;
    }
    seeded.written.officers = appointed;
    Ok(())
}

/// Whether `present` is as `wanted`, whatever led there.
fn stands(present: &Officer, wanted: &Officer) -> bool {
    let wanted = Officer {
        version: present.version,
        head: present.head,
        ..wanted.clone()
    };
    *present == wanted
}

/// What makes `wanted` of an officer who is `before` now.
fn appointment(before: Option<&Officer>, wanted: &Officer) -> Result<Step<Officer>, PlatformError> {
    let actor = Actor::System {
        task: "seed".to_owned(),
    };
    let occasion = Occasion {
        aggregate: &wanted.id,
        at: real_now(),
        actor: &actor,
    };
    let ids = || EventId(Uuid::now_v7());
    let step = officer::follow(before, &occasion, officer::leading_to(wanted), ids);
    step.map_err(PlatformError::broken)
}
