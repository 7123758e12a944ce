//! Kinds of file the platform takes as papers, and why one is refused.

mod reject_reason;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use reject_reason::RejectReason;

/// The largest file that can be sent as a paper: 20 MiB, in bytes.
pub const MAX_FILE_BYTES: u64 = 20 * 1024 * 1024;

/// A kind of file that can be sent as a paper. Which of them a material takes is stated by the
/// service item.
///
/// Its text form is the media type of RFC 6838, without parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MediaType {
    /// Portable Document Format.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// JPEG picture.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG picture.
    #[serde(rename = "image/png")]
    Png,
    /// Office Open XML workbook, without macros.
    #[serde(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
    /// Comma-separated values, in UTF-8 or GB 18030.
    #[serde(rename = "text/csv")]
    Csv,
}

/// The text names no media type the platform takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a media type that can be sent: use PDF, JPEG, PNG, XLSX or CSV")]
pub struct UnknownMediaType;

impl MediaType {
    /// Every kind of file that can be sent.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Xlsx, Self::Csv];

    /// The media type as HTTP headers carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }

    /// The name people know the kind of file by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Xlsx => "XLSX",
            Self::Csv => "CSV",
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for MediaType {
    type Err = UnknownMediaType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|media_type| media_type.as_str() == text)
            .ok_or(UnknownMediaType)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_the_same_for_headers_and_for_json() {
        for media_type in MediaType::ALL {
            assert_eq!(media_type.as_str().parse(), Ok(media_type));
            assert_eq!(
                serde_json::to_value(media_type).unwrap(),
                media_type.as_str()
            );
        }
        assert_eq!(
            "application/zip".parse::<MediaType>(),
            Err(UnknownMediaType)
        );
    }
}
