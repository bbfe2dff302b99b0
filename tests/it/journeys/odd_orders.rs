//! Keys, clicks and sizes in whatever order: nothing panics, and Esc leads back to the list.

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use trialdex::event::Event;
use trialdex::session::Effect;
use trialdex::ui::action::ACTIONS;

use super::every_key::browser;
use super::journey::Journey;

/// What somebody does.
#[derive(Clone, Debug)]
enum Step {
    Key(KeyEvent),
    Click(u16, u16),
    Size(u16, u16),
}

/// The keys of every command, and a few letters that are typed.
fn keys() -> Vec<KeyEvent> {
    let named = |name: &str| {
        let (name, modifiers) = match name.strip_prefix("ctrl-") {
            Some(name) => (name, KeyModifiers::CONTROL),
            None => (name, KeyModifiers::NONE),
        };
        let code = match name {
            "enter" => KeyCode::Enter,
            "esc" => KeyCode::Esc,
            "tab" => KeyCode::Tab,
            "shift-tab" => KeyCode::BackTab,
            "space" => KeyCode::Char(' '),
            "up" => KeyCode::Up,
            "down" => KeyCode::Down,
            "left" => KeyCode::Left,
            "right" => KeyCode::Right,
            "home" => KeyCode::Home,
            "end" => KeyCode::End,
            "pageup" => KeyCode::PageUp,
            "pagedown" => KeyCode::PageDown,
            "f1" => KeyCode::F(1),
            name => KeyCode::Char(name.chars().next().unwrap()),
        };
        KeyEvent::new(code, modifiers)
    };
    let all = ACTIONS.iter().flat_map(|action| action.keys).copied();
    all.chain(["a", "e"]).map(named).collect()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let size =
        prop::sample::select(vec![(200, 60), (120, 40), (80, 24), (40, 10), (24, 6), (3, 2)]);
    let step = prop_oneof![
        20 => prop::sample::select(keys()).prop_map(Step::Key),
        2 => (0..120_u16, 0..40_u16).prop_map(|(x, y)| Step::Click(x, y)),
        1 => size.prop_map(|(width, height)| Step::Size(width, height)),
    ];
    prop::collection::vec(step, 0..50)
}

fn take(journey: Journey, step: &Step) -> Journey {
    match *step {
        Step::Key(key) => journey.told(Event::Terminal(TerminalEvent::Key(key))),
        Step::Click(x, y) => journey.click((x, y)),
        Step::Size(width, height) => journey.sized((width, height)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn esc_leads_back_to_the_list_from_everywhere(steps in steps()) {
        let mut journey = browser();
        for step in &steps {
            journey = take(journey, step);
            journey.screen();
        }
        journey = journey.sized((160, 40));
        for _ in 0..=steps.len() + 3 {
            journey = journey.press("<esc>");
        }
        let line = journey.line(-1);
        prop_assert!(line.contains("f filters") && line.contains("q quit"), "{}", journey.screen());
        prop_assert!(!journey.app.session.is_visiting());
        prop_assert!(journey.press("q").effects.contains(&Effect::Quit));
    }
}
