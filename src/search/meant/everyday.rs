//! Words of everyday English: those that say nothing where they stand between others, and those that are written right
//! whatever the records have.

use crate::text;

/// Words without a meaning of their own between others.
const EMPTY: &str = "\
    a after ag among an and as at before by co corp de des du due during for from gmbh in inc \
    into llc ltd of on pharma pharmaceuticals sa the through to versus via vs with";

/// Words of a question that say nothing of what is asked; the keys of them.
const OF_QUESTIONS: &str = "\
    about am any anyone are availabl be been best can clinical could current currently did do doe \
    find get give has have having help how i is join latest look looking me my need new our \
    participat patient people person please recent research search should show somebody someon \
    studied study suffering tell that there these this those treat treating treatment trial want \
    was were what when where which who why will would you your";

/// Sequences of such words that say nothing only together; the keys of them.
const PHRASES_OF_QUESTIONS: &[&[&str]] = &[
    &["around", "me"],
    &["close", "to", "me"],
    &["head", "to", "head"],
    &["in", "my", "area"],
    &["near", "me"],
    &["nearby"],
];

/// What is looked for against something: `drugs for asthma`; the keys.
const REMEDIES: &str = "\
    cure drug medication medicin option remedy solution therapy treatment";

/// Whom a person asks for: `my father`; the keys.
const FAMILY: &str = "\
    aunt boyfriend brother child dad daughter father friend girlfriend grandfather grandma \
    grandmother grandpa husband mom mother mum parent partner relativ sister son spous uncle wife";

/// Common words that say something all the same: what a trial may be about, and negations.
const MEANINGFUL: &str = "\
    active alone back brother child dad daily daughter dead dealing dying early eat effect \
    experience face fall family father feeling final foot free full hand head health hearing \
    high husband late life low mother never no none not nothing parent serious severe single \
    small son specific strong unless walk water wife without young";

/// Words after which a place is named.
const BEFORE_PLACES: &[&str] = &["from", "in", "near"];

/// Words after which an `i` is a number.
const BEFORE_NUMBERS: &[&str] =
    &["class", "factor", "grade", "group", "level", "phase", "stage", "type"];

/// Words for houses, which a person adds to their names or leaves out; the keys of them.
const OF_HOUSES: &str = "\
    academy campus center clinic colleg company department faculty foundation group healthcar \
    hospital institut institution laboratory medical medicin pharma pharmaceutical school u uni \
    univ university";

/// Other words that are no slips of longer or rarer ones.
const COMMON: &str = "\
    above across active actual added adult affordable again against ahead almost alone along \
    already also although always amount another answer anything apart apply area around away \
    back bad based because become behind being below beside better between beyond big both brand \
    bring brother but call came care cause caused change cheap child city clear close come cost \
    country course daily data date daughter days dead dealing death different difficult doctor \
    does doing done down each early easy effect either else end enough even ever every everyone \
    example except experience face fact fall family far fast father feel feeling few final first \
    follow food foot forward found free friend full further future gave general generic give \
    given going gone good great half hand happen hard having head health heard help here high \
    him his home hope hour house human husband idea important improve increase inside instead \
    issue itself just keep kept kind knew know known large last late later lead learn least \
    leave left less let level life light like line list little live lives living local long \
    longer lose lost lot low made main make making many matter maybe mean means medical meet men \
    might mine minute month more morning most mother move much must name natural need never next \
    night none nothing now number off offer often old older once one only open option order \
    other others our out outside over own paid part past pay perhaps place plan point possible \
    present problem process program provide public question quick quite rather ready real really \
    reason receive related remain report result right risk room said same saw say second see \
    seem seen self send sent serious service several severe side similar simple since single \
    sister situation small some something sometimes son soon sort specific stand start started \
    state still stop story strong such support sure system take taken taking talk than their \
    them then they thing things think third thought thoughts time times today together told too \
    took top total toward tried true try trying turn type under unless until upon use used \
    useful usual usually value various very wait walk want water way ways week well went \
    whatever whether while white whole whose why wife within without word work working world \
    worse worst write wrong year years yes yet young younger yours";

/// Whether a word stands in a list.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// Whether a word is one of everyday English, so that it is no slip.
pub(in crate::search) fn is_common(word: &str) -> bool {
    has(COMMON, word) || is_empty(word) || is_of_question(word)
}

/// Whether a query says hardly less without a word: one of everyday English that nothing is about.
pub(in crate::search) fn says_little(word: &str) -> bool {
    is_common(word) && !has(MEANINGFUL, word)
}

/// Whether a word says nothing where it stands between others.
pub(in crate::search) fn is_empty(word: &str) -> bool {
    has(EMPTY, word)
}

/// Whether a word says nothing of what is asked, where it stands between others.
pub(in crate::search) fn is_of_question(word: &str) -> bool {
    has(OF_QUESTIONS, &text::key(word))
}

/// Whether a place is named after `word`.
pub(in crate::search) fn is_before_place(word: &str) -> bool {
    BEFORE_PLACES.contains(&word)
}

/// Whether an `i` after `word` is a number.
pub(in crate::search) fn is_before_number(word: &str) -> bool {
    BEFORE_NUMBERS.contains(&word)
}

/// Whether a word says what kind of house a sponsor is, and not which one.
pub(in crate::search) fn is_of_house(word: &str) -> bool {
    has(OF_HOUSES, &text::key(word))
}

/// How many of `words`, which are folded, say nothing together with those behind them: `near me`, `drugs for`, `my
/// father`.
pub(in crate::search) fn said_of_nothing(words: &[String]) -> usize {
    let keys: Vec<_> = words.iter().take(3).map(|word| text::key(word)).collect();
    let begins = |phrase: &&&[&str]| {
        phrase.len() <= keys.len() && phrase.iter().zip(&keys).all(|(said, key)| said == key)
    };
    if let Some(phrase) = PHRASES_OF_QUESTIONS.iter().find(begins) {
        return phrase.len();
    }
    let is_one = |place: usize, of: &str| keys.get(place).is_some_and(|key| has(of, key));
    if is_one(0, "my") && is_one(1, FAMILY) {
        return 2;
    }
    let remedies = (0..2).take_while(|&place| is_one(place, REMEDIES)).count();
    if remedies > 0 && is_one(remedies, "against for") { remedies } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order_and_made_of_keys() {
        for list in [EMPTY, OF_QUESTIONS, REMEDIES, FAMILY, MEANINGFUL, OF_HOUSES, COMMON] {
            let words: Vec<&str> = list.split(' ').collect();
            assert!(words.is_sorted() && words.iter().all(|word| !word.is_empty()), "{list}");
        }
        for list in [OF_QUESTIONS, REMEDIES, FAMILY, OF_HOUSES] {
            let wrong: Vec<&str> =
                list.split(' ').filter(|word| text::key(word) != *word).collect();
            assert_eq!(wrong, Vec::<&str>::new());
        }
    }

    #[test]
    fn words_say_nothing_only_where_they_stand() {
        for (words, count) in [
            ("near me", 2),
            ("near boston", 0),
            ("my father", 2),
            ("father", 0),
            ("drugs for asthma", 1),
            ("treatment options for asthma", 2),
            ("drug abuse", 0),
            ("therapy", 0),
            ("in my area", 3),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert_eq!(said_of_nothing(&words), count, "{words:?}");
        }
    }
}
