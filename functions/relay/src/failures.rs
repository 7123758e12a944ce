/// The first of `records` that failed, by the flags in `failed`. A stream delivers the records of a
/// shard in the order of their sequence numbers, so it is the one with the lowest.
pub(crate) fn first_failed<'r, R>(records: &'r [R], failed: &[bool]) -> Option<&'r R> {
    let position = failed.iter().position(|failed| *failed)?;
    records.get(position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_before_the_one_named_has_failed_and_nothing_failed_is_left_out(
            failed in prop::collection::vec(any::<bool>(), 0..100),
        ) {
            let records: Vec<usize> = (0..failed.len()).collect();
            match first_failed(&records, &failed) {
                Some(&named) => {
                    prop_assert!(failed[named]);
                    prop_assert!(!failed[..named].contains(&true));
                }
                None => prop_assert!(!failed.contains(&true)),
            }
        }
    }
}
