//! What a page of the API says beside its studies: how many there are in all, and whether another page follows.

use memchr::memmem;

use super::Framer;
use crate::load::findings::Pages;

/// No key of interest is longer.
const LONGEST: usize = 16;

/// A page of the API, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Page {
    studies: u64,
    total: Option<u64>,
    is_followed: bool,
    /// The beginning of the last string beside the studies.
    string: Vec<u8>,
    key: Key,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Key {
    #[default]
    Other,
    TotalCount,
    NextPageToken,
}

impl Page {
    /// A page that begins with this, up to its list of studies.
    pub(super) fn new(beginning: &[u8]) -> Self {
        let mut page = Self::default();
        let value = |key: &[u8]| {
            let at = memmem::find(beginning, key)? + key.len();
            beginning[at..].trim_ascii_start().strip_prefix(b":").map(<[u8]>::trim_ascii_start)
        };
        if let Some(count) = value(b"\"totalCount\"") {
            page.key = Key::TotalCount;
            count.iter().take_while(|byte| byte.is_ascii_digit()).for_each(|&byte| page.sign(byte));
            page.key = Key::Other;
        }
        let token = value(b"\"nextPageToken\"");
        page.is_followed =
            token.is_some_and(|token| token.starts_with(b"\"") && !token.starts_with(b"\"\""));
        page
    }

    pub(super) fn study(&mut self) {
        self.studies += 1;
    }

    /// A part of a string beside the studies.
    pub(super) fn string(&mut self, part: &[u8]) {
        let room = LONGEST.saturating_sub(self.string.len());
        self.string.extend(part.iter().take(room));
    }

    /// The string has come to its end.
    pub(super) fn string_ends(&mut self) {
        if self.key == Key::NextPageToken && !self.string.is_empty() {
            self.is_followed = true;
        }
        self.key = Key::Other;
    }

    /// A sign beside the studies that belongs to no string.
    pub(super) fn sign(&mut self, byte: u8) {
        match byte {
            b'"' => self.string.clear(),
            b':' => {
                self.key = match &self.string[..] {
                    b"totalCount" => Key::TotalCount,
                    b"nextPageToken" => Key::NextPageToken,
                    _ => Key::Other,
                }
            }
            b'0'..=b'9' if self.key == Key::TotalCount => {
                let total = self.total.unwrap_or(0).saturating_mul(10);
                self.total = Some(total.saturating_add(u64::from(byte - b'0')));
            }
            b',' | b'{' | b'[' => self.key = Key::Other,
            _ => {}
        }
    }
}

impl Framer {
    /// Takes leave of the page, if there is one.
    pub(super) fn leave_page(&mut self) {
        if let Some(page) = self.page.take() {
            let Page { studies, total, is_followed, .. } = page;
            let (followed, last) = (u64::from(is_followed), u64::from(!is_followed));
            self.pages.add(&Pages { studies, total, followed, last });
        }
    }

    /// What the pages in the text say; to be asked at its end.
    pub(in crate::load) fn pages(&mut self) -> Pages {
        self.leave_page();
        std::mem::take(&mut self.pages)
    }
}
