//! Words that do not say what a trial is about: how it is done, with whom, where, and in which amounts.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a title's `word`, which is folded, says nothing of the trial's subject.
pub(super) fn is_empty_word(word: &str) -> bool {
    word.chars().nth(1).is_none()
        || says_nothing(word)
        || UNITS.contains(&word)
        || is_stage(word)
        || is_participle(word)
}

/// Whether it is the number of a stage, whatever the disease: `iiib`, `iva2`.
fn is_stage(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = number.strip_suffix(['a', 'b', 'c', 'd', 'e']).unwrap_or(number);
    matches!(number, "i" | "ii" | "iii" | "iv")
}

/// Whether it says what was done to something else, as `followed` and `untreated` do.
fn is_participle(word: &str) -> bool {
    word.len() > SHORT && word.ends_with("ed")
}

/// The longest words on `ed` that can name something: `speed`, `bleed`.
const SHORT: usize = 5;

/// Whether a term, such as a condition, is of words that say nothing.
pub(super) fn is_empty_term(mut words: impl Iterator<Item = impl AsRef<str>>) -> bool {
    words.all(|word| says_nothing(word.as_ref()))
}

fn says_nothing(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if unit.len() < word.len() && (unit.is_empty() || UNITS.contains(&unit)) {
        return true;
    }
    !word.contains(char::is_alphabetic) || KNOWN.contains(word)
}

/// What stands right after a number: `100mg`.
const UNITS: &[&str] = &[
    "cm", "d", "g", "gy", "h", "hr", "iu", "kg", "m", "mcg", "mg", "min", "ml", "mm", "ng", "st",
    "nd", "rd", "th", "u", "ug", "w", "wk", "x", "y", "yr",
];

/// Every word of [`WORDS`].
static KNOWN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| WORDS.iter().flat_map(|group| group.split(' ')).collect());

/// The words, folded, in groups by what they say instead.
const WORDS: &[&str] = &[
    // What stands between words, in the languages of titles.
    "a about after all am along also although among an and any are as at based be by been before being between both but can do \
     during each either for from had has have having he her his how i if in into is it its least more most my no nor not of off on or so other \
     our out over own per plus s t than that the their to them then these they this those through towards two under \
     until up upon v versus via vs was we were what when where whether which while who whose why will with within \
     without yet you your",
    "al au aus avec bei con como d da dans de das del der des die ein eine entre est les los las mit nach non par para por \
     pour que sin sur und une von zur",
    // How a trial is done.
    "active addition additional administered administration allocated allocation analyse analysis analyze arm arms assess \
     assessed assessing assessment associated association associations baseline bioavailability blind \
     blinded characteristic characteristics characterization characterize clinical cohort collected \
     collection combination combined comparative comparator compare compared comparing comparison condition \
     conditions conducted control controlled controls cross crossover current data database day days \
     describe description descriptive design designed device devices detect detection determination determine determined \
     determining develop developed developing development different dose doses dosing double duration \
     efficacy effect effective effectiveness effects endpoint enrolled escalation establish evaluate \
     evaluated evaluating evaluation examine examining expansion experience experimental exploration \
     exploratory explore exploring extension factor factors feasibility feasible finding flexible follow following \
     followup function functional given global group groups guided high hour hours human identification identify impact improve \
     improved improvement improving including increase increased increasing index indicator influence \
     information initiated interventional interview interviews investigate investigating investigation \
     investigational investigator involving known label laboratory large late level levels local long longer \
     longitudinal low maintenance management masked matched matching mean means measure measured \
     measurement measurements measures mechanism mechanisms method methods model models moderate \
     month months multi multicenter multicentre multiple naive national natural normal need needed new next number \
     objective observation observational observe observed observatory occurrence onset open optimal \
     optimization optimize optimized outcome outcomes parallel part participant participants participate \
     participation pattern perform performance performed period phase pilot placebo planned population \
     practice predict predicting prediction predictive predictor predictors presence present prevalence \
     previous previously primary prior profile program programme prolonged promote prospective protocol \
     protocols provide pivotal quality questionnaire questionnaires random randomised randomized randomly \
     rate rates real receive received receiving recent record records reduce reduced reducing reduction \
     regimen regimens registry related relation relationship report reported representative research \
     responder responders responding response responses result results retrospective risk role routine run safe safety same sample samples \
     sampling scale schedule score scores second select selected selection sequence sequential series \
     several sham short significant single site sites small specific specimen specimens standard start \
     statistical status strategies strategy structured studied studies study studying subject subjects \
     subsequent success successful supply support supported survey surveys taken taking target term test \
     tested testing tests third three time times tolerability tolerance tool trial trials type types \
     undergo undergoing understand understanding universal usage use used useful user users using usual \
     utility validate validation validity value values variable various view visit vivo vitro way week \
     weeks world worldwide year years",
    // What is done to people, and by whom, in general.
    "agent agents application approach approaches best biological biomarker biomarkers biospecimen care \
     centre center centers clinic clinics community comprehensive conventional course daily delivered \
     delivery demand experiences facility first health healthcare home hospital \
     hospitals initial inpatient intervention interventions life medical medication medicine medicines \
     noninterventional nonrandomized novel once oral outpatient outpatients procedure procedures product \
     products pharmacologic pharmacological provider providers receipt saline self service services \
     session sessions setting solution supportive surgical system systems tablet tablets capsule capsules \
     technique techniques therapeutic therapeutics therapies therapy topical treat treated \
     treating treatment treatments twice unit units vehicle wait waitlist waiting list watchful",
    // Who takes part, and where.
    "adolescence adolescent adolescents adult adults age aged ages boys child children chinese cases case \
     country countries caucasian elderly families family female females girls healthy individual \
     individuals infant infants japanese korean male males man men older patient patients pediatric \
     paediatric people person persons population populations teen teens volunteer volunteers woman women \
     young younger youth",
    "africa african black ethnic hispanic latino america american asia asian australia brazil britain british canada canadian china \
     danish denmark dutch egypt england eu europe european france french german germany india indian iran \
     israel italian italy japan korea kingdom mexico netherlands norway pakistan spain spanish states sweden \
     swedish switzerland taiwan thai thailand turkey turkish uk united us usa",
    "arab arabia argentina asians austria austrian bangladesh bangladeshi belgian belgium brazilian bulgaria bulgarian chile \
     colombia colombian cuba cuban czech east eastern ethiopia ethiopian finland finnish ghana greece greek hong hungarian \
     hungary indonesia indonesian ireland irish italians kenya kenyan kong lanka lebanon malaysia malaysian mexican nepal nigeria \
     nigerian north northern norwegian peru philippines poland polish portugal portuguese romania romanian russia russian \
     saudi singapore south southern sri tunisia uganda ugandan ukraine vietnam vietnamese west western zealand",
    // Where in the body, and by which way, of anything.
    "anterior bilateral central distal external inner internal intramuscular intravenous lateral left lower medial middle \
     outer peripheral posterior proximal right subcutaneous superior inferior unilateral upper infusion infusions inhaled \
     injectable injection injections",
    // What stands before other words.
    "alone anti ever inter intra market never non physical post pre provide provides radiographic release sub super",
    // How bad, how far, how it came.
    "advanced caused grade grades growth stages common disease diseased diseases disorder disorders due early general \
     mild newly diagnosed diagnosis diagnostic illness patterns severe severity stage symptom symptoms \
     syndrome syndromes abnormal abnormalities complication complications event events",
    // Roman numbers, measures, salts.
    "ii iii iv vi vii viii ix mcg microgram milligram min mins minute minutes mmhg hcl hydrochloride mesylate",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn what_says_nothing_is_told_from_what_names_something() {
        let empty = [
            "us",
            "75",
            "100mg",
            "2nd",
            "medical",
            "adolescents",
            "iv",
            "x",
            "mg",
            "ib",
            "iiia",
            "iva2",
            "untreated",
        ];
        for word in empty {
            assert!(is_empty_word(word), "{word}");
        }
        for word in
            ["asthma", "l1", "5ht3", "h5n1", "pd", "msc", "stem", "hiv", "il6", "bleed", "肝癌"]
        {
            assert!(!is_empty_word(word), "{word}");
        }
        for (term, empty) in [
            ("biological sample collection", true),
            ("placebo oral tablet", true),
            ("standard of care", true),
            ("12 weeks", true),
            ("ms", false),
            ("placebo effect in pain", false),
        ] {
            assert_eq!(is_empty_term(term.split(' ')), empty, "{term}");
        }
    }

    #[test]
    fn words_are_listed_as_they_are_looked_up() {
        for word in WORDS.iter().flat_map(|group| group.split(' ')) {
            assert!(!word.is_empty() && text::fold(word) == word, "{word:?}");
        }
    }
}
