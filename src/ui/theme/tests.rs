//! Themes, looked at with the palettes of well-known terminals and with the eyes of people who do not see every colour.

use super::*;
use crate::study::terms;

/// Red, green and blue from 0 to 255.
type Rgb = [u8; 3];

/// What a terminal makes of the default colours and of the colours 1 to 6.
struct Terminal {
    name: &'static str,
    background: Rgb,
    text: Rgb,
    colours: [Rgb; 6],
}

const fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}

const fn six(hex: [u32; 6]) -> [Rgb; 6] {
    let [red, green, yellow, blue, magenta, cyan] = hex;
    [rgb(red), rgb(green), rgb(yellow), rgb(blue), rgb(magenta), rgb(cyan)]
}

const XTERM: [Rgb; 6] = six([0xCD_0000, 0x00_CD00, 0xCD_CD00, 0x00_00EE, 0xCD_00CD, 0x00_CDCD]);
const CONSOLE: [Rgb; 6] = six([0xAA_0000, 0x00_AA00, 0xAA_5500, 0x00_00AA, 0xAA_00AA, 0x00_AAAA]);
const SOLARIZED: [Rgb; 6] = six([0xDC_322F, 0x85_9900, 0xB5_8900, 0x26_8BD2, 0xD3_3682, 0x2A_A198]);
const GRUVBOX: [Rgb; 6] = six([0xCC_241D, 0x98_971A, 0xD7_9921, 0x45_8588, 0xB1_6286, 0x68_9D6A]);

const DARK: &[Terminal] = &[
    terminal("xterm", [0x00_0000, 0xE5_E5E5], XTERM),
    terminal("console", [0x00_0000, 0xAA_AAAA], CONSOLE),
    terminal("Solarized dark", [0x00_2B36, 0x83_9496], SOLARIZED),
    terminal("Gruvbox dark", [0x28_2828, 0xEB_DBB2], GRUVBOX),
];

const LIGHT: &[Terminal] = &[
    terminal("xterm on white", [0xFF_FFFF, 0x00_0000], XTERM),
    terminal("Solarized light", [0xFD_F6E3, 0x65_7B83], SOLARIZED),
    terminal("Gruvbox light", [0xFB_F1C7, 0x3C_3836], GRUVBOX),
];

const fn terminal(name: &'static str, [background, text]: [u32; 2], colours: [Rgb; 6]) -> Terminal {
    Terminal { name, background: rgb(background), text: rgb(text), colours }
}

impl Terminal {
    /// The colour as this terminal shows it; `None` for one that it may show as the background.
    fn shown(&self, colour: Color) -> Option<Rgb> {
        Some(match colour {
            Color::Reset => self.text,
            Color::Red => self.colours[0],
            Color::Green => self.colours[1],
            Color::Yellow => self.colours[2],
            Color::Blue => self.colours[3],
            Color::Magenta => self.colours[4],
            Color::Cyan => self.colours[5],
            Color::Indexed(index) => in_cube(index)?,
            _ => return None,
        })
    }
}

/// A colour of the cube that is the same in every terminal of 256 colours.
fn in_cube(index: u8) -> Option<Rgb> {
    let index = index.checked_sub(16).filter(|&index| index < 216)?;
    Some(
        [index / 36, index / 6 % 6, index % 6]
            .map(|step| [0, 95, 135, 175, 215, 255][usize::from(step)]),
    )
}

/// The three parts as amounts of light.
fn linear(rgb: Rgb) -> [f64; 3] {
    rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast ratio of WCAG, from 1 to 21.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let [one, other] = [one, other].map(|rgb| luminance(linear(rgb)) + 0.05);
    one.max(other) / one.min(other)
}

/// How people see a colour: what their eyes make of its light.
struct Eyes {
    name: &'static str,
    matrix: [[f64; 3]; 3],
}

/// Machado, Oliveira and Fernandes (2009), for people who lack one kind of cone.
const EYES: &[Eyes] = &[
    Eyes { name: "all cones", matrix: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]] },
    Eyes {
        name: "protanopia",
        matrix: [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    },
    Eyes {
        name: "deuteranopia",
        matrix: [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    },
];

impl Eyes {
    /// The colour in CIELAB, where distances are about as large as they look.
    fn lab(&self, colour: Rgb) -> [f64; 3] {
        let light = linear(colour);
        let seen = self.matrix.map(|row| {
            let sum: f64 = row.iter().zip(light).map(|(share, light)| share * light).sum();
            sum.clamp(0.0, 1.0)
        });
        let [red, green, blue] = seen;
        let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
        let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
        let [x, y, z] = [x, luminance(seen), z]
            .map(|part| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn distance(&self, one: Rgb, other: Rgb) -> f64 {
        let pairs = self.lab(one).into_iter().zip(self.lab(other));
        pairs.map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
    }
}

/// Every style of a theme.
fn styles(theme: &Theme) -> Vec<Style> {
    let one_each = [
        theme.border,
        theme.focus,
        theme.heading,
        theme.label,
        theme.dim,
        theme.link,
        theme.added,
        theme.removed,
        theme.found,
        theme.matched,
        theme.selected,
        theme.key,
        theme.error,
        theme.open,
        theme.going,
        theme.over,
        theme.stopped,
    ];
    [&one_each[..], &theme.trials].concat()
}

fn colour(style: Style) -> Color {
    style.fg.unwrap_or(Color::Reset)
}

#[test]
fn every_theme_is_found_by_its_name() {
    for (name, theme) in THEMES {
        assert_eq!(theme().name, *name);
        assert!(Theme::named(name).is_some());
    }
    assert!(Theme::named("neon").is_none());
}

#[test]
fn every_colour_stands_out_from_the_backgrounds_that_its_theme_is_for() {
    for (name, theme) in THEMES {
        let terminals: Vec<&Terminal> = match *name {
            "dark" => DARK.iter().collect(),
            "light" => LIGHT.iter().collect(),
            _ => DARK.iter().chain(LIGHT).collect(),
        };
        for terminal in terminals {
            for style in styles(&theme()) {
                let shown = terminal.shown(colour(style));
                let shown =
                    shown.unwrap_or_else(|| panic!("{name}: {style:?} is not sure to be seen"));
                let contrast = contrast(shown, terminal.background);
                assert!(contrast > 2.0, "{name} in {}: {style:?} {contrast:.1}", terminal.name);
            }
        }
    }
}

#[test]
fn every_trial_that_can_be_pinned_has_a_sign_of_its_own() {
    for theme in THEMES.iter().flat_map(|(_, make)| [make(), make().in_ascii()]) {
        for of in 1..=crate::session::MOST_PINS {
            let signs = (0..of).map(|at| theme.trial(at, of));
            let mut signs: Vec<_> = signs.flat_map(|it| [it.full, it.hollow]).collect();
            signs.extend((2..=10).map(|trials| theme.together(trials).0));
            signs.push(theme.signs.here);
            let count = signs.len();
            signs.sort_unstable();
            signs.dedup();
            assert_eq!(signs.len(), count, "{of} trials in {}", theme.name);
        }
    }
}

#[test]
fn the_colour_blind_see_which_trial_is_which() {
    let theme = colour_blind();
    let trials = theme.trials.map(|style| in_cube_of(colour(style)));
    let statuses = [theme.open, theme.going, theme.stopped].map(|style| in_cube_of(colour(style)));
    let changes = [theme.added, theme.removed].map(|style| in_cube_of(colour(style)));
    for eyes in EYES {
        for signs in [&trials[..], &statuses, &changes] {
            for (at, one) in signs.iter().enumerate() {
                for other in &signs[at + 1..] {
                    let distance = eyes.distance(*one, *other);
                    assert!(distance > 30.0, "{}: {one:?} {other:?} {distance:.1}", eyes.name);
                }
            }
        }
    }
}

/// What makes that test worth something: the other themes would fail it.
#[test]
fn red_and_green_are_near_each_other_to_the_colour_blind() {
    let [red, green] = [rgb(0xAA_5500), rgb(0x55_8800)];
    let distance = |at: usize| EYES[at].distance(red, green);
    assert!(distance(0) > 60.0 && distance(2) < 30.0, "{} {}", distance(0), distance(2));
}

fn in_cube_of(colour: Color) -> Rgb {
    let Color::Indexed(index) = colour else {
        panic!("{colour:?} is another one in each terminal")
    };
    in_cube(index).expect("a colour of the cube")
}

#[test]
fn what_is_open_is_bright_and_what_is_over_is_quiet() {
    for (name, theme) in THEMES {
        let theme = theme();
        let is_bold = |style: Style| style.add_modifier.contains(Modifier::BOLD);
        for code in ["RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"] {
            assert!(is_bold(theme.status(code).1), "{code} in {name}");
        }
        for code in ["COMPLETED", "TERMINATED", "WITHDRAWN", "UNKNOWN"] {
            assert!(!is_bold(theme.status(code).1), "{code} in {name}");
        }
    }
}

#[test]
fn signs_of_a_status_are_one_column_wide() {
    for theme in [Theme::default(), Theme::default().in_ascii()] {
        for term in terms::STATUS {
            assert_eq!(crate::text::width(theme.status(term.code).0), 1, "{}", term.code);
        }
    }
    for Signs { trials, here, stretch, today, .. } in [UNICODE, ASCII] {
        let signs = trials.as_flattened().iter().chain([&here, &stretch, &today]);
        signs.for_each(|sign| assert_eq!(crate::text::width(sign), 1, "{sign}"));
    }
    assert_eq!(Theme::default().status("RECRUITING").0, "●");
    assert_eq!(Theme::default().status("UNKNOWN").0, "?");
}
