//! Keys that the user has changed.

use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::Theme;

use super::journey::Journey;

fn bound(bindings: &[(&str, &[&str])]) -> Journey {
    let bindings = bindings
        .iter()
        .map(|(name, keys)| ((*name).to_owned(), keys.iter().map(ToString::to_string).collect()));
    let keymap = Keymap::with(&bindings.collect::<Vec<_>>()).unwrap();
    Journey::configured(keymap, Theme::default())
}

#[test]
fn a_key_of_the_users_own_works_and_the_old_one_does_not() {
    let journey = bound(&[("pin", &["p"]), ("search", &["ctrl-s", "i"])]);
    let journey = journey.press("<space>").misses("pinned").press("p").sees("1 pinned");
    let journey = journey.press("/").sees("Enter read").press("<ctrl-s>liver").asks("liver");
    journey.press("<esc>i<space>failure").asks("liver failure");
}

#[test]
fn hints_help_palette_and_title_show_the_keys_of_the_users_own() {
    let bindings: &[(&str, &[&str])] = &[
        ("pin", &["p"]),
        ("search", &["ctrl-s"]),
        ("help", &["H"]),
        ("filters", &["F"]),
        ("quit", &["W"]),
        ("problems", &["E"]),
    ];
    let journey = bound(bindings).sees(" Ctrl-s search  F filters  Enter read  p pin");
    let journey = journey.sees("H help").sees("W quit");
    let mut journey = journey.press("H").sees("┌ Help");
    journey = journey.sees("Ctrl-s          Type a query").misses("/               Type");
    let mut journey = journey.press("<esc> : pin<space>the");
    assert!(journey.screen().lines().any(|line| line.contains("│▸ pin: ") && line.contains("p │")));
}

#[test]
fn whatever_names_a_key_names_the_users_own() {
    let bindings: &[(&str, &[&str])] = &[
        ("pin", &["p"]),
        ("compare", &["v"]),
        ("search", &["i"]),
        ("undo", &["U"]),
        ("clear-filters", &["W"]),
        ("back", &["b"]),
    ];
    let journey = bound(bindings).sees("Search  i").sees("type i and words");
    let journey =
        journey.press("v").sees("pin a trial with p; v on another one then compares the two");
    let journey = journey.press("f i").sees("Narrow i").press("<enter> b b ?").sees("b closes");
    let journey = journey.press("b i xyzzy").sees("i changes the words");
    let journey = journey.sees("U undoes the last change").press("<space>phase:1");
    journey.sees("W takes every filter back");
}

#[test]
fn a_key_taken_from_another_command_is_no_longer_that_ones() {
    let journey = bound(&[("compare", &["j"])]).press("j").sees("then compares the two");
    journey.press("<down>").stands_on("NCT05871463").press("c").misses("then compares the two");
}

#[test]
fn shifted_and_control_keys_are_keys_of_their_own() {
    let journey = bound(&[("bottom", &["ctrl-g", "alt-g"])]);
    let journey =
        journey.press("G").stands_on("NCT06904755").press("<ctrl-g>").stands_on("NCT06825572");
    journey.press("g").stands_on("NCT06904755").press("<alt-g>").stands_on("NCT06825572");
}
