//! The mouse.

use crossterm::event::{MouseButton, MouseEventKind};
use trialdex::app::App;
use trialdex::event::{Event, Loading};
use trialdex::session::{Effect, Mouse, PaneSizes};

use super::journey::Journey;

#[test]
fn a_click_selects_a_trial() {
    let journey = Journey::sample().click_on("NCT02166177").stands_on("NCT02166177");
    let journey = journey.sees("NCT02166177 · ■ Completed").press("j").stands_on("NCT02457637");
    // Each of the two lines of a trial is the trial.
    let journey = journey.click((40, 35)).stands_on("NCT05001009");
    journey.click((40, 34)).stands_on("NCT04959110").click((40, 36)).stands_on("NCT05001009");
}

#[test]
fn a_click_on_the_name_of_a_column_orders_by_it_and_another_turns_it_round() {
    let journey = Journey::sample().sized((200, 30)).press("z").sees("Last update ▾");
    let journey = journey.click_on("Enrollment").asks("sort:enrollment").sees("Enrollment ▾");
    let journey = journey.click_on("Enrollment").asks("sort:reverse-enrollment");
    let journey = journey.sees("Enrollment ▴").click_on("Lead sponsor").asks("sort:sponsor");
    journey.sees("Lead sponsor ▾").click_on("NCT03863002").stands_on("NCT03863002");
}

#[test]
fn a_click_chooses_a_value() {
    let journey =
        Journey::sample().sized((160, 40)).click_on("   Recruiting  ").asks("status:recruiting");
    journey.click_on("✓ Recruiting").asks("").click_on("Completed  ").finds(9);
}

#[test]
fn a_click_goes_to_the_line_and_to_the_trial() {
    let journey = Journey::sample().click((20, 2)).press("liver").asks("liver");
    let journey = journey.click((100, 20)).sees("} next section").press("q").sees("Enter read");
    journey.click((100, 20)).press("/").press("mesen").sees(" found");
}

#[test]
fn the_wheel_moves_what_is_under_it() {
    let down = MouseEventKind::ScrollDown;
    let journey = Journey::sample().sized((160, 40)).mouse(down, (40, 10)).stands_on("NCT00913276");
    let journey = journey.mouse(MouseEventKind::ScrollUp, (40, 10)).stands_on("NCT06904755");
    let mut journey = journey.mouse(down, (130, 20)).stands_on("NCT06904755");
    assert!(journey.line(5).contains("││ Key facts"), "{}", journey.screen());
    let mut journey = journey.mouse(down, (5, 20)).press("f");
    assert!(journey.line(8).starts_with("│▸  Enrolling"), "{}", journey.line(8));
}

#[test]
fn other_buttons_and_places_do_nothing() {
    let before = Journey::sample().screen();
    for kind in [
        MouseEventKind::Down(MouseButton::Right),
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Moved,
        MouseEventKind::ScrollLeft,
    ] {
        assert_eq!(Journey::sample().mouse(kind, (40, 10)).screen(), before, "{kind:?}");
    }
    for place in [(0, 0), (90, 0), (0, 39), (300, 300)] {
        assert_eq!(Journey::sample().click(place).screen(), before, "{place:?}");
    }
}

#[test]
fn a_menu_is_used_with_the_mouse() {
    let journey = Journey::sample().press("s").click_on("title, A to Z").asks("sort:title");
    let journey = journey.press("s").click((1, 1)).misses("┌ Order").asks("sort:title");
    let journey = journey.press("s").mouse(MouseEventKind::ScrollDown, (60, 20)).press("<enter>");
    let journey = journey.asks("sort:reverse-status");
    journey.press("?").click((60, 20)).sees("Help ─").click((1, 20)).misses("Help ─");
}

#[test]
fn hints_and_title_are_clicked() {
    let journey =
        Journey::sample().click_on("f filters").sees("Space choose").click_on("to the list");
    let journey = journey.click_on("Space pin").sees("1 pinned").press("j").click_on("c compare");
    let journey = journey.sees("differences only").click_on("Esc back").sees("2 pinned");
    let journey = journey.click_on("2 pinned").sees("differences only").press("q");
    let journey = journey.click_on(": commands").sees("┌ Commands").click_on("Esc close");
    let journey = journey.misses("┌ Commands").click_on("? help").sees("Help ─").press("<esc>");
    journey.misses("Help ─").press("/").click_on("Enter to the list").stands_on("NCT05871463");
}

#[test]
fn the_mouse_can_be_left_to_the_terminal() {
    let journey = Journey::sample().press("M").sees("the mouse is the terminal's: it selects text");
    assert_eq!(journey.effects, [Effect::Mouse(Mouse::Free)]);
    let journey = journey.press("M").sees("the mouse clicks and scrolls here");
    assert_eq!(journey.effects.last(), Some(&Effect::Mouse(Mouse::Captured)));
}

#[test]
fn clicks_while_loading_do_nothing() {
    let loading = Loading { bytes: 1, total: 2, studies: 3, ..Loading::default() };
    let mut journey = Journey::starting(App::default()).told(Event::Loading(loading));
    let before = journey.screen();
    for place in [(20, 2), (5, 10), (40, 10), (100, 20)] {
        journey = journey.click(place).mouse(MouseEventKind::ScrollDown, place).press("x");
        assert_eq!(journey.screen(), before);
    }
    assert!(journey.effects.is_empty() && journey.asked.is_empty());
}

#[test]
fn panes_are_resized_by_dragging_their_edge_and_by_keys() {
    for (size, edge) in [((120, 40), "┐┌ NCT"), ((200, 60), "┐┌ Trials")] {
        let mut journey = Journey::sample().sized(size);
        let (x, y) = journey.place_of(edge);
        let journey = journey.mouse(MouseEventKind::Down(MouseButton::Left), (x, y + 3));
        let journey = journey.mouse(MouseEventKind::Drag(MouseButton::Left), (x + 9, y + 5));
        let mut journey = journey.mouse(MouseEventKind::Up(MouseButton::Left), (x + 9, y + 5));
        assert!((x + 8..=x + 9).contains(&journey.place_of(edge).0), "{size:?}");
        let moved = journey.place_of(edge);
        // Held no longer, it stays.
        let journey = journey.mouse(MouseEventKind::Drag(MouseButton::Left), (x - 9, y + 5));
        let keys = if size.0 == 200 { "f" } else { "" };
        let mut journey = journey.press(keys).press(">");
        assert_eq!(journey.place_of(edge), (moved.0 + 4, moved.1));
        let mut journey = journey.press("< <");
        assert_eq!(journey.place_of(edge), (moved.0 - 4, moved.1));
        assert_ne!(journey.app.session.look.panes, PaneSizes::default());
        let mut journey = journey.press("_");
        assert_eq!(journey.place_of(edge), (x, y));
    }
    Journey::sample().sized((80, 24)).press(">").sees("no other pane stands beside this one");
}
