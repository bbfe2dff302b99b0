//! A search as reviewers build it: lines of the history combined, saved, and written down.

use std::path::PathBuf;

use trialdex::session::Task;

use super::journey::{Journey, study};

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
