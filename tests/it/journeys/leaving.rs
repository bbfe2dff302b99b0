//! Leaving the program, and not leaving it by mistake.

use trialdex::session::Effect;

use super::journey::Journey;

#[test]
fn q_goes_up_one_level_and_leaves_from_the_list() {
    for (keys, levels) in
        [("", 1), ("f", 2), ("<enter>", 2), ("z", 2), ("<enter>?", 3), ("<space>j<space>c", 2)]
    {
        let mut journey = Journey::sample().press(keys);
        for _ in 1..levels {
            journey = journey.press("q");
            assert!(!journey.has_quit(), "{keys}");
        }
        assert!(journey.press("q").has_quit(), "{keys}");
    }
}

#[test]
fn q_is_a_letter_where_one_types() {
    let journey = Journey::sample().press("/q").asks("q");
    assert!(!journey.has_quit());
    let journey = Journey::sample().press("<enter>/q Q").sees("/qQ");
    assert!(!journey.has_quit());
    let journey = Journey::sample().press("f j / q").sees("Narrow / q");
    assert!(!journey.has_quit());
    let journey = Journey::sample().press(": q").sees("│/ q");
    assert!(!journey.has_quit());
}

#[test]
fn leaving_at_once_works_everywhere() {
    for keys in ["", "/liver", "f", "<enter>", "<enter>/liver", ":", "?", "<space>j<space>c"] {
        assert!(Journey::sample().press(keys).press("<ctrl-c>").has_quit(), "{keys}");
    }
    for keys in ["", "f", "<enter>", "?", "<space>j<space>c"] {
        assert!(Journey::sample().press(keys).press("Q").has_quit(), "{keys}");
    }
}

#[test]
fn escape_never_leaves() {
    for keys in ["", "/liver", "f", "<enter>", ":", "?", "z", "<space>j<space>c"] {
        let journey = Journey::sample().press(keys).press("<esc> <esc> <esc> <esc>");
        assert!(!journey.has_quit(), "{keys}");
        journey.sees("Enter read");
    }
}

#[test]
fn the_shell_is_a_key_away() {
    for keys in ["", "/liver", ":"] {
        let journey = Journey::sample().press(keys).press("<ctrl-z>");
        assert_eq!(journey.effects, [Effect::Suspend], "{keys}");
    }
}
