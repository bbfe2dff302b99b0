//! How the phases of a study are written: `Phase 1/2`, and short for a list, `Ph1/2`.

use super::terms::{PHASE, Term, label};

/// The phases that have a number, by their codes.
const NUMBERS: [(&str, &str); 4] =
    [("PHASE1", "1"), ("PHASE2", "2"), ("PHASE3", "3"), ("PHASE4", "4")];

/// What a phase without a number is called in a list.
const SHORT: [Term; 2] =
    [Term { code: "EARLY_PHASE1", label: "EPh1" }, Term { code: "NA", label: "n/a" }];

/// The phases as people write them; empty if there are none. `codes` are the registry's.
pub fn phases_in_words(codes: &[&str]) -> String {
    joined(codes, "Phase ", PHASE, ", ")
}

/// The same for a list: `Ph1/2`, `EPh1`, `n/a`.
pub fn phases_in_short(codes: &[&str]) -> String {
    joined(codes, "Ph", &SHORT, "/")
}

/// Numbers after one word if every phase has one, else each phase by itself.
fn joined(codes: &[&str], before: &str, others: &'static [Term], between: &str) -> String {
    let number = |code: &&str| {
        let (_, number) = NUMBERS.iter().find(|(numbered, _)| numbered == code)?;
        Some(*number)
    };
    let numbers: Option<Vec<&str>> = codes.iter().map(number).collect();
    match numbers {
        Some(numbers) if numbers.is_empty() => String::new(),
        Some(numbers) => format!("{before}{}", numbers.join("/")),
        None => {
            let phase = |code: &&str| match number(code) {
                Some(number) => format!("{before}{number}"),
                None => label(others, code).to_owned(),
            };
            codes.iter().map(phase).collect::<Vec<_>>().join(between)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_phases_are_one_text() {
        for (codes, words, short) in [
            (&["PHASE1", "PHASE2"][..], "Phase 1/2", "Ph1/2"),
            (&["PHASE3"], "Phase 3", "Ph3"),
            (&["EARLY_PHASE1"], "Early Phase 1", "EPh1"),
            (&["EARLY_PHASE1", "PHASE2"], "Early Phase 1, Phase 2", "EPh1/Ph2"),
            (&["NA"], "Not applicable", "n/a"),
            (&["PHASE5"], "PHASE5", "PHASE5"),
            (&[], "", ""),
        ] {
            assert_eq!(phases_in_words(codes), words);
            assert_eq!(phases_in_short(codes), short);
        }
    }
}
