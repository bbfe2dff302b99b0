//! From the first screen to a comparison, by what the screen says alone.

use insta::assert_snapshot;
use trialdex::app::App;
use trialdex::session::Task;

use super::journey::{Journey, store, study};

#[test]
fn somebody_who_starts_for_the_first_time_is_greeted_until_the_first_key() {
    for size in [(200, 60), (120, 40), (80, 24), (40, 10)] {
        let mut app = App::default();
        app.greet();
        let journey = Journey::starting(app).sized(size).loaded(store(&[study(1, "A trial")]));
        let journey = journey.sees("Welcome").sees("Ctrl-o").press("?");
        assert_eq!(journey.tasks, [Task::KeepGreeted]);
        let journey = journey.sees("Help ─").press("<esc>").misses("Welcome");
        assert_eq!(journey.tasks.len(), 1);
    }
    let mut app = App::default();
    app.greet();
    let journey = Journey::starting(app).loaded(store(&[study(1, "A trial")]));
    journey.click((300, 300)).misses("Welcome");
}

#[test]
fn somebody_finds_the_sun_yat_sen_trial_filters_to_phase_1_reads_it_and_compares_it_with_another() {
    let mut journey = Journey::sample();
    assert_snapshot!("first_look", journey.screen());

    // The hints say "/ search"; the list narrows with every letter.
    let journey = journey.press("/sun<space>yat").finds(1).stands_on("NCT06825572");
    let mut journey = journey.misses("→");
    assert_snapshot!("typing", journey.screen());

    // "f filters" leads to the filters, "Space choose" takes Phase 1.
    let mut journey = journey.press("<enter> f j j j <space>").asks("sun yat phase:1").finds(1);
    assert_snapshot!("filtered", journey.screen());

    // Back in the list, Enter reads and Space pins.
    let mut journey = journey.press("<esc> <enter> }");
    assert_snapshot!("reading", journey.screen());
    let journey = journey.press("<space>").sees("1 pinned");

    // Another search, another pin: then c compares.
    let journey = journey.press("<esc> / <ctrl-u> exosomes <enter>").stands_on("NCT05871463");
    let mut journey = journey.press("<space>").sees("2 pinned").press("c");
    assert_eq!(journey.pins(), ["NCT06825572", "NCT05871463"]);
    assert_snapshot!("comparing", journey.screen());
}
