//! The key of a word: equal for every spelling of the same word, such as plural and singular, British and American,
//! Greek letters and their names.
//!
//! Keys are compared, never shown. The rules are few and about letters; other names of a thing are not its spellings.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::fold::letters;

/// Words whose other form follows no rule, ascending.
const IRREGULAR: &[(&str, &str)] = &[
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("children", "child"),
    ("criteria", "criterion"),
    ("defence", "defense"),
    ("disk", "disc"),
    ("disks", "disc"),
    ("feet", "foot"),
    ("grey", "gray"),
    ("ii", "2"),
    ("iii", "3"),
    ("licence", "license"),
    ("men", "man"),
    ("mice", "mouse"),
    ("practise", "practice"),
    ("programme", "program"),
    ("programmes", "program"),
    ("teeth", "tooth"),
    ("women", "woman"),
];

/// Letters inside a word that are written in two ways.
const INSIDE: &[(&str, &str)] = &[
    ("ae", "e"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("rrhoea", "rrhea"),
    ("rrhoi", "rrhoi"),
    ("pnoea", "pnea"),
    ("foet", "fet"),
    ("coeli", "celi"),
    ("homoeo", "homeo"),
    ("tumour", "tumor"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("favour", "favor"),
    ("labour", "labor"),
    ("odour", "odor"),
    ("vapour", "vapor"),
    ("humour", "humor"),
    ("harbour", "harbor"),
    ("neighbour", "neighbor"),
    ("flavour", "flavor"),
    ("sulph", "sulf"),
    ("leuco", "leuko"),
    ("randomis", "randomiz"),
    ("isation", "ization"),
    ("lysed", "lyzed"),
    ("lysing", "lyzing"),
    ("elled", "eled"),
    ("elling", "eling"),
];

/// The letters of each rule in [`INSIDE`]. No rule brings a letter that a later one needs and the word lacks.
static LETTERS: LazyLock<Vec<u32>> =
    LazyLock::new(|| INSIDE.iter().map(|(british, _)| letters(british)).collect());

/// How a word ends, and how its key does; the first that fits counts.
const ENDS: &[(&str, &str)] = &[
    ("omata", "oma"),
    ("centre", "center"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("metre", "meter"),
    ("titre", "titer"),
    ("calibre", "caliber"),
    ("logue", "log"),
    ("analyse", "analyze"),
    ("paralyse", "paralyze"),
    ("dialyse", "dialyze"),
    ("ised", "ized"),
    ("ising", "izing"),
];

/// Endings of several things, and of one.
const PLURALS: &[(&str, &str)] = &[
    ("stases", "stasis"),
    ("noses", "nosis"),
    ("theses", "thesis"),
    ("lyses", "lysis"),
    ("croses", "crosis"),
    ("boses", "bosis"),
    ("broses", "brosis"),
    ("psies", "psy"),
    ("ies", "y"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("xes", "x"),
];

/// Words that end like several things and are one; or that would become another word.
const SINGULAR: &[&str] = &[
    "aids", "diabetes", "herpes", "series", "species", "sars", "mers", "rabies", "scabies", "plus",
    "lens", "pancreas", "biceps", "triceps", "sepsis", "tens",
];

/// Greek letters by name.
const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('σ', "sigma"),
    ('ω', "omega"),
];

/// Shorter words have one spelling; a letter less would make another word of them.
const SHORTEST: usize = 4;
/// From this length on a final `e` does not tell words apart.
const LONG: usize = 7;

/// The key of a folded word.
pub fn key(word: &str) -> Cow<'_, str> {
    let bare = possessive(word);
    if let Ok(place) = IRREGULAR.binary_search_by_key(&bare, |(form, _)| form) {
        return Cow::Borrowed(IRREGULAR[place].1);
    }
    let mut key = Cow::Borrowed(bare);
    if !bare.is_ascii() && bare.contains(|c| GREEK.iter().any(|(letter, _)| *letter == c)) {
        let name = |c: char| {
            let greek = GREEK.iter().find(|(letter, _)| *letter == c);
            greek.map_or_else(|| c.to_string(), |(_, name)| (*name).to_owned())
        };
        key = Cow::Owned(bare.chars().map(name).collect());
    }
    // `m.d.`, but not `3.5`.
    if key.contains('.') && !key.bytes().any(|byte| byte.is_ascii_digit()) {
        key = Cow::Owned(key.replace('.', ""));
    }
    // Codes and numbers have one spelling.
    if key.len() < SHORTEST || key.bytes().any(|byte| byte.is_ascii_digit()) {
        return key;
    }
    // Few words have all the letters of a rule.
    let letters = letters(&*key);
    let possible = INSIDE.iter().zip(&*LETTERS).filter(|(_, rule)| letters & *rule == **rule);
    for ((british, american), _) in possible {
        if key.contains(british) && !(*british == "ae" && key.starts_with("aer")) {
            key = Cow::Owned(key.replace(british, american));
        }
    }
    key = singular(key);
    if let Some((british, american)) = ENDS.iter().find(|(end, _)| key.ends_with(end)) {
        key = Cow::Owned(format!("{}{american}", &key[..key.len() - british.len()]));
    }
    if key.len() >= LONG && key.ends_with('e') {
        key = shorter(key, 1);
    }
    key
}

/// The word without `'s` or a final apostrophe.
fn possessive(word: &str) -> &str {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    if bare.is_empty() { word } else { bare }
}

fn singular(word: Cow<'_, str>) -> Cow<'_, str> {
    if word.ends_with("aux") && !word.ends_with("eaux") && word.len() >= LONG {
        return Cow::Owned(format!("{}al", &word[..word.len() - 3]));
    }
    if !word.ends_with('s') || SINGULAR.contains(&&*word) {
        return word;
    }
    let fits = |end: &str| word.len() > end.len() + 1 && word.ends_with(end);
    if let Some((several, one)) = PLURALS.iter().find(|(several, _)| fits(several)) {
        return Cow::Owned(format!("{}{one}", &word[..word.len() - several.len()]));
    }
    // Viruses, but not causes.
    if word.len() >= LONG && fits("uses") && !word.ends_with("auses") && !word.ends_with("ouses") {
        return shorter(word, 2);
    }
    let is_one = ["ss", "us", "is", "ous"].iter().any(|end| word.ends_with(end));
    if is_one { word } else { shorter(word, 1) }
}

fn shorter(word: Cow<'_, str>, by: usize) -> Cow<'_, str> {
    match word {
        Cow::Borrowed(word) => Cow::Borrowed(&word[..word.len() - by]),
        Cow::Owned(mut word) => {
            word.truncate(word.len() - by);
            Cow::Owned(word)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_a_word_have_one_key() {
        for spellings in [
            &["tumor", "tumors", "tumour", "tumours"][..],
            &["leukemia", "leukaemia", "leukemias"],
            &["esophagus", "oesophagus"],
            &["crohn", "crohn's", "crohns"],
            &["headache", "headaches"],
            &["disease", "diseases"],
            &["therapy", "therapies"],
            &["metastasis", "metastases"],
            &["diagnosis", "diagnoses"],
            &["virus", "viruses"],
            &["randomized", "randomised"],
            &["hospitalization", "hospitalisation"],
            &["center", "centre", "centers", "centres"],
            &["diarrhea", "diarrhoea"],
            &["anesthesia", "anaesthesia"],
            &["pediatric", "paediatric", "pediatrics"],
            &["fetal", "foetal"],
            &["β", "beta"],
            &["child", "children"],
            &["sulfate", "sulphate"],
            &["carcinoma", "carcinomas", "carcinomata"],
            &["behavioral", "behavioural"],
            &["ii", "2"],
            &["md", "m.d"],
            &["hopital", "hopitaux"],
            &["abscess", "abscesses"],
            &["ischemia", "ischaemia"],
            &["modeling", "modelling"],
            &["disk", "disc", "disks", "discs"],
        ] {
            let keys: Vec<_> = spellings.iter().map(|word| key(word)).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{spellings:?}: {keys:?}");
        }
    }

    #[test]
    fn the_tables_are_as_the_search_in_them_needs() {
        assert!(IRREGULAR.is_sorted());
        for (place, (british, american)) in INSIDE.iter().enumerate() {
            let brought = letters(american) & !letters(british);
            for (later, _) in &INSIDE[place + 1..] {
                assert_eq!(letters(later) & brought, 0, "{british} brings a letter of {later}");
            }
        }
    }

    #[test]
    fn other_words_have_other_keys() {
        for [one, other] in [
            ["gastrin", "gastric"],
            ["ionic", "ironic"],
            ["rate", "rat"],
            ["plane", "plan"],
            ["aids", "aid"],
            ["does", "des"],
            ["does", "dos"],
            ["lens", "len"],
            ["insulin", "inulin"],
            ["virus", "viru"],
            ["pancreas", "pancrea"],
            ["his", "hi"],
            ["iv", "4"],
            ["mg2", "mg"],
            ["statin", "station"],
            ["axis", "axes"],
            ["lung", "lunge"],
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_never_empty(word in "[a-z']{1,12}|[α-ω]{1,4}") {
            prop_assert!(!key(&word).is_empty());
        }
    }
}
