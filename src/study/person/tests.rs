//! Cases of who fits.

use super::Verdict::{Depends, DoesNotFit, Fits, NotStated};
use super::*;

fn age(text: &str) -> Option<Age> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

#[test]
fn ages_are_compared_by_the_calendar() {
    for (person, minimum, maximum, verdict) in [
        // Limits hold in whole units, and so does the age of a person.
        ("18 Years", "18 Years", "65 Years", Fits),
        ("17 Years", "18 Years", "65 Years", DoesNotFit),
        ("65 Years", "18 Years", "65 Years", Fits),
        ("66 Years", "18 Years", "65 Years", DoesNotFit),
        ("18 Years", "", "18 Years", Fits),
        ("19 Years", "", "18 Years", DoesNotFit),
        ("0 Years", "0 Days", "17 Years", Fits),
        // What is not stated on one side is open; on both sides nothing is stated.
        ("90 Years", "18 Years", "", Fits),
        ("1 Month", "", "2 Years", Fits),
        ("54 Years", "", "", NotStated),
        // Other units.
        ("18 Years", "216 Months", "", Fits),
        ("18 Years", "222 Months", "", Depends),
        ("18 Years", "228 Months", "", DoesNotFit),
        ("18 Years", "", "216 Months", Depends),
        ("18 Years", "", "227 Months", Fits),
        ("18 Years", "", "215 Months", DoesNotFit),
        ("6 Months", "6 Months", "1 Year", Fits),
        ("23 Months", "6 Months", "1 Year", Fits),
        ("24 Months", "6 Months", "1 Year", DoesNotFit),
        ("13 Months", "", "12 Months", DoesNotFit),
        ("1 Year", "", "12 Months", Depends),
        ("6 Months", "180 Days", "", Fits),
        ("6 Months", "183 Days", "", Depends),
        ("6 Months", "220 Days", "", DoesNotFit),
        ("1 Month", "", "28 Days", Depends),
        ("2 Months", "", "28 Days", DoesNotFit),
        ("27 Days", "", "28 Days", Fits),
        ("28 Days", "", "28 Days", Fits),
        ("29 Days", "", "28 Days", DoesNotFit),
        ("3 Weeks", "21 Days", "4 Weeks", Fits),
        ("3 Weeks", "22 Days", "", Depends),
        ("30 Days", "1 Month", "", Depends),
        ("31 Days", "1 Month", "", Fits),
        ("0 Days", "18 Minutes", "", Depends),
        ("1 Day", "18 Minutes", "", Fits),
        ("1 Day", "", "24 Hours", Depends),
        ("2 Days", "", "24 Hours", DoesNotFit),
        // One side is enough to rule somebody out.
        ("18 Years", "222 Months", "17 Years", DoesNotFit),
        ("4294967295 Years", "4294967295 Years", "4294967295 Years", Fits),
    ] {
        let study =
            Eligibility { minimum: age(minimum), maximum: age(maximum), ..Default::default() };
        let found = by_age(age(person).unwrap(), &study);
        assert_eq!(found, verdict, "{person} in {minimum} to {maximum}");
    }
}

#[test]
fn sex_and_health_are_compared_as_they_are_stated() {
    use super::{Health::*, Sex::*};
    for (stated, sex, verdict) in [
        (Some("ALL"), Female, Fits),
        (Some("ALL"), Male, Fits),
        (Some("FEMALE"), Female, Fits),
        (Some("FEMALE"), Male, DoesNotFit),
        (Some("MALE"), Male, Fits),
        (Some("MALE"), Female, DoesNotFit),
        (Some("BRAND_NEW"), Male, NotStated),
        (None, Female, NotStated),
    ] {
        let study = Eligibility { sex: stated, ..Default::default() };
        assert_eq!(by_sex(sex, &study), verdict, "{stated:?} {sex:?}");
    }
    for (stated, health, verdict) in [
        (Some("YES"), Healthy, Fits),
        (Some("YES"), Patient, Fits),
        (Some("NO"), Healthy, DoesNotFit),
        (Some("NO"), Patient, Fits),
        (None, Healthy, NotStated),
        (None, Patient, NotStated),
    ] {
        let study = Eligibility { healthy: stated, ..Default::default() };
        assert_eq!(by_health(health, &study), verdict, "{stated:?} {health:?}");
    }
}

#[test]
fn what_fields_say_is_said_in_words() {
    let person =
        Person { age: age("54 Years"), sex: Some(Sex::Female), health: Some(Health::Patient) };
    let study = Eligibility {
        minimum: age("18 Years"),
        maximum: None,
        has_unreadable_age: false,
        sex: Some("ALL"),
        healthy: Some("NO"),
    };
    for (study, fit, not_stated, words) in [
        (study, Fit::Fits, 0, "fits"),
        (
            Eligibility { healthy: None, ..study },
            Fit::NotStated,
            1,
            "not stated: healthy volunteers",
        ),
        (Eligibility::default(), Fit::NotStated, 3, "not stated: age, sex, healthy volunteers"),
        (
            Eligibility { minimum: age("60 Years"), sex: None, ..study },
            Fit::DoesNotFit,
            1,
            "does not fit: age (minimum 60 years) · not stated: sex",
        ),
        (
            Eligibility { maximum: age("650 Months"), ..study },
            Fit::NotStated,
            1,
            "depends: age (18 years to 650 months)",
        ),
        (
            Eligibility { sex: Some("MALE"), ..study },
            Fit::DoesNotFit,
            0,
            "does not fit: sex (Male)",
        ),
    ] {
        assert_eq!(person.fit(&study), fit, "{words}");
        assert_eq!(person.not_stated(&study), not_stated, "{words}");
        assert_eq!(person.in_words(&study), words);
    }
    assert_eq!(Person::default().fit(&Eligibility::default()), Fit::Fits);
    assert!(Person::default().is_anybody());
}

#[test]
fn months_have_the_days_that_they_can_have() {
    for (months, days) in [
        (0, [0, 0]),
        (1, [28, 31]),
        (2, [59, 62]),
        (6, [181, 184]),
        (12, [365, 366]),
        (48, [1461, 1461]),
    ] {
        assert_eq!(days_of(months), days, "{months}");
    }
}

#[test]
fn a_limit_that_cannot_be_read_is_not_taken_for_an_open_one() {
    let person = Person { age: age("54 Years"), ..Person::default() };
    for (minimum, fit) in [
        (None, Fit::NotStated),
        (age("18 Years"), Fit::NotStated),
        (age("60 Years"), Fit::DoesNotFit),
    ] {
        let study = Eligibility { minimum, has_unreadable_age: true, ..Eligibility::default() };
        assert_eq!(person.fit(&study), fit, "{minimum:?}");
    }
}
