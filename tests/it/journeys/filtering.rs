//! The filters.

use insta::assert_snapshot;
use serde_json::{Value, json};
use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::Theme;

use super::journey::{Journey, study};

/// Wide enough for the filters beside the list and the trial.
const WIDE: (u16, u16) = (160, 40);

fn wide() -> Journey {
    Journey::sample().sized(WIDE)
}

/// The filters as a person sees them.
fn filters(journey: &mut Journey) -> String {
    let screen = journey.screen();
    let rows = screen.lines().skip(5).map(|line| line.chars().skip(1).take(30).collect::<String>());
    let rows = rows.take_while(|row| !row.trim().is_empty() && !row.contains("───"));
    rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn choosing_a_value_writes_it_into_the_search_line() {
    let mut journey = wide().press("f j <space>").asks("status:recruiting").finds(5);
    assert_snapshot!(filters(&mut journey), @r"
     Status
    ▸✓ Recruiting                5
       Not yet recruiting        5
       Enrolling by invitation   2
       Completed                 9
       Terminated                1
       Withdrawn                 1
     Phase *
       Early Phase 1             1
       Phase 1                   1
       Phase 2                   1
       Not applicable            1
       not stated                1
     Condition *
       Liver Failure             1
       not stated                4
     Lead sponsor
       Kebo Zhong                1
       Research Institute for G… 1
       not stated                3
     Sex
       All                       1
       not stated                4
     Last update * …
     Start …
     Completion …
     Enrollment …
     Primary purpose …
     Allocation …
     Intervention model …
     Masking …
     Age group * …
     Healthy volunteers …
    ");
    journey.press("<space>").asks("").finds(23);
}

/// Clicks on a value of the filters, which may stand beside them too.
fn click_on_value(mut journey: Journey, value: &str) -> Journey {
    let (x, y) = journey.place_of(&format!("│   {value} "));
    journey.click((x + 3, y))
}

#[test]
fn a_second_value_of_a_facet_is_an_or_and_another_facet_is_an_and() {
    let journey = wide().press("f j <enter> j <enter>");
    let journey = journey.asks("status:recruiting | status:not_yet_recruiting").finds(10);
    let mut journey = click_on_value(journey.press("<esc>"), "Phase 1");
    journey = journey.asks("(status:recruiting | status:not_yet_recruiting) phase:1").finds(3);
    assert_snapshot!(filters(&mut journey), @r"
     Status
     ✓ Recruiting                1
     ✓ Not yet recruiting        2
       Enrolling by invitation   1
       Completed                 1
       Withdrawn                 1
     Phase *
       Early Phase 1             1
    ▸✓ Phase 1                   3
       Phase 2                   2
       Not applicable            4
       not stated                1
     Study type
       Interventional            2
       not stated                1
     Condition *
       Liver Failure             2
       Extracellular Vesicles    1
       Mesenchymal Stem Cell     1
       not stated                1
     Lead sponsor
       Kebo Zhong                1
       Sun Yat-sen University    1
       not stated                1
     Intervention type *
       Biological                1
       not stated                2
     Sponsor class
       Other                     1
       not stated                2
     Sex
       All                       2
       not stated                1
    ");
}

#[test]
fn a_value_can_be_excluded() {
    let journey = wide().press("f j x").asks("-status:recruiting").finds(18);
    let mut journey =
        journey.press("j j j x").asks("-(status:recruiting | status:completed)").finds(9);
    assert!(journey.line(9).starts_with("│▸✗ Completed                 9│"));
    journey.press("x").asks("-status:recruiting").press("k k k <space>").asks("status:recruiting");
}

#[test]
fn what_a_trial_does_not_state_can_be_chosen() {
    let journey = click_on_value(wide().press("f"), "not stated").asks("phase:none").finds(4);
    journey.press("x").asks("-phase:none").finds(19);
}

#[test]
fn counts_follow_the_query_at_once() {
    let mut journey = wide();
    assert!(filters(&mut journey).contains("Recruiting                5"));
    let mut journey = journey.press("/mesenchymal");
    assert!(filters(&mut journey).contains("Recruiting                2"));
    let mut journey = journey.press("<space>xyzzy");
    assert!(!filters(&mut journey).contains("Recruiting"));
}

#[test]
fn the_selection_stays_on_its_trial() {
    let journey = wide().press("j j j j j").stands_on("NCT02166177");
    let journey = journey.press("f").click_on("  Phase 1 ").finds(6).stands_on("NCT02166177");
    let journey = journey.press("u").finds(23).stands_on("NCT02166177");
    journey.click_on("Recruiting").finds(5).stands_on("NCT06904755");
}

#[test]
fn filters_are_undone_redone_and_cleared() {
    let journey = wide().press("/liver<enter> f j <space> j <space>");
    let both = "liver (status:recruiting | status:not_yet_recruiting)";
    let journey = journey.asks(both).press("u").asks("liver status:recruiting");
    let journey = journey.press("u").asks("liver").press("<ctrl-r> <ctrl-r>").asks(both);
    let journey = journey.press("<ctrl-r>").asks(both).sees("nothing left to undo or redo");
    let journey = journey.press("X").asks("liver").press("u").asks(both);
    journey.press("<esc>X").asks("liver").finds(19);
}

#[test]
fn f_and_escape_leave_the_filters() {
    let journey = wide().press("f j f j").stands_on("NCT05871463");
    journey.press("f j <esc> j").stands_on("NCT00656266");
}

/// Studies with so many conditions that their facet is folded.
fn many_conditions() -> Journey {
    let organs = ["Liver", "Kidney", "Heart", "Lung", "Skin", "Bone", "Brain", "Eye", "Ear"];
    let number = 1_u32..;
    let studies = organs.iter().zip(number).map(|(organ, number)| {
        study(number, organ).conditions([format!("{organ} Failure"), format!("{organ} Cancer")])
    });
    Journey::on(&studies.collect::<Vec<_>>()).sized(WIDE)
}

#[test]
fn a_long_facet_opens_and_closes() {
    let journey = many_conditions().sees("… 12 more").misses("Skin Failure");
    let journey = journey.press("f").click_on("… 12 more").sees("Skin Failure").misses("12 more");
    journey.click_on("Condition").misses("Skin Failure");
}

#[test]
fn typing_narrows_all_facets_to_what_comes_near() {
    let journey = many_conditions().press("f").click_on("Condition").press("/");
    let mut journey = journey.press("kidnfail");
    assert_snapshot!(filters(&mut journey), @r"
     Narrow / kidnfail
     Condition *
    ▸  Kidney Failure            1
    ");
    let mut journey = journey.press("<ctrl-u>fail<enter> j <space>");
    journey = journey.finds(1);
    assert_snapshot!(filters(&mut journey), @r"
     Narrow / fail
     Condition *
       Bone Failure              1
    ▸✓ Brain Failure             1
       Ear Failure               1
       Eye Failure               1
       Heart Failure             1
       Kidney Failure            1
       Liver Failure             1
       Lung Failure              1
       Skin Failure              1
    ");
    journey.press("<esc>").misses("/ fail").sees("✓");
}

#[test]
fn what_is_asked_less_stands_folded_and_is_counted_when_it_is_unfolded() {
    let masked = |number: u32, masking: &str, start: &str| {
        let study = study(number, "Of some kind").at("statusModule.startDateStruct.date", start);
        study.at("designModule.designInfo.maskingInfo.masking", masking)
    };
    let studies = [
        masked(1, "NONE", "2022-05"),
        masked(2, "DOUBLE", "2023"),
        masked(3, "DOUBLE", "2023-01-31"),
        study(4, "Of no kind"),
    ];
    let journey = Journey::on(&studies).sized(WIDE).press("f").misses("Double");
    let journey = journey.click_on("Masking …").sees("None (open label)         1");
    let journey = journey.press("j j <space>").asks("masking:double").finds(2);
    let journey = journey.click_on("Start …").click_on("  2023  ").finds(2);
    let journey = journey.asks("masking:double start:2023").press("X").finds(4);
    journey.click_on("Masking").misses("None (open label)").sees("Masking …");
}

#[test]
fn groups_fold_and_one_jumps_between_them() {
    let at_cursor = |journey: &mut Journey| {
        let screen = journey.screen();
        let row = screen.lines().find(|line| line.starts_with("│▸")).unwrap_or_default();
        row.chars().skip(2).take(28).collect::<String>().trim().to_owned()
    };
    let mut journey = wide().press("f }");
    assert_eq!(at_cursor(&mut journey), "Phase *");
    let mut journey = journey.press("} {");
    assert_eq!(at_cursor(&mut journey), "Phase *");
    let mut journey = journey.press("j j +");
    assert_eq!(at_cursor(&mut journey), "Phase * …");
    let mut journey = journey.misses("Early Phase 1").press("+").sees("Early Phase 1").press("j =");
    assert_eq!(at_cursor(&mut journey), "Phase * …");
    let mut journey = journey.press("} } }");
    assert_snapshot!(filters(&mut journey), @r"
     Status …
     Phase * …
     Study type …
     Condition * …
    ▸Lead sponsor …
     Intervention type * …
     Country * …
     Sponsor class …
     Sex …
     Last update * …
     Start …
     Completion …
     Enrollment …
     Primary purpose …
     Allocation …
     Intervention model …
     Masking …
     Age group * …
     Healthy volunteers …
     FDA-regulated drug …
     FDA-regulated device …
    ");
    let journey = journey.press("=").sees("Early Phase 1").press("{ { { { { { =").misses("Early");
    // What stands folded is found by typing, and what is chosen there is told.
    let journey = journey.press("/phase 2").sees("Phase 2").press("<enter> <space> <esc>");
    journey.asks("phase:2").sees("Phase * …").sees("✓");
}

#[test]
fn bars_stand_beside_the_counts_where_there_is_room() {
    let mut journey = Journey::sample().sized((120, 40)).press("f");
    assert_snapshot!("bars_120x40", journey.screen());
    let theme = Theme::named("mono").unwrap().in_ascii();
    let journey = Journey::configured(Keymap::default(), theme).sized((80, 24));
    let mut journey = journey.press("f");
    assert_snapshot!("bars_in_ascii_80x24", journey.screen());
}

#[test]
fn cities_are_found_by_narrowing_and_chosen() {
    let sited = |number: u32, country: &str, city: &str| {
        let site = json!([{"country": country, "city": city}]);
        study(number, "Of some place").at("contactsLocationsModule.locations", site)
    };
    let studies =
        [sited(1, "France", "Paris"), sited(2, "Canada", "Paris"), sited(3, "Canada", "Ottawa")];
    let journey = Journey::on(&studies).sized(WIDE).press("f / paris");
    let mut journey = journey.press("<enter>");
    assert_snapshot!(filters(&mut journey), @r"
     Narrow / paris
     City
    ▸  Paris, Canada             1
       Paris, France             1
    ");
    let paris = r#"site:(country:"Canada" city:"Paris")"#;
    journey.press("<space>").asks(paris).finds(1).press("<space>").asks("");
}

#[test]
fn a_country_unfolds_to_its_cities_and_these_to_their_facilities() {
    let sited = |number: u32, sites: &[[&str; 3]]| {
        let sites = sites.iter().map(|[country, city, facility]| {
            json!({"country": country, "city": city, "facility": facility})
        });
        let sites: Vec<Value> = sites.collect();
        study(number, "Of some place").at("contactsLocationsModule.locations", sites)
    };
    let studies = [
        sited(1, &[["France", "Lyon", "Hospital"], ["Canada", "Paris", "Clinic"]]),
        sited(2, &[["France", "Lyon", "Clinic"], ["France", "Paris", "Hospital"]]),
        study(3, "Of no place"),
    ];
    let journey = Journey::on(&studies).sized(WIDE).press("f").click_on("France …").press("u +");
    let mut journey = journey.press("j +");
    assert_snapshot!(filters(&mut journey), @r"
     Status
       Recruiting                3
     Country *
       France                    2
    ▸    Lyon                    2
           Clinic                1
           Hospital              1
         Paris …                 1
       Canada …                  1
       not stated                1
     Last update * …
     Start …
     Completion …
     Enrollment …
    ");
    let lyon = r#"site:(country:"France" city:"Lyon")"#;
    let journey = journey.press("<space>").asks(lyon).finds(2).press("<space>").asks("");
    let journey = journey.press("x").asks(&format!("-{lyon}")).finds(1).press("X").asks("");
    let clinic = r#"site:(country:"France" city:"Lyon" facility:"Clinic")"#;
    let journey = journey.press("j <space>").asks(clinic).finds(1).press("<space>");
    journey.press("k +").misses("Clinic    ").press("k +").misses("Lyon …");
}

#[test]
fn terms_of_mesh_unfold_to_those_below_them() {
    let termed = |number: u32, own: &str, above: &[&str]| {
        let above: Vec<Value> = above.iter().map(|term| json!({"term": term})).collect();
        let browse = json!({"meshes": [{"term": own}], "ancestors": above});
        study(number, "Of something").set("derivedSection.conditionBrowseModule", browse)
    };
    let studies = [
        termed(1, "Lung Cancer", &["Cancer", "Lung Disease"]),
        termed(2, "Leukaemia", &["Cancer"]),
        termed(3, "Asthma", &["Lung Disease"]),
        study(4, "Of nothing"),
    ];
    let journey = Journey::on(&studies).sized(WIDE).press("f <end> + j +");
    let mut journey = journey.press("j j j +");
    assert_snapshot!(filters(&mut journey));
    let asked = r#"mesh-condition:"Lung Cancer""#;
    let journey = journey.press("j j <space>").asks(asked).finds(1).press("<space>").asks("");
    let journey = journey.press("x").asks(&format!("-{asked}")).finds(3).press("X").asks("");
    journey.press("k k +").misses("Asthma").press("+ j").press("j <space>").finds(1);
}
