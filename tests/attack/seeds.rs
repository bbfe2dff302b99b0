//! Good inputs of every kind, which attacks begin with.

use std::io::{Cursor, Write as _};

pub(super) const RECORD: &str = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000042","briefTitle":"A &lt;b&gt; *x*"},"statusModule":{"overallStatus":"RECRUITING","startDateStruct":{"date":"2020-02","type":"ACTUAL"}},"conditionsModule":{"conditions":["Gout","Émile"]},"eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria:\n\n* Adults\n  1. b\n\nExclusion Criteria:\n\n- none","minimumAge":"18 Years","sex":"ALL"},"contactsLocationsModule":{"locations":[{"city":"Lyon","geoPoint":{"lat":45.7,"lon":4.8}}]}}}"#;

pub(super) const CRITERIA: &str = "Inclusion Criteria:\n\n* Age >= 18 years\n    * nested, see NCT00000102\n1. HbA1c \\< 7 %\n\nKey Exclusion Criteria (Group A):\n\n- Pregnancy; or:\n\n  a) x\n  b) y\n\nNote: see https://example.org/a_b(c).\n";

pub(super) const MARKUP: &str =
    "**a** _b_ `c` [d](https://e.org) &#x27; \\* <br> NCT00000102 PMID: 12345 10.1000/xyz";

pub(super) const QUERIES: [&str; 10] = [
    "liver -\"stem cells\" (a | b*) sort:title",
    "cond:gout phase:2|3 start:2020..today age:54",
    "near:Lyon~50km site:(city:Lyon status:recruiting)",
    "AREA[Phase]PHASE2 AND RANGE[1,2]",
    "incl:\"a b\"~3 tag:(x | y)",
    "cond:~\"heart failure\" enrollment:>=100 updated:last-30d",
    "=liver NCT06825572 sponsor:none sort:-start",
    "near:23.1,113.3~20000km age:6mo sex:f @name",
    "decision:(include | -maybe) -tag:-x (RAN: | note: ) b",
    "phase 3 randomized 2020 stage iv p2",
];

pub(super) const HARMFUL: [&str; 3] = [
    "a\u{1b}[2J\u{202e}b\u{9b}m\r\n\u{85}",
    "e\u{301}\u{301}👩\u{200d}🔬🏳\u{fe0f}",
    "tab\there\u{0}\u{feff}",
];

pub(super) const KEYS: [&str; 3] = [
    "\x1b[1;5C\x1b[<0;12;30Mq\x1bOP",
    "\x1b]11;rgb:0/0/0\x1b\\\x1b[200~a\x1b[201~\x1b[97;5u",
    "é\x1b\x1b[?1;2c",
];

pub(super) const CONFIGURATION: &str = "theme = \"dark\"\nmouse = false\ndata = [\"a.json\", \"~/b\"]\nreasons = [\"a\"]\n\n[keys]\nhelp = [\"?\", \"f1\"]\ndown = \"ctrl-n\"\n";

pub(super) const MARKS: &str = "{\"v\":1,\"at\":\"2026-11-28T09:30:00Z\",\"by\":\"Ana\",\"event\":\"decide\",\"study\":\"NCT00000042\",\"decision\":\"include\"}\n{\"v\":1,\"at\":\"2026-11-28T09:31:00Z\",\"by\":\"Ana\",\"event\":\"tag\",\"study\":\"NCT00000042\",\"tag\":\"x\"}\n";

pub(super) const TABLE: &str = "id,title,decision,reason,notes\nNCT00000042,\"A, b\",include,,x\nNCT00000043,C,exclude,wrong population,\n";

pub(super) const RIS: &str = "TY  - CPAPER\nID  - NCT00000042\nTI  - A\nN1  - RAYYAN-INCLUSION: {\"Ana\"=>\"Included\"}\nER  - \n";

pub(super) const STATE: [&str; 5] = [
    "trialdex history 1\nliver\nb \"c\"\n",
    "trialdex recent 1\n/data/a.json\n~/b\n",
    "trialdex columns 1\n# x\nid 12\ntitle 40\nstatus\n",
    "trialdex session 1\nquery liver\nat NCT00000042\npin NCT00000043\npane list\nzoomed\nfold a/b\n",
    "trialdex searches 1\nname liver | x\nother\n",
];

pub(super) fn of(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn two() -> [String; 2] {
    [RECORD.to_owned(), RECORD.replace("00000042", "00000043")]
}

/// The same studies as text in every shape.
pub(super) fn texts() -> Vec<Vec<u8>> {
    let (two, lines) = (two().join(","), two().join("\n"));
    let utf_16 = [0xfeff].into_iter().chain(lines.encode_utf16()).flat_map(u16::to_le_bytes);
    vec![
        utf_16.collect(),
        format!("[{two}]").into_bytes(),
        format!("{{\"studies\":[{two}],\"nextPageToken\":\"x\"}}").into_bytes(),
        lines.into_bytes(),
    ]
}

/// The same in an archive.
pub(super) fn zip() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in ["a/1.json", "2.json"].into_iter().zip(two()) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The same compressed.
pub(super) fn packed() -> Vec<Vec<u8>> {
    let lines = two().join("\n");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    vec![gzip.finish().unwrap(), zstd::encode_all(lines.as_bytes(), 1).unwrap()]
}

/// How a good index is changed.
pub(super) fn forgeries() -> Vec<Vec<u8>> {
    (0..8).map(|seed| (0..40_u8).map(|it| it.wrapping_mul(seed * 2 + 1)).collect()).collect()
}
