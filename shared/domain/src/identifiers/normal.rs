use unicode_normalization::UnicodeNormalization;

/// The form in which identifiers are checked and stored: full-width characters made half-width
/// (NFKC), blanks, hyphens, plate dots and invisible characters removed, Latin letters upper-case.
///
/// Applying it twice changes nothing.
#[must_use]
pub fn normalise(raw: &str) -> String {
    raw.nfkc()
        .filter(|&character| !is_separator(character))
        .map(|character| character.to_ascii_uppercase())
        // What stood apart may touch now and combine: without this a second pass could differ.
        .nfc()
        .collect()
}

/// Characters people put between the groups of an identifier, and those that copying from a
/// document or an address book brings along unseen.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' // hyphens, dashes, minus
            | '·' | '•' | '‧' | '∙' | '⋅' | '・'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}'
        )
}
