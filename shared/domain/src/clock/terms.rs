use crate::clock::{ACCEPTANCE_WORKING_DAYS, DELIVERY_WORKING_DAYS};
use crate::item::{Limit, LimitSource, LimitStart, LimitUnit, MatterType, ServiceItem};
use crate::words::Words;

/// Which limits run for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The limit the authority promises (承诺时限).
    pub promised: Limit,
    /// The limit in law (法定时限), or the one that stands for it; `None` where there is neither.
    pub statutory: Option<Limit>,
    /// Whether the item is a licence, so that arts. 32 and 44 of the Administrative Licensing Law bind
    /// the authority. For other matters the platform follows them of its own accord.
    pub licence: bool,
}

/// The limits of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitKind {
    /// Five working days to answer a submission.
    Acceptance,
    /// The decision as the authority promises it.
    Promised,
    /// The decision as the law asks for it.
    Statutory,
    /// Ten working days to deliver what was granted.
    Delivery,
}

/// Where a limit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// As the item says.
    Item(LimitSource),
    /// Administrative Licensing Law art. 32.
    Art32,
    /// Administrative Licensing Law art. 44.
    Art44,
    /// One of the two, followed for a matter that is no licence.
    Borrowed,
}

impl Terms {
    /// The limits of `item`.
    pub fn of(item: &ServiceItem) -> Self {
        Self {
            promised: item.promised_limit,
            statutory: item.statutory_limit,
            licence: item.matter_type == MatterType::Licence,
        }
    }

    /// The limit on the answer to a submission.
    pub(super) fn acceptance(&self) -> Rule {
        self.of_law(
            LimitKind::Acceptance,
            ACCEPTANCE_WORKING_DAYS,
            Source::Art32,
        )
    }

    /// The limit the authority promises.
    pub(super) fn promised(&self) -> Rule {
        Rule::of_item(LimitKind::Promised, self.promised)
    }

    /// The limit in law, if there is one.
    pub(super) fn statutory(&self) -> Option<Rule> {
        self.statutory
            .map(|limit| Rule::of_item(LimitKind::Statutory, limit))
    }

    /// The limit on the delivery of what was granted.
    pub(super) fn delivery(&self) -> Rule {
        self.of_law(LimitKind::Delivery, DELIVERY_WORKING_DAYS, Source::Art44)
    }

    fn of_law(&self, kind: LimitKind, working_days: u16, article: Source) -> Rule {
        Rule {
            kind,
            number: working_days,
            unit: LimitUnit::WorkingDay,
            start: LimitStart::Receipt,
            source: if self.licence {
                article
            } else {
                Source::Borrowed
            },
        }
    }
}

/// One limit, as it is reckoned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) kind: LimitKind,
    pub(super) number: u16,
    pub(super) unit: LimitUnit,
    /// What starts a limit on the decision; the others have one start each.
    pub(super) start: LimitStart,
    pub(super) source: Source,
}

impl Rule {
    const fn of_item(kind: LimitKind, limit: Limit) -> Self {
        Self {
            kind,
            number: limit.number,
            unit: limit.unit,
            start: limit.start,
            source: Source::Item(limit.source),
        }
    }
}

impl LimitKind {
    /// The limit's name.
    pub fn name(self) -> Words {
        match self {
            Self::Acceptance => Words::new("受理时限", "Limit for acceptance"),
            Self::Promised => Words::new("承诺时限", "Promised limit"),
            Self::Statutory => Words::new("法定时限", "Statutory limit"),
            Self::Delivery => Words::new("送达时限", "Limit for delivery"),
        }
    }
}

impl Source {
    /// Whether the law itself sets the limit, so that exceeding it is unlawful.
    pub const fn is_law(self) -> bool {
        match self {
            Self::Item(source) => source.is_law(),
            Self::Art32 | Self::Art44 => true,
            Self::Borrowed => false,
        }
    }

    /// What a person is told about where the limit comes from.
    pub fn name(self) -> Words {
        match self {
            Self::Item(source) => source.name(),
            Self::Art32 => Words::new(
                "《行政许可法》第三十二条",
                "Administrative Licensing Law, article 32",
            ),
            Self::Art44 => Words::new(
                "《行政许可法》第四十四条",
                "Administrative Licensing Law, article 44",
            ),
            Self::Borrowed => LimitSource::Analogy.name(),
        }
    }
}
