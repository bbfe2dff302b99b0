//! What is done in the background.

use trialdex::event::Event;
use trialdex::session::{Effect, Share};

use super::journey::Journey;

#[test]
fn what_takes_a_while_is_a_line_on_the_screen_and_can_be_cancelled() {
    let journey = Journey::sample().idle().press("e /found<space>as<space>csv <enter>");
    let saving = journey.started[0];
    let journey = journey.misses("saving");
    let mut journey = journey.told(Event::Progress(saving, Share { done: 10, of: 23 }));
    let line = journey.line(-1);
    assert!(line.starts_with(" / search  f filters"), "{line}");
    assert!(line.ends_with("saving 23 trials: 43 %, Ctrl-g cancels"), "{line}");
    for keys in ["<ctrl-g>", "/ <ctrl-g>", "m <ctrl-g>", "? <ctrl-g>"] {
        journey = journey.press(keys).press("<esc>").sees("saving 23 trials");
        assert_eq!(journey.effects.pop(), Some(Effect::Cancel(saving)), "{keys}");
    }
    let line = "cancelled: no file was written of 23 trials".to_owned();
    journey = journey.told(Event::Ended(saving, Ok(line))).misses("saving 23 trials");
    journey.sees("cancelled: no file").press("<ctrl-g>").sees("nothing is being done");
}

#[test]
fn on_a_narrow_screen_what_takes_a_while_takes_the_place_of_the_hints() {
    for (width, line) in
        [(40, " saving NCT06904755: 0 %, Ctrl-g cancels"), (30, "       saving NCT06904755: 0 %")]
    {
        let journey = Journey::sample().sized((width, 10)).idle().press("e <enter>");
        let saving = journey.started[0];
        let mut journey = journey.told(Event::Progress(saving, Share { done: 0, of: 23 }));
        assert_eq!(journey.line(-1), line);
    }
}
