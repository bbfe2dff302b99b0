//! Dates, numbers and ages on the command line.

use super::{SAMPLE, run};

#[test]
fn what_states_nothing_is_a_remark() {
    let ran = run(&["search", "-d", SAMPLE, "primary-completion:>=2023", "--count"]);
    assert_eq!(ran.err, "trialdex: 22 state no primary completion date; add |none\n");
    let found = |query: &str| -> u32 {
        run(&["search", "-d", SAMPLE, query, "--count"]).out.trim().parse().unwrap()
    };
    let (known, silent) = (found("primary-completion:.."), found("primary-completion:none"));
    assert_eq!(known + silent, 23);
    assert_eq!(found("primary-completion:..|none"), 23);
}

#[test]
fn relative_dates_are_counted_from_the_day_that_is_given() {
    let count = |day: &str| {
        let query = ["search", "-d", SAMPLE, "start:last-1y", "--count", "--today", day];
        run(&query).out.trim().parse::<u32>().unwrap()
    };
    assert_eq!((count("1999-01-01"), count("9999-01-01")), (0, 0));
    let years: u32 = (1995..2040).map(|year| count(&format!("{year}-12-31"))).sum();
    // Two trials of the sample state a start.
    assert!(years >= 2, "{years}");
    let ran = run(&["search", "--today", "soon"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a date is YYYY, YYYY-MM or YYYY-MM-DD"), "{}", ran.err);
}

#[test]
fn what_makes_no_sense_is_one_line_with_its_place() {
    for (query, said) in [
        (
            "start:2023-13",
            "“2023-13” is no date; dates are 2023, 2023-05, 2023-05-17, today, last-30d, next-6mo (d, w, mo, y) (at “2023-13”)",
        ),
        (
            "enrollment:>100y",
            "“100y” is no number; numbers are 100, 1500 or 1,500, without a unit (at “100y”)",
        ),
        (
            "cond:>2",
            "cond: has no order; dates, counts, ages and phase are compared, as enrollment:>500 (at “cond:>2”)",
        ),
    ] {
        let ran = run(&["search", "-d", SAMPLE, query]);
        assert_eq!((ran.code, ran.err), (2, format!("trialdex: {said}\n")), "{query}");
    }
}
