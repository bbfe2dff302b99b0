//! The search line.

use insta::assert_snapshot;
use ratatui::style::{Color, Modifier};

use trialdex::event::Event;

use super::journey::Journey;

/// The rows of the search line.
fn search_lines(journey: &mut Journey) -> String {
    (1..4).map(|row| journey.line(row)).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_list_answers_every_letter_and_widens_again() {
    let journey = Journey::sample().press("/").finds(23);
    let journey = journey.press("t").finds(14).press("r").finds(13).press("i").finds(3);
    let journey = journey.press("<backspace>").finds(13);
    let journey = journey.press("<backspace> <backspace>").finds(23);
    journey.press("<backspace>").finds(23).asks("");
}

#[test]
fn more_words_narrow_and_the_best_match_comes_first() {
    let journey = Journey::sample().press("/ cirrhosis <enter>").finds(1);
    let journey = journey.sees("Trials · best match first").press("/<ctrl-u>");
    let journey = journey.sees("Trials · by last update, newest first");
    let journey = journey.press("liver").finds(19).press("<space>failure").finds(8);
    let journey = journey.press("<space>-acute").finds(2).press("<space>-citrate").finds(1);
    journey.press("<ctrl-u>exosomes<space>|<space>rifaximin").finds(2);
}

#[test]
fn enter_leads_to_the_list_and_escape_leaves_the_line_with_its_text() {
    let journey = Journey::sample().press("/liver<enter>j");
    assert_eq!(journey.app.session.selected, 1);
    let journey = Journey::sample().press("/liver<esc>j").asks("liver").finds(19);
    assert_eq!(journey.app.session.selected, 1);
    journey.press("/<space>failure").asks("liver failure");
}

#[test]
fn the_list_can_be_walked_while_typing() {
    let journey = Journey::sample().press("/liver<ctrl-n><ctrl-n><ctrl-p>");
    assert_eq!(journey.app.session.selected, 1);
    let journey = journey.press("<space>").asks("liver ");
    assert_eq!(journey.app.session.selected, 1, "the query means the same, the selection stays");
    let journey = journey.press("failure");
    assert_eq!(journey.app.session.selected, 0, "other words, another first row");
}

#[test]
fn the_line_is_edited_as_lines_are() {
    let journey = Journey::sample().press("/liver<space>failure<ctrl-w>").asks("liver ");
    let journey = journey.press("<home>acute<space><end>cells").asks("acute liver cells");
    let journey = journey.press("<left><backspace>").asks("acute liver cels");
    let journey = journey.press("<ctrl-a><delete>").asks("cute liver cels");
    journey.press("<end><ctrl-u>").asks("").finds(23);
}

#[test]
fn what_makes_no_sense_is_said_and_marked_and_the_last_answer_stays() {
    let mut journey = Journey::sample().press("/liver<space>)").finds(19);
    assert_snapshot!(search_lines(&mut journey), @r"
    ┌ Search ──────────────────────────────────────────────────────────────────────────────────────────────────────────────┐
    │ liver )                                                                                                     19 of 23 │
    └─ there is no bracket to close here · shown is what “liver” found ────────────────────────────────────────────────────┘
    ");
    let (x, y) = journey.place_of("liver )");
    let x = x + 6;
    let cell = journey.cell((x, y));
    assert!(cell.fg == Color::Red && cell.modifier.contains(Modifier::BOLD));
    assert_eq!(journey.cell((x - 2, y)).fg, Color::Reset);
    let journey = journey.press("<backspace>").misses("there is no bracket").press("foo:x");
    journey.sees("there is no field “foo”; fields are id, acronym, title");
}

#[test]
fn the_mark_stays_on_its_place_in_a_line_longer_than_the_screen() {
    let mut journey =
        Journey::sample().sized((40, 18)).press("/ liver<space>").paste(&"failure ".repeat(5));
    journey = journey.press("x<space>)");
    let (x, y) = journey.place_of("x )");
    assert_eq!(journey.cell((x, y)).fg, Color::Reset);
    assert_eq!(journey.cell((x + 2, y)).fg, Color::Red);
}

#[test]
fn the_line_below_says_what_the_words_were_taken_for() {
    for (typed, said) in [
        ("liver", "└──"),
        ("livr", "livr ≈ liver 19"),
        ("phase<space>1", "└──"),
        ("sponsor:sunyat", "─ + sun yat 1 "),
        ("sponsor:sunysen", "sponsor:sunysen ≈ Sun Yat-sen University (sponsor)"),
        (
            "cond:livr<space>failr",
            "failr ≈ failure (title), Liver Failure (condition) · cond:livr ≈ liver ",
        ),
        ("xyzzy", "xyzzy → nothing"),
        ("phase:1", "└──"),
    ] {
        let journey = Journey::sample().press("/").press(typed);
        journey.sees(said);
    }
}

#[test]
fn a_word_that_may_be_meant_as_an_operator_is_told_first() {
    let journey = Journey::sample().sized((80, 24)).press("/ liver<space>or<space>acute");
    let journey = journey.sees("─ liver or acute → liver | acute");
    let journey = journey.press("<ctrl-u> or<space>acute").sees("─ or → the word; OR finds either");
    journey.press("<ctrl-u> not<space>liver").sees("─ not → the word; NOT leaves out");
}

#[test]
fn a_trial_is_found_by_its_id() {
    Journey::sample().press("/nct05871463").finds(1).stands_on("NCT05871463");
}

#[test]
fn where_nothing_fits_the_screen_says_what_to_do() {
    let mut journey = Journey::sample().sized((80, 18)).press("/asthma").finds(0);
    assert_snapshot!(journey.screen(), @r"
     trialdex · liver-failure.json · 23 trials                    ? help  : commands
    ┌ Search ──────────────────────────────────────────────────────────────────────┐
    │ asthma                                                               0 of 23 │
    └─ asthma → nothing ───────────────────────────────────────────────────────────┘
    ┌ Trials · best match first ───────────────────────────────────────────────────┐
    │No trial fits.                                                                │
    │Nothing has asthma.                                                           │
    │                                                                              │
    │/ changes the words                                                           │
    │u undoes the last change                                                      │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
     Enter to the list  Tab complete  ↑ earlier  Esc done  Shift-Tab as read
    ");
}

#[test]
fn a_paste_is_one_line_of_text() {
    let journey =
        Journey::sample().press("/").paste("  liver\nfailure\tq\r\n").asks("liver failure q");
    assert!(!journey.has_quit());
    let journey = Journey::sample().paste("q\nq\n").asks("").finds(23);
    assert!(!journey.has_quit());
    let journey = Journey::sample().press("/").paste("\u{1b}[2Jliver\u{202e}");
    journey.asks("\u{fffd}[2Jliver\u{fffd}");
}

#[test]
fn nothing_of_a_long_paste_is_lost() {
    let ids: Vec<String> = (1..=200).map(|id| format!("NCT{id:08}")).collect();
    let pasted = format!("{}, NCT06904755", ids.join(", "));
    Journey::sample().press("/").paste(&pasted).asks(&pasted).finds(1).stands_on("NCT06904755");
    let journey = Journey::sample().press("/ liver").paste(&"x".repeat(100_000));
    journey.asks("liver").sees("the search line takes 100,000 characters, so nothing was added");
}

#[test]
fn the_screen_does_not_wait_for_an_answer() {
    let mut journey = Journey::sample().slow().press("/exosomes<enter>");
    assert!(journey.app.session.is_searching());
    assert_snapshot!("between_question_and_answer", journey.screen());
    let mut journey = journey.press("j k").finds(23).stands_on("NCT06904755").answer().finds(1);
    assert!(!journey.app.session.is_searching());
    assert_eq!(journey.screen().matches("NCT05871463").count(), 2, "in the list and beside it");
}

#[test]
fn an_answer_to_an_old_question_is_dropped() {
    let mut journey = Journey::sample().slow().press("/liver");
    let late = std::mem::take(&mut journey.asked);
    let mut journey = journey.press("<ctrl-u>exosomes").answer().finds(1);
    journey.asked = late;
    journey.answer().finds(1).stands_on("NCT05871463");
}

#[test]
fn a_run_of_typing_is_one_step_of_undo() {
    let journey = Journey::sample().press("/ liver <enter> f j <space>");
    let journey = journey.asks("liver status:recruiting").press("u").asks("liver");
    let journey = journey.press("u").asks("").finds(23).press("u").sees("nothing left to undo");
    journey.press("<ctrl-r> <ctrl-r>").asks("liver status:recruiting").finds(4);
}

#[test]
fn keys_after_a_query_mean_what_it_finds() {
    let journey = Journey::sample().slow().press("/ sun<space>yat <enter> <space>");
    assert!(journey.pins().is_empty(), "the list is still that of the query before");
    let journey = journey.answer();
    assert_eq!(journey.pins(), ["NCT06825572"]);
    // A key that asks again makes those after it wait again.
    let journey = journey.press("/ <ctrl-u> exosome <enter> <space>").answer();
    assert_eq!(journey.pins(), ["NCT06825572", "NCT05871463"]);
}

#[test]
fn nobody_waits_for_a_search_that_failed() {
    let journey = Journey::sample().slow().press("/ sun<space>yat <enter> <space>");
    let (job, _) = *journey.asked.last().unwrap();
    let journey = journey.told(Event::Ended(job, Err("search: out of joint".to_owned())));
    assert_eq!(journey.press("j").pins().len(), 1);
}

#[test]
fn whatever_else_fails_a_search_is_waited_for() {
    let waiting = || {
        let journey = Journey::sample().idle().slow().press("y <enter>");
        journey.press("/ sun<space>yat <enter> <space>")
    };
    let (copying, older) = (waiting().started[0], waiting().asked[0].0);
    for (event, said) in [
        (Event::Ended(copying, Err("could not copy it".to_owned())), "could not copy it"),
        (Event::Ended(older, Err("search: out of joint".to_owned())), "Enter read"),
        (Event::Fault("input: out of joint".to_owned()), "input: out of joint"),
    ] {
        let journey = waiting().told(event).sees(said);
        assert!(journey.app.session.is_searching() && journey.pins().is_empty(), "{said}");
        let journey = journey.answer().finds(1);
        assert_eq!(journey.pins(), ["NCT06825572"], "{said}");
    }
}
