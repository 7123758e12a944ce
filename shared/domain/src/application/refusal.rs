//! Why a command is refused.

use jiff::civil::Date;

use super::demand::Demand;
use super::rows::RowFault;
use super::state::Stage;
use crate::ids::MaterialCode;
use crate::manifest::PaperFault;
use crate::officer::Post;

/// Why nothing happens. Each refusal is answered with a stable code of its own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The application is not at a stage where this can be done.
    #[error("not possible while the application is {stage:?}")]
    WrongStage {
        /// Where it is.
        stage: Stage,
    },
    /// Another officer has the case in hand.
    #[error("another officer has the case in hand")]
    ClaimedByAnother,
    /// The officer has not taken the case in hand.
    #[error("the officer has not claimed the case")]
    NotClaimed,
    /// The stage asks for a post the officer does not hold.
    #[error("the stage asks for the post {needed:?}")]
    PostMissing {
        /// The post that acts next.
        needed: Post,
    },
    /// The officer has taken another step of the same case (separation of duties).
    #[error("one person may take only one of acceptance, review and decision")]
    SeparationOfDuties,
    /// The officer acts for the applicant in private life.
    #[error("the officer holds a mandate for the applicant")]
    ConflictOfInterest,
    /// The officer to whom the case is to go cannot take it: another unit, not in office, without the
    /// post, or after another step of the same case.
    #[error("that officer cannot take the case in hand")]
    CannotTakeOver,
    /// The officer named for a part of the case is not in office, or acts for the applicant.
    #[error("that officer cannot take part in the case")]
    OfficerUnfit,
    /// Materials are missing, refused or not yet examined.
    #[error("the papers are not complete and clean")]
    Papers(Vec<(MaterialCode, PaperFault)>),
    /// Only the applicant may do this.
    #[error("only the applicant may do this")]
    NotTheApplicant,
    /// Only an officer may do this.
    #[error("only an officer may do this")]
    NotAnOfficer,
    /// Only the platform itself does this.
    #[error("only the platform does this")]
    NotTheSystem,
    /// The moment at which the platform acts by itself has not come.
    #[error("the limit has not ended")]
    NotDue,
    /// Rows that cannot be refused, each with its place among those named.
    #[error("these rows cannot be refused")]
    Rows(Vec<(usize, RowFault)>),
    /// Every row is refused under a grant: then the application is.
    #[error("no row is left to grant")]
    AllRowsRefused,
    /// A refusal needs reasons (art. 38).
    #[error("a refusal needs reasons")]
    ReasonsMissing,
    /// No unit is responsible for the item in the region.
    #[error("no unit is responsible for the item in the region")]
    NoCompetentUnit,
    /// The five working days are over: the application counts as accepted (art. 32).
    #[error("the application counts as accepted")]
    AcceptancePeriodOver,
    /// A correction notice that asks for nothing.
    #[error("the notice asks for nothing")]
    NothingDemanded,
    /// A correction notice asks for more than one notice can.
    #[error("the notice asks for too much")]
    TooMuchDemanded,
    /// A correction notice asks for what the item does not have.
    #[error("the notice asks for what the item does not have")]
    DemandUnknown(Vec<Demand>),
    /// A further notice asks for what the first did not, or what has been met (art. 32: one notice).
    #[error("a further notice may only repeat what is unmet")]
    DemandNew(Vec<Demand>),
    /// A form is handed in again although no member of it was asked for.
    #[error("no member of the form was asked for")]
    FormNotDemanded,
    /// The time to answer the notice is over.
    #[error("the time to answer is over")]
    AnswerTooLate,
    /// Materials that the item does not let follow later.
    #[error("these materials cannot follow later")]
    NotDeferrable(Vec<MaterialCode>),
    /// No material is missing, so that nothing can follow later.
    #[error("nothing is missing")]
    NothingToDefer,
    /// The enterprise let an undertaking lapse within the last 12 months.
    #[error("an undertaking lapsed within the last 12 months")]
    LapsedBefore,
    /// The date of cure is today or past.
    #[error("the date of cure is not in the future")]
    CureNotAhead,
    /// The date of cure lies later than one working day before the promised date.
    #[error("the papers must follow by {latest}")]
    CureTooLate {
        /// The last day on which they may follow.
        latest: Date,
    },
    /// The undertaking was changed as often as it can be.
    #[error("the undertaking was changed as often as it can be")]
    UndertakenTooOften,
    /// The applicant has signed no undertaking for what is missing, or its date is past.
    #[error("no undertaking covers what is missing")]
    NoUndertaking,
    /// Papers that were to follow have not.
    #[error("papers are still to follow")]
    Uncured(Vec<MaterialCode>),
    /// The item is not approved on undertaking (告知承诺).
    #[error("the item is not approved on undertaking")]
    NotOnUndertaking,
    /// The item is not decided instantly (即时办结).
    #[error("the item is not decided instantly")]
    NotInstant,
    /// The undertaking was checked before.
    #[error("the undertaking was checked before")]
    CheckedBefore,
    /// The item does not list the ground, or it does not stop the clock (art. 45).
    #[error("the item does not list the ground")]
    GroundNotListed,
    /// The same procedure or suspension runs already.
    #[error("it runs already")]
    PausedAlready,
    /// The time expected is not in the future.
    #[error("the expected end is not in the future")]
    ExpectedEndNotAhead,
    /// The item cites no basis for an extension.
    #[error("the item cites no basis for an extension")]
    ExtensionWithoutBasis,
    /// More working days than the law allows, or none.
    #[error("an extension is of 1 to {most} working days")]
    ExtensionOutOfRange {
        /// The most the item allows.
        most: u16,
    },
    /// A limit has ended, so that it cannot be extended any more.
    #[error("the limit has ended")]
    ExtensionTooLate,
    /// It was extended before, or an extension is asked for already: once only.
    #[error("an extension is granted or asked for once only")]
    ExtendedBefore,
    /// No extension is asked for.
    #[error("no extension is asked for")]
    NoExtensionAsked,
    /// Who asked for the extension, or handled the case, cannot approve it.
    #[error("who handles the case does not approve its extension")]
    OwnExtension,
    /// The right to a hearing was told before.
    #[error("the right to a hearing was told before")]
    HearingOfferedBefore,
    /// Nobody was told of a right to a hearing, or the step before has not been taken.
    #[error("the hearing is not at that step")]
    HearingNotAtThatStep,
    /// The five working days to ask for a hearing are over.
    #[error("the time to ask for a hearing is over")]
    HearingAskedTooLate,
    /// The day of the hearing is sooner than 7 days from now, or later than 20 days from the request.
    #[error("the hearing must be between {earliest} and {latest}")]
    HearingDay {
        /// The first day possible.
        earliest: Date,
        /// The last.
        latest: Date,
    },
    /// The hearing is still open: it may be asked for, or must be held.
    #[error("the hearing is still open")]
    HearingOpen,
    /// Who reviewed the case cannot chair its hearing (art. 48).
    #[error("the chair must come from outside the review")]
    ChairFromTheReview,
    /// The item asks nobody to come.
    #[error("the item asks nobody to come")]
    NoAttendance,
    /// They came already.
    #[error("attendance is recorded already")]
    AttendedBefore,
    /// A time was booked as often as it can be.
    #[error("a time was booked as often as it can be")]
    BookedTooOften,
    /// The notice was served before, or is served by being in the inbox.
    #[error("the notice is served already")]
    ServedBefore,
    /// The time booked is not in the future.
    #[error("the time is not in the future")]
    TimeNotAhead,
    /// The step waits for somebody to come.
    #[error("the step waits for attendance")]
    NotAttended,
    /// The item does not offer that way of delivery.
    #[error("the item does not offer that way of delivery")]
    ModeNotOffered,
    /// Checks on site are made by two officers (art. 34).
    #[error("checks on site are made by two officers")]
    OneInspector,
    /// The item knows no check on site.
    #[error("the item knows no check on site")]
    NoInspection,
    /// What was granted has no term, so that there is nothing to renew.
    #[error("what was granted has no term")]
    NoTerm,
    /// The term of what was granted has ended, so that it cannot be changed any more.
    #[error("the term has ended")]
    TermEnded,
    /// Renewal is asked for 30 days before the term ends (art. 50).
    #[error("renewal had to be asked for by {latest}")]
    RenewalTooLate {
        /// The last day on which it could be asked for.
        latest: Date,
    },
    /// The term ended without a decision: it counts as renewed (art. 50).
    #[error("it counts as renewed")]
    RenewedBySilence,
    /// A renewal or amendment is asked for already.
    #[error("a request is pending already")]
    PetitionPending,
    /// The calendar the limits rest on is the one in force.
    #[error("the limits rest on the calendar in force")]
    NothingToRecompute,
}
