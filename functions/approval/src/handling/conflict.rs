//! Conflicts of interest: nobody handles a case of an enterprise they act for in private life.

use domain::application::Application;
use domain::mandate::Mandate;
use domain::officer::Officer;
use platform::cases::Case;
use platform::table::Key;
use web::Problem;

use crate::app::App;

/// Whether `officer` holds a mandate for the applicant of `case`. One read more, for officers who act
/// for some enterprise at all.
///
/// # Errors
/// 503 where the table does not answer.
pub(crate) async fn acts_for_the_applicant(
    app: &App,
    case: &Case,
    officer: &Officer,
) -> Result<bool, Problem> {
    let (Some(person), Some(state)) = (&officer.own_person, &case.state) else {
        return Ok(false);
    };
    let key = Key::mandate(&state.body.enterprise, person);
    let snapshot = app.cases.table().read([key.clone()]).await?;
    let mandate = snapshot.read::<Mandate>(&key)?;
    Ok(mandate.is_some_and(|mandate| mandate.body.holds(case.now)))
}

/// Whether the officer who was read with `case`, beside its caller, may take part in it: in office, one of
/// those `among` whom they are looked for, and not acting for the applicant.
///
/// # Errors
/// 503 where the table does not answer.
pub(crate) async fn may_take_part(
    app: &App,
    case: &Case,
    among: impl FnOnce(&Officer, &Application) -> bool,
) -> Result<bool, Problem> {
    let (Some(officer), Some(state)) = (&case.officer, &case.state) else {
        return Ok(false);
    };
    let found = officer.body.active && among(&officer.body, &state.body);
    Ok(found && !acts_for_the_applicant(app, case, &officer.body).await?)
}
