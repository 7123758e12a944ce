//! `POST /sandbox/seed`: gives the ready persons their mandates and the officers their posts.

use axum::extract::State;
use axum::response::IntoResponse;
use domain::mandate::Mandate;
use domain::officer::Officer;
use http::StatusCode;
use platform::accounts::Accounts;
use platform::authority::officer_item;
use platform::table::{CommitError, Guard, Key, Part, Record, Transaction};
use serde::Serialize;
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

async fn appoint_officers(sandbox: &Sandbox, seeded: &mut Seeded) -> Result<(), CommitError> {
    let table = &sandbox.table;
    let officers: Vec<(Key, Officer)> = sandbox
        .population
        .appointments()
        .map(|officer| (Key::officer(&officer.id), officer))
        .collect();
    let present = table
        .read(officers.iter().map(|(key, _)| key.clone()))
        .await?;
    let mut transaction = Transaction::new();
    let mut appointed = Vec::new();
    for (key, officer) in officers {
        match change(present.read(&key)?, &officer) {
            Some((version, guard)) => {
                let stored = officer_item(&officer, version)?;
                transaction = transaction.put(table, Part::State, stored, guard);
                appointed.push(officer);
            }
            None => seeded.unchanged += 1,
        }
    }
    if !appointed.is_empty() {
        table.commit(transaction).await?;
    }
    seeded.written.officers = appointed;
    Ok(())
}

/// The version to write `wanted` under, and what must hold of the item then; `None` where it is
/// `present` already.
fn change<T: PartialEq>(present: Option<Record<T>>, wanted: &T) -> Option<(u64, Guard)> {
    match present {
        None => Some((1, Guard::Absent)),
        Some(record) if record.body == *wanted => None,
        Some(record) => Some((record.version + 1, Guard::Version(record.version))),
    }
}
