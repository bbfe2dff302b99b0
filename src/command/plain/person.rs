//! Whom the trials are to suit, as the dialogue is told it. Nothing of it is kept.

use anyhow::{Result, anyhow, bail};

use super::Dialogue;
use crate::search::{Profile, Suited, age};
use crate::study::person::{Health, Sex};
use crate::text;

const HOW: &str =
    "say it like this: person 54 female near Lyon~100km; healthy, or patient, may be added";

/// Puts the trials first that would take somebody, as far as their fields say. No words take that back.
pub(super) fn suit(dialogue: &mut Dialogue, words: &str) -> Result<String> {
    let profile = profile(words)?;
    let before = std::mem::replace(&mut dialogue.profile, profile);
    let text = dialogue.text.clone();
    match dialogue.search(&text) {
        Ok(list) => Ok(format!("{}{list}", head(dialogue))),
        Err(error) => {
            dialogue.profile = before;
            Err(error)
        }
    }
}

/// For whom the list is, and how many trials fit.
fn head(dialogue: &Dialogue) -> String {
    let Some(profile) = &dialogue.profile else { return "For anybody again.\n".to_owned() };
    let Suited { fit, not_stated, do_not_fit } = dialogue.suited.unwrap_or_default();
    let [fit, not_stated, do_not_fit] =
        [fit, not_stated, do_not_fit].map(|count| text::grouped(count as u64));
    format!(
        "For {profile}: {fit} fit by age, sex and healthy volunteers, {not_stated} do not state enough, \
         {do_not_fit} do not fit. Criteria in words are not compared; read them with read NUMBER eligibility. \
         This is no advice.\n"
    )
}

fn profile(words: &str) -> Result<Option<Profile>> {
    let (about, place) = match words.split_once("near ") {
        Some((about, place)) if about.is_empty() || about.ends_with(' ') => (about, Some(place)),
        _ => (words, None),
    };
    let mut profile = Profile::default();
    for word in about.split([' ', ',']).filter(|word| !word.is_empty()) {
        match word.to_lowercase().as_str() {
            "f" | "female" | "woman" | "girl" => profile.person.sex = Some(Sex::Female),
            "m" | "male" | "man" | "boy" => profile.person.sex = Some(Sex::Male),
            "healthy" => profile.person.health = Some(Health::Healthy),
            "patient" => profile.person.health = Some(Health::Patient),
            "years" | "old" | "years-old" => (),
            word => match age(word) {
                Ok(age) => profile.person.age = Some(age),
                Err(_) => bail!("{word} says nothing of a person; {HOW}"),
            },
        }
    }
    let near = place.map(|place| place.trim().parse());
    profile.near = near.transpose().map_err(|error| anyhow!("{error}; {HOW}"))?;
    Ok((!profile.is_empty()).then_some(profile))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_person() {
        for (words, shown) in [
            ("54 female", Some("54 years, female")),
            ("a", None),
            ("6mo, m patient", Some("6 months, male, no healthy volunteer")),
            (
                "30 years old healthy near Lyon~30km",
                Some("30 years, healthy volunteer, near Lyon~30km"),
            ),
            ("near Lyon", Some("near Lyon")),
        ] {
            let read = profile(words).ok().flatten().map(|profile| profile.to_string());
            assert_eq!(read.as_deref(), shown, "{words}");
        }
        assert_eq!(profile("").unwrap(), None);
        assert!(profile("54 fmale").unwrap_err().to_string().starts_with("fmale says nothing"));
    }
}
