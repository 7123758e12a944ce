//! The examination of papers, with the real papers of a hotel and with what goes wrong: by
//! accident, and on purpose.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod announcement;
mod format;
mod pdf;
mod picture;
mod table;
mod workbook;

use std::path::Path;

use domain::chain::Digest;
use domain::media::MediaType::{self, Csv, Jpeg, Pdf, Png, Xlsx};
use domain::media::RejectReason;
use intake::examine::{Announced, Facts, Keep, Verdict, examine};
use proptest::prelude::*;

fn paper(path: &str) -> Vec<u8> {
    let papers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/papers");
    std::fs::read(papers.join(path)).unwrap()
}

fn hotel(material: &str) -> Vec<u8> {
    paper(&format!("PSB-APR-004/{material}"))
}

fn announcement(media_type: MediaType, bytes: &[u8]) -> Announced {
    Announced {
        media_type,
        size: bytes.len() as u64,
        sha256: Digest::of(bytes),
    }
}

/// Examines a file that arrived just as announced, for a material that takes its kind.
fn examined(media_type: MediaType, bytes: &[u8]) -> Verdict {
    examine(&announcement(media_type, bytes), &MediaType::ALL, bytes)
}

#[track_caller]
fn assert_clean(media_type: MediaType, bytes: &[u8], facts: Facts) {
    match examined(media_type, bytes) {
        Verdict::Clean(found, keep) => {
            assert_eq!(found, facts);
            let is_picture = matches!(media_type, Jpeg | Png);
            assert_eq!(
                keep != Keep::AsSent,
                is_picture,
                "pictures are written anew"
            );
        }
        rejected @ Verdict::Rejected(_) => panic!("{rejected:?}"),
    }
}

#[track_caller]
fn assert_rejected(media_type: MediaType, bytes: &[u8], reasons: &[RejectReason]) {
    assert_eq!(
        examined(media_type, bytes),
        Verdict::Rejected(reasons.to_vec())
    );
}

#[test]
fn every_paper_of_the_hotel_is_clean() {
    for (material, pages) in [
        ("MAT-BIZ.pdf", 1),
        ("MAT-PREMISES.pdf", 2),
        ("MAT-FIRE.pdf", 1),
        ("MAT-RULES.pdf", 2),
        ("MAT-POA.pdf", 1),
    ] {
        assert_clean(Pdf, &hotel(material), Facts::Pdf { pages });
    }
    for (material, width, height) in [
        ("MAT-LEGAL-ID.jpg", 1180, 1560),
        ("MAT-PLAN.jpg", 1600, 1130),
    ] {
        assert_clean(Jpeg, &hotel(material), Facts::Picture { width, height });
    }
    // Title, subtitle, eight headings, and ten people of whom five have a guard's certificate.
    assert_clean(
        Xlsx,
        &hotel("MAT-STAFF.xlsx"),
        Facts::Workbook {
            sheets: 1,
            cells: 2 + 8 + 10 * 7 + 5,
        },
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Damage of any sort ends in a verdict, never in a panic.
    #[test]
    fn every_damaged_paper_gets_a_verdict(
        which in 0..4_usize, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let (media_type, file) = [
            (Pdf, "PSB-APR-004/MAT-BIZ.pdf"),
            (Jpeg, "PSB-APR-004/MAT-PLAN.jpg"),
            (Png, "broken/renamed-png.pdf"),
            (Xlsx, "PSB-APR-004/MAT-STAFF.xlsx"),
        ][which];
        let mut bytes = paper(file);
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        // As announced before the damage: whatever else is found, the digest tells.
        let announced = announcement(media_type, &paper(file));
        prop_assume!(Digest::of(&bytes) != announced.sha256);
        let Verdict::Rejected(reasons) = examine(&announced, &[media_type], &bytes) else {
            return Err(TestCaseError::fail("a changed file was called clean"));
        };
        prop_assert!(reasons.contains(&RejectReason::HashDiffers));
    }

    #[test]
    fn any_bytes_whatever_get_a_verdict(bytes in prop::collection::vec(any::<u8>(), 1..2000)) {
        for media_type in MediaType::ALL {
            if let Verdict::Rejected(reasons) = examined(media_type, &bytes) {
                prop_assert!(!reasons.is_empty());
            } else {
                prop_assert_eq!(media_type, Csv);
            }
        }
    }
}
