//! Functions of text: which characters are safe, how texts compare, how wide they are, how they wrap, and the markup
//! of the registry. It does not know studies, indexes or screens.

mod address;
mod clean;
pub mod effort;
mod fold;
mod inline;
mod key;
mod markup;
mod number;
mod rich;
mod table;
mod width;
mod word;
mod wrap;

pub use address::addresses;
pub use clean::{clean_line, clean_text};
pub use fold::{fold, letters, word_places, words};
pub use inline::unescaped;
pub use key::key;

pub use markup::{markup, plain};
pub use number::{bytes, counted, grouped};
pub use rich::{Line, Pairing, Row, Span, Tone, flow, flow_beside, flow_with};
pub use table::{Align, Block, Head, Overflow, Table};
pub use width::{cut, pad, width};
pub use word::{Token, each_word};
pub use wrap::Addresses;
