use serde::{Deserialize, Serialize};

use crate::item::{PauseGround, ServiceItem};
use crate::words::Words;

/// On what a pause rests. Its text and its papers are kept with the case, not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Suspension (中止): a cause on the applicant's side, on a basis of its own.
    Suspension,
    /// A special procedure (特别程序) of art. 45, of which the applicant was told the expected time.
    #[serde(untagged)]
    SpecialProcedure(PauseGround),
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 9] = [
        Self::SpecialProcedure(PauseGround::Hearing),
        Self::SpecialProcedure(PauseGround::Tender),
        Self::SpecialProcedure(PauseGround::Auction),
        Self::SpecialProcedure(PauseGround::Inspection),
        Self::SpecialProcedure(PauseGround::Testing),
        Self::SpecialProcedure(PauseGround::Quarantine),
        Self::SpecialProcedure(PauseGround::Appraisal),
        Self::SpecialProcedure(PauseGround::ExpertReview),
        Self::Suspension,
    ];

    /// Whether it stops the clock of a case of `item`: a special procedure that the item lists, and
    /// always a hearing that is held and a suspension on a basis of its own.
    pub fn holds_for(self, item: &ServiceItem) -> bool {
        match self {
            Self::Suspension | Self::SpecialProcedure(PauseGround::Hearing) => true,
            Self::SpecialProcedure(ground) => item
                .special_procedures
                .iter()
                .any(|procedure| procedure.grounds().contains(&ground)),
        }
    }

    /// The grounds that [hold](Self::holds_for) for `item`.
    pub fn of(item: &ServiceItem) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|ground| ground.holds_for(item))
            .collect()
    }

    /// The word it is written with.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suspension => "suspension",
            Self::SpecialProcedure(ground) => match ground {
                PauseGround::Hearing => "hearing",
                PauseGround::Tender => "tender",
                PauseGround::Auction => "auction",
                PauseGround::Inspection => "inspection",
                PauseGround::Testing => "testing",
                PauseGround::Quarantine => "quarantine",
                PauseGround::Appraisal => "appraisal",
                PauseGround::ExpertReview => "expert_review",
            },
        }
    }

    /// The ground's name.
    pub fn name(self) -> Words {
        match self {
            Self::Suspension => Words::new("中止", "Suspension"),
            Self::SpecialProcedure(ground) => match ground {
                PauseGround::Hearing => Words::new("听证", "Hearing"),
                PauseGround::Tender => Words::new("招标", "Tender"),
                PauseGround::Auction => Words::new("拍卖", "Auction"),
                PauseGround::Inspection => Words::new("检验", "Inspection"),
                PauseGround::Testing => Words::new("检测", "Testing"),
                PauseGround::Quarantine => Words::new("检疫", "Quarantine"),
                PauseGround::Appraisal => Words::new("鉴定", "Appraisal"),
                PauseGround::ExpertReview => Words::new("专家评审", "Expert review"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_is_written_as_one_word_and_read_back() {
        for ground in Ground::ALL {
            let written = serde_json::to_value(ground).unwrap();
            assert_eq!(written, ground.as_str());
            assert_eq!(serde_json::from_value::<Ground>(written).unwrap(), ground);
        }
        assert!(serde_json::from_str::<Ground>("\"site_inspection\"").is_err());
    }
}
