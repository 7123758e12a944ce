//! The background review: what a machine can find out before an officer opens a case.
//!
//! It reports and never refuses: a check that fails, or cannot be made, is for a person to weigh.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::application::Application;
use crate::holding::Holding;
use crate::ids::{ApplicationNo, MaterialCode};
use crate::instant::Instant;
use crate::item::{MaterialFormat, ServiceItem};
use crate::manifest::{Manifest, PaperState};
use crate::media::RejectReason;
use crate::words::Words;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// It could not be made.
    CouldNotBeChecked,
}

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// Whether every required material is there.
    Completeness,
    /// Whether a document is what it says it is.
    Document,
    /// Whether identifiers are well formed.
    Identifier,
    /// Whether a source of facts answered: a register, or what the platform granted before.
    Fact,
    /// Whether a rule of the item holds.
    Rule,
    /// Whether the same enterprise applies, or applied, for the same once more.
    Duplicate,
}

/// One check with its outcome and the reason for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it is about.
    pub kind: CheckKind,
    /// The material, form member (JSON pointer), source, rule, item or other application it concerns.
    pub subject: String,
    /// How it ended.
    pub outcome: CheckOutcome,
    /// Why, for the officer who reads it.
    pub reason: Words,
}

impl Check {
    /// A check of `kind` on `subject`.
    pub fn new(
        kind: CheckKind,
        subject: impl Into<String>,
        outcome: CheckOutcome,
        reason: Words,
    ) -> Self {
        Self {
            kind,
            subject: subject.into(),
            outcome,
            reason,
        }
    }
}

/// What the review found, for the officer who opens the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The application reviewed.
    pub application: ApplicationNo,
    /// When it was reviewed.
    pub reviewed_at: Instant,
    /// The manifest's version it looked at: a report on older papers never replaces a newer one.
    pub papers_version: u64,
    /// Every check made.
    pub checks: Vec<Check>,
}

impl Report {
    /// The worst outcome of all checks; `passed` only if all passed.
    pub fn outcome(&self) -> CheckOutcome {
        let any = |wanted| self.checks.iter().any(|check| check.outcome == wanted);
        if any(CheckOutcome::Failed) {
            CheckOutcome::Failed
        } else if any(CheckOutcome::CouldNotBeChecked) {
            CheckOutcome::CouldNotBeChecked
        } else {
            CheckOutcome::Passed
        }
    }
}

/// Whether each material the item asks for is there.
pub fn completeness(item: &ServiceItem, manifest: &Manifest) -> Vec<Check> {
    item.materials
        .iter()
        .filter(|material| material.required && material.format != MaterialFormat::Form)
        .map(|material| {
            let (outcome, reason) = if let Some(granted) = manifest.certificate(&material.code) {
                let case = granted.application.as_str();
                (
                    CheckOutcome::Passed,
                    Words::new(
                        format!("由本平台办件 {case} 颁发的证照证明"),
                        format!("Proved by what case {case} of this platform granted"),
                    ),
                )
            } else if manifest.papers.contains_key(&material.code) {
                (
                    CheckOutcome::Passed,
                    Words::new("材料已提交", "The material has been handed in"),
                )
            } else {
                (
                    CheckOutcome::Failed,
                    Words::new("缺少必需材料", "A required material is missing"),
                )
            };
            Check::new(
                CheckKind::Completeness,
                material.code.as_str(),
                outcome,
                reason,
            )
        })
        .collect()
}

/// Whether each document is clean, and no file stands for two materials.
pub fn documents(manifest: &Manifest) -> Vec<Check> {
    let mut first_use: BTreeMap<String, &MaterialCode> = BTreeMap::new();
    let mut checks = Vec::with_capacity(manifest.papers.len());
    for (material, paper) in &manifest.papers {
        let (outcome, reason) = match paper.state {
            PaperState::Clean => (
                CheckOutcome::Passed,
                Words::new(
                    "文件完整、格式相符",
                    "The file is whole and of the announced kind",
                ),
            ),
            PaperState::Rejected => (CheckOutcome::Failed, why_refused(&paper.reasons)),
            PaperState::Awaiting => (
                CheckOutcome::CouldNotBeChecked,
                Words::new(
                    "文件尚未到达或尚未检查",
                    "The file has not arrived or not been examined yet",
                ),
            ),
            PaperState::Received => (
                CheckOutcome::CouldNotBeChecked,
                Words::new(
                    "文件已收到，尚未检查",
                    "The file has arrived and has not been examined yet",
                ),
            ),
        };
        checks.push(Check::new(
            CheckKind::Document,
            material.as_str(),
            outcome,
            reason,
        ));
        if let Some(other) = first_use.insert(paper.sha256.to_string(), material) {
            checks.push(Check::new(
                CheckKind::Document,
                material.as_str(),
                CheckOutcome::Failed,
                Words::new(
                    format!("与材料 {} 是同一文件", other.as_str()),
                    format!("The same file as for {}", other.as_str()),
                ),
            ));
        }
    }
    checks
}

/// Whether the enterprise applies a second time for what one of `others` is about too: one that is open, or
/// granted and in force on `today`. `all` tells whether these are all there are.
pub fn duplicates<'a>(
    application: &Application,
    others: impl IntoIterator<Item = &'a Application>,
    all: bool,
    today: Date,
) -> Vec<Check> {
    let mut checks: Vec<_> = others
        .into_iter()
        .filter(|other| other.number != application.number)
        .filter_map(|other| Some((other.number.as_str(), stands(other, today)?)))
        .map(|(number, reason)| {
            Check::new(CheckKind::Duplicate, number, CheckOutcome::Failed, reason)
        })
        .collect();
    if checks.is_empty() {
        let (outcome, reason) = if all {
            let words = Words::new(
                "本企业没有同一事项、同一对象的其他在办或有效办件",
                "No other case of the enterprise for the same item and subject is open or in force",
            );
            (CheckOutcome::Passed, words)
        } else {
            let words = Words::new(
                "本企业同一事项、同一对象的办件过多，请人工核对是否重复申请",
                "The enterprise has too many cases for the same item and subject: look for a second application",
            );
            (CheckOutcome::CouldNotBeChecked, words)
        };
        let item = application.item.code.to_string();
        checks.push(Check::new(CheckKind::Duplicate, item, outcome, reason));
    }
    checks
}

/// Why `other` makes an application for the same a second one, where it does.
fn stands(other: &Application, today: Date) -> Option<Words> {
    let number = other.number.as_str();
    if !other.stage.is_final() {
        return Some(Words::new(
            format!("同一企业、同一事项、同一对象的办件 {number} 正在办理"),
            format!("Case {number} of the same enterprise for the same item and subject is open"),
        ));
    }
    let holding = Holding::of(other)?;
    let in_force = holding.valid_until.is_none_or(|last| today <= last);
    in_force.then(|| {
        Words::new(
            format!("同一企业、同一事项、同一对象的办件 {number} 已获准且仍有效"),
            format!("Case {number} of the same enterprise for the same item and subject was granted and is in force"),
        )
    })
}

/// What the codes that a refused paper carries stand for, one after the other.
fn why_refused(codes: &[String]) -> Words {
    let (mut zh, mut en) = (
        "文件未通过检查。".to_owned(),
        "The file was refused.".to_owned(),
    );
    for reason in codes
        .iter()
        .filter_map(|code| RejectReason::from_code(code))
    {
        zh.push_str(reason.message_zh());
        en.push(' ');
        en.push_str(reason.message_en());
    }
    Words::new(zh, en)
}
