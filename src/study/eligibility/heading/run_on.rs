//! Headings that ran into the line of the criterion before them: `… relationship Exclusion Criteria:`.

use super::phrase::{LINKS, Phrase};
use super::{FOLLOWS, Found, Heading, Line, QUALIFIERS, SENTENCE, Stands, TAILS, ends_sentence};
use crate::study::eligibility::Role;
use crate::text::effort;

impl Line<'_> {
    /// A heading that ran into the line of the criterion before it: `… relationship Exclusion Criteria:`.
    /// Capitals, or the end of a sentence, and what follows tell it from a mention.
    pub(super) fn run_on(&self) -> Found {
        let (line, words) = (self.text, self.words);
        let mut from = 0;
        let mut doubt = Found::Nothing;
        while let Some(phrase) = self.phrase(from) {
            effort::look(phrase.behind - from);
            from = phrase.behind;
            let role = phrase.role;
            if role == Role::AsRegistered {
                continue;
            }
            let capital = |at: usize| line[words[at].start..].starts_with(char::is_uppercase);
            // `; the exclusion criteria`, `Key Exclusion Criteria`
            let own = |at: &usize| words[*at].is(QUALIFIERS) && !ends_sentence(self.gap(*at + 1));
            let all = phrase.first - (0..phrase.first).rev().take_while(own).count();
            let own = |at: &usize| *at >= all && capital(*at);
            let first = if ends_sentence(self.gap(all)) {
                all
            } else {
                phrase.first - (0..phrase.first).rev().take_while(own).count()
            };
            if first == 0 {
                continue;
            }
            let gap = self.gap(first);
            let broken = ends_sentence(gap)
                || gap.is_empty()
                || gap.contains(['\u{2022}', ')', ']', ':', '：', '|'])
                || gap.trim() == "-";
            let both =
                (phrase.first..phrase.behind).filter(|&at| !words[at].is(LINKS)).all(capital);
            let tail = line[words[phrase.behind - 1].end..].trim_start();
            // `INCLUSION: a EXCLUSION: b`, with dashes where all is in capitals
            let behind =
                self.stands == Stands::Behind && (capital(phrase.first) || ends_sentence(gap));
            let capitals = line[words[first].start..words[phrase.behind - 1].end].to_uppercase();
            let dashed = behind
                && line[words[first].start..].starts_with(&capitals)
                && ["- ", "– ", "— "].iter().any(|dash| tail.starts_with(dash));
            let colon = tail.starts_with([':', '：']);
            let ends =
                tail.is_empty() || (tail.starts_with(['-', '–', '.', '•', '(']) && both && broken);
            let names = self.phrase_goes_on(&phrase).filter(|_| both || broken);
            let mention =
                !broken && (words[first - 1].is(SENTENCE) || words[first - 1].is(QUALIFIERS));
            let stands = colon && (capital(phrase.first) || broken) || ends && both || dashed;
            let full = phrase.full
                || behind && (colon || dashed)
                || (colon && broken && capital(phrase.first) && ends_sentence(gap));
            if mention {
                continue;
            }
            if !full || !(stands || names.is_some()) {
                // Capitals in the middle of a line, and no sentence around them.
                let is_heading = phrase.full || tail == ":" || tail == "：";
                if is_heading && both && doubt == Found::Nothing && !self.in_brackets(first) {
                    doubt = Found::Doubt(role);
                }
                continue;
            }
            let end = if colon {
                self.behind_colon(line.len() - tail.len(), &phrase)
            } else {
                names.unwrap_or(words[phrase.behind - 1].end)
            };
            return Found::Heading(Heading { start: words[first].start, end, role });
        }
        doubt
    }

    /// Whether a bracket is open before the word at `first`.
    fn in_brackets(&self, first: usize) -> bool {
        let before = self.text[..self.words[first].start].chars().rev().take(80);
        before
            .into_iter()
            .find(|char| "()[]".contains(*char))
            .is_some_and(|char| "([".contains(char))
    }

    /// The colon of a heading in the middle of a line that goes on: `Exclusion Criteria for Part B:`.
    fn phrase_goes_on(&self, phrase: &Phrase) -> Option<usize> {
        let rest = &self.words[phrase.behind..];
        let word = rest.first().filter(|word| word.is(TAILS) || word.is(FOLLOWS))?;
        let near = rest.get(6).map_or(self.text.len(), |word| word.start);
        effort::look(near - word.start);
        let far = self.text[word.start..near].find([':', '：', '.', ';'])?;
        let colon = word.start + far;
        self.text[colon..].starts_with([':', '：']).then(|| self.behind_colon(colon, phrase))
    }
}
