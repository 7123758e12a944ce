//! How the course of a procedure is shown: what was asked for, what stands still, what is to follow.

use domain::application::{Application, Demand, Hearing, Petition, Service};
use domain::calendar::Due;
use domain::instant::Instant;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// What happened on the way, and what is waited for; what did not happen is left out.
#[derive(Serialize, ToSchema)]
#[schema(as = Procedure)]
pub(crate) struct ProcedureBody {
    /// No word came within five working days, so that it counts as accepted (视为受理).
    deemed_accepted: bool,
    /// The correction notice (补正告知).
    #[serde(skip_serializing_if = "Option::is_none")]
    correction: Option<CorrectionBody>,
    /// What was asked for after it counted as accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    papers_asked_for: Option<Vec<Demand>>,
    /// Papers that are to follow (容缺).
    #[serde(skip_serializing_if = "Option::is_none")]
    deferral: Option<DeferralBody>,
    /// The undertaking to meet the conditions (告知承诺).
    #[serde(skip_serializing_if = "Option::is_none")]
    on_undertaking: Option<OnUndertakingBody>,
    /// The hearing (听证).
    #[serde(skip_serializing_if = "Option::is_none")]
    hearing: Option<HearingBody>,
    /// By when what stopped the clock is expected to be over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    expected_end: Option<Date>,
    /// More time (延期).
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<ExtensionBody>,
    /// The visit that the item asks for (到场).
    #[serde(skip_serializing_if = "Option::is_none")]
    attendance: Option<AttendanceBody>,
    /// Whether two officers checked on site.
    inspected: bool,
    /// The last day to deliver what was granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    deliver_by: Option<Date>,
    /// When the result reached the applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<Instant>,
    /// The last day of what was granted, where it has a term.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    /// What the holder asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    petition: Option<PetitionBody>,
    /// When it ended without a decision, or what was granted ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Instant>,
}

/// What the applicant was told to mend.
#[derive(Serialize, ToSchema)]
#[schema(as = Correction)]
struct CorrectionBody {
    /// Each thing asked for; the explanation stands with the event and in the notice.
    demands: Vec<Demand>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    asked_at: Instant,
    /// The last day to answer, after which it counts as withdrawn; null while the notice has still to be
    /// handed over on paper.
    #[schema(value_type = Option<String>, format = Date)]
    answer_by: Option<Date>,
    /// How many notices there were.
    notices: u16,
}

/// Papers that are to follow.
#[derive(Serialize, ToSchema)]
#[schema(as = Deferral)]
struct DeferralBody {
    /// Which.
    materials: Vec<String>,
    /// The last day to bring them.
    #[schema(value_type = String, format = Date)]
    cure_by: Date,
    /// Whether the authority accepted on the undertaking.
    accepted: bool,
    /// When they had all come.
    #[schema(value_type = Option<String>, format = DateTime)]
    cured_at: Option<Instant>,
}

/// An undertaking to meet the conditions.
#[derive(Serialize, ToSchema)]
#[schema(as = OnUndertaking)]
struct OnUndertakingBody {
    /// When it was signed.
    #[schema(value_type = String, format = DateTime)]
    signed_at: Instant,
    /// The last day to check what was granted on it.
    #[schema(value_type = Option<String>, format = Date)]
    check_by: Option<Date>,
    /// Whether the check found that it holds; null until then.
    holds: Option<bool>,
}

/// How far a hearing is.
#[derive(Serialize, ToSchema)]
#[schema(as = Hearing)]
#[serde(tag = "step", rename_all = "snake_case")]
enum HearingBody {
    /// The parties know that they may ask for it.
    Offered {
        /// The last day to ask; null while the notice has still to be handed over on paper.
        #[schema(value_type = Option<String>, format = Date)]
        ask_by: Option<Date>,
    },
    /// One asked.
    Requested {
        /// The last day to hold it.
        #[schema(value_type = String, format = Date)]
        hold_by: Date,
    },
    /// The parties know when and where it is.
    Scheduled {
        /// When.
        #[schema(value_type = String, format = DateTime)]
        at: Instant,
        /// Who chairs it.
        chair: String,
    },
    /// It was held.
    Held,
    /// Nobody asked for it in time.
    Forgone,
}

/// More time, asked for or given.
#[derive(Serialize, ToSchema)]
#[schema(as = Extension)]
struct ExtensionBody {
    /// Working days.
    days: u16,
    /// When the head gave it; null while it is asked for.
    #[schema(value_type = Option<String>, format = DateTime)]
    granted_at: Option<Instant>,
}

/// A visit.
#[derive(Serialize, ToSchema)]
#[schema(as = Visit)]
struct AttendanceBody {
    /// For when it is booked.
    #[schema(value_type = Option<String>, format = DateTime)]
    booked_for: Option<Instant>,
    /// When they came.
    #[schema(value_type = Option<String>, format = DateTime)]
    attended_at: Option<Instant>,
}

/// What a holder asks for.
#[derive(Serialize, ToSchema)]
#[schema(as = PendingPetition)]
struct PetitionBody {
    /// A longer term, or a change.
    kind: Petition,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    filed_at: Instant,
    /// The last day to answer; a renewal that is not answered by then is granted by silence.
    #[schema(value_type = Option<String>, format = Date)]
    answer_by: Option<Date>,
}

impl ProcedureBody {
    /// The course of `application`.
    pub(super) fn of(application: &Application) -> Self {
        let course = &application.course;
        let date = |due: Due| due.date;
        Self {
            deemed_accepted: application.deemed,
            correction: application
                .correction
                .as_ref()
                .map(|correction| CorrectionBody {
                    demands: correction.demands.clone(),
                    asked_at: correction.asked_at,
                    answer_by: known(correction.service, correction.answer_by),
                    notices: correction.notices,
                }),
            papers_asked_for: application.papers_asked_for.clone(),
            deferral: application.deferral.as_ref().map(|deferral| DeferralBody {
                materials: deferral
                    .undertaking
                    .materials
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                cure_by: deferral.undertaking.cure_by,
                accepted: deferral.accepted,
                cured_at: deferral.cured_at,
            }),
            on_undertaking: application.on_undertaking.as_ref().map(|undertaken| {
                OnUndertakingBody {
                    signed_at: undertaken.signed_at,
                    check_by: undertaken.check_by.map(date),
                    holds: undertaken.holds,
                }
            }),
            hearing: application.hearing.as_ref().map(HearingBody::of),
            expected_end: application.expected_end,
            extension: extension(application),
            attendance: application.visit.map(|visit| AttendanceBody {
                booked_for: visit.booked_for,
                attended_at: visit.attended_at,
            }),
            inspected: application.inspected,
            deliver_by: application.deliver_by.map(date),
            delivered_at: course.delivered_at,
            valid_until: application.valid_until,
            petition: application.petition.as_ref().map(|pending| PetitionBody {
                kind: pending.petition,
                filed_at: pending.filed_at,
                answer_by: pending.answer_by,
            }),
            ended_at: application.struck_at.or(course.ended_at),
        }
    }

    /// As the applicant sees it: what was only asked of the head is internal.
    pub(super) fn for_applicant(&mut self) {
        self.extension
            .take_if(|extension| extension.granted_at.is_none());
    }
}

impl HearingBody {
    fn of(hearing: &Hearing) -> Self {
        match hearing {
            Hearing::Offered { ask_by, service } => Self::Offered {
                ask_by: known(*service, *ask_by),
            },
            Hearing::Requested { hold_by } => Self::Requested { hold_by: *hold_by },
            Hearing::Scheduled { at, chair, .. } => Self::Scheduled {
                at: *at,
                chair: chair.to_string(),
            },
            Hearing::Held { .. } => Self::Held,
            Hearing::Forgone => Self::Forgone,
        }
    }
}

/// The day with which a time ends that runs from service.
fn known(service: Service, due: Due) -> Option<Date> {
    (!service.is_awaited()).then_some(due.date)
}

fn extension(application: &Application) -> Option<ExtensionBody> {
    let given = application.course.extension.as_ref();
    let asked = application.extension_asked.as_ref();
    given
        .map(|given| ExtensionBody {
            days: given.days,
            granted_at: Some(given.at),
        })
        .or(asked.map(|asked| ExtensionBody {
            days: asked.days,
            granted_at: None,
        }))
}
