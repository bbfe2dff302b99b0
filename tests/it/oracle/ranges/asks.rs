//! Random questions about dates, counts and ages, how they are written, and whether a record is what they ask for.

use std::fmt::{self, Display};

use proptest::prelude::*;
use proptest::sample::select;

use super::facts::{self, Day, Facts, Span};

/// The day from which relative dates are counted.
pub(in crate::oracle) const TODAY: &str = "2024-02-29";
const TODAY_IS: Day = (2024, 2, 29);

/// A question.
#[derive(Clone, Debug)]
pub(in crate::oracle) enum Ask {
    Part(Part),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// `cond:` and a word.
    Condition(&'static str),
}

/// What is asked of one field.
#[derive(Clone, Debug)]
pub(in crate::oracle) struct Part {
    field: &'static str,
    text: String,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    Days {
        from: Option<Day>,
        to: Option<Day>,
        is_certain: bool,
    },
    Counts {
        from: Option<u64>,
        to: Option<u64>,
    },
    /// In minutes.
    Ages {
        from: Option<u64>,
        to: Option<u64>,
    },
    Fits {
        youngest: u64,
        oldest: Option<u64>,
    },
    /// Nobody is so young.
    Nobody,
    Kind(&'static str),
    Sex(&'static str),
    NotStated,
}

impl Ask {
    pub(in crate::oracle) fn fits(&self, facts: &Facts) -> bool {
        self.fits_with(facts, "")
    }

    /// Whether a record fits if what states nothing of `field` fits everything that is asked of it.
    pub(in crate::oracle) fn fits_with(&self, facts: &Facts, field: &str) -> bool {
        match self {
            Self::Part(part) => {
                part.fits(facts) || part.field == field && part.is_range() && part.is_silent(facts)
            }
            Self::All(parts) => parts.iter().all(|part| part.fits_with(facts, field)),
            Self::Any(parts) => parts.iter().any(|part| part.fits_with(facts, field)),
            Self::Not(part) => !part.fits_with(facts, field),
            Self::Condition(word) => facts.conditions.iter().any(|condition| {
                condition
                    .to_lowercase()
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|it| it.starts_with(word))
            }),
        }
    }

    /// The fields of which ranges are asked.
    pub(in crate::oracle) fn fields(&self) -> Vec<&'static str> {
        let mut fields = match self {
            Self::Part(part) if part.is_range() => vec![part.field],
            Self::Part(_) | Self::Condition(_) => vec![],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::fields).collect(),
            Self::Not(part) => part.fields(),
        };
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}

impl Part {
    fn is_range(&self) -> bool {
        !matches!(self.test, Test::NotStated)
    }

    fn is_silent(&self, facts: &Facts) -> bool {
        match self.field {
            "min-age" => facts.minimum.is_none(),
            "max-age" => facts.maximum.is_none(),
            "age" => facts.minimum.is_none() && facts.maximum.is_none(),
            "sex" => facts.sex.is_none(),
            field => facts.date(field).is_none() && facts.count(field).is_none(),
        }
    }

    fn fits(&self, facts: &Facts) -> bool {
        let between = |value: u64, from: Option<u64>, to: Option<u64>| {
            from.is_none_or(|from| value >= from) && to.is_none_or(|to| value <= to)
        };
        match self.test {
            Test::NotStated => self.is_silent(facts),
            Test::Nobody => false,
            Test::Days { from, to, is_certain } => {
                facts.date(self.field).is_some_and(|(span, _)| {
                    let Span { first, last } = span;
                    if is_certain {
                        from.is_none_or(|from| first >= from) && to.is_none_or(|to| last <= to)
                    } else {
                        from.is_none_or(|from| last >= from) && to.is_none_or(|to| first <= to)
                    }
                })
            }
            Test::Counts { from, to } => {
                facts.count(self.field).is_some_and(|(count, _)| between(count, from, to))
            }
            Test::Ages { from, to } => {
                let age = if self.field == "min-age" { facts.minimum } else { facts.maximum };
                age.is_some_and(|(number, minutes)| between(number * minutes, from, to))
            }
            Test::Fits { youngest, oldest } => {
                let begun = facts.minimum.is_none_or(|(number, minutes)| {
                    oldest.is_none_or(|oldest| number * minutes <= oldest)
                });
                let not_over =
                    facts.maximum.is_none_or(|(number, minutes)| youngest / minutes <= number);
                begun && not_over
            }
            Test::Kind(kind) => {
                let date = facts.date(self.field).and_then(|(_, kind)| kind);
                let count = facts.count(self.field).and_then(|(_, kind)| kind);
                date.or(count) == Some(kind)
            }
            Test::Sex(sex) => facts.sex.as_deref().is_some_and(|it| it == sex || it == "ALL"),
        }
    }
}

impl Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |parts: &[Self], sign: &str| {
            let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
            format!("({})", parts.join(sign))
        };
        match self {
            Self::Part(Part { field, text, .. }) => write!(f, "{field}:{text}"),
            Self::All(parts) => f.write_str(&joined(parts, " ")),
            Self::Any(parts) => f.write_str(&joined(parts, " | ")),
            Self::Not(part) => write!(f, "-({part})"),
            Self::Condition(word) => write!(f, "cond:{word}"),
        }
    }
}

/// The strategies of every kind of question.
pub(in crate::oracle) fn kinds() -> Vec<BoxedStrategy<Ask>> {
    let parts = [
        dates().boxed(),
        counts().boxed(),
        limits().boxed(),
        fitting().boxed(),
        certainties().boxed(),
        sexes().boxed(),
    ];
    let any = prop::strategy::Union::new(parts.clone());
    let leaf = prop_oneof![
        4 => any.prop_map(Ask::Part),
        1 => select(vec!["cancer", "diab", "gout"]).prop_map(Ask::Condition),
    ];
    let several = leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Ask::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Ask::Any),
            inner.prop_map(|ask| Ask::Not(Box::new(ask))),
        ]
    });
    let single = parts.into_iter().map(|part| part.prop_map(Ask::Part).boxed());
    single.chain([several.boxed()]).collect()
}

/// A value as it is written, with what it means.
type Written<T> = (String, T);

/// The ways to ask for values between two ends. `ends` reads the ends of a test from the first value (and the second).
fn written<T: Clone + fmt::Debug + 'static>(
    field: impl Strategy<Value = &'static str>,
    value: impl Strategy<Value = Written<T>> + Clone,
    is_rising: fn(&T, &T) -> bool,
    means: fn(Way, &T, &T) -> Test,
) -> impl Strategy<Value = Part> {
    (field, 0..Way::ALL.len(), value.clone(), value, any::<bool>()).prop_map(
        move |(field, way, one, other, is_other)| {
            let way = Way::ALL[way];
            let (from, to) = if is_rising(&one.1, &other.1) { (one, other) } else { (other, one) };
            let text = way.text(&from.0, &to.0, is_other);
            let asked = if way == Way::None { Test::NotStated } else { means(way, &from.1, &to.1) };
            Part { field, text, test: asked }
        },
    )
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    More,
    AtLeast,
    Less,
    AtMost,
    Equal,
    One,
    Between,
    Any,
    None,
}

impl Way {
    const ALL: [Self; 9] = [
        Self::More,
        Self::AtLeast,
        Self::Less,
        Self::AtMost,
        Self::Equal,
        Self::One,
        Self::Between,
        Self::Any,
        Self::None,
    ];

    /// `is_other` writes the same in another way.
    fn text(self, from: &str, to: &str, is_other: bool) -> String {
        match (self, is_other) {
            (Self::More, _) => format!(">{from}"),
            (Self::AtLeast, false) => format!(">={from}"),
            (Self::AtLeast, true) => format!("{from}.."),
            (Self::Less, _) => format!("<{from}"),
            (Self::AtMost, false) => format!("<={from}"),
            (Self::AtMost, true) => format!("[MIN TO {from}]"),
            (Self::Equal, _) => format!("={from}"),
            (Self::One, _) => from.to_owned(),
            (Self::Between, false) => format!("{from}..{to}"),
            (Self::Between, true) => format!("RANGE[{from}, {to}]"),
            (Self::Any, false) => "..".to_owned(),
            (Self::Any, true) => "*".to_owned(),
            (Self::None, _) => "none".to_owned(),
        }
    }
}

/// A date or a time until today: its days, and those that it has as the end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    span: Span,
    end: Span,
}

fn dates() -> impl Strategy<Value = Part> {
    let absolute = (2015_u32..2031, 0_u32..13, 0_u32..32).prop_map(|(year, month, day)| {
        let text = match (month, day.min(facts::month_days(year, month.max(1)))) {
            (0, _) => format!("{year}"),
            (month, 0) => format!("{year}-{month:02}"),
            (month, day) => format!("{year}-{month:02}-{day:02}"),
        };
        let span = facts::span(&text).expect("a date");
        (text, Moment { span, end: span })
    });
    let relative = (any::<bool>(), 0_u32..800, select(vec!["d", "w", "mo", "y"])).prop_map(
        |(is_past, count, unit)| {
            let count = if unit == "y" { count % 12 } else { count };
            let text = format!("{}-{count}{unit}", if is_past { "last" } else { "next" });
            let far = moved(i64::from(count) * if is_past { -1 } else { 1 }, unit);
            let (first, last) = if is_past { (far, TODAY_IS) } else { (TODAY_IS, far) };
            (text, Moment { span: Span { first, last }, end: Span { first: far, last: far } })
        },
    );
    let day = Span { first: TODAY_IS, last: TODAY_IS };
    let today = Just(("today".to_owned(), Moment { span: day, end: day }));
    let value = prop_oneof![6 => absolute, 2 => relative, 1 => today];
    let fields: Vec<&str> = facts::DATES.iter().map(|(field, _)| *field).collect();
    written(
        select(fields),
        value,
        |a, b| a.end.first <= b.end.first && a.end.last <= b.end.last,
        |way, from, to| {
            let is_one = matches!(way, Way::Equal | Way::One) || from == to;
            let days = |moment: &Moment| if is_one { moment.span } else { moment.end };
            let (from, to) = match way {
                Way::Between => (days(from), days(to)),
                Way::Equal | Way::One => (from.span, from.span),
                _ => (from.end, from.end),
            };
            let (after, before) = (next(from.last), previous(from.first));
            let (from, to) = match way {
                Way::More => (Some(after), None),
                Way::AtLeast => (Some(from.first), None),
                Way::Less => (None, Some(before)),
                Way::AtMost => (None, Some(from.last)),
                Way::Equal | Way::One => (Some(from.first), Some(from.last)),
                Way::Between => (Some(from.first), Some(to.last)),
                Way::Any | Way::None => (None, None),
            };
            Test::Days { from, to, is_certain: way == Way::Equal }
        },
    )
}

fn counts() -> impl Strategy<Value = Part> {
    let value = select(vec![0_u64, 1, 2, 3, 10, 49, 50, 51, 99, 100, 101, 500, 1000, 12_345]);
    let value = value.prop_map(|count| (count.to_string(), count));
    written(
        select(facts::COUNTS.to_vec()),
        value,
        |a, b| a <= b,
        |way, from, to| {
            let (from, to) = ends(way, *from, *to);
            Test::Counts { from, to }
        },
    )
}

/// The ends of whole numbers. Below 0 there is nothing, which an end above everything says too.
fn ends(way: Way, from: u64, to: u64) -> (Option<u64>, Option<u64>) {
    match way {
        Way::More => (Some(from + 1), None),
        Way::AtLeast => (Some(from), None),
        Way::Less => from.checked_sub(1).map_or((Some(u64::MAX), None), |to| (None, Some(to))),
        Way::AtMost => (None, Some(from)),
        Way::Equal | Way::One => (Some(from), Some(from)),
        Way::Between => (Some(from), Some(to)),
        Way::Any | Way::None => (None, None),
    }
}

/// An age as number and minutes of the unit.
fn age() -> impl Strategy<Value = Written<(u64, u64)>> + Clone {
    let units = vec![
        ("", "Years"),
        ("y", "Years"),
        ("mo", "Months"),
        ("w", "Weeks"),
        ("d", "Days"),
        ("h", "Hours"),
        ("min", "Minutes"),
    ];
    (select(vec![0_u64, 1, 6, 12, 17, 18, 26, 36, 54, 64, 65, 66, 80, 216]), select(units))
        .prop_map(|(number, (short, unit))| {
            let age = facts::age(&format!("{number} {unit}")).expect("an age");
            (format!("{number}{short}"), age)
        })
}

fn minutes((number, unit): (u64, u64)) -> u64 {
    number * unit
}

fn limits() -> impl Strategy<Value = Part> {
    let field = select(vec!["min-age", "max-age"]);
    written(
        field,
        age(),
        |a, b| minutes(*a) <= minutes(*b),
        |way, from, to| {
            let (from, to) = ends(way, minutes(*from), minutes(*to));
            Test::Ages { from, to }
        },
    )
}

fn fitting() -> impl Strategy<Value = Part> {
    written(
        Just("age"),
        age(),
        |a, b| minutes(*a) <= minutes(*b),
        |way, from, to| {
            let next = (from.0 + 1) * from.1;
            let (youngest, oldest) = match way {
                Way::More => (next, None),
                Way::AtLeast => (minutes(*from), None),
                Way::Less if from.0 == 0 => return Test::Nobody,
                Way::Less => (0, Some(minutes(*from) - 1)),
                Way::AtMost => (0, Some(minutes(*from))),
                Way::Equal | Way::One => (minutes(*from), Some(minutes(*from))),
                Way::Between => (minutes(*from), Some(minutes(*to))),
                Way::Any | Way::None => (0, None),
            };
            Test::Fits { youngest, oldest }
        },
    )
}

fn certainties() -> impl Strategy<Value = Part> {
    let fields =
        ["start", "primary-completion", "completion", "posted", "results-posted", "enrollment"];
    (select(fields.to_vec()), select(vec![("actual", "ACTUAL"), ("estimated", "ESTIMATED")]))
        .prop_map(|(field, (text, kind))| Part {
            field,
            text: text.to_owned(),
            test: Test::Kind(kind),
        })
}

fn sexes() -> impl Strategy<Value = Part> {
    select(vec![("f", "FEMALE"), ("m", "MALE")]).prop_map(|(text, sex)| Part {
        field: "sex",
        text: text.to_owned(),
        test: Test::Sex(sex),
    })
}

/// The day that lies so many units after today.
fn moved(count: i64, unit: &str) -> Day {
    let (year, month, day) = TODAY_IS;
    let months = match unit {
        "mo" => count,
        "y" => count * 12,
        _ => {
            let days = if unit == "w" { count * 7 } else { count };
            let step = if days < 0 { previous } else { next };
            return (0..days.abs()).fold(TODAY_IS, |day, _| step(day));
        }
    };
    let months = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let months = u32::try_from(months).expect("no day before the year 0");
    let (year, month) = (months / 12, months % 12 + 1);
    (year, month, day.min(facts::month_days(year, month)))
}

fn next((year, month, day): Day) -> Day {
    match (month, day) {
        (12, 31) => (year + 1, 1, 1),
        (month, day) if day == facts::month_days(year, month) => (year, month + 1, 1),
        (month, day) => (year, month, day + 1),
    }
}

fn previous((year, month, day): Day) -> Day {
    match (month, day) {
        (1, 1) => (year - 1, 12, 31),
        (month, 1) => (year, month - 1, facts::month_days(year, month - 1)),
        (month, day) => (year, month, day - 1),
    }
}
