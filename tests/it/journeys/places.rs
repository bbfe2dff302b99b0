//! Where a trial takes place: the map and the table of its sites.

use insta::assert_snapshot;
use serde_json::{Value, json};
use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::Theme;

use super::journey::{Journey, study};
use crate::made::Made;

const LOCATIONS: &str = "contactsLocationsModule.locations";

fn site(facility: &str, (city, country): (&str, &str), point: &Value) -> Value {
    json!({"facility": facility, "city": city, "country": country, "geoPoint": point})
}

fn at(lat: f64, lon: f64) -> Value {
    json!({"lat": lat, "lon": lon})
}

/// A trial at six sites in three countries, of which two have no place on a map.
fn six() -> Made {
    let sites = [
        site("Charité", ("Berlin", "Germany"), &at(52.52, 13.41)),
        site("Klinikum", ("München", "Germany"), &at(48.14, 11.58)),
        site("Hôtel-Dieu", ("Paris", "France"), &at(48.85, 2.35)),
        site("La Paz", ("Madrid", "Spain"), &at(40.42, -3.70)),
        site("Clínic", ("Barcelona", "Spain"), &json!(null)),
        site("Vall d'Hebron", ("Barcelona", "Spain"), &json!({"lat": 141.0, "lon": "NaN"})),
    ];
    study(1, "Of six sites").at(LOCATIONS, &sites[..])
}

/// A trial at one site, where the other has one too, and one elsewhere.
fn two() -> Made {
    let sites = [
        site("Bichat", ("Paris", "France"), &at(48.85, 2.35)),
        site("Ospedale", ("Roma", "Italy"), &at(41.89, 12.51)),
    ];
    study(2, "Of two sites").at(LOCATIONS, &sites[..])
}

fn without() -> Made {
    study(3, "Of no site")
}

/// The browser on the three, the selection on the first.
fn three() -> Journey {
    Journey::on(&[six(), two(), without()]).press("/ sort:id <enter>").stands_on("NCT00000001")
}

#[test]
fn the_sites_of_a_trial_are_on_a_map_and_in_a_table() {
    let mut journey = three().sized((100, 40)).press("m");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 3 trials                                               ? help  : commands
    ┌ NCT00000001: 6 sites in 3 countries ─────────────────────────────────────────────────────────────┐
    │                   ⠈⠒⡦⠄    ⢸  ⢰⣷⠒⠚⠂    ⢈⢆⣀⡀     ⢀⡲⠛⠉⠉⢳ ⠉⠃          ⡸                 ⠘⡄           │
    │                   ⣀⡞⠚⠂  ⢀⣠⡊  ⠉⡸        ⠁ ⢱     ⡜   ⠰⡎           ◎ Berlin           ⢀⡖⠃           │
    │                   ⢿⣷⣀⡠⠖⠊⠁   ⠲⠭⣤⡀ ⡠     ⣠⡴⠊   ⣠⣎⢀⡀ ⢤⠚               ⣇                ⢸⡠⠒⠒⠒⠒⠢⢤⣀⣀⡀⡄ │
    │                              ⢠⠖⠚⠋  ⢀⣀⣀⣀⡠⠬⢃⠤⢖⣊⠛⠋⠁⠈⢱⡊               ⣤⣸⢄⡀              ⠈⣆        ⠈⠈⠉│
    │                            ⣠⣔⠥⠒⠜⠉⠉⠉⠉⠁    ⡸  ⠘⠲⢤⢀  ⡱           ⡤⠒⠊⠉   ⠈⠫⡲⢤⢄⡀        ⢀⠔⠓           │
    │                                   ⠰⡒⣆⡀⠰⡒⠉     ⠈⠉⠒⠼⢌⡆          ⠸⡀         ⠁⢘⢄⠤⡀⣀⣀⣀⡀⢠⠊             │
    │                               ⣀⡠⢤⢀⣉⣇ ⠈⠉    ● Paris ⠈⠉⢉⠆        ⠈⠒⢄ ⣰⠢⢄⡠⣠⠤⠜⠁  ⠉   ⠈⡝⠂             │
    │                              ⣛⠆  ⠁⠈                  ⡎       ● München ⠪⣀  ⣀⠤⠤⠊⠉⠑⠚⠢⡠⣀⣀⣀ ⣀⣠⠔⡖⠑⠢⢤⡀ │
    │                               ⠉⠉⠒⢦⣀⡀               ⠠⡤⠓⠒⠋⠒⡴⡴⠢⠤⠔⠋⠪⠂     ⢸⠛ ⠉⠉⠁     ⡔⠉    ⠉   ⠘⡄  ⠼⡀│
    │                                   ⠽⣀              ⢀⠎    ⢀⠉⣲⠢⠒⠊⠣⠤⣀⣀ ⢀⣀⠴⣎         ⡜           ⠈⢆ ⢀⠓│
    │                                    ⠠⣇             ⠛⠹⣀⣀⠎⠢⡜⠉⠃     ⡰⡇⠉⠁ ⡖⠁⠑⠢⣀ ⡠⠔⠢⢤⠚             ⡎⢀⠏⢉│
    │                                     ⣿⡀             ⣘⠄         ⡖⠉⠸⡛⣾⢖⠋⣀⢀⡠⢄⣀⣉⢱⡀  ⠣⡀            ⠙⠣⠔⢣│
    │                                     ⡇⠁             ⢈⠆  ⣀⡀     ⢞  ⠙⠻⠻⡀⢣⠁    ⢹⠃   ⠛⠤⡢           ⢸⠓⠃│
    │                        ⣀  ⣀⣀       ⢠⠃               ⢑⣲⠜ ⠈⠒⡄   ⠈⠢⡀  ⠘⠝⢄⠣⢄    ⢕     ⡎⠦⠤⠤⣀⣀⡠⠔⠊⠉⠒⢄⡇  │
    │                     ⣠⠒⠋ ⠉⠉  ⠉⠒⠊⠉⠚⠑⠒⢪⢄⡀      ⢠⠒⠉⠒⠒⠤⣀⠔⠁   ⢀ ⠘⡄    ⠘⡄   ⠈⠽⣷⣇ ⢠⠚⠫⢄⣠⢄  ⠘⡄         ⡖⠃  │
    │                     ⠐⣇               ⠉⠒⠚⠑⠶⣀⡠⢵          ⡰⠚⡇⠙⠘⠤⡀   ⠘⢄    ⠉⠉⠑⠺⡀⡰⠼⢅ ⢱⣀⡏         ⢜    │
    │                      ⡗⠫⠒⠔⢲⡀                ⢀⠜          ⢻⢠⠃   ⠈⢆    ⠉⠒⢒⠆    ⠈⢣ ⡸⠉⠁ ⠈⡆ ⣀⡀  ⡤⡔⠊⠚⢆   │
    │                      ⢣  ⢠⠊             ⢀⡠⠤⠒⠁          ⢀⣀⠕⡄     ⠑⠒⢆⡀   ⠉⠒⢄⡀  ⢣ ⢱⣀⣀⠤⠒⠉⠉ ⣈⡱⢖⣺⠊ ⡤⠤⠭⣖⠒│
    │                      ⡜  ⢈⠆     ● Madrid ⠁             ⠘⡄ ⡕        ⠘⢱⡀  ⡰⠢⡌⢆ ⢧ ⢀⠎  ⢰⠦⣼⡭⡙ ⢒⣩⡿⠞⠴⠦⠴⠍⠉│
    │                     ⣠⠃ ⠠⡴⠁           ⢀⠎    ⣔⢙⠄⠙       ⢈⠆ ⡇          ⠈⢣⠐⢅ ⠈⠊ ⠰⣧⠇   ⠈⢆⠉⠁ ⠛⠃⢸⣠⠄     │
    │◎ Charité, Berlin, Germany                                                                        │
    │                                                                                                  │
    └───────────────── 1 of 6 sites states no coordinates · 1 of 6 sites states impossible coordinates ┘
    ┌ Sites ───────────────────────────────────────────────────────────────────────────────────────────┐
    │  Country  City       Facility                                                                    │
    │▸ Germany  Berlin     Charité                                                                     │
    │  Germany  München    Klinikum                                                                    │
    │  France   Paris      Hôtel-Dieu                                                                  │
    │  Spain    Madrid     La Paz                                                                      │
    │  Spain    Barcelona  Clínic                                                                      │
    │  Spain    Barcelona  Vall d'Hebron                                                               │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    └────────────────────────────────────────────────────────────────────────────────────────── 1 of 6 ┘
     Tab table  Esc close  + nearer  - further  f all sites  w world  h west  / narrow
    ");
    journey.press("<esc>").sees("Search").stands_on("NCT00000001");
}

#[test]
fn the_map_comes_nearer_moves_and_shows_the_world() {
    let journey = three().press("m").sees("● Madrid");
    let journey = journey.press("w").misses("● Paris").sees("Germany 2").press("f").sees("● Paris");
    let journey = journey.press("+ + + +").misses("● Paris").press("- - - -").sees("● Paris");
    let journey = journey.press("<right> <right> l l > l l l l l").misses("● Paris");
    let journey = journey
        .press("h h h h h <left> h h h h")
        .sees("● Paris")
        .press("j j j j j j j j j j")
        .misses("● Paris");
    journey.press("f").sees("● Paris").press("m").sees("Search");
}

#[test]
fn the_site_at_the_cursor_of_the_table_is_marked() {
    let journey = three().press("m").sees("◎ Berlin").press("<tab> j").sees("◎ München");
    // A site that is out of sight is brought into it.
    let journey = journey.press("+ + + + + + j j").sees("◎ Madrid").misses("● Berlin");
    // One without a place says so.
    let journey = journey.press("j").sees("Barcelona, Spain · no coordinates stated");
    let journey = journey.press("j").sees("the coordinates stated are impossible");
    // The sites of its country, and only those.
    journey.press("g <enter>").sees("● München").misses("● Madrid");
}

#[test]
fn the_table_is_narrowed_and_sorted_and_the_map_follows() {
    let mut journey = three().press("m / spain <enter>").sees("1 of 3, 6 in all").misses("● Paris");
    assert!(journey.place_of("◎ Madrid").1 < 30);
    let journey = journey.press("<esc>").sees("1 of 6").sees("● Paris");
    let mut journey = journey.press("> s");
    let order = ["Barcelona", "Berlin", "Madrid", "München", "Paris"];
    let screen = journey.screen();
    let (_, table) = screen.split_once("Facility").unwrap();
    let places = order.map(|city| table.find(city).unwrap());
    assert!(places.is_sorted(), "{places:?} in\n{table}");
    journey.press("q").sees("Search");
}

#[test]
fn compared_trials_share_a_map_with_a_sign_for_each() {
    let mut journey = three().sized((100, 40)).press("<space> j <space> c m");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 3 trials · 2 pinned                                    ? help  : commands
    ┌ 2 trials: 8 sites in 4 countries ────────────────────────────────────────────────────────────────┐
    │● NCT00000001 6   ▲ NCT00000002 2   2 two trials at one place                                     │
    │                      ⠈⠓⡖    ⢸  ⣫⡖⠚⠓    ⢘⣄⣀     ⢀⡪⠛⠉⠙⡆⠈⠁         ⡸                ⡇            ⡔⠢⠜│
    │                      ⣤⡞⠋⠁ ⣀⣄⠜  ⣀⠇         ⡱   ⢀⠎   ⡫           ◎ Berlin         ⠴⡉            ⣸⣀⠤│
    │                      ⠻⠿⠤⠚⠉    ⠛⠒⠦⣀⡴⠂    ⠴⣞  ⢀⣰⣷⡠⢄⡐⡎⠁             ⢧              ⠰⡣⠋⠉⠉⠉⠒⠦⠔⠢⠴⣀⠤⡜   │
    │                               ⢀⠜⠉⡭⠤⣠⠴⡦⠤⠤⠔⠋⡖⠉⠧⣀⠁  ⠪⢇           ⢀⠤⠚⠚⠢⢄⡄⣀           ⢱               │
    │                              ⠐⠓⠉⠉   ⣀⡀ ⢀⣀⠤⠃  ⠈⠹⠴⣀⢰⢎         ⠘⡎⠁    ⠈⠑⠁⠫⠒⡄      ⢀⠔⠉               │
    │                                    ⠰⢱⠓⠒⠚⠁  2 Paris 2 ⢄       ⠑⠤⡀ ⢀⣀   ⢀⠖⠙⠊⠦⠒⠒⠒⢢⠧                 │
    │                                ⢶⠎⠉⠑⠑⠉⠁              ⢀⠎     ● München ⡏⠁  ⣀⣀⠖⠒⠢⠮⡀⡀    ⢀⢤⠔⠤⣀⡀      │
    │                                ⠙⠒⠒⠤⣄⡀              ⢀⡸⠤⠶⠢⡤⣠⢤⣀⠴⠒⠇     ⡲⠊⠑⠒⠋     ⡔⠊⠈⠉⠉⠒⠉⠁⠈⢆  ⠹⡀     │
    │                                    ⠸⣁             ⢰⠁   ⢀⡓⣴⠢⠒⠙⠤⢄⣀⡀⢀⣀⠤⣇        ⡜          ⠱⡀⢀⠣⡀⢀⣠⣳⣀│
    │                                      ⣧           ⠐⠋⡣⠤⠔⠳⡜⠉⠃    ⢐⡇⠈⠁⣰⠊ ⠑⢄⣀⣠⠔⠒⢖⠉           ⢰⠁⡏⢉⣁⠎⠘⠛⠒│
    │                                      ⡸⢆            ⡨⠂       ⠠⡒⠁⡟⣱⣗⠃⡤⡠⠤⣀⠤⡘⡦ ⠘⢢⡄          ⠈⠚⣖⢺    ⠐│
    │                                      ⡗             ⠪⣀ ⡤⠤⣀   ⠘⡅ ⠈⠙⢙⣄⠱⡀   ⠈⡇   ⠉⠲⡃      ⢀⡀ ⢠⠋⠁     │
    │                        ⢀⣠⠔⠢⠤⠤⠤⢄⣀⡠⠤⣀⣀⡸        ⢀⠤⢄⡀  ⡠⠚⠚   ⢇   ⠈⠑⡄  ⠙⠤⣼⣄  ⢠⡯    ⠸⡘⠒⠒⠤⠤⠔⠊⠁⠈⢉⡺       │
    │                        ⢣            ⠘⠒⠦⣀⣠⢄⡀ ⢠⠃  ⠈⠑⠒⠁  ⢀⣰⡆⢼⠢⡀   ⠘⡄   ⠙⠿⠦⣴⡋⠈⣱⠞⠑⢄⢠⠜        ⡜        │
    │                        ⢰⠗⣄⡠⢤              ⠉⠉⢉⠇        ⢸ ⡇  ⠑⢄▲ Roma     ⠱⣎⠉⢦⠢⠓⠒⢣      ⡤⢌⣣       ⣀│
    │                         ⡇  ⡨⠋            ⣀⡠⠔⠁         ⠈⡹⡀    ⠑⠤⢤   ⠓⠤⣀   ⢸ ⡎  ⣀⠼⠒⠊⣉⢢⡤⢯⠃⢀⣀⣑⣢⡤⢄⣀⡠⠊ │
    │                        ⢠⠃  ⡇    ● Madrid ⠂           ⠸⡉ ⡣       ⠑⢢⡀  ⡤⣉⢆ ⢮ ⠈⡏⠉ ⡴⣀⡷⡙⠃⠬⣚⡶⢎⡤⠤⠖⠉     │
    │                        ⡜  ⡤⠃          ⢀⠎   ⢠⡔⡣⠉⠂      ⡇ ⡜         ⠈⢣⠸⡀⠈⠚  ⣧⠏   ⠱⡘⠈ ⠘⠋⣏⣀          │
    │◎ NCT00000001 · Charité, Berlin, Germany                                                          │
    │                                                                                                  │
    └───────────────── 1 of 8 sites states no coordinates · 1 of 8 sites states impossible coordinates ┘
    ┌ Sites ───────────────────────────────────────────────────────────────────────────────────────────┐
    │  Trial        Country  City       Facility                                                       │
    │▸ NCT00000001  Germany  Berlin     Charité                                                        │
    │  NCT00000001  Germany  München    Klinikum                                                       │
    │  NCT00000001  France   Paris      Hôtel-Dieu                                                     │
    │  NCT00000001  Spain    Madrid     La Paz                                                         │
    │  NCT00000001  Spain    Barcelona  Clínic                                                         │
    │  NCT00000001  Spain    Barcelona  Vall d'Hebron                                                  │
    │  NCT00000002  France   Paris      Bichat                                                         │
    │  NCT00000002  Italy    Roma       Ospedale                                                       │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    └────────────────────────────────────────────────────────────────────────────────────────── 1 of 8 ┘
     Tab table  Esc close  + nearer  - further  f all sites  w world  h west  / narrow
    ");
    journey.press("<esc>").sees("NCT00000002");
}

#[test]
fn where_a_place_is_asked_for_the_map_opens_on_the_sites_near_it() {
    let journey = three().press("/ <ctrl-u> near:Berlin~100km <enter> m").sees("Berlin");
    journey.misses("● Madrid").press("f").sees("● Madrid");
}

#[test]
fn a_trial_without_sites_says_so() {
    let journey = three().press("G").stands_on("NCT00000003").press("m");
    let journey = journey.sees("NCT00000003: no sites are stated").sees("nothing stated");
    journey.press("+ - f w j <tab> j <enter> / x <esc> <esc>").sees("Search");
    Journey::on(&[]).press("m T").sees("Search");
}

#[test]
fn ascii_is_enough_for_a_map() {
    let mut journey = Journey::configured(Keymap::default(), Theme::default().in_ascii());
    journey = journey.loaded(super::journey::store(&[six(), two()]));
    let mut journey = journey.sized((100, 40)).press("/ sort:id <enter> <space> j <space> c m");
    let screen = journey.screen();
    let foreign: Vec<char> =
        screen.chars().filter(|c| !c.is_ascii() && !"éüôí".contains(*c)).collect();
    assert!(foreign.is_empty(), "{foreign:?} in\n{screen}");
    journey
        .sees("# Berlin")
        .sees("@ NCT00000001 6")
        .sees("X NCT00000002 2")
        .sees("2 two trials at one place");
}

#[test]
fn on_a_small_screen_there_is_one_at_a_time() {
    let mut journey = three().sized((40, 10)).press("m");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.… ? help  : commands
    ┌ NCT00000001: 6 sites in 3 countries ─┐
    │           ⢸⡧⠼⣿⡅⢘⣆⣴⠋⠉  ◎ Berlin       │
    │           Paris ●    ● München       │
    │              ⠈⠹⡄     ⢀⣄      ⢀⡴⣧⢰⣒⠟  │
    │            ⡴⠒⠔⠴⠁ ⡴⠤⢚⣵⡘⣟⠳⣄   ⢀⡎ ⠈⢉⠈⠑⢄ │
    │            ⡇ ● Madrid ⠺⣭⢦⡇⢰⢶⣶⠷⠚⠉⠉⠓⠒⠊ │
    │◎ Charité, Berlin, Germany            │
    └─ 1 of 6 sites states no coordinates… ┘
     Tab table  Esc close  + nearer  w world
    ");
    let mut journey = journey.press("<tab> j");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.… ? help  : commands
    ┌ NCT00000001: 6 sites in 3 countries ─┐
    │  Country  City       Facility        │
    │  Germany  Berlin     Charité         │
    │▸ Germany  München    Klinikum        │
    │  France   Paris      Hôtel-Dieu      │
    │  Spain    Madrid     La Paz          │
    │  Spain    Barcelona  Clínic          │
    └────────────────────────────── 2 of 6 ┘
     Tab map  Esc close  Enter its country
    ");
    journey.press("<enter>").sees("◎ München").press("<esc>").sees("Trials");
}

#[test]
fn a_click_selects_a_site() {
    let mut journey = three().press("m <tab> G");
    let (x, y) = journey.place_of(" Paris");
    journey.click((x - 1, y)).sees("Hôtel-Dieu, Paris, France").press("<esc>").sees("Search");
}

#[test]
fn whatever_is_stated_of_places_can_be_drawn_on_every_size() {
    let odd = [
        json!(null),
        json!("Paris"),
        json!([[["a"], 1]]),
        json!([{"city": "x".repeat(3000), "geoPoint": at(0.0, 0.0)}]),
        json!([{"city": "\u{1b}[2J\u{202e}日本日本日本", "geoPoint": at(-90.0, 180.0)}, {"geoPoint": at(90.0, -180.0)}]),
        json!([{"geoPoint": {"lat": 1e308, "lon": -1e308}}, {"geoPoint": [1, 2]}, {"geoPoint": "NaN"}]),
        json!(vec![site("f", ("c", "d"), &at(1.0, 1.0)); 5000]),
    ];
    let studies: Vec<Made> = (10..)
        .zip(odd)
        .map(|(number, locations)| study(number, "Odd").at(LOCATIONS, locations))
        .collect();
    for size in [(200, 60), (100, 20), (40, 10), (24, 6), (3, 3), (1, 1)] {
        let mut journey = Journey::on(&studies).sized(size);
        for _ in 0..studies.len() {
            journey = journey.press("m");
            for keys in ["+ + +", "w <left><up>", "<tab> G <enter>", "/ a <enter>", "- - -"] {
                journey = journey.press(keys);
                assert!(!journey.screen().contains('\u{1b}'));
            }
            journey = journey.press("q j");
        }
    }
}

#[test]
fn as_many_trials_as_can_be_pinned_have_a_letter_each_and_are_counted_at_a_place() {
    let site = |city: &str, lat: f64, lon: f64| json!({"city": city, "country": "France", "geoPoint": {"lat": lat, "lon": lon}});
    let trials: Vec<Made> = (1..=20)
        .map(|number| {
            let own = site(&format!("Town {number}"), 43.0 + f64::from(number) / 5.0, -1.0);
            let shared = (number <= 12).then(|| site("Paris", 48.85, 2.35));
            let few = (number <= 3).then(|| site("Lyon", 45.75, 4.85));
            let sites: Vec<_> = [Some(own), shared, few].into_iter().flatten().collect();
            study(number, "Liver").at("contactsLocationsModule.locations", json!(sites))
        })
        .collect();
    let pins = "<space> j ".repeat(20);
    for size in [(200, 60), (120, 40)] {
        let journey = Journey::on(&trials).sized(size).press("/ sort:id <enter>").press(&pins);
        let mut journey = journey.press("c m").sees("20 trials: 35 sites in 1 country");
        for (letter, number) in ('A'..='T').zip(1..) {
            journey = journey.sees(&format!("{letter} NCT{number:08}"));
        }
        let journey = journey.sees("+ Paris 12").sees("3 Lyon 3").sees("two trials at one place");
        let journey = journey.press("/ lyon <enter>").sees("also NCT00000002, NCT00000003");
        // What no site states has no column.
        journey.misses("Facility").misses("Contacts").misses("Zip").sees("City");
    }
}

#[test]
fn sites_on_both_sides_of_the_line_of_the_date_are_near_each_other() {
    let site = |city: &str, lat: f64, lon: f64| json!({"city": city, "country": "x", "geoPoint": {"lat": lat, "lon": lon}});
    let sites = json!([site("Suva", -18.14, 178.44), site("Apia", -13.83, -171.76)]);
    let trial = study(1, "Liver").at("contactsLocationsModule.locations", sites);
    let mut journey = Journey::on(&[trial]).press("m").sees("Suva").sees("Apia");
    let (suva, apia) = (journey.place_of("Suva"), journey.place_of("Apia"));
    assert!(suva.0 < apia.0 && suva.1 > apia.1, "{suva:?} {apia:?}");
    // The map can be moved over that line, and around the Earth.
    let journey = journey.press("w").sees("Suva").sees("Apia");
    journey.press(&"l".repeat(40)).press("f").sees("Suva").sees("Apia");
}
