//! `POST /sandbox/seed`: gives the ready persons their mandates and the officers their posts.

use axum::extract::State;
use axum::response::IntoResponse;
use domain::mandate::Mandate;
use domain::officer::Officer;
use http::StatusCode;
use platform::authority::{mandate_item, officer_item};
use platform::table::{CommitError, Guard, Key, Part, Record, Transaction};
use serde::Serialize;
use web::{Code, Problem, Reply};

use crate::Sandbox;

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
    let table = &sandbox.table;
    let mandates: Vec<(Key, Mandate)> = sandbox
        .population
        .mandates()
        .map(|mandate| (Key::mandate(&mandate.enterprise, &mandate.person), mandate))
        .collect();
    let officers: Vec<(Key, Officer)> = sandbox
        .population
        .appointments()
        .map(|officer| (Key::officer(&officer.id), officer))
        .collect();
    let mandate_keys = mandates.iter().map(|(key, _)| key.clone());
    let officer_keys = officers.iter().map(|(key, _)| key.clone());
    let present = table.read(mandate_keys.chain(officer_keys)).await?;

    let mut seeded = Seeded::default();
    let mut transaction = Transaction::new();
    for (key, mandate) in mandates {
        match change(present.read(&key)?, &mandate) {
            Some((version, guard)) => {
                let stored = mandate_item(&mandate, version)?;
                transaction = transaction.put(table, Part::State, stored, guard);
                seeded.written.mandates.push(mandate);
            }
            None => seeded.unchanged += 1,
        }
    }
    for (key, officer) in officers {
        match change(present.read(&key)?, &officer) {
            Some((version, guard)) => {
                let stored = officer_item(&officer, version)?;
                transaction = transaction.put(table, Part::State, stored, guard);
                seeded.written.officers.push(officer);
            }
            None => seeded.unchanged += 1,
        }
    }
    if !seeded.written.mandates.is_empty() || !seeded.written.officers.is_empty() {
        table.commit(transaction).await?;
    }
    Ok(seeded)
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
