//! How things look: nothing is said by colour alone, and a plain terminal is enough.

use ratatui::style::{Color, Modifier};
use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::{THEMES, Theme};

use super::journey::{Journey, study};

fn themed(name: &str) -> Journey {
    Journey::configured(Keymap::default(), Theme::named(name).unwrap())
}

#[test]
fn the_selected_row_is_reversed_and_has_a_sign_in_every_theme() {
    for (name, _) in THEMES {
        let mut journey = themed(name).press("j");
        let (x, y) = journey.place_of("▸ ● Effect of Mesenchymal");
        for x in x..x + 40 {
            assert!(journey.cell((x, y)).modifier.contains(Modifier::REVERSED), "{name} {x}");
        }
        assert!(!journey.cell((x, y - 1)).modifier.contains(Modifier::REVERSED), "{name}");
    }
}

#[test]
fn the_pane_that_has_the_keys_has_another_border() {
    for (name, _) in THEMES {
        let corners =
            [("┌ Search", "/"), ("┌ Filters", "f"), ("┌ Trials", ""), ("┌ NCT", "<enter>")];
        for (corner, keys) in corners {
            let themed = || themed(name).sized((160, 40));
            let mut plain = themed().press(if keys.is_empty() { "f" } else { "" });
            let at = plain.place_of(corner);
            let plain = plain.cell(at);
            let focused = themed().press(keys).cell(at);
            assert_ne!(
                (plain.fg, plain.modifier),
                (focused.fg, focused.modifier),
                "{corner} in {name}"
            );
        }
    }
}

#[test]
fn the_place_where_one_types_is_shown() {
    for (keys, words) in [
        ("/liv", "│ liv"),
        ("f j /liv", "Narrow / liv"),
        ("<enter>/liv", "└/liv"),
        (":liv", "│/ liv"),
    ] {
        let mut journey = Journey::sample().press(keys);
        let (x, y) = journey.place_of(words);
        let caret = x + words.chars().count() as u16;
        assert!(journey.cell((caret, y)).modifier.contains(Modifier::REVERSED), "{keys}");
        assert!(!journey.cell((caret - 1, y)).modifier.contains(Modifier::REVERSED), "{keys}");
    }
}

/// Screens with all sorts of chrome on them.
const PLACES: &[&str] = &[
    "",
    "/ livr",
    "/ foo:",
    "/ xyzzy",
    "f j <space> x j x / en",
    "<enter> G / xyz",
    "<space> j <space> c d ]",
    "s",
    "y",
    ":",
    "?",
    "? G",
    "D <right> j",
    "c",
];

#[test]
fn in_mono_there_is_no_colour() {
    for keys in PLACES {
        let mut journey = themed("mono").press(keys);
        for cell in &journey.buffer().content {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{keys}");
        }
    }
}

#[test]
fn every_theme_keeps_the_background_of_the_terminal() {
    for (name, _) in THEMES {
        for keys in PLACES {
            let mut journey = themed(name).press(keys);
            assert!(journey.buffer().content.iter().all(|cell| cell.bg == Color::Reset), "{keys}");
        }
    }
}

#[test]
fn nothing_is_drawn_in_a_colour_that_a_palette_may_have_for_the_background() {
    let unsafe_colours = [Color::Black, Color::DarkGray, Color::Gray, Color::White];
    for (name, _) in THEMES {
        for keys in PLACES {
            let mut journey = themed(name).press(keys);
            for cell in &journey.buffer().content {
                assert!(!unsafe_colours.contains(&cell.fg), "{:?} {keys}", cell.symbol());
            }
        }
    }
}

#[test]
fn the_light_theme_uses_no_colour_that_white_swallows() {
    let pale = [Color::Yellow, Color::White, Color::Gray, Color::LightYellow, Color::Cyan];
    for keys in PLACES {
        let mut journey = themed("light").press(keys);
        for cell in journey.buffer().content.iter().filter(|cell| cell.symbol() != " ") {
            assert!(!pale.contains(&cell.fg), "{:?} {keys}", cell.symbol());
        }
    }
}

#[test]
fn ascii_is_enough_for_all_that_is_not_text_of_a_trial() {
    let study = |number, title: &str| study(number, title).conditions(["Liver Failure", "Pain"]);
    for size in [(120, 40), (80, 24), (40, 10)] {
        for keys in PLACES {
            let theme = Theme::named("mono").unwrap().in_ascii();
            let trials = [study(1, "A trial of words"), study(2, &"Many words ".repeat(30))];
            let mut journey = Journey::configured(Keymap::default(), theme);
            journey = journey.loaded(super::journey::store(&trials));
            let screen = journey.sized(size).press(keys).screen();
            let foreign = screen.lines().find(|line| !line.is_ascii());
            assert_eq!(foreign, None, "{keys} on {size:?}");
        }
    }
}

#[test]
fn wide_characters_leave_the_borders_straight() {
    let titles = [
        "肝衰竭患者间充质干细胞治疗的安全性和有效性研究及其长期随访",
        "간부전 환자를 위한 줄기세포 치료의 안전성과 유효성에 대한 연구",
        "ａｂｃ全角ｄｅｆ",
        "\u{301}\u{301}e\u{301}\u{301} marks",
        "👩‍⚕️ and 🇨🇳 signs",
        "دراسة علاج فشل الكبد",
    ];
    let trials: Vec<_> = titles
        .iter()
        .zip(1..)
        .map(|(title, number)| {
            study(number, title)
                .conditions([*title])
                .at("descriptionModule.briefSummary", format!("{title}，{title}。{title}"))
                .sponsor(title)
        })
        .collect();
    for size in [(200, 60), (121, 40), (120, 40), (81, 24), (80, 24), (41, 10), (40, 10)] {
        let mut journey = Journey::on(&trials).sized(size);
        for keys in ["", "j", "f", "<esc> <enter>", "G", "<esc> g <space> j <space> c", "<esc> y"] {
            journey = journey.press(keys);
            let buffer = journey.buffer();
            let area = buffer.area;
            // The column of each border below an upper corner, down to the lower one.
            for y in area.top()..area.bottom() {
                for x in area.left()..area.right() {
                    if !["┌", "┐"].contains(&buffer[(x, y)].symbol()) {
                        continue;
                    }
                    let below = (y + 1..area.bottom()).map(|y| buffer[(x, y)].symbol());
                    let mut below = below.skip_while(|symbol| *symbol == "│");
                    let end = below.next().unwrap_or_default();
                    assert!(
                        ["└", "┘", "┌", "─"].contains(&end),
                        "{keys} on {size:?}: {end:?} in column {x}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_theme_that_was_chosen_is_to_be_kept() {
    let journey = Journey::sample().press("<ctrl-t> j <enter>");
    let journey = journey.sees("the next start has these colours too");
    assert_eq!(journey.app.session.look.theme.as_deref(), Some("light"));
}
