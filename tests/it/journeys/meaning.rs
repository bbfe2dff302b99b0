//! What the line says of words that may mean something else, and what is typed behind a query that stands there.

use super::journey::Journey;
use crate::made::{Made, made};

fn studies() -> Vec<Made> {
    let frequent = (1..=40).map(|id| made(id).title("Insulin of Mice"));
    let rare = [made(41).title("Inulin of Rats"), made(42).title("Rats in Children")];
    frequent.chain(rare).collect()
}

#[test]
fn a_rare_word_is_asked_about_and_tab_asks_for_the_frequent_one() {
    let journey = Journey::on(&studies()).press("/ inulin").finds(1);
    let journey = journey.sees("did you mean insulin (40)? Tab").press("<tab>");
    let journey = journey.asks("insulin").finds(40).misses("did you mean");
    // With the other word it would find nothing.
    journey.press("<ctrl-u> inulin <space> rats").finds(1).misses("did you mean");
}

#[test]
fn what_is_typed_behind_a_query_is_a_new_word_unless_it_goes_on() {
    for (typed, query) in [
        ("rats", "insulin rats"),
        ("<space> rats", "insulin rats"),
        ("<backspace> s", "insulins"),
        ("* ", "insulin*"),
        ("-rats", "insulin -rats"),
        ("<esc>", "insulin"),
    ] {
        let journey = Journey::on(&studies()).press("/ insulin <enter>");
        journey.press(&format!("/ {typed}")).asks(query);
    }
    let journey = Journey::on(&studies()).press("/ cond: <esc>").press("/ asthma");
    journey.asks("cond:asthma");
}

#[test]
fn two_hundred_ids_can_be_pasted() {
    let studies: Vec<Made> = (1..=240).map(made).collect();
    let ids: Vec<String> = (1..=200).map(|id| format!("NCT{id:08}")).collect();
    let journey = Journey::on(&studies).press("/").paste(&ids.join("\n")).finds(200);
    journey.press("<ctrl-u>").paste(&ids.join(", ")).finds(200);
}

#[test]
fn the_list_goes_on_with_what_is_typed() {
    let journey = Journey::on(&studies()).press("/ i <tab>").sees("Complete").sees("insulin");
    let journey = journey.press("nu").sees("inulin").misses("insulin  ");
    journey.press("l<tab><enter>").asks("inulin ").finds(1);
}
