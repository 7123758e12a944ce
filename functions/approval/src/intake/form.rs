//! A form that is handed in: whether it fits, and by what the case can be found.

use domain::application::Application;
use domain::identifiers::Uscc;
use domain::item::ServiceItem;
use domain::search::SearchTerm;
use domain::unit::RegionCode;
use domain::words::Words;
use jiff::civil::Date;
use platform::cases::{Case, NewForm};
use platform::vault::SearchHash;
use serde_json::Value;
use web::{Code, InputError, Problem};

use crate::act::item_of;
use crate::app::App;

/// What is wrong with `form`, member by member, for an application that lies in `region`.
pub(crate) fn form_errors(
    form: &Value,
    today: Date,
    region: RegionCode,
    item: &ServiceItem,
) -> Vec<InputError> {
    let checked = catalogue::check_form(&item.code, item.version, form, today);
    let mut errors: Vec<InputError> = checked
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|fault| {
            let words = Words::new(fault.message_zh, fault.message_en);
            InputError::new(format!("/form{}", fault.pointer), fault.code, words)
        })
        .collect();
    errors.extend(elsewhere(form, region, item));
    errors
}

/// By what the application of `enterprise` can be found: the hashes of what it is about, and of the identity
/// and mobile numbers in its form.
pub(crate) async fn found_by(
    app: &App,
    enterprise: &Uscc,
    form: &Value,
    today: Date,
    item: &ServiceItem,
) -> Result<Vec<SearchHash>, Problem> {
    let (code, version) = (&item.code, item.version);
    let matter = SearchTerm::Matter(catalogue::matter(code, version, enterprise, form));
    let mut hashes = vec![app.cases.vault().search_hash(&matter).await?];
    for term in catalogue::search_terms(code, version, form, today) {
        hashes.push(app.cases.vault().search_hash(&term).await?);
    }
    Ok(hashes)
}

/// `form` in the place of the one that `case` has, if it fits the item.
///
/// # Errors
/// [`Code::FormInvalid`] with every fault.
pub(crate) async fn renewed_form(
    app: &App,
    case: &Case,
    state: &Application,
    form: &Value,
) -> Result<NewForm, Problem> {
    let item = item_of(state)?;
    let today = case.now.date();
    let errors = form_errors(form, today, state.region, item);
    if !errors.is_empty() {
        return Err(Problem::new(Code::FormInvalid).with_errors(errors));
    }
    let (Some(before), Some(wrapped)) = (&case.form, &case.key) else {
        return Err(Problem::new(Code::Internal));
    };
    let enterprise = &state.enterprise;
    let before_form = app.cases.open_form(case).await?;
    let old = found_by(app, enterprise, &before_form, today, item).await?;
    let new = found_by(app, enterprise, form, today, item).await?;
    let only_in = |these: &[SearchHash], those: &[SearchHash]| {
        let these = these.iter();
        these
            .filter(|hash| !those.contains(hash))
            .copied()
            .collect::<Vec<_>>()
    };
    let key = app.cases.data_key(case).await?;
    Ok(NewForm {
        sealed: case.seal_form(&key, form)?,
        before: before.clone(),
        subject: wrapped.body.subject.clone(),
        lost: only_in(&old, &new),
        gained: only_in(&new, &old),
    })
}

/// Where the form says the matter lies elsewhere than the draft, by which the unit is chosen.
fn elsewhere(form: &Value, region: RegionCode, item: &ServiceItem) -> Option<InputError> {
    let pointer = catalogue::region_member(&item.code, item.version)?;
    let said = form.pointer(pointer)?.as_str()?;
    let region = region.to_string();
    (said != region).then(|| {
        let words = Words::new(
            format!("与申请的所在地（{region}）不一致，请改为同一地区。"),
            format!("The application is for {region}: name the same region in both places."),
        );
        InputError::new(format!("/form{pointer}"), "region_differs", words)
    })
}
