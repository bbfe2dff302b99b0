//! Asking for dates, numbers and ages.

use super::journey::Journey;
use crate::made::{Made, made};

fn studies() -> Vec<Made> {
    let started = |number, date: &str| made(number).at("statusModule.startDateStruct.date", date);
    vec![
        started(1, "2023-05").at("eligibilityModule.minimumAge", "18 Years"),
        started(2, "2026-02-01").at("eligibilityModule.minimumAge", "6 Months"),
        made(3).at("designModule.enrollmentInfo.count", 500),
    ]
}

#[test]
fn what_states_nothing_is_told_below_the_search_line() {
    let journey = Journey::on(&studies()).press("/ start:>=2023-05-20").finds(2);
    let journey = journey.sees("1 states no start date; add |none");
    let journey = journey.press("|none").finds(3).misses("states no start date");
    let journey = journey.press("<ctrl-u> -start:2023").finds(2);
    journey.sees("1 of these states no start date");
}

#[test]
fn relative_dates_are_counted_from_the_day_it_is() {
    // That day is 15 February 2026.
    let journey = Journey::on(&studies()).press("/ start:last-2w").finds(1);
    let journey = journey.press("<ctrl-u> start:last-13d").finds(0);
    let journey = journey.press("<ctrl-u> start:<today").finds(2);
    // Undo asks the same question on the same day.
    journey.press("<enter> u").finds(3).press("<ctrl-r>").finds(2);
}

#[test]
fn open_limits_fit_and_are_told() {
    let journey = Journey::on(&studies()).press("/ age:54").finds(3);
    let journey =
        journey.sees("3 of these state no limit of age on one side, which counts as open");
    journey.press("<ctrl-u> age:1").finds(2);
}

#[test]
fn while_a_range_makes_no_sense_the_last_answer_stays() {
    let journey = Journey::on(&studies()).press("/ enrollment:>100").finds(1);
    let journey = journey.press("y").finds(1);
    let journey =
        journey.sees("“100y” is no number; numbers are 100, 1500 or 1,500, without a unit");
    let journey = journey.press("<ctrl-u> start:2023 <enter> / ..2022").finds(2);
    journey.sees("2023 comes after 2022; a range goes up, as 2022..2023");
}
