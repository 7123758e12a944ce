//! Links by which a document is put or read without a function in between: requests presigned with
//! Signature Version 4.
//!
//! They are signed by the SDK's own signer. The S3 client around it would weigh as much as the rest of
//! a function that does nothing else with S3.

use std::time::{Duration, SystemTime};

use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningError,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::document::Document;
use domain::instant::Instant;
use http::Request;
use url::Url;

use super::{Documents, clean_key, quarantine_key};
use crate::clock::real_now;
use crate::error::PlatformError;

/// How long a link to upload holds.
const UPLOAD_LINK: Duration = Duration::from_mins(15);
/// How long a link to read holds.
const READ_LINK: Duration = Duration::from_mins(5);

/// A request that whoever holds it may make until it expires.
#[derive(Clone, Debug)]
pub struct Link {
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// Headers that must be sent exactly so.
    pub headers: Vec<(String, String)>,
    /// Until when it holds.
    pub expires_at: Instant,
}

impl Documents {
    /// A link by which exactly the announced document can be put into quarantine.
    ///
    /// # Errors
    /// [`PlatformError`] where no credentials are to be had.
    pub async fn upload_link(&self, document: &Document) -> Result<Link, PlatformError> {
        self.upload_link_from(document, SystemTime::now()).await
    }

    async fn upload_link_from(
        &self,
        document: &Document,
        now: SystemTime,
    ) -> Result<Link, PlatformError> {
        let headers = [
            ("content-length", document.size.to_string()),
            ("content-type", document.media_type.as_str().to_owned()),
            (
                "x-amz-checksum-sha256",
                STANDARD.encode(document.sha256.as_bytes()),
            ),
        ];
        let key = quarantine_key(&document.application, document.id);
        let query = [("x-id", "PutObject")];
        self.presigned("PUT", &key, &query, &headers, UPLOAD_LINK, now)
            .await
    }

    /// A link by which a clean document can be read.
    ///
    /// # Errors
    /// [`PlatformError`] where no credentials are to be had.
    pub async fn read_link(&self, document: &Document) -> Result<Link, PlatformError> {
        self.read_link_from(document, SystemTime::now()).await
    }

    async fn read_link_from(
        &self,
        document: &Document,
        now: SystemTime,
    ) -> Result<Link, PlatformError> {
        let key = clean_key(&document.application, document.id);
        let query = [
            ("x-id", "GetObject"),
            ("response-content-disposition", "attachment"),
            ("response-content-type", document.media_type.as_str()),
        ];
        self.presigned("GET", &key, &query, &[], READ_LINK, now)
            .await
    }

    async fn presigned(
        &self,
        method: &str,
        key: &str,
        query: &[(&str, &str)],
        headers: &[(&str, String)],
        lifetime: Duration,
        now: SystemTime,
    ) -> Result<Link, PlatformError> {
        let credentials = self
            .aws
            .credentials()
            .provide_credentials()
            .await
            .map_err(|error| PlatformError::unavailable("credentials", error))?;
        let mut url = self.address(key).map_err(PlatformError::corrupt)?;
        url.query_pairs_mut().extend_pairs(query);

        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(lifetime);
        // S3 takes the path as it is sent.
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let identity = credentials.into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(self.aws.region())
            .name("s3")
            .time(now)
            .settings(settings)
            .build()
            .map_err(PlatformError::corrupt)?
            .into();
        let signed = |url: &str| -> Result<Request<()>, SigningError> {
            let named = headers.iter().map(|(name, value)| (*name, value.as_str()));
            let request = SignableRequest::new(method, url, named, SignableBody::UnsignedPayload)?;
            let (instructions, _) = sign(request, &params)?.into_parts();
            let mut request = Request::builder().uri(url).body(()).unwrap_or_default();
            instructions.apply_to_request_http1x(&mut request);
            Ok(request)
        };
        let request = signed(url.as_str()).map_err(PlatformError::corrupt)?;
        let seconds = i64::try_from(lifetime.as_secs()).unwrap_or(0);
        Ok(Link {
            method: method.to_owned(),
            url: request.uri().to_string(),
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            expires_at: real_now().plus_seconds(seconds),
        })
    }

    /// The address of an object: on AWS its bucket is a host, at one endpoint for all services a path.
    fn address(&self, key: &str) -> Result<Url, url::ParseError> {
        let (bucket, region) = (&self.bucket, self.aws.region());
        if let Some(endpoint) = self.aws.endpoint() {
            let endpoint = endpoint.trim_end_matches('/');
            return Url::parse(&format!("{endpoint}/{bucket}/{key}"));
        }
        let suffix = if region.starts_with("cn-") {
            "amazonaws.com.cn"
        } else {
            "amazonaws.com"
        };
        Url::parse(&format!("https://{bucket}.s3.{region}.{suffix}/{key}"))
    }
}

#[cfg(test)]
mod tests;
