//! How the words of queries are read.

use super::Session;
use crate::search::Reading;

impl Session {
    /// Reads words to the letter from now on, or as they are meant again.
    pub fn toggle_reading(&mut self) {
        let (reading, words) = match self.reading {
            Reading::AsMeant => (Reading::AsTyped, "words are read to the letter"),
            Reading::AsTyped => (Reading::AsMeant, "words are read as they are meant"),
        };
        self.read_as(reading);
        self.say(words);
    }
}
