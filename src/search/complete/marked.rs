//! What can stand behind the colon of a field of marks: `decision:include`, `reason:"wrong population"`.

use super::super::by_mark::MarkField;
use super::Completion;
use super::spot::Spot;
use crate::marks::REASONS;
use crate::text;

/// The name and the colon of a field of marks.
pub(super) fn fields(spot: &Spot, typed: &str) -> Vec<Completion> {
    let fitting = MarkField::ALL.into_iter().map(MarkField::name);
    let fitting = fitting.filter(|name| name.starts_with(typed));
    fitting.map(|name| item(spot, format!("{name}:"))).collect()
}

/// The values of a field of marks that begin with what was typed.
pub(super) fn values(field: MarkField, spot: &Spot) -> Vec<Completion> {
    let reasons = if field == MarkField::Reason { &REASONS[..] } else { &[] };
    let words = match field {
        MarkField::Decision => &["none"][..],
        MarkField::Reason | MarkField::Tag | MarkField::Note => &["any", "none"],
        MarkField::Seen | MarkField::Is => &[],
    };
    // In quotes, words are texts.
    let words = if spot.is_quoted { &[] } else { words };
    let typed = text::fold(spot.typed);
    let quoted = reasons.iter().filter(|reason| reason.starts_with(&typed));
    let words = field.values().iter().chain(words).filter(|word| word.starts_with(&typed));
    let quoted = quoted.map(|reason| item(spot, format!("\"{reason}\"")));
    quoted.chain(words.map(|word| item(spot, (*word).to_owned()))).collect()
}

fn item(spot: &Spot, text: String) -> Completion {
    Completion { place: spot.place.clone(), text, what: "your marks".to_owned(), studies: None }
}
