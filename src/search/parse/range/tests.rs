//! Tables of ranges: their canonical texts, and what is wrong with those that make no sense.

use proptest::prelude::*;

use crate::search::{parse, parse_on};

#[test]
fn ranges_have_one_canonical_text() {
    for (text, canonical) in [
        ("start:2023", "start:2023"),
        ("start:2023-05", "start:2023-05"),
        ("START-DATE:2023-5-7", "start:2023-05-07"),
        ("start:2023/05/17", "start:2023-05-17"),
        ("start:=2023-05-20", "start:=2023-05-20"),
        ("start:>=2023-01", "start:>=2023-01"),
        ("start:≥2023 start:=<2024", "start:>=2023 start:<=2024"),
        ("start:>2023 completion:<2024-06-01", "start:>2023 completion:<2024-06-01"),
        ("start:2023..2024", "start:2023..2024"),
        ("start:2023.. posted:..2020", "start:>=2023 posted:<=2020"),
        ("start:2023-2024", "start:2023..2024"),
        ("start:2023–2024", "start:2023..2024"),
        ("start:2023-01-01/2023-12-31", "start:2023-01-01..2023-12-31"),
        ("start:[2023 TO 2024]", "start:2023..2024"),
        ("start:[2023 to *]", "start:>=2023"),
        ("start:{2023 TO 2024]", "start:>2023 start:<=2024"),
        ("start:RANGE[2023-01-01, MAX]", "start:>=2023-01-01"),
        ("start:range[MIN,2020]", "start:<=2020"),
        ("start:RANGE[MIN, MAX] start:*", "start:.. start:.."),
        ("start:none", "start:none"),
        ("start:>=2023|none", "start:>=2023 | start:none"),
        ("start:>=2023 | start:none x", "(start:>=2023 | start:none) x"),
        ("start:2020,2022", "start:2020 | start:2022"),
        ("start:2020|2022|liver", "start:2020 | start:2022 | liver"),
        ("start:(>=2023 <2024 | none)", "start:>=2023 (start:<2024 | start:none)"),
        ("start:(2023 cond:x)", "start:2023 cond:x"),
        ("start:\"2023-05\"", "start:2023-05"),
        ("start: >= 2023 x", "start:>=2023 x"),
        ("-start:2023", "-start:2023"),
        ("start:-2023 start:!=2023", "-start:2023 -start:=2023"),
        ("updated:last-30d", "updated:last-30d"),
        ("updated:LAST-6MONTHS", "updated:last-6mo"),
        ("updated:-2w completion:+1y", "updated:last-2w completion:next-1y"),
        ("completion:<today", "completion:<today"),
        ("completion:today..next-6mo", "completion:today..next-6mo"),
        ("start:actual completion:ESTIMATED", "start:actual completion:estimated"),
        ("enrollment:actual", "enrollment:actual"),
        ("enrollment:100", "enrollment:100"),
        ("enrollment:=100", "enrollment:100"),
        ("enroll:>1,000", "enrollment:>1000"),
        ("participants:50..500", "enrollment:50..500"),
        ("enrolled:50-500 sites:10+", "enrollment:50..500 sites:>=10"),
        ("enrollment:1,000..2,000", "enrollment:1000..2000"),
        ("enrollment:10;20", "enrollment:10 | enrollment:20"),
        ("enrollment:1,500,", "enrollment:1500"),
        ("enrollment:12,345,678", "enrollment:12345678"),
        ("enrollment:[1,000 TO 2,000]", "enrollment:1000..2000"),
        ("enrollment:RANGE[1,500]", "enrollment:1..500"),
        ("updated:last-1y..last-30d", "updated:last-1y..last-30d"),
        ("updated:last-30d..last-1mo", "updated:last-30d..last-1mo"),
        ("completion:2024..last-3y", "completion:2024..last-3y"),
        ("arms:2 | arms:3", "arms:2 | arms:3"),
        ("age:54", "age:54"),
        ("age:54y", "age:54"),
        ("age:\"54 years\"", "age:54"),
        ("age:6mo", "age:6mo"),
        ("age:6mo..2 age:16-18", "age:6mo..2 age:16..18"),
        ("age:2w age:3days age:36h age:30min", "age:2w age:3d age:36h age:30min"),
        ("min-age:>=18 max-age:<65", "min-age:>=18 max-age:<65"),
        ("maxage:none", "max-age:none"),
        ("enroll>500", "enrollment:>500"),
        ("start>=2020 x", "start:>=2020 x"),
        ("start >= 2020 x", "start:>=2020 x"),
        ("-enrollment<100", "-enrollment:<100"),
        ("phase>=3", "phase:3 | phase:4"),
        ("status=recruiting", "status:\"recruiting\""),
        ("age > 65", "age:>65"),
        ("sex:f|none", "sex:f | sex:none"),
        ("phase:1|none", "phase:1 | phase:none"),
        // Names of fields in a text mean nothing, and neither do signs.
        ("start of treatment", "start of treatment"),
        ("estradiol > 25 pg", "estradiol 25 pg"),
        ("BMI>30", "BMI>30"),
        ("age-related", "age-related"),
        ("post-hoc: analysis", "post-hoc: analysis"),
    ] {
        let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), canonical, "{text}");
        assert_eq!(parse(canonical).unwrap(), query, "{text}");
    }
}

#[test]
fn what_is_no_range_says_what_is() {
    for (text, marked, reason) in [
        ("x start:2023-13", "2023-13", "“2023-13” is no date; dates are 2023, 2023-05, "),
        ("start:2023-02-30 x", "2023-02-30", "“2023-02-30” is no date; dates are "),
        ("start:>=20", "20", "“20” is no date"),
        ("start:05/17/2023", "05/17/2023", "“05/17/2023” is no date"),
        ("start:2023/05", "2023/05", "“05” is no date"),
        ("start:liver", "liver", "“liver” is no date"),
        ("start:last-30", "last-30", "“last-30” is no date"),
        ("start:last-3m", "last-3m", "“last-3m” is no date"),
        ("start:2024..2023", "2024..2023", "2024 comes after 2023; a range goes up, as 2023..2024"),
        ("start:[2024 TO 2023]", "[2024 TO 2023]", "2024 comes after 2023"),
        ("start:next-1y..last-1y", "next-1y..last-1y", "next-1y comes after last-1y"),
        (
            "updated:last-30d..last-1y",
            "last-30d..last-1y",
            "last-30d comes after last-1y; a range goes up, as last-1y..last-30d",
        ),
        ("completion:today..last-2w", "today..last-2w", "today comes after last-2w"),
        (
            "completion:{next-2y TO next-3mo}",
            "{next-2y TO next-3mo}",
            "next-2y comes after next-3mo",
        ),
        ("start:[2023]", "[2023]", "[2023] has one end; a range has two"),
        ("start:[2023 TO 2024", "start:[2023 TO 2024", "a range in brackets ends with ]"),
        ("start:>=2023..2024", "2023..2024", "2023..2024 is a range, which no sign compares with"),
        ("start:>=", "start:>=", "a date comes after start:, as 2023, >=2023-05"),
        ("start: x", "x", "“x” is no date"),
        ("start:2023|2024-13", "2024-13", "“2024-13” is no date"),
        ("start:(2023 x)", "x", "“x” is no date"),
        (
            "enrollment:>100y",
            "100y",
            "“100y” is no number; numbers are 100, 1500 or 1,500, without a unit",
        ),
        ("enrollment:>-5", "-5", "“-5” is no number"),
        ("enrollment:1.5", "1.5", "“1.5” is no number; numbers are 100, 1500 or 1,500"),
        (
            "enrollment:1,5",
            "1,5",
            "1,5 can be read in two ways; several numbers are 1|5, a thousand is 1,000 or 1000",
        ),
        ("enrollment:>10,20 x", "10,20", "10,20 can be read in two ways"),
        ("enrollment:0,500", "0,500", "0,500 can be read in two ways"),
        ("enrollment:1000,200", "1000,200", "1000,200 can be read in two ways"),
        ("enrollment:1,000..2,00", "1,000..2,00", "2,00 can be read in two ways"),
        ("sites:RANGE[1,5,10]", "RANGE[1,5,10]", "1,5,10 can be read in two ways"),
        ("age:1,5", "1,5", "1,5 can be read in two ways; two ages are 1|5"),
        ("enrollment:500..50", "500..50", "500 is more than 50; a range goes up, as 50..500"),
        ("enrollment:99999999999", "99999999999", "99999999999 is too large; "),
        ("enrollment:", "enrollment:", "a number comes after enrollment:, as 100"),
        ("sites:actual", "actual", "number of sites is neither actual nor estimated"),
        ("age:54x", "54x", "“54x” is no age; ages are 54 (years), 6mo, "),
        ("age:6m", "6m", "“6m” is no age"),
        ("age:-5", "", ""),
        ("age:6..12mo", "6..12mo", "6 is more than 12mo; a range goes up"),
        ("min-age:old", "old", "“old” is no age"),
        ("age:9999999999", "9999999999", "9999999999 is too old"),
        ("cond:>2", "cond:>2", "cond: has no order; dates, counts, ages and phase are compared"),
        ("sponsor>5", "sponsor>5", "sponsor: has no order"),
        ("phase:>=9", "phase:>=9", "phases are 0 to 4"),
        ("liver >500", ">500", ">500 compares nothing; a field stands before it"),
    ] {
        let error = match parse(text) {
            Ok(_) if reason.is_empty() => continue,
            Ok(query) => panic!("{text}: {query}"),
            Err(error) => error,
        };
        assert_eq!(&text[error.place.clone()], marked, "{text}: {error}");
        assert!(error.reason.starts_with(reason), "{text}: {error}");
        assert!(!error.reason.contains('\n') && error.reason.len() < 120, "{text}: {error}");
    }
}

#[test]
fn a_range_of_a_date_and_a_time_until_today_goes_up_on_the_day_that_it_is() {
    let today = "2026-05-31".parse().ok();
    for (text, is_read) in [
        ("updated:2024..last-3y", false),
        ("updated:2023-05-31..last-3y", true),
        ("updated:2023-06..last-3y", false),
        ("updated:last-3y..2022", false),
        ("updated:last-3y..2023", true),
        ("updated:today..2026-05-30", false),
        ("updated:2026..today", true),
        ("completion:next-1y..2027-05", true),
        ("completion:next-1y..2027-04", false),
    ] {
        let parsed = parse_on(text, today);
        assert_eq!(parsed.is_ok(), is_read, "{text}: {parsed:?}");
        assert!(parsed.is_ok() || parsed.unwrap_err().reason.contains(" comes after "), "{text}");
        assert!(parse(text).is_ok(), "{text}");
    }
}

proptest! {
    #[test]
    fn canonical_text_of_ranges_parses_back(
        text in r"(-?(start|updated|results-posted|enrollment|sites|age|max-age):?(>=|<=|>|<|=|)(20(19|23)(-0[25](-1[07])?)?|last-30d|next-2y|today|[1-9]0?|6mo|2w|\[1 TO 3\]|none|actual|\*)?(\.\.|\+|\||,|-|/)?(2024|30|none)? |\(|\)|\| ){0,6}",
    ) {
        if let Ok(query) = parse(&text) {
            let canonical = query.to_string();
            prop_assert_eq!(parse(&canonical).unwrap(), query, "{}", canonical);
        }
    }
}
