//! Looking at a trial that is not the selected one, and coming back.

use super::journey::Journey;

/// The sample with one trial found, and another one visited from it.
fn visiting(keys: &str) -> Journey {
    let mut journey = Journey::sample().press("/ sun<space>yat <enter>").press(keys);
    visit(&mut journey, "NCT00656266");
    journey.sized((120, 40))
}

fn visit(journey: &mut Journey, id: &str) {
    let session = &mut journey.app.session;
    let study = session.store.find(id.parse().unwrap()).unwrap();
    session.visit(study);
}

#[test]
fn a_visit_says_so_and_leads_back_to_where_it_began() {
    let journey = visiting("").sees("visit · NCT00656266 · ✕ Terminated").sees("Esc back");
    let journey = journey.press("<esc>").misses("visit").stands_on("NCT06825572");
    journey.sees("Space pin").sees("q quit").asks("sun yat");
}

#[test]
fn the_place_in_the_text_is_kept_while_another_trial_is_visited() {
    let mut journey = Journey::sample().press("/ sun<space>yat <enter> <enter> }}}");
    let before = journey.screen();
    visit(&mut journey, "NCT00656266");
    let mut journey = journey.sized((120, 40)).sees("visit ·").press("}}}} q");
    assert_eq!(journey.screen(), before);
}

#[test]
fn a_visited_trial_can_be_pinned_compared_copied_and_opened() {
    let mut journey = visiting("<space>").press("<space>");
    assert_eq!(journey.pins(), ["NCT06825572", "NCT00656266"]);
    journey = journey.press("y").sees("NCT00656266").press("<esc> o");
    journey = journey.sees("opened https://clinicaltrials.gov/study/NCT00656266");
    let journey = journey.press("c").sees("NCT06825572").sees("NCT00656266");
    journey.press("<esc>").sees("visit ·").press("<esc>").misses("visit ·");
}

#[test]
fn the_list_ends_every_visit() {
    for keys in ["2", "<tab> <tab> <tab>", "f f"] {
        visiting("").press(keys).misses("visit ·");
    }
}
