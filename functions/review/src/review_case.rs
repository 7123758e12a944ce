//! A case is reviewed, and its report written where it says something new.

use domain::application::Application;
use domain::ids::ApplicationNo;
use domain::item::ServiceItem;
use domain::manifest::PaperState;
use domain::review::{Check, Report, completeness, documents, duplicates};
use domain::search::SearchTerm;
use futures_util::future::try_join_all;
use platform::cases::{Case, Found, Wanted};
use platform::error::PlatformError;
use platform::reports;
use platform::table::{CommitError, Record};
use serde_json::Value;

use crate::{Review, ReviewError, identifiers, rules};

/// How often a case is reviewed again when another report was written in the meantime.
const ATTEMPTS: usize = 3;

/// What became of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Its report was written.
    Reported,
    /// It was granted: on what the applicant undertook, or instantly.
    Granted,
    /// The report there is says the same, or is about newer papers.
    NothingNew,
    /// The case is a draft, or none.
    NotSubmitted,
    /// Nothing more is to be decided.
    Ended,
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Granted => "granted",
            Self::NothingNew => "nothing_new",
            Self::NotSubmitted => "not_submitted",
            Self::Ended => "ended",
        }
    }
}

impl Review {
    pub(crate) async fn review_case(&self, number: &ApplicationNo) -> Result<Outcome, ReviewError> {
        for _ in 0..ATTEMPTS {
            let wanted = Wanted {
                report: true,
                ..Wanted::default()
            };
            let case = self.cases.load(number, wanted).await?;
            match &case.state {
                None => return Ok(Outcome::NotSubmitted),
                Some(state) if state.body.stage.is_final() => return Ok(Outcome::Ended),
                Some(_) => {}
            }
            self.keep_papers(&case).await?;
            let (report, drawn) = self.report(&case).await?;
            let news = says_more(&report, case.report.as_ref());
            if news {
                match reports::store(self.cases.table(), &report, case.report.as_ref()).await {
                    Ok(()) => {}
                    Err(CommitError::Guards(_)) => continue,
                    Err(error) => return Err(error.into()),
                }
            }
            match self.grant(&case, &report, drawn).await {
                Ok(true) => return Ok(Outcome::Granted),
                Ok(false) if news => return Ok(Outcome::Reported),
                Ok(false) => return Ok(Outcome::NothingNew),
                Err(ReviewError::NotCommitted(CommitError::Guards(_))) => {}
                Err(error) => return Err(error),
            }
        }
        Err(ReviewError::Contended)
    }

    /// Keeps the clean papers of `case` for good, which were a draft's when they were examined. Whoever
    /// was examining one while it was submitted has word sent again, so that none is missed.
    async fn keep_papers(&self, case: &Case) -> Result<(), ReviewError> {
        let papers = case
            .manifest
            .iter()
            .flat_map(|record| record.body.papers.values());
        let clean = papers.filter(|paper| paper.state == PaperState::Clean);
        try_join_all(clean.map(|paper| self.documents.keep(&case.number, paper.document))).await?;
        Ok(())
    }

    /// The report on `case`, which has been submitted, and how often was drawn on what it draws on.
    async fn report(&self, case: &Case) -> Result<(Report, Option<u64>), ReviewError> {
        let corrupt = |what: &str| PlatformError::Corrupt(what.to_owned());
        let state = case.state.as_ref().ok_or_else(|| corrupt("no state"))?;
        let manifest = case
            .manifest
            .as_ref()
            .ok_or_else(|| corrupt("no manifest"))?;
        let application = &state.body;
        let item = item_of(application)?;
        let form = self.cases.open_form(case).await?;

        let mut checks = completeness(item, &manifest.body);
        checks.extend(documents(&manifest.body));
        checks.extend(identifiers::checks(application, &form));
        let (code, version) = (&item.code, item.version);
        let item_rules = catalogue::rules(code, version).unwrap_or_default();
        let facts = self.facts(application, &form, item_rules).await?;
        checks.extend(facts.checks);
        let held = rules::checks(application, item_rules, &form, &facts.known);
        checks.extend(held);
        let duplicates = self.duplicates(case, application, &form);
        checks.extend(duplicates.await?);
        let report = Report {
            application: case.number.clone(),
            reviewed_at: case.now,
            papers_version: manifest.version,
            checks,
        };
        Ok((report, facts.drawn))
    }

    /// Whether the enterprise applies for the same once more. A submission made the key that its matter is
    /// found by; where there is none yet, no other was found by it either.
    async fn duplicates(
        &self,
        case: &Case,
        application: &Application,
        form: &Value,
    ) -> Result<Vec<Check>, PlatformError> {
        let (item, enterprise) = (&application.item, &application.enterprise);
        let matter = catalogue::matter(&item.code, item.version, enterprise, form);
        let matter = SearchTerm::Matter(matter);
        let found = match self.cases.vault().known_search_hash(&matter).await? {
            Some(hash) => self.cases.others_about(&hash, &case.number).await?,
            None => Found::default(),
        };
        let others = found.cases.iter().map(|other| &other.body);
        let today = case.now.date();
        Ok(duplicates(application, others, !found.more, today))
    }
}

/// The item in the version `application` is handled under.
pub(crate) fn item_of(application: &Application) -> Result<&'static ServiceItem, ReviewError> {
    let (code, version) = (&application.item.code, application.item.version);
    catalogue::item_version(code, version).ok_or_else(|| {
        let item = code.to_string();
        ReviewError::UnknownItem { item, version }
    })
}

/// Whether `report` is to take the place of `earlier`. Messages come in any order, so that a review
/// may have looked at older papers than the one whose report is there.
fn says_more(report: &Report, earlier: Option<&Record<Report>>) -> bool {
    let Some(Record { body: earlier, .. }) = earlier else {
        return true;
    };
    match report.papers_version.cmp(&earlier.papers_version) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => report.checks != earlier.checks,
        std::cmp::Ordering::Greater => true,
    }
}

#[cfg(test)]
mod tests {
    use domain::instant::Instant;
    use domain::review::{Check, CheckKind, CheckOutcome};
    use domain::words::Words;

    use super::*;

    fn report(papers_version: u64, outcome: CheckOutcome) -> Report {
        let words = Words::new("消防意见", "Fire-safety opinion");
        Report {
            application: ApplicationNo::try_from("AP-20261123-7K3M9QX2RD4F".to_owned()).unwrap(),
            reviewed_at: Instant::from_unix_seconds(0),
            papers_version,
            checks: vec![Check::new(CheckKind::Document, "MAT-FIRE", outcome, words)],
        }
    }

    #[test]
    fn a_report_on_older_papers_never_takes_the_place_of_one_on_newer_papers() {
        let stored = Record {
            version: 1,
            body: report(4, CheckOutcome::CouldNotBeChecked),
        };
        let earlier = Some(&stored);
        assert!(says_more(&report(4, CheckOutcome::CouldNotBeChecked), None));
        assert!(!says_more(&report(3, CheckOutcome::Passed), earlier));
        assert!(!says_more(
            &report(4, CheckOutcome::CouldNotBeChecked),
            earlier
        ));
        assert!(says_more(&report(4, CheckOutcome::Passed), earlier));
        assert!(says_more(
            &report(5, CheckOutcome::CouldNotBeChecked),
            earlier
        ));
    }
}
