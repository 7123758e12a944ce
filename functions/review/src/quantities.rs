//! How much of each substance is allowed, and how much of it was used.

use domain::application::Application;
use domain::holding::Holding;
use domain::item::ItemCode;
use domain::quantity::{Source, grams, kilograms};
use futures_util::future::try_join_all;
use platform::drawn::Drawn;
use platform::error::PlatformError;
use platform::holdings;
use platform::table::{Key, Record};
use serde_json::{Value, json};

use crate::Review;

/// The running quantities, as rules see them.
pub(crate) struct Running {
    pub(crate) known: Value,
    /// How often was drawn on what the case draws on.
    pub(crate) drawn: Option<u64>,
}

/// What is allowed, and what was taken of it.
#[derive(Default)]
struct Account {
    held: Vec<Holding>,
    drawn: Vec<Drawn>,
    own: Option<u64>,
}

impl Review {
    /// The running quantities for `application` with `form`: for each substance it lists, what is wanted,
    /// what the grants and filings it draws on allow, and what was used of that so far.
    ///
    /// # Errors
    /// [`PlatformError`] where the platform's own table does not answer.
    pub(crate) async fn quantities(
        &self,
        application: &Application,
        form: &Value,
    ) -> Result<Running, PlatformError> {
        let (code, version) = (&application.item.code, application.item.version);
        let Some(list) = catalogue::quantity_list(code, version) else {
            return Ok(Running {
                known: json!([]),
                drawn: None,
            });
        };
        let account = match list.source(&application.enterprise, form) {
            None => Account::default(),
            Some(source) if source.number.is_some() => self.named(source, list.of).await?,
            Some(source) => self.all_of(source, list.of).await?,
        };
        let entries = list.entries(form).into_iter();
        let known = entries.map(|(substance, wanted)| {
            let standing = account.held.iter().filter(|held| stands(held, application));
            let allowed: u64 = standing.filter_map(|held| held.grams.get(substance)).sum();
            let drawn = account.drawn.iter();
            let used: u64 = drawn.map(|it| it.grams(list.used_by, substance)).sum();
            json!({
                "substance": substance,
                "wanted_kg": kilograms(grams(wanted)),
                "allowed_kg": kilograms(allowed),
                "used_kg": kilograms(used),
            })
        });
        Ok(Running {
            known: known.collect(),
            drawn: account.own,
        })
    }

    /// The one grant or filing that `source` names, if its holder has it: one read.
    async fn named(&self, source: Source, of: &[ItemCode]) -> Result<Account, PlatformError> {
        let Some(number) = &source.number else {
            return Ok(Account::default());
        };
        let state = Key::state(number);
        let keys = [state.clone(), Drawn::key(&source)];
        let snapshot = self.cases.table().read(keys).await?;
        let granted: Option<Record<Application>> = snapshot.read(&state)?;
        let held = granted
            .filter(|it| it.body.enterprise == source.holder && of.contains(&it.body.item.code))
            .and_then(|it| Holding::of(&it.body));
        let drawn = Drawn::of(&snapshot, &source);
        Ok(Account {
            held: held.into_iter().collect(),
            own: Some(drawn.times),
            drawn: vec![drawn],
        })
    }

    /// All that the holder has of the items `of`.
    async fn all_of(&self, source: Source, of: &[ItemCode]) -> Result<Account, PlatformError> {
        let table = self.cases.table();
        let held = of
            .iter()
            .map(|item| holdings::held(table, &source.holder, *item));
        let held: Vec<Holding> = try_join_all(held).await?.into_iter().flatten().collect();
        let each = held.iter().map(|held| Source {
            holder: source.holder.clone(),
            number: Some(held.number.clone()),
        });
        let sources: Vec<Source> = each.chain([source.clone()]).collect();
        let snapshot = table.read(sources.iter().map(Drawn::key)).await?;
        let drawn = sources.iter().map(|source| Drawn::of(&snapshot, source));
        Ok(Account {
            held,
            drawn: drawn.collect(),
            own: Some(Drawn::of(&snapshot, &source).times),
        })
    }
}

/// Whether what was `held` allows anything to `application`, on the day of its receipt. An application for
/// more of the same is weighed against all there was, also what has ended.
fn stands(held: &Holding, application: &Application) -> bool {
    let on = application.course.received_at.date();
    let more_of_the_same = held.item == application.item.code;
    more_of_the_same || held.valid_until.is_none_or(|until| until >= on)
}
