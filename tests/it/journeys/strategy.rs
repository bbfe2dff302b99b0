//! A search as reviewers build it: lines of the history combined, saved, and written down.

use std::path::PathBuf;

use trialdex::session::Task;

use super::journey::{Journey, store, study};

fn three() -> Journey {
    Journey::on(&[study(1, "Gout"), study(2, "Gout in Lyon"), study(3, "Tumour")])
}

#[test]
fn the_search_is_written_down_in_a_file_of_a_name_that_is_typed() {
    let journey = three().press("/gout<enter> w").sees("Write the search down in a new file");
    let journey = journey.sees("trialdex-search-2026-02-15.md").press("<ctrl-u><enter>");
    let journey = journey.sees("the path of a file is missing").press("a.json<enter>");
    let journey = journey.sees("written down in a.json");
    let Some(Task::Record { path, query, typed }) = journey.tasks.last() else {
        panic!("{:?}", journey.tasks)
    };
    assert_eq!((path, typed.as_str()), (&PathBuf::from("a.json"), "gout"));
    assert_eq!(query.to_string(), "gout");
    // By its name, and as soon as the name is typed.
    for keys in [":record<enter>", ":record<space>"] {
        three().press(keys).sees("Write the search down in a new file");
    }
    let journey = three().press("/start:<enter> w<enter>");
    journey.sees("the query makes no sense yet");
}

#[test]
fn lines_of_the_history_are_combined_by_their_numbers() {
    let journey = three().press("/gout<enter> /<ctrl-u>title:lyon<enter>");
    let mut journey = journey.press("H").sees("#1 AND #2 combines them").sees("#2 title:lyon");
    let screen = journey.screen();
    let line = screen.lines().find(|line| line.contains("#1 gout"));
    assert!(line.is_some_and(|line| line.contains(" 2 ")), "{screen}");
    let journey = journey.press("<esc> /<ctrl-u>#1<space>AND<space>#2<enter>").finds(1);
    let journey = journey.press("/<ctrl-u>#3<space>OR<space>tumour<enter>").finds(2);
    // Asked again, a query keeps its number, and is found by it.
    let journey = journey.press("H #1<enter>").asks("gout").finds(2).press("H").sees("#1 gout");
    let journey = journey.press("<esc> /<ctrl-u>#9").sees("there is no query #9");
    let journey = journey.press("<ctrl-u>#1<enter> f").sees("Filters").press("<esc>");
    // A filter is added to what the number stands for.
    let mut journey = journey.press("s / title <enter>").asks("gout sort:title");
    assert!(journey.tasks.iter().all(|task| !matches!(task, Task::KeepQuery(_))));
    journey.app.session.keeps_queries = true;
    let journey = journey.press("/<ctrl-u>#2<enter>");
    assert!(journey.tasks.contains(&Task::KeepQuery("#2".to_owned())));
}

#[test]
fn a_search_is_saved_with_what_its_numbers_stand_for() {
    let journey = three().press("/gout<enter> /<ctrl-u>#1<space>lyon<enter> F<enter>");
    let journey = journey.sees("Save this query as").press("mine<enter>").sees("saved mine");
    let saved = Task::SaveSearch { name: "mine".to_owned(), query: "gout lyon".to_owned() };
    assert!(journey.tasks.contains(&saved), "{:?}", journey.tasks);
    let journey = journey.press("/<ctrl-u>sav<tab>").asks("saved:").press("mi");
    let journey = journey.press("<enter>").asks("saved:mine ").press("<enter>").finds(1);
    let mut journey = journey.press("/<ctrl-u>-@m<tab><enter>").asks("-@mine ").finds(2);
    journey.app.session.saved = None;
    journey.press("F").sees("saved searches are off").press("/<ctrl-u>saved:mine").sees("off here");
}

#[test]
fn saved_searches_are_filters_that_count_and_say_what_is_new() {
    let journey = three().press("/title:gout<enter> F<enter>gout<enter>");
    let journey = journey.press("/<ctrl-u>excl:x<enter> F<enter>none<enter> /<ctrl-u><enter>");
    let mut journey = journey.press("f").sees("Saved searches").misses("new since").press("g j");
    let screen = journey.screen();
    let line = screen.lines().find(|line| line.contains("gout   "));
    assert!(line.is_some_and(|line| line.contains(" 2│")), "{screen}");
    // It is asked, and taken back; or what it finds is left out.
    let journey = journey.press("<enter>").asks("saved:gout").finds(2).sees("✓ gout");
    let journey =
        journey.press("<enter>").asks("").finds(3).press("x").asks("-saved:gout").finds(1);
    let journey = journey.press("u").asks("").press("/gou").sees("Saved searches");
    let journey = journey.press("<esc><esc>/<ctrl-u>saved:gout<enter>");
    // Trials that come later are new until the dataset is left.
    let more = [study(1, "Gout"), study(2, "Gout in Lyon"), study(4, "Gout"), study(5, "Gout")];
    let journey = journey.loaded(store(&more)).finds(4).press("f");
    let journey = journey.sees("2 new since 2026-02-15").press("<esc>/<ctrl-u><enter>f");
    let mut journey = journey.sees("2 new since 2026-02-15");
    let at = journey.place_of("2 new since");
    let journey = journey.click(at).asks("NCT00000005 NCT00000004").finds(2);
    // What was looked at is not new any more.
    let journey =
        journey.loaded(store(&more)).press("f").sees("Saved searches").misses("new since");
    // A name that is taken away is no filter.
    let journey = journey.press("<esc>F<enter>-gout<enter>F<enter>-none<enter>f");
    journey.misses("Saved searches");
}
