//! Malware scanners of a test's own, and what they find.

use bytes::Bytes;
use domain::chain::Digest;
use serde_json::json;

use crate::Site;

/// The EICAR test file, which every scanner takes for malware and which does nothing.
pub fn eicar() -> String {
    let halves = [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR",
        "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ];
    halves.concat()
}

/// A spreadsheet that is what it says, with the EICAR test file in a cell.
pub fn infected_table() -> Vec<u8> {
    format!("姓名,备注\n张三,{}\n", eicar()).into_bytes()
}

/// Has `site` scan what it is sent, and find the EICAR test file where it is written out.
pub fn scan_well(site: &Site) {
    site.compute("/scan", |file| {
        let eicar = eicar();
        let mut places = file.windows(eicar.len());
        let infected = places.any(|place| place == eicar.as_bytes());
        let verdict = if infected { "infected" } else { "clean" };
        let answer = json!({"sha256": Digest::of(file), "verdict": verdict});
        Bytes::from(answer.to_string())
    });
}
