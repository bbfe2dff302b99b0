//! Stand-in.
use std::borrow::Cow;
pub fn clean_line(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    unicode_segmentation::UnicodeSegmentation::unicode_words(folded)
}
pub mod markup {
    pub fn plain(text: &str) -> String {
        text.to_owned()
    }
}
