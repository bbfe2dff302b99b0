//! Real criteria, split as a reader splits them: which lines of the text stand under which heading. The table
//! has numbers of lines alone.

use serde_json::Value;
use trialdex::study::eligibility::{Criteria, Role, criteria};
use trialdex::text::plain;

use crate::real;

/// What was read in records of the registry: for each part its sign (`+` inclusion, `-` exclusion, `?` as registered),
/// the line of its heading, and the line with which the text below it begins; `_` where there is none.
#[rustfmt::skip]
const SHAPES: &[(&str, &str)] = &[
    ("NCT00005825", "?_:1"),
    ("NCT00026962", "?_:1"),
    ("NCT00050960", "?_:1"),
    ("NCT00069082", "?_:1"),
    ("NCT00084552", "?_:1"),
    ("NCT00089661", "?_:1"),
    ("NCT00293423", "?_:1"),
    ("NCT00324805", "+1:3"),
    ("NCT00368927", "+1:3"),
    ("NCT00410904", "?_:1"),
    ("NCT00459342", "+1:3"),
    ("NCT00591838", "?1:_ +3:5 -38:40"),
    ("NCT00654914", "+1:3 -8:10 -41:43"),
    ("NCT00657033", "+1:3 -10:12 -51:53"),
    ("NCT00661219", "+1:3 -11:13 -38:40"),
    ("NCT00664833", "+1:3 -8:10 -34:36"),
    ("NCT00681304", "+1:3"),
    ("NCT00693992", "+1:3"),
    ("NCT00698815", "+1:3"),
    ("NCT00766480", "?_:1"),
    ("NCT00783705", "+1:3"),
    ("NCT00909233", "+1:3"),
    ("NCT01229150", "+1:2 -25:27 +42:44"),
    ("NCT01275404", "+3:5 +9:11 -18:20 -25:27"),
    ("NCT01515527", "?1:_ +3:5 -16:18 ?23:_ +25:27 -44:46"),
    ("NCT01642251", "?1:_ +3:5 -31:33 ?36:_ +38:40 -57:59"),
    ("NCT01928576", "+1:3 ?18:20 -24:26"),
    ("NCT01967823", "+1:2 +12:14 +28:30 -55:57"),
    ("NCT01970865", "+1:3 +8:10 -29:30"),
    ("NCT02336451", "+1:3 +12:14 +16:18 -20:22"),
    ("NCT02347917", "?1:_ +3:5 ?20:_ +22:24 ?40:_ -42:44"),
    ("NCT02409368", "?_:1 +3:5 -14:16"),
    ("NCT02424617", "?_:1 +13:14 +17:18 +28:29 +37:38 -45:47"),
    ("NCT02438722", "+1:3"),
    ("NCT02472431", "+1:3 -9:11 -26:28 ?33:35"),
    ("NCT02486718", "+3:5 +13:13 -17:19 -40:42 -44:46"),
    ("NCT02574078", "?_:1 +3:5 -9:11"),
    ("NCT02613507", "?_:1 +3:5 -11:13"),
    ("NCT02724163", "+3:5 +14:16 -79:81"),
    ("NCT03433391", "+1:3 -19:21 -48:50"),
    ("NCT03847519", "+1:3 -38:40 -71:72"),
    ("NCT03971474", "?_:1"),
    ("NCT04068896", "+1:3 +9:11 -17:19"),
    ("NCT04409444", "?1:_ +3:5 +7:9 -13:15 -19:21 ?23:_ +25:27 -30:32"),
    ("NCT04642755", "+3:5 +12:14 -25:27 -30:32"),
    ("NCT04811560", "+1:3 -10:12 -16:16"),
    ("NCT05086315", "+1:3 +8:10 +36:38 -44:46"),
    ("NCT05160233", "+1:3 +7:9 -11:13 -15:17"),
    ("NCT05208814", "+1:3 -10:12 -25:27 -31:33"),
    ("NCT05226598", "?1:_ +3:5 -11:13"),
    ("NCT05508360", "+1:3 -8:8 -25:27"),
    ("NCT05587465", "+1:3 -19:21 -57:59"),
    ("NCT05639088", "+1:3 +11:13 -16:18 -29:31"),
    ("NCT05897541", "+1:3 +14:16 -39:41"),
    ("NCT06212752", "?1:_ +3:5 -9:11"),
    ("NCT06413225", "+1:3 -13:_ +15:15 -27:27"),
    ("NCT06470113", "+1:3 -7:9"),
    ("NCT06470958", "+1:3 +10:12 -17:19 -43:45"),
    ("NCT06471738", "+1:3 -25:27 -36:38"),
    ("NCT06471985", "+1:3 -7:9 ?15:17"),
    ("NCT06472219", "+1:3 -10:12 -14:16"),
    ("NCT06472245", "?_:1"),
    ("NCT06472622", "+1:3 -19:21 -33:35"),
    ("NCT06473038", "+1:3 +17:19 +22:24 -27:29"),
    ("NCT06473051", "?1:_ ?3:_ +5:7 -15:17 ?20:_ +22:24 -30:32 ?33:_ +35:36 -39:41 ?42:_ +44:45 -47:49 ?50:_ +52:54 -56:58"),
    ("NCT06473467", "+1:3"),
    ("NCT06473649", ""),
    ("NCT06473740", "+1:3 -11:13 -29:31"),
    ("NCT06473870", "+1:3 +8:10 +12:14 -16:18"),
    ("NCT06474403", "+1:3 -8:10 -12:14"),
    ("NCT06475417", "+1:3 +4:6 -20:22"),
    ("NCT06475781", "+1:3 -31:33 -70:71"),
    ("NCT06476951", "+1:3 -8:10 +14:16 -19:21"),
    ("NCT06477250", "?_:1 +9:11 -18:20"),
    ("NCT06477380", "+1:3 +10:12 -17:19 ?23:25"),
    ("NCT06477848", "+1:3 +7:9 -12:14"),
    ("NCT06478212", "+1:3 +16:18 +29:31 -40:42 -58:60 -68:70"),
    ("NCT06478277", "+1:3 +42:44 +46:48 -50:52 -55:57 -59:61"),
    ("NCT06478355", "+1:3 ?_:5 -18:20"),
    ("NCT06479161", "+1:3 -8:10 -13:15 -17:19"),
    ("NCT06479980", "+1:3 -7:9 +12:14 -18:20"),
    ("NCT06481527", "?_:1 ?3:_ +5:7 -10:12 ?14:_ +16:18 ?20:_ +22:24 ?26:_ +28:30 -33:35 ?40:_ +42:44 -48:48 ?50:_ +52:54"),
    ("NCT06481995", "+1:3 -8:10 -22:24"),
    ("NCT06482450", "+1:3 +6:8 +10:12 -14:16"),
    ("NCT06482606", "+1:3 +11:13 -16:18 -31:33"),
    ("NCT06490887", "?_:1"),
    ("NCT06610175", "+1:3 +11:13 -18:20 -28:30"),
    ("NCT07026123", "+1:3 +9:11 -15:17"),
    ("NCT07104149", "?_:1 +3:5 -15:17"),
];

/// Letters and digits of a line.
fn bare(line: &str) -> String {
    plain(line).chars().filter(|char| char.is_alphanumeric()).collect()
}

/// The parts of a text as numbers of its lines, from 1.
fn shape(text: &str, criteria: &Criteria) -> String {
    let lines: Vec<String> = text.lines().map(bare).collect();
    let mut line = 0;
    let mut place = |words: &str| {
        let words: String = bare(words).chars().take(40).collect();
        if words.is_empty() {
            return "_".to_owned();
        }
        line += lines[line..]
            .iter()
            .position(|line| line.contains(&words))
            .unwrap_or_else(|| panic!("{words}: not in order"));
        (line + 1).to_string()
    };
    let mut part = |part: &trialdex::study::eligibility::Part| {
        let sign = match part.role {
            Role::Inclusion => '+',
            Role::Exclusion => '-',
            Role::AsRegistered => '?',
        };
        let heading = place(&part.heading);
        let mut starts = part.criteria.iter().map(|criterion| place(&criterion.text));
        let first = starts.next().unwrap_or_else(|| "_".to_owned());
        // All of it stands in the order of the record.
        starts.for_each(drop);
        format!("{sign}{heading}:{first}")
    };
    criteria.parts.iter().map(&mut part).collect::<Vec<_>>().join(" ")
}

fn texts() -> Option<impl Iterator<Item = (String, String)>> {
    let records =
        real::lines()?.lines().map(|record| -> Value { serde_json::from_str(record).unwrap() });
    Some(records.map(|record| {
        let section = &record["protocolSection"];
        let id = section["identificationModule"]["nctId"].as_str().unwrap_or_default();
        let text = section["eligibilityModule"]["eligibilityCriteria"].as_str().unwrap_or_default();
        (id.to_owned(), text.to_owned())
    }))
}

#[test]
fn real_texts_are_split_as_they_read() {
    let Some(texts) = texts() else { return real::skip("../shared/data/studies.ndjson") };
    let mut wrong = Vec::new();
    for (id, text) in texts {
        let shape = shape(&text, &criteria(&text));
        let expected = SHAPES.iter().find(|(of, _)| *of == id);
        if let Some((_, expected)) = expected.filter(|(_, expected)| *expected != shape) {
            wrong.push(format!("{id}: {shape}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The letters and digits of a text without those of headings that say only a role.
fn rest(text: &str) -> String {
    let mut bare: String = text.chars().filter(|char| char.is_alphanumeric()).collect();
    bare.make_ascii_lowercase();
    for heading in ["inclusioncriteria", "exclusioncriteria", "inclusion", "exclusion"] {
        bare = bare.replace(heading, "");
    }
    bare
}

#[test]
fn no_word_of_a_real_text_is_changed_or_moved() {
    let Some(texts) = texts() else { return real::skip("../shared/data/studies.ndjson") };
    let mut both = 0;
    for (id, text) in texts {
        let criteria = criteria(&text);
        let mut kept = String::new();
        for part in &criteria.parts {
            kept.push_str(&part.heading);
            let lines = part.criteria.iter().flat_map(|line| [&*line.marker, &*line.text]);
            kept.extend(lines);
        }
        // An `o` before an item is a bullet.
        let text = text.lines().map(|line| line.trim_start_matches([' ', '*']));
        let lines: Vec<String> =
            text.map(|line| plain(line.strip_prefix("o ").unwrap_or(line))).collect();
        assert_eq!(rest(&kept), rest(&lines.concat()), "{id}");
        let has = |role| criteria.parts.iter().any(|part| part.role == role);
        both += usize::from(has(Role::Inclusion) && has(Role::Exclusion));
    }
    assert!(both > 1000, "{both}");
}
