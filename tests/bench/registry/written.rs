//! How a name is written: as it is, or as some records write it. The shares are those of a sample of real records.

use super::chance::Chance;

/// In so many conditions the abbreviation stands in brackets behind the name.
const WITH_ABBREVIATION: f64 = 0.012;
/// So many conditions are an abbreviation and nothing else.
const ABBREVIATED: f64 = 0.022;
/// So many of the words that are spelled in two ways are spelled the British way.
const BRITISH: f64 = 0.2;
/// So many conditions have a slip of the fingers.
const SLIPPED: f64 = 0.003;

/// American letters and British ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("tumor", "tumour"),
    ("Tumor", "Tumour"),
    ("emia", "aemia"),
    ("edema", "oedema"),
    ("esophag", "oesophag"),
    ("Esophag", "Oesophag"),
    ("diarrhea", "diarrhoea"),
    ("Diarrhea", "Diarrhoea"),
    ("hemorrh", "haemorrh"),
    ("Hemorrh", "Haemorrh"),
    ("pediatric", "paediatric"),
    ("Pediatric", "Paediatric"),
];

/// `name` as one record writes it.
pub(crate) fn written(name: &str, chance: &mut Chance) -> String {
    let abbreviation: String = name
        .split([' ', '-'])
        .filter_map(|word| word.chars().next().filter(char::is_ascii_alphabetic))
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let is_short = (2..=6).contains(&abbreviation.len());
    if is_short && chance.share(ABBREVIATED) {
        return abbreviation;
    }
    let mut written = name.to_owned();
    if SPELLINGS.iter().any(|(american, _)| name.contains(american)) && chance.share(BRITISH) {
        for (american, british) in SPELLINGS {
            written = written.replace(american, british);
        }
    }
    if chance.share(SLIPPED) {
        written = with_slip(&written, chance);
    }
    if is_short && chance.share(WITH_ABBREVIATION) {
        written = format!("{written} ({abbreviation})");
    }
    written
}

/// `text` with two letters swapped, one left out or one typed twice.
fn with_slip(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 6 {
        return text.to_owned();
    }
    let place = chance.between(1, letters.len() as u32 - 3) as usize;
    match chance.below(3) {
        0 => letters.swap(place, place + 1),
        1 => _ = letters.remove(place),
        _ => letters.insert(place, letters[place]),
    }
    letters.into_iter().collect()
}
