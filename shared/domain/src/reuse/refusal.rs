use jiff::civil::Date;

/// Why something is not used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReuseRefusal {
    /// The enterprise has no such case, or that case no such paper. A case of others is none of theirs.
    #[error("the enterprise has no such case or paper")]
    Unknown,
    /// No officer granted what it was shown for, so that nobody accepted it.
    #[error("no officer accepted it")]
    NotAccepted,
    /// What was granted on it was revoked (撤销): the paper is not trusted any more.
    #[error("what was granted on it was revoked")]
    Revoked,
    /// Its person asked for erasure.
    #[error("its person asked for erasure")]
    Withheld,
    /// It was itself used again: the case that it came from counts.
    #[error("it was itself used again")]
    NotTheOriginal,
    /// The material asks for something else.
    #[error("it is of another kind than the material")]
    AnotherKind,
    /// Such a paper is for one matter only.
    #[error("it is for one matter only")]
    OneMatter,
    /// It is another agent's.
    #[error("it is another agent's")]
    AnotherAgent,
    /// The material takes no such file.
    #[error("the material takes no such file")]
    FormatNotAccepted,
    /// It could be used, or held, until that day.
    #[error("it ran out on {0}")]
    RanOut(Date),
    /// What was granted stands no more, or never did.
    #[error("what was granted is not in force")]
    NotInForce,
}
