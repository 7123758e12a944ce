//! Conflicts of interest: nobody handles a case of an enterprise they act for in private life.

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
