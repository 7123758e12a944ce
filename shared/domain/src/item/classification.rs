use serde::{Deserialize, Serialize};

use crate::words::Words;

/// Where an item stands on the platform (栏目).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 网上办事大厅.
    OnlineServiceHall,
    /// 企业家服务.
    EntrepreneurService,
    /// 企业环境整治.
    EnvironmentImprovement,
    /// 企业安全防范.
    EnterpriseSafety,
}

impl Section {
    /// All sections, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::OnlineServiceHall,
        Self::EntrepreneurService,
        Self::EnvironmentImprovement,
        Self::EnterpriseSafety,
    ];

    /// The section's title.
    pub fn name(self) -> Words {
        match self {
            Self::OnlineServiceHall => Words::new("网上办事大厅", "Online service hall"),
            Self::EntrepreneurService => Words::new("企业家服务", "Services for entrepreneurs"),
            Self::EnvironmentImprovement => {
                Words::new("企业环境整治", "Business environment improvement")
            }
            Self::EnterpriseSafety => Words::new("企业安全防范", "Enterprise safety"),
        }
    }
}

/// The police line (警种) that looks after an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 治安.
    PublicOrder,
    /// 交管.
    Traffic,
    /// 出入境.
    ExitEntry,
    /// 网安.
    CyberSecurity,
    /// 禁毒.
    DrugControl,
    /// 户政.
    Household,
    /// 技防.
    Protection,
    /// 经侦.
    EconomicCrime,
    /// 综合服务.
    GeneralService,
}

impl Category {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::PublicOrder,
        Self::Traffic,
        Self::ExitEntry,
        Self::CyberSecurity,
        Self::DrugControl,
        Self::Household,
        Self::Protection,
        Self::EconomicCrime,
        Self::GeneralService,
    ];

    /// The category's title.
    pub fn name(self) -> Words {
        match self {
            Self::PublicOrder => Words::new("治安", "Public order"),
            Self::Traffic => Words::new("交管", "Traffic"),
            Self::ExitEntry => Words::new("出入境", "Exit and entry"),
            Self::CyberSecurity => Words::new("网安", "Cyber security"),
            Self::DrugControl => Words::new("禁毒", "Drug control"),
            Self::Household => Words::new("户政", "Household registration"),
            Self::Protection => Words::new("技防", "Technical protection"),
            Self::EconomicCrime => Words::new("经侦", "Economic crime"),
            Self::GeneralService => Words::new("综合服务", "General services"),
        }
    }
}

/// Which of the services the platform promises an item fulfils.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// 行政审批.
    AdministrativeApproval,
    /// 信息查询.
    InformationQuery,
    /// 投诉求助.
    ComplaintHelp,
    /// 企业安全防范.
    EnterpriseSafety,
}

/// The function of the platform that handles cases of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Handler {
    /// Applications.
    Approval,
    /// Freight passes and the ambulance green channel.
    Epass,
    /// Questions and look-ups.
    Inquiry,
    /// Complaints, help requests and leads.
    Complaint,
}

/// Who may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applicant {
    /// An enterprise or other organisation with a unified social credit code.
    Enterprise,
}

/// What an application is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The applicant itself.
    Enterprise,
    /// An event it holds.
    Event,
    /// One of its people.
    Employee,
    /// Goods it buys, sells or moves.
    Consignment,
    /// One of its vehicles.
    Vehicle,
}

/// How certain it is that the platform has an item. The fields of the item are a matter of their
/// own: see [`ServiceItem::illustrative`](super::ServiceItem::illustrative).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The press release that announced the platform names it.
    NamedInSource,
    /// A national law, regulation, ministry rule or decision sets it up.
    NationalList,
    /// Plausible; its basis is local, unseen or missing.
    Illustrative,
}
