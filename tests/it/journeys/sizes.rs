//! The same journey on screens of every size.

use insta::assert_snapshot;

use super::journey::Journey;

/// The places of a journey, each by the keys that lead there from the one before.
const PLACES: &[(&str, &str)] = &[
    ("browser", "/ liver<space>failure <enter> j"),
    ("filters", "f j <space>"),
    ("trial", "<esc> <enter> }"),
    ("comparison", "<esc> X g <space> j <space> c"),
    ("help", "?"),
    ("menu", "<esc> <esc> s"),
];

#[test]
fn on_80_columns_and_24_rows() {
    let mut journey = Journey::sample().sized((80, 24));
    for &(place, keys) in &PLACES[..4] {
        journey = journey.press(keys);
        assert_snapshot!(format!("80x24_{place}"), journey.screen());
    }
}

#[test]
fn on_40_columns_and_10_rows() {
    let mut journey = Journey::sample().sized((40, 10));
    for &(place, keys) in PLACES {
        journey = journey.press(keys);
        assert_snapshot!(format!("40x10_{place}"), journey.screen());
    }
}

#[test]
fn on_200_columns_and_60_rows() {
    let mut journey = Journey::sample().sized((200, 60));
    for &(_, keys) in &PLACES[..2] {
        journey = journey.press(keys);
    }
    assert_snapshot!("200x60_filters", journey.screen());
}

/// What is wrong with the borders of a screen, when something is.
fn crooked(journey: &mut Journey) -> Option<String> {
    let screen = journey.screen();
    let bent = |line: &str| {
        let (first, last) = (line.chars().next()?, line.chars().last()?);
        let ends = match first {
            '┌' => '┐',
            '└' => '┘',
            '│' => '│',
            _ => return None,
        };
        (last != ends).then(|| format!("{line}\nin\n{screen}"))
    };
    screen.lines().find_map(bent)
}

#[test]
fn every_place_can_be_drawn_on_every_size() {
    for size in [(200, 60), (120, 40), (119, 18), (80, 24), (79, 17), (40, 10), (24, 6)] {
        let mut journey = Journey::sample().sized(size);
        for &(place, keys) in PLACES {
            journey = journey.press(keys);
            assert_eq!(crooked(&mut journey), None, "{place} on {size:?}");
        }
    }
}

#[test]
fn a_screen_that_is_too_small_says_so_and_goes_on() {
    for size in [(23, 6), (24, 5), (30, 1), (10, 3)] {
        let screen = Journey::sample().sized(size).screen();
        assert!(screen.starts_with("trialdex"), "{size:?}: {screen}");
    }
    for size in [(0, 0), (1, 1), (0, 40), (120, 0), (2, 1), (3, 3), (1, 40), (120, 1)] {
        let mut journey = Journey::sample().sized(size);
        for &(_, keys) in PLACES {
            journey = journey.press(keys);
            journey.screen();
        }
        let journey = journey.press("<esc> G").sized((120, 40)).stands_on("NCT06825572");
        journey.sees("2 pinned");
    }
}

#[test]
fn a_resize_at_any_moment_keeps_what_one_was_doing() {
    let mut journey = Journey::sample().press("/ liver");
    for size in [(40, 10), (200, 60), (1, 1), (80, 24)] {
        journey = journey.sized(size);
        journey.screen();
    }
    journey.press("<space>failure").asks("liver failure").sees("┌ Search ─");
}

#[test]
fn a_short_screen_says_what_makes_no_sense_too() {
    let journey = Journey::sample().sized((40, 10)).press("/ foo:1");
    journey.sees("there is no field “foo”").press("<ctrl-u>").misses("no field");
}
