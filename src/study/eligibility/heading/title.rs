//! Lines that are a heading from their beginning on, perhaps with text behind it.

use super::phrase::Phrase;
use super::sentence::DENIALS;
use super::{FOLLOWS, Found, Heading, Line, QUALIFIERS, SENTENCE, Stands, TAILS, ends_sentence};
use crate::study::eligibility::Role;
use crate::study::eligibility::group::is_group;
use crate::study::eligibility::list::split_marker;
use crate::study::eligibility::term::Term;

/// Most words of a heading before its role, and in all.
const BEFORE: usize = 7;
const WORDS: usize = 14;

/// Words with which taking part is spoken of: `Inclusion in another study`.
#[rustfmt::skip]
const WHEN: &[&str] = &["in", "into", "within", "during", "before", "after", "at", "by", "on", "under", "from"];

impl Line<'_> {
    /// A line that is a heading from its beginning on, perhaps with text behind it.
    pub(super) fn title(&self) -> Found {
        let Some(phrase) = self.phrase(0) else { return Found::Nothing };
        let before = &self.words[..phrase.first];
        let most = if phrase.full { BEFORE } else { 3 };
        if before.iter().any(|word| word.is(SENTENCE)) {
            return Found::Nothing;
        }
        // A sentence ends before the phrase, or another word is glued to it: the heading is behind it.
        let broken = (1..=phrase.first).any(|at| {
            let before = &self.words[at - 1];
            let glued = at == phrase.first && self.gap(at).is_empty() && before.term == Term::None;
            (ends_sentence(self.gap(at)) || glued) && before.end - before.start > 2
        });
        let short = before.len() <= most && !broken;
        let is_apart = !matches!(self.stands, Stands::Listed | Stands::Behind);
        let begins = is_apart || before.iter().all(|word| word.is(QUALIFIERS));
        // `Social exclusion` is none without a colon.
        let plain = before.iter().all(|word| word.is(QUALIFIERS)) || is_group(before);
        let end = self
            .title_end(&phrase)
            .filter(|end| phrase.full || plain || self.text[..*end].ends_with([':', '：']));
        let role = phrase.role;
        if phrase.full && end == Some(self.text.len()) && self.states(&phrase) {
            let denied = self.words[phrase.behind..].iter().any(|word| word.is(&["not"]));
            return if denied { Found::Nothing } else { Found::Doubt(role) };
        }
        match end.filter(|_| short && begins) {
            Some(end) if role != Role::AsRegistered || self.text[end..].trim().is_empty() => {
                Found::Heading(Heading { start: 0, end, role })
            }
            // `Other inclusion/exclusion criteria may apply` is clear enough.
            _ if role != Role::AsRegistered && self.is_doubtful(&phrase, end.is_some()) => {
                Found::Doubt(role)
            }
            _ => Found::Nothing,
        }
    }

    /// Whether the line may be a heading although it has not the form of one.
    fn is_doubtful(&self, phrase: &Phrase, has_end: bool) -> bool {
        let tail = self.text[self.words[phrase.behind - 1].end..].trim();
        let ends = tail.is_empty() || tail.starts_with([':', '：', ',']);
        let colon = self.text.ends_with([':', '：']);
        let stop = self.text.ends_with(['.', ';']);
        // `Inclusion in another study` is about taking part.
        if !phrase.full && self.is(phrase.behind, WHEN) {
            return false;
        }
        // `Exclusion of tuberculosis` rules something out.
        let of = !phrase.full && self.is(phrase.behind, &["of"]);
        if of && !is_group(&self.words[phrase.behind..]) {
            return false;
        }
        let title = self.is_unmarked() && !self.goes_on(phrase);
        phrase.full && (ends || has_end)
            || colon && self.words.len() <= BEFORE
            || title && phrase.first == 0 && phrase.full
            || title && !stop && self.words.len() <= 6
    }

    /// Whether a sentence goes on behind the phrase.
    fn goes_on(&self, phrase: &Phrase) -> bool {
        self.words[phrase.behind..].iter().take(8).any(|word| word.is(SENTENCE))
    }

    /// Whether the line states when the criteria apply: `Exclusion criteria for adults do not apply to children`.
    fn states(&self, phrase: &Phrase) -> bool {
        let rest = &self.words[phrase.behind..];
        let verb = (0..rest.len()).find(|&at| {
            rest[at].is(&["apply", "applies", "applied", "waived"])
                || at > 0 && rest[at].is(&["applicable"]) && rest[at - 1].is(&["not"])
        });
        verb.is_some_and(|verb| {
            !self.text.ends_with([':', '：'])
                && !rest[..verb].iter().any(|word| word.is(&["who", "that", "which", "if"]))
        })
    }

    /// Where the heading ends; nothing when the line goes on as a sentence.
    fn title_end(&self, phrase: &Phrase) -> Option<usize> {
        let line = self.text;
        let behind = self.words[phrase.behind - 1].end;
        let tail =
            line[behind..].trim_start_matches([' ', '*', '_', '"', '”', '>', ']', '】', '}']);
        let at = line.len() - tail.len();
        let first = tail.chars().next().filter(|_| tail.contains(char::is_alphanumeric));
        let Some(first) = first else { return Some(line.len()) };
        let rest = &self.words[phrase.behind..];
        let ends = tail.ends_with([':', '：']);
        let alone = self.stands != Stands::Listed;
        let bare = phrase.first == 0 || alone;
        match first {
            ':' | '：' => Some(self.behind_colon(at, phrase)),
            '-' | '–' | '—' | '−' => {
                let dash = at + first.len_utf8();
                let short = self.words.len() <= WORDS;
                let names =
                    short && rest.len() <= 8 && !rest.is_empty() && (ends || is_group(rest));
                match () {
                    () if names => Some(line.len()),
                    () if line[dash..].trim().is_empty() => Some(line.len()),
                    () if phrase.full || (alone && phrase.first == 0) => Some(dash),
                    () => None,
                }
            }
            '.' | ';' | '；' | '。' | '．' if phrase.full => Some(at + first.len_utf8()),
            '.' if tail.len() == 1 => Some(line.len()),
            // `Exclusion Criteria(1)Patients`
            '(' | '（'
                if rest.first().is_some_and(|word| {
                    word.text() == "1" && line[word.end..].starts_with([')', '）'])
                }) =>
            {
                Some(at)
            }
            '(' | '[' | '（' | '【' => {
                let close = tail.find([')', ']', '）', '】'])?;
                let close = at + close + tail[close..].chars().next().map_or(0, char::len_utf8);
                let after = line[close..].trim_start();
                match after.chars().next() {
                    None if phrase.full || alone => Some(line.len()),
                    Some(':' | '：' | '-' | '–' | '—' | '.') if phrase.full || alone => Some(
                        line.len()
                            - after.trim_start_matches([':', '：', '-', '–', '—', '.']).len(),
                    ),
                    Some(_) if phrase.full && phrase.first == 0 && alone => Some(close),
                    _ => None,
                }
            }
            _ if split_marker(tail).0.is_sign() && phrase.full => Some(at),
            _ if ends
                && phrase.full
                && bare
                && rest.len() <= 8
                && self.words.len() <= WORDS
                && !before_last(tail).contains([':', ';'])
                && rest.iter().all(|word| !word.is(DENIALS)) =>
            {
                Some(line.len())
            }
            _ => self.tail_end(phrase, at, tail),
        }
    }

    /// The end of a heading that goes on in words.
    fn tail_end(&self, phrase: &Phrase, at: usize, tail: &str) -> Option<usize> {
        let rest = &self.words[phrase.behind..];
        let alone = self.stands != Stands::Listed;
        let colon = tail.find([':', '：']).map(|far| at + far);
        let until = |end: usize| rest.iter().take_while(|word| word.start < end).count();
        let ends = colon.is_some_and(|colon| self.text[colon..].chars().count() == 1);
        if !rest.is_empty() && rest.len() <= 8 && is_group(rest) && (phrase.full || alone) {
            return Some(self.text.len());
        }
        if rest.first()?.is(FOLLOWS) {
            let words = rest.iter().take_while(|word| word.is(FOLLOWS)).count();
            if words == rest.len() && (phrase.full || ends) {
                return Some(self.text.len());
            }
            if let Some(colon) =
                colon.filter(|&colon| until(colon) <= words && (phrase.full || ends))
            {
                return Some(self.behind_colon(colon, phrase));
            }
            // `The exclusion criteria are pregnancy and lactation.`
            let states = rest[0].is(&["are", "were", "include", "includes", "is", "was"])
                && (words == 1 || !rest[1].is(&["not"]));
            return (states && phrase.full && alone && phrase.first <= 1)
                .then(|| rest[words - 1].end);
        }
        // `Exclusions for treatment with pemetrexed`
        if alone
            && !phrase.full
            && phrase.first <= 2
            && rest[0].is(&["for"])
            && rest.len() <= 6
            && !tail.contains(['.', ';', ',', ':'])
        {
            return Some(self.text.len());
        }
        let tails = rest.first()?.is(TAILS)
            && (phrase.full || self.is(phrase.behind, &["for", "if", "in"]));
        if tails {
            let dash = tail.find(" - ").map(|far| at + far);
            return match colon {
                Some(colon)
                    if until(colon) <= 12 || ends && until(colon) <= 20 && phrase.first == 0 =>
                {
                    Some(self.behind_colon(colon, phrase))
                }
                None if alone && phrase.full && dash.is_some_and(|dash| until(dash) <= 6) => {
                    dash.map(|dash| dash + 3)
                }
                None if alone
                    && phrase.full
                    && rest.len() <= 12
                    && !tail.contains(['.', ';', ',']) =>
                {
                    Some(self.text.len())
                }
                None if alone
                    && phrase.full
                    && rest.len() <= 8
                    && !before_last(tail).contains(['.', ';'])
                    && !self.goes_on(phrase) =>
                {
                    Some(self.text.len())
                }
                _ => None,
            };
        }
        // `Inclusion Criteria Age 18 to 65`
        let begins = tail.starts_with(|char: char| char.is_uppercase() || char.is_ascii_digit());
        let text = begins && phrase.full && phrase.first == 0 && alone && !rest[0].is(SENTENCE);
        text.then_some(at)
    }

    /// Where the heading ends that has a colon at `colon`. What follows may name whom it is for: `Exclusion
    /// Criteria: Cohort B`.
    pub(super) fn behind_colon(&self, colon: usize, phrase: &Phrase) -> usize {
        let line = self.text;
        let rest = line[colon..].trim_start_matches([':', '：', '-', '–', '—', ' ', ';']);
        let end = line.len() - rest.len();
        // `-5` and `- adults` stand as they are.
        let end = if line[colon..end].contains(['-', '–', '—']) && !rest.is_empty() {
            colon + line[colon..].trim_start_matches([':', '：', ' ']).as_ptr().addr()
                - line[colon..].as_ptr().addr()
        } else {
            end
        };
        let words = &self.words[self.words.partition_point(|word| word.start < end)..];
        let names = (1..=6).contains(&words.len())
            && (rest.ends_with([':', '：']) && self.words[phrase.behind].start < colon
                || is_group(words));
        if names { line.len() } else { end }
    }
}

/// The text without its last character.
fn before_last(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next_back();
    chars.as_str()
}
