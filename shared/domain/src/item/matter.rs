use serde::{Deserialize, Serialize};

use crate::words::Words;

/// The two kinds of item the platform offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Administrative approval (行政审批): licences, and filings and registrations counted with them.
    Approval,
    /// Proactive service (主动服务).
    Proactive,
}

/// What the law calls the act (事项类型). The words of decisions and notices follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatterType {
    /// 行政许可.
    Licence,
    /// 备案: no licence.
    Filing,
    /// 登记.
    Registration,
    /// Registration that opens a service, without being one the law knows (服务登记).
    ServiceRegistration,
    /// 通行证.
    Pass,
    /// 公共服务.
    PublicService,
}

impl MatterType {
    /// What a decision in favour is called (准予许可, 予以备案, …).
    pub fn granted(self) -> Words {
        match self {
            Self::Licence => Words::new("准予许可", "Licence granted"),
            Self::Filing => Words::new("予以备案", "Filing recorded"),
            Self::Registration | Self::ServiceRegistration => {
                Words::new("准予登记", "Registration granted")
            }
            Self::Pass => Words::new("核发", "Pass issued"),
            Self::PublicService => Words::new("办结", "Service completed"),
        }
    }

    /// What a decision against is called (不予许可, 不予备案, …).
    pub fn refused(self) -> Words {
        match self {
            Self::Licence => Words::new("不予许可", "Licence refused"),
            Self::Filing => Words::new("不予备案", "Filing not recorded"),
            Self::Registration | Self::ServiceRegistration => {
                Words::new("不予登记", "Registration refused")
            }
            Self::Pass => Words::new("不予核发", "Pass refused"),
            Self::PublicService => Words::new("不予办理", "Service declined"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filing_is_never_said_to_be_licensed() {
        assert_eq!(MatterType::Filing.granted().zh, "予以备案");
        assert_eq!(MatterType::Filing.refused().zh, "不予备案");
        assert_eq!(MatterType::Licence.refused().zh, "不予许可");
        assert_eq!(MatterType::ServiceRegistration.refused().zh, "不予登记");
        assert_eq!(MatterType::Pass.granted().zh, "核发");
        assert_eq!(MatterType::PublicService.granted().zh, "办结");
    }
}
