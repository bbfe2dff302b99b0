//! Whether somebody can take part in a study, as far as its fields of age, sex and healthy volunteers say.
//!
//! It compares fields, and says nothing of criteria in words. What a record does not state is never taken for a yes: it is
//! said to be not stated. Only where one limit of age is stated and the other is not, that one is open: so registrants state
//! that there is none.

use super::{Age, AgeUnit, terms};

/// What is known of somebody; what is not is not compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Person {
    /// In whole units: who is 18 years old is so until the next birthday.
    pub age: Option<Age>,
    pub sex: Option<Sex>,
    pub health: Option<Health>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    Female,
    Male,
}

/// Whether somebody would take part as a healthy volunteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Health {
    Healthy,
    /// Somebody with what is studied; no study is closed to them by this field.
    Patient,
}

/// What a study states of who can take part. Codes are the registry's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Eligibility<'a> {
    pub minimum: Option<Age>,
    pub maximum: Option<Age>,
    /// Whether a limit is stated that cannot be read, so that it is not known to be open.
    pub has_unreadable_age: bool,
    pub sex: Option<&'a str>,
    /// `YES` if healthy volunteers are accepted, `NO` if not.
    pub healthy: Option<&'a str>,
}

/// What one field says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Fits,
    /// It depends on more than is known of the age: 18 years against a minimum of 222 months.
    Depends,
    NotStated,
    DoesNotFit,
}

/// A field that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    Age,
    Sex,
    Health,
}

/// What all fields together say of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// Every field that is compared fits.
    Fits,
    /// No field rules them out, but not every field says something.
    NotStated,
    DoesNotFit,
}

impl Criterion {
    pub fn label(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Sex => "sex",
            Self::Health => "healthy volunteers",
        }
    }
}

impl Fit {
    pub fn label(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::NotStated => "not stated",
            Self::DoesNotFit => "does not fit",
        }
    }
}

impl Person {
    /// Whether nothing is known of them.
    pub fn is_anybody(&self) -> bool {
        *self == Self::default()
    }

    /// What each field says that is compared.
    pub fn compared(&self, study: &Eligibility) -> impl Iterator<Item = (Criterion, Verdict)> {
        let age = self.age.map(|age| (Criterion::Age, by_age(age, study)));
        let sex = self.sex.map(|sex| (Criterion::Sex, by_sex(sex, study)));
        let health = self.health.map(|health| (Criterion::Health, by_health(health, study)));
        [age, sex, health].into_iter().flatten()
    }

    /// What they say together.
    pub fn fit(&self, study: &Eligibility) -> Fit {
        match self.compared(study).map(|(_, verdict)| verdict).max() {
            None | Some(Verdict::Fits) => Fit::Fits,
            Some(Verdict::Depends | Verdict::NotStated) => Fit::NotStated,
            Some(Verdict::DoesNotFit) => Fit::DoesNotFit,
        }
    }

    /// How many fields say nothing certain.
    pub fn not_stated(&self, study: &Eligibility) -> usize {
        let is_open = |verdict| matches!(verdict, Verdict::Depends | Verdict::NotStated);
        self.compared(study).filter(|&(_, verdict)| is_open(verdict)).count()
    }

    /// The fields with this verdict, each with what the study states: `age (minimum 18 years)`.
    pub fn fields(&self, study: &Eligibility, wanted: Verdict) -> Vec<String> {
        let with = self.compared(study).filter(|&(_, verdict)| verdict == wanted);
        let told = with.map(|(criterion, verdict)| match verdict {
            Verdict::NotStated => criterion.label().to_owned(),
            _ => format!("{} ({})", criterion.label(), study.in_words(criterion)),
        });
        told.collect()
    }

    /// What the fields say, in one line: `does not fit: age (minimum 18 years)`, `not stated: sex`, `fits`.
    pub fn in_words(&self, study: &Eligibility) -> String {
        let part = |label: &str, verdict| {
            let fields = self.fields(study, verdict);
            (!fields.is_empty()).then(|| format!("{label}: {}", fields.join(", ")))
        };
        let parts = [
            part("does not fit", Verdict::DoesNotFit),
            part("depends", Verdict::Depends),
            part("not stated", Verdict::NotStated),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "fits".to_owned() } else { parts.join(" · ") }
    }
}

impl Eligibility<'_> {
    /// What the study states for a field.
    pub fn in_words(&self, criterion: Criterion) -> String {
        match criterion {
            Criterion::Age => match (self.minimum, self.maximum) {
                (Some(minimum), Some(maximum)) => format!("{minimum} to {maximum}"),
                (Some(minimum), None) => format!("minimum {minimum}"),
                (None, Some(maximum)) => format!("maximum {maximum}"),
                (None, None) => "not stated".to_owned(),
            },
            Criterion::Sex => terms::label(terms::SEX, self.sex.unwrap_or("not stated")).to_owned(),
            Criterion::Health => match self.healthy {
                Some(code) => terms::label(terms::HEALTHY, code).to_lowercase(),
                None => "not stated".to_owned(),
            },
        }
    }
}

fn by_sex(sex: Sex, study: &Eligibility) -> Verdict {
    match (study.sex, sex) {
        (Some("ALL"), _) | (Some("FEMALE"), Sex::Female) | (Some("MALE"), Sex::Male) => {
            Verdict::Fits
        }
        (Some("FEMALE"), Sex::Male) | (Some("MALE"), Sex::Female) => Verdict::DoesNotFit,
        // A code that is newer than this program says nothing that is known.
        _ => Verdict::NotStated,
    }
}

fn by_health(health: Health, study: &Eligibility) -> Verdict {
    match (study.healthy, health) {
        (Some("YES"), _) | (Some("NO"), Health::Patient) => Verdict::Fits,
        (Some("NO"), Health::Healthy) => Verdict::DoesNotFit,
        _ => Verdict::NotStated,
    }
}

/// A limit holds in whole units: a maximum of 65 years until the 66th birthday. So does the age of somebody.
fn by_age(age: Age, study: &Eligibility) -> Verdict {
    if study.minimum.is_none() && study.maximum.is_none() {
        return Verdict::NotStated;
    }
    let (first, end) = (Instant::first(age), Instant::end(age));
    let minimum = study.minimum.map(|minimum| {
        let limit = Instant::first(minimum);
        verdict(limit.is_until(first), end.is_until(limit))
    });
    let maximum = study.maximum.map(|maximum| {
        let limit = Instant::end(maximum);
        verdict(end.is_until(limit), limit.is_until(first))
    });
    let verdict = minimum.into_iter().chain(maximum).max().unwrap_or(Verdict::NotStated);
    if study.has_unreadable_age { verdict.max(Verdict::NotStated) } else { verdict }
}

fn verdict(fits: bool, does_not_fit: bool) -> Verdict {
    match (fits, does_not_fit) {
        (true, _) => Verdict::Fits,
        (_, true) => Verdict::DoesNotFit,
        _ => Verdict::Depends,
    }
}

/// A moment of life. How many days lie before a birthday depends on the birthday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instant {
    Months(u64),
    Minutes(u64),
}

const DAY: u64 = 24 * 60;

impl Instant {
    fn new(number: u64, unit: AgeUnit) -> Self {
        match unit {
            AgeUnit::Years => Self::Months(12 * number),
            AgeUnit::Months => Self::Months(number),
            AgeUnit::Weeks => Self::Minutes(7 * DAY * number),
            AgeUnit::Days => Self::Minutes(DAY * number),
            AgeUnit::Hours => Self::Minutes(60 * number),
            AgeUnit::Minutes => Self::Minutes(number),
        }
    }

    /// The first moment of an age.
    fn first(age: Age) -> Self {
        Self::new(age.number.into(), age.unit)
    }

    /// The first moment after it.
    fn end(age: Age) -> Self {
        Self::new(u64::from(age.number) + 1, age.unit)
    }

    /// Whether it is certainly not later than `other`.
    fn is_until(self, other: Self) -> bool {
        match (self, other) {
            (Self::Months(own), Self::Months(other)) => own <= other,
            _ => self.minutes()[1] <= other.minutes()[0],
        }
    }

    /// After how many minutes it comes, at least and at most.
    fn minutes(self) -> [u64; 2] {
        match self {
            Self::Minutes(minutes) => [minutes; 2],
            Self::Months(months) => days_of(months).map(|days| days * DAY),
        }
    }
}

/// How many days so many months in a row have, at least and at most. Of the years of a century that are no leap years none
/// lies in the life of anybody who is alive.
fn days_of(months: u64) -> [u64; 2] {
    const OF_A_YEAR: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    const CYCLE: u64 = 48;
    let (cycles, rest) = (months / CYCLE, (months % CYCLE) as usize);
    let days = |month: usize| OF_A_YEAR[month % 12] + u64::from(month % CYCLE as usize == 1);
    let from = |start: usize| (start..start + rest).map(days).sum::<u64>();
    let sums = (0..CYCLE as usize).map(from);
    let (least, most) =
        sums.fold((u64::MAX, 0), |(least, most), sum| (least.min(sum), most.max(sum)));
    [least, most].map(|days| cycles * 1461 + days)
}

#[cfg(test)]
mod tests;
