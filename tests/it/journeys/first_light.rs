//! From the first look to a comparison, reading nothing but the screen.

use insta::assert_snapshot;

use super::journey::Journey;

#[test]
fn somebody_finds_the_sun_yat_sen_trial_filters_to_phase_1_reads_it_and_compares_two() {
    let mut journey = Journey::sample();
    assert_snapshot!("first_look", journey.screen());

    journey = journey.press("/sun<space>yat");
    assert_snapshot!("typing_sun_yat", journey.screen());

    journey = journey.press("<enter> f");
    assert_snapshot!("the_filters", journey.screen());
    let mut j = journey.press("<esc> <enter>");
    assert_snapshot!("reading", j.screen());
    let mut j = j.press("<esc> <space> <space> c");
    assert_snapshot!("comparing", j.screen());
}
