//! Documents in object storage.
//!
//! A document goes from the applicant straight into `quarantine/` by a presigned PUT that fixes its
//! length, kind and digest, never through a function's body. The examination moves it to `clean/`.

mod links;

use std::sync::Arc;

use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::types::TaggingDirective;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use domain::chain::Digest;
use domain::document::Document;
use domain::ids::{ApplicationNo, DocumentId};

use crate::aws::Aws;
use crate::config::Config;
use crate::error::PlatformError;
use crate::table::Stored;

pub use links::Link;

/// The tag of clean documents of drafts, by which the bucket's lifecycle finds them.
const OF_A_DRAFT: &str = "case=draft";

impl Stored for Document {
    const TYPE: &'static str = "document";
    const SCHEMA: u32 = 1;
}

/// What lies in quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quarantined {
    /// Nothing: it has left, or expired.
    Gone,
    /// More than was announced: this many bytes.
    Longer(u64),
    /// These bytes, not more than were announced.
    Bytes(Bytes),
}

/// The bucket of documents.
#[derive(Debug)]
pub struct Documents {
    aws: Arc<Aws>,
    bucket: String,
}

/// Where a document lies until it is examined.
pub fn quarantine_key(number: &ApplicationNo, document: DocumentId) -> String {
    format!("quarantine/{number}/{document}")
}

/// Where a clean document lies.
pub fn clean_key(number: &ApplicationNo, document: DocumentId) -> String {
    format!("clean/{number}/{document}")
}

/// The case and document that a key in quarantine stands for.
pub fn parse_quarantine_key(key: &str) -> Option<(ApplicationNo, DocumentId)> {
    let mut parts = key.split('/');
    let ("quarantine", number, document, None) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next())
    else {
        return None;
    };
    Some((
        ApplicationNo::try_from(number.to_owned()).ok()?,
        document.parse().ok()?,
    ))
}

impl Documents {
    /// The bucket that `config` names.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without `DOCUMENTS_BUCKET`.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Result<Self, PlatformError> {
        let bucket =
            Config::require(config.documents_bucket.as_ref(), "DOCUMENTS_BUCKET")?.to_owned();
        Ok(Self { aws, bucket })
    }

    /// What lies in quarantine for a document of `announced` bytes. Of anything longer not a byte is
    /// read.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where S3 does not answer.
    pub async fn quarantined(
        &self,
        number: &ApplicationNo,
        document: DocumentId,
        announced: u64,
    ) -> Result<Quarantined, PlatformError> {
        let answer = self
            .aws
            .s3()
            .get_object()
            .bucket(&self.bucket)
            .key(quarantine_key(number, document))
            .send()
            .await;
        let object = match answer {
            Ok(object) => object,
            Err(error)
                if error.as_service_error().is_some_and(
                    aws_sdk_s3::operation::get_object::GetObjectError::is_no_such_key,
                ) =>
            {
                return Ok(Quarantined::Gone);
            }
            Err(error) => return Err(PlatformError::unavailable("S3", error)),
        };
        let length = object.content_length.map(u64::try_from);
        match length {
            Some(Ok(length)) if length <= announced => {}
            Some(Ok(length)) => return Ok(Quarantined::Longer(length)),
            _ => return Err(PlatformError::corrupt("S3 gave no length of an object")),
        }
        let bytes = object
            .body
            .collect()
            .await
            .map_err(|error| PlatformError::unavailable("S3", error))?;
        Ok(Quarantined::Bytes(bytes.into_bytes()))
    }

    /// Puts `bytes` with the digest `sha256`, examined and found clean, where they can be read. Those of
    /// a draft expire with it, unless they are [kept](Self::keep).
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where S3 does not answer.
    pub async fn store_clean(
        &self,
        document: &Document,
        bytes: Bytes,
        sha256: Digest,
        of_a_draft: bool,
    ) -> Result<(), PlatformError> {
        self.aws
            .s3()
            .put_object()
            .bucket(&self.bucket)
            .key(clean_key(&document.application, document.id))
            .content_type(document.media_type.as_str())
            .checksum_sha256(STANDARD.encode(sha256.as_bytes()))
            .body(bytes.into())
            .set_tagging(of_a_draft.then(|| OF_A_DRAFT.to_owned()))
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("S3", error))?;
        Ok(())
    }

    /// Copies a clean document of an earlier case to where `document` is read. Each case has its own, so
    /// that each is kept and erased by its own retention. The copy expires like those of drafts, unless it
    /// is [kept](Self::keep).
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where S3 does not answer, or has nothing to copy.
    pub async fn copy_clean(
        &self,
        (number, earlier): (&ApplicationNo, DocumentId),
        document: &Document,
    ) -> Result<(), PlatformError> {
        self.aws
            .s3()
            .copy_object()
            .bucket(&self.bucket)
            .copy_source(format!("{}/{}", self.bucket, clean_key(number, earlier)))
            .key(clean_key(&document.application, document.id))
            .tagging_directive(TaggingDirective::Replace)
            .tagging(OF_A_DRAFT)
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("S3", error))?;
        Ok(())
    }

    /// Keeps a clean document for good: the case it belongs to is submitted. One that is not there yet
    /// is left alone.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where S3 does not answer.
    pub async fn keep(
        &self,
        number: &ApplicationNo,
        document: DocumentId,
    ) -> Result<(), PlatformError> {
        let answer = self
            .aws
            .s3()
            .delete_object_tagging()
            .bucket(&self.bucket)
            .key(clean_key(number, document))
            .send()
            .await;
        match answer {
            Err(error) if error.code() == Some("NoSuchKey") => Ok(()),
            Err(error) => Err(PlatformError::unavailable("S3", error)),
            Ok(_) => Ok(()),
        }
    }

    /// Removes a document for good, wherever it lies.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where S3 does not answer.
    pub async fn erase(
        &self,
        number: &ApplicationNo,
        document: DocumentId,
    ) -> Result<(), PlatformError> {
        for key in [
            quarantine_key(number, document),
            clean_key(number, document),
        ] {
            self.delete(key).await?;
        }
        Ok(())
    }

    /// Removes a document from quarantine.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where S3 does not answer.
    pub async fn leave_quarantine(
        &self,
        number: &ApplicationNo,
        document: DocumentId,
    ) -> Result<(), PlatformError> {
        self.delete(quarantine_key(number, document)).await
    }

    async fn delete(&self, key: String) -> Result<(), PlatformError> {
        self.aws
            .s3()
            .delete_object()
            .bucket(&self.bucket)
            .key(key)
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("S3", error))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_in_quarantine_names_its_case_and_document() {
        let number = ApplicationNo::try_from("AP-20261123-7K3M9QX2RD4F".to_owned()).unwrap();
        let document: DocumentId = "0198a0f2-0000-7000-8000-000000000001".parse().unwrap();
        assert_eq!(
            parse_quarantine_key(&quarantine_key(&number, document)),
            Some((number, document))
        );
        for other in [
            "clean/AP-20261123-7K3M9QX2RD4F/x",
            "quarantine/x/y",
            "quarantine/",
            "",
        ] {
            assert_eq!(parse_quarantine_key(other), None, "{other}");
        }
    }
}
