//! Kiosks and counters: devices of a police unit at which a person files for an enterprise.

use serde::{Deserialize, Serialize};

use crate::application::Channel;
use crate::ids::{InvalidId, OfficerId, is_readable_tail, readable_tail};
use crate::instant::Instant;
use crate::unit::{Unit, UnitId};

/// What kind of device it is, and with that the channel of what is filed at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A police kiosk (警务自助机).
    Kiosk,
    /// A counter (窗口).
    Counter,
}

impl DeviceKind {
    /// The channel of what is filed at such a device.
    pub fn channel(self) -> Channel {
        match self {
            Self::Kiosk => Channel::Kiosk,
            Self::Counter => Channel::Counter,
        }
    }

    /// The kind as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Counter => "counter",
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Kiosk => "KSK",
            Self::Counter => "CTR",
        }
    }
}

/// The number of a device: `KSK-7K3M9QX2RD4F` for a kiosk, `CTR-…` for a counter.
///
/// It says the kind, so that the channel of a request is known before the device is read. The twelve
/// characters carry 60 random bits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DeviceId(String);

impl DeviceId {
    /// The number of a new device of `kind`, from 60 of the 64 bits of `random`.
    pub fn new(kind: DeviceKind, random: u64) -> Self {
        Self(format!("{}-{}", kind.prefix(), readable_tail(random)))
    }

    /// What kind of device it names.
    pub fn kind(&self) -> DeviceKind {
        if self.0.starts_with(DeviceKind::Counter.prefix()) {
            DeviceKind::Counter
        } else {
            DeviceKind::Kiosk
        }
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for DeviceId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        let known = text.split_once('-').is_some_and(|(prefix, tail)| {
            ["KSK", "CTR"].contains(&prefix) && is_readable_tail(tail)
        });
        if known {
            Ok(Self(text))
        } else {
            Err(InvalidId("device number"))
        }
    }
}

impl AsRef<str> for DeviceId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for DeviceId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        text.to_owned().try_into()
    }
}

impl From<DeviceId> for String {
    fn from(id: DeviceId) -> Self {
        id.0
    }
}

impl std::fmt::Display for DeviceId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A device as its unit has registered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its number, which says its kind.
    pub id: DeviceId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// Where it stands, 1 to 100 characters.
    pub place: String,
    /// When it was registered, in business time.
    pub registered_at: Instant,
    /// Who registered it.
    pub registered_by: OfficerId,
    /// When and by whom it was withdrawn; a device never comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// That something registered was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When, in business time.
    pub at: Instant,
    /// By whom.
    pub by: OfficerId,
}

/// Why a device may not serve, or is not withdrawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It was withdrawn.
    #[error("the device was withdrawn")]
    Withdrawn,
    /// Its unit is closed, or the catalogue does not know it any more.
    #[error("the unit of the device is closed")]
    UnitClosed,
}

/// Whether `device` may serve at `now`; `unit` is its own as the catalogue has it, if it still does.
///
/// # Errors
/// The first [`Refusal`] that applies.
pub fn may_serve(device: &Device, unit: Option<&Unit>, now: Instant) -> Result<(), Refusal> {
    if device.withdrawn.is_some() {
        return Err(Refusal::Withdrawn);
    }
    let open = unit.is_some_and(|unit| unit.id == device.unit && unit.is_open(now.date()));
    if open {
        Ok(())
    } else {
        Err(Refusal::UnitClosed)
    }
}

impl Device {
    /// The device, withdrawn by `by` at `at`.
    ///
    /// # Errors
    /// [`Refusal::Withdrawn`] where it was before.
    pub fn withdraw(&self, at: Instant, by: OfficerId) -> Result<Self, Refusal> {
        if self.withdrawn.is_some() {
            return Err(Refusal::Withdrawn);
        }
        Ok(Self {
            withdrawn: Some(Withdrawal { at, by }),
            ..self.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Level;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        Instant::try_from(text.to_owned()).unwrap()
    }

    fn administrator() -> OfficerId {
        OfficerId::try_from("administrator".to_owned()).unwrap()
    }

    fn kiosk() -> Device {
        Device {
            id: DeviceId::new(DeviceKind::Kiosk, 7),
            unit: "psb-140105".parse().unwrap(),
            place: "小店分局一楼大厅".to_owned(),
            registered_at: at("2026-11-23T10:00:00+08:00"),
            registered_by: administrator(),
            withdrawn: None,
        }
    }

    fn unit(id: &str, closed_on: Option<&str>) -> Unit {
        Unit {
            id: id.parse().unwrap(),
            region: id.trim_start_matches("psb-").parse().unwrap(),
            name_zh: String::new(),
            level: Level::County,
            parent: None,
            illustrative: true,
            closed_on: closed_on.map(|date| date.parse().unwrap()),
            successor: None,
        }
    }

    proptest! {
        #[test]
        fn a_number_made_is_a_number_read_and_says_its_kind(random: u64, counter: bool) {
            let kind = if counter { DeviceKind::Counter } else { DeviceKind::Kiosk };
            let made = DeviceId::new(kind, random);
            prop_assert_eq!(made.kind(), kind);
            prop_assert_eq!(DeviceId::try_from(made.to_string()), Ok(made));
        }

        #[test]
        fn no_text_makes_the_reader_of_numbers_panic(text: String) {
            let _ = DeviceId::try_from(text);
        }
    }

    #[test]
    fn a_number_of_another_kind_of_thing_is_no_devices() {
        for text in [
            "",
            "KSK",
            "KSK-",
            "KEY-7K3M9QX2RD4F",
            "ksk-7K3M9QX2RD4F",
            "KSK-7K3M9QX2RDIO",
        ] {
            assert!(text.parse::<DeviceId>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_device_serves_until_it_is_withdrawn_and_is_withdrawn_once() {
        let (now, own) = (at("2026-11-24T09:00:00+08:00"), unit("psb-140105", None));
        assert_eq!(may_serve(&kiosk(), Some(&own), now), Ok(()));
        let withdrawn = kiosk().withdraw(now, administrator()).unwrap();
        assert_eq!(
            may_serve(&withdrawn, Some(&own), now),
            Err(Refusal::Withdrawn)
        );
        assert_eq!(
            withdrawn.withdraw(now, administrator()),
            Err(Refusal::Withdrawn)
        );
    }

    #[test]
    fn a_device_serves_through_the_day_before_its_unit_closes() {
        let closing = unit("psb-140105", Some("2026-12-01"));
        let served = |moment| may_serve(&kiosk(), Some(&closing), at(moment));
        assert_eq!(served("2026-11-30T23:59:59+08:00"), Ok(()));
        assert_eq!(
            served("2026-12-01T00:00:00+08:00"),
            Err(Refusal::UnitClosed)
        );
    }

    #[test]
    fn a_device_of_a_unit_that_is_not_known_any_more_does_not_serve() {
        let now = at("2026-11-24T09:00:00+08:00");
        assert_eq!(may_serve(&kiosk(), None, now), Err(Refusal::UnitClosed));
        let neighbour = unit("psb-140106", None);
        assert_eq!(
            may_serve(&kiosk(), Some(&neighbour), now),
            Err(Refusal::UnitClosed)
        );
    }
}
