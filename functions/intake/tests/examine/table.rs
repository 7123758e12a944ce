use encoding_rs::GB18030;

use super::*;

const VEHICLES: &str = "号牌号码,号牌种类,车辆识别代号\r\n晋A12345,大型汽车,LXX0A1B26RA000001\r\n晋AF12345,小型新能源汽车,\"LXX0A1B28RA000002\"\r\n";

#[test]
fn a_table_is_read_in_the_encodings_of_the_country() {
    let clean = Facts::Table {
        rows: 3,
        columns: 3,
    };
    let with_mark = format!("\u{FEFF}{VEHICLES}");
    let (legacy, ..) = GB18030.encode(VEHICLES);
    for bytes in [VEHICLES.as_bytes(), with_mark.as_bytes(), &legacy] {
        assert_clean(Csv, bytes, clean);
    }
}

#[test]
fn an_encoding_of_elsewhere_is_refused() {
    let utf_16: Vec<u8> = "\u{FEFF}号牌"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_rejected(Csv, &utf_16, &[RejectReason::TableEncoding]);
}

#[test]
fn a_program_is_no_table() {
    assert_rejected(
        Csv,
        b"\x7FELF\x02\x01\x01\0\0\0\0\0",
        &[RejectReason::NotWhatItSays],
    );
}

#[test]
fn a_row_that_lacks_a_column_is_refused() {
    assert_rejected(Csv, b"a,b,c\n1,2,3\n1,2\n", &[RejectReason::TableUneven]);
}

#[test]
fn blank_lines_are_no_rows() {
    assert_rejected(Csv, b"\r\n\r\n", &[RejectReason::TableEmpty]);
}

#[test]
fn up_to_100_000_rows_are_taken() {
    let full = "1,2\n".repeat(100_000);
    assert_clean(
        Csv,
        full.as_bytes(),
        Facts::Table {
            rows: 100_000,
            columns: 2,
        },
    );
    let over = "1,2\n".repeat(100_001);
    assert_rejected(Csv, over.as_bytes(), &[RejectReason::TableTooLarge]);
}

#[test]
fn a_cell_that_computes_something_is_refused() {
    for cell in [
        "=1+2",
        " =A1",
        "=WEBSERVICE(A1)",
        "＝SUM(A1)",
        "+SUM(A1)",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "\t=A1",
    ] {
        let table = format!("号牌,备注\n晋A12345,\"{cell}\"\n");
        assert_rejected(Csv, table.as_bytes(), &[RejectReason::TableFormulas]);
    }
}

#[test]
fn signs_before_numbers_and_words_are_no_formulas() {
    let cells =
        "-12.5,+86 351 1234567,+86 (351) 1234567,-,--,@收件人,- 备注(见附件),\"=\"\"0351\"\"\"\n";
    let facts = Facts::Table {
        rows: 1,
        columns: 8,
    };
    assert_clean(Csv, cells.as_bytes(), facts);
}
