//! The facts that the rules of an item look at, fetched side by side.

use catalogue::rules::{Rule, sources};
use domain::application::Application;
use domain::enterprise::Registry;
use domain::identifiers::Uscc;
use domain::item::ItemCode;
use domain::review::{Check, CheckKind, CheckOutcome};
use domain::vehicle::{Vehicle, VehicleNumber};
use domain::words::Words;
use futures_util::future::{OptionFuture, join4, try_join_all};
use platform::error::PlatformError;
use platform::holdings;
use platform::registers::{EnterpriseRegister as _, VehicleRegister as _};
use serde_json::{Map, Value, json};

use crate::Review;
use crate::quantities::Running;

/// The last day of what has no term, so that rules compare it as they do others.
const NO_TERM: &str = "9999-12-31";

/// What the sources answered, and a check for each that was asked.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// By source; one that was silent is not there, so that no rule that needs it can be evaluated.
    pub(crate) known: Map<String, Value>,
    /// Whether each answered.
    pub(crate) checks: Vec<Check>,
    /// How often was drawn on what the case draws on, where that was looked at.
    pub(crate) drawn: Option<u64>,
}

impl Review {
    /// The facts that `rules` need to know of `application` with `form`.
    ///
    /// # Errors
    /// [`PlatformError`] where the platform's own table does not answer: the message comes again. A
    /// register of others that is silent is a fact that is missing.
    pub(crate) async fn facts(
        &self,
        application: &Application,
        form: &Value,
        rules: &[Rule],
    ) -> Result<Facts, PlatformError> {
        let needed = sources(rules);
        let enterprise: OptionFuture<_> = needed
            .enterprise
            .then(|| self.register.entry(&application.enterprise))
            .into();
        let grants: OptionFuture<_> = needed
            .grants
            .map(|items| self.grants(application, items))
            .into();
        let vehicles: OptionFuture<_> = needed
            .vehicles
            .then(|| self.vehicles(application, form))
            .into();
        let quantities: OptionFuture<_> = needed
            .quantities
            .then(|| self.quantities(application, form))
            .into();
        let (enterprise, vehicles, grants, quantities) =
            join4(enterprise, vehicles, grants, quantities).await;

        let mut facts = Facts::default();
        if let Some(registry) = enterprise {
            facts.take_enterprise(&application.enterprise, &registry);
        }
        if let Some(vehicles) = vehicles {
            facts.take_vehicles(vehicles.as_deref());
        }
        if let Some(grants) = grants {
            let words = Words::new(
                "已查询本企业在本平台取得的许可和备案",
                "What the enterprise was granted and has filed on the platform was looked up",
            );
            facts.known.insert("grants".to_owned(), grants?);
            facts.told("grants", CheckOutcome::Passed, words);
        }
        if let Some(quantities) = quantities {
            let Running { known, drawn } = quantities?;
            let words = Words::new(
                "已核算许可、备案的数量和已使用的数量",
                "What was permitted and filed, and what was used of it, was added up",
            );
            facts.known.insert("quantities".to_owned(), known);
            facts.drawn = drawn;
            facts.told("quantities", CheckOutcome::Passed, words);
        }
        Ok(facts)
    }

    /// The vehicles that `form` names; none where the register is silent, or one cannot be asked for.
    async fn vehicles(&self, application: &Application, form: &Value) -> Option<Vec<Vehicle>> {
        let (code, version) = (&application.item.code, application.item.version);
        let named = catalogue::vehicles(code, version, form).into_iter();
        let numbers: Vec<VehicleNumber> = named.map(VehicleNumber::read).collect::<Option<_>>()?;
        if numbers.is_empty() {
            return Some(Vec::new());
        }
        self.vehicle_register.vehicles(&numbers).await
    }

    async fn grants(
        &self,
        application: &Application,
        items: Vec<ItemCode>,
    ) -> Result<Value, PlatformError> {
        let table = self.cases.table();
        let held = items
            .into_iter()
            .map(|item| holdings::held(table, &application.enterprise, item));
        let held = try_join_all(held).await?;
        let grants = held.iter().flatten().map(|holding| {
            let valid_until = holding.valid_until.map(|day| day.to_string());
            json!({
                "item": holding.item.to_string(),
                "number": holding.number.as_str(),
                "granted_on": holding.granted_on.to_string(),
                "valid_until": valid_until.unwrap_or_else(|| NO_TERM.to_owned()),
            })
        });
        Ok(grants.collect())
    }
}

impl Facts {
    fn take_enterprise(&mut self, uscc: &Uscc, registry: &Registry) {
        let state = match registry {
            Registry::Knows(entry) => json!(entry.state),
            Registry::KnowsNothing => json!("unknown"),
            Registry::Silent => {
                let words = Words::new(
                    "市场主体登记库没有应答，请人工核对企业登记状态",
                    "The enterprise register gave no answer: look up how the enterprise stands",
                );
                return self.told("enterprise", CheckOutcome::CouldNotBeChecked, words);
            }
        };
        let known = json!({"uscc": uscc.as_str(), "state": state});
        self.known.insert("enterprise".to_owned(), known);
        let words = Words::new(
            "已查询市场主体登记库",
            "The enterprise register was asked and answered",
        );
        self.told("enterprise", CheckOutcome::Passed, words);
    }

    fn take_vehicles(&mut self, vehicles: Option<&[Vehicle]>) {
        let Some(vehicles) = vehicles else {
            let words = Words::new(
                "机动车登记库没有应答或者无法确定车辆，请人工核对车辆登记、检验、保险、违法和事故情况",
                "The vehicle register gave no answer, or could not tell which vehicle: look up \
                 registration, inspection, insurance, violations and accidents",
            );
            return self.told("vehicles", CheckOutcome::CouldNotBeChecked, words);
        };
        let known: Value = vehicles.iter().map(as_fact).collect();
        self.known.insert("vehicles".to_owned(), known);
        let words = Words::new(
            "已查询机动车登记库",
            "The vehicle register was asked and answered",
        );
        self.told("vehicles", CheckOutcome::Passed, words);
    }

    fn told(&mut self, source: &str, outcome: CheckOutcome, reason: Words) {
        let check = Check::new(CheckKind::Fact, source, outcome, reason);
        self.checks.push(check);
    }
}

/// A vehicle as rules see it.
fn as_fact(vehicle: &Vehicle) -> Value {
    let mut fact = json!(vehicle.registration);
    if !fact.is_object() {
        fact = json!({});
    }
    if let Some(members) = fact.as_object_mut() {
        let registered = vehicle.registration.is_some();
        members.insert("registered".to_owned(), registered.into());
        let plates = vehicle.temporary_plates;
        members.insert("temporary_plates".to_owned(), plates.into());
    }
    fact
}

#[cfg(test)]
mod tests {
    use domain::enterprise::{Entry, EntryState};
    use domain::ids::PersonId;

    use super::*;

    fn told(registry: &Registry) -> (Option<Value>, CheckOutcome) {
        let uscc = Uscc::parse("91140100XXX1000286").unwrap();
        let mut facts = Facts::default();
        facts.take_enterprise(&uscc, registry);
        let outcome = facts.checks.first().unwrap().outcome;
        let state = facts.known.get("enterprise").map(|it| it["state"].clone());
        (state, outcome)
    }

    #[test]
    fn a_register_that_is_silent_is_no_fact_and_a_person_looks() {
        let silent = told(&Registry::Silent);
        assert_eq!(silent, (None, CheckOutcome::CouldNotBeChecked));
    }

    #[test]
    fn what_the_register_says_is_what_the_rules_see() {
        let entry = |state| {
            Registry::Knows(Entry {
                name: "山西示例科技有限公司".to_owned(),
                region: "140105".parse().unwrap(),
                legal_representative: PersonId::try_from("legal".to_owned()).unwrap(),
                state,
            })
        };
        let answers = [
            (entry(EntryState::Active), "active"),
            (entry(EntryState::LicenceRevoked), "licence_revoked"),
            (entry(EntryState::Closed), "closed"),
            (Registry::KnowsNothing, "unknown"),
        ];
        for (registry, state) in answers {
            let expected = (Some(json!(state)), CheckOutcome::Passed);
            assert_eq!(told(&registry), expected);
        }
    }
}
