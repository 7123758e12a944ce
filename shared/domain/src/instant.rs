//! A moment of business time, as it is stored, hashed and shown.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// China has kept one time, UTC+08:00 without daylight saving, since September 1991.
const CHINA: Offset = Offset::constant(8);

/// A moment, exact to the millisecond, written in China time (`2026-11-23T19:00:00.000+08:00`).
///
/// The fixed width makes the text sort like the time, in keys as well as in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant(Timestamp);

/// The text is no RFC 3339 time with an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time with an offset")]
pub struct NotAnInstant;

impl Instant {
    /// The moment `timestamp`, cut to milliseconds.
    pub fn from_timestamp(timestamp: Timestamp) -> Self {
        Self(Timestamp::from_millisecond(timestamp.as_millisecond()).unwrap_or(Timestamp::MIN))
    }

    /// The moment `seconds` after the Unix epoch, or the epoch where that is out of range.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self(Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// Seconds since the Unix epoch, as time-to-live attributes and tokens count them.
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// Milliseconds since the Unix epoch.
    pub fn unix_millis(self) -> i64 {
        self.0.as_millisecond()
    }

    /// The date in China at this moment.
    pub fn date(self) -> Date {
        CHINA.to_datetime(self.0).date()
    }

    /// The last second of `date` in China, with which a limit ends.
    pub fn end_of(date: Date) -> Option<Self> {
        let end = date.at(23, 59, 59, 0).to_zoned(TimeZone::fixed(CHINA));
        end.ok().map(|zoned| Self(zoned.timestamp()))
    }

    /// This moment moved by `seconds`, held at the ends of the calendar.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let moved = self.0.checked_add(SignedDuration::from_secs(seconds));
        Self(moved.unwrap_or(if seconds < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        }))
    }

    /// Whole seconds from `earlier` to this moment; negative when `earlier` is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.as_second() - earlier.0.as_second()
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let local = CHINA.to_datetime(self.0);
        write!(
            formatter,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}+08:00",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            local.second(),
            local.millisecond()
        )
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> Self {
        instant.to_string()
    }
}

impl TryFrom<String> for Instant {
    type Error = NotAnInstant;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse::<Timestamp>()
            .map(Self::from_timestamp)
            .map_err(|_| NotAnInstant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_china_time_and_read_back() {
        let moment = Instant::try_from("2026-02-16T16:00:00.5Z".to_owned()).unwrap();
        assert_eq!(moment.to_string(), "2026-02-17T00:00:00.500+08:00");
        assert_eq!(moment.date(), jiff::civil::date(2026, 2, 17));
        assert_eq!(Instant::try_from(moment.to_string()), Ok(moment));
    }

    #[test]
    fn a_limit_ends_with_the_last_second_of_its_day() {
        let end = Instant::end_of(jiff::civil::date(2026, 11, 23)).unwrap();
        assert_eq!(end.to_string(), "2026-11-23T23:59:59.000+08:00");
    }

    #[test]
    fn a_time_without_offset_is_refused() {
        assert_eq!(
            Instant::try_from("2026-11-23T19:00:00".to_owned()),
            Err(NotAnInstant)
        );
    }
}
