//! A line of time: which column a day has, and which months or years are written along it. Days so far from the
//! others that all else would shrink to nothing are left beside it.

use crate::study::PartialDate;
use crate::study::calendar::{Day, Span};

/// How far a day may be from the middle one of all, in days: forty years.
const NEAR: i32 = 40 * 365;
/// What is at least seen: half a year.
const LEAST: i32 = 180;
/// Columns from one written month to the next, and from year to year.
const APART: (i32, i32) = (10, 7);
/// How many months the steps between written dates may have.
const STEPS: &[i32] = &[1, 3, 6, 12, 24, 60, 120, 240];

/// A line of time, `columns` wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    first: Day,
    last: Day,
    columns: u16,
}

/// Where a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Before,
    /// In this column.
    At(u16),
    After,
}

impl Axis {
    /// A line on which the spans are, but for those far from the others. `None` without spans or columns.
    pub(super) fn over(spans: &[Span], columns: u16) -> Option<Self> {
        let mut days: Vec<i32> = spans.iter().map(|span| span.first.0).collect();
        days.sort_unstable();
        let middle = *days.get(days.len() / 2)?;
        let near = |day: &i32| (day - middle).abs() <= NEAR;
        let ends = spans.iter().flat_map(|span| [span.first.0, span.last.0]).filter(near);
        let (first, last) =
            ends.fold((middle, middle), |(first, last), day| (first.min(day), last.max(day)));
        let margin = ((LEAST - (last - first)) / 2).max((last - first) / 50 + 1);
        (columns > 0).then_some(Self {
            first: Day(first - margin),
            last: Day(last + margin),
            columns,
        })
    }

    /// Where a day is.
    pub(super) fn at(self, day: Day) -> Where {
        if day < self.first {
            return Where::Before;
        }
        if day > self.last {
            return Where::After;
        }
        let (days, columns) = (self.last.0 - self.first.0 + 1, i32::from(self.columns));
        let column = i64::from(day.0 - self.first.0) * i64::from(columns) / i64::from(days);
        Where::At(u16::try_from(column).unwrap_or(self.columns).min(self.columns - 1))
    }

    /// The dates to write along the line, each with the column where its first day is: months, or years.
    pub(super) fn dates(self) -> Vec<(u16, String)> {
        let days = self.last.0 - self.first.0 + 1;
        // A month is more than 30 days, so that there is a little more room than said.
        let fits = |&&step: &&i32| {
            let apart = if step < 12 { APART.0 } else { APART.1 };
            days / (step * 30) <= (i32::from(self.columns) / apart).max(1)
        };
        let step = STEPS.iter().find(fits).or(STEPS.last());
        let step = step.copied().unwrap_or(12);
        let months = |year: u16| i32::from(year) * 12;
        let (from, to) = (months(self.first.date().year()), months(self.last.date().year()) + 11);
        let all = (from / step * step..=to).step_by(usize::try_from(step).unwrap_or(12));
        let dates = all.filter_map(|month| {
            let (year, month) = (month / 12, month % 12 + 1);
            let date: PartialDate = format!("{year:04}-{month:02}").parse().ok()?;
            let Where::At(column) = self.at(Span::of(date).first) else { return None };
            let words = if step < 12 { date.in_words() } else { year.to_string() };
            Some((column, words))
        });
        dates.collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spans(dates: &[&str]) -> Vec<Span> {
        dates.iter().map(|date| Span::of(date.parse().unwrap())).collect()
    }

    fn written(dates: &[&str], columns: u16) -> String {
        let dates = Axis::over(&spans(dates), columns).unwrap().dates();
        dates
            .iter()
            .map(|(column, words)| format!("{words}@{column}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn as_many_dates_are_written_as_there_is_room_for() {
        let cases = [
            (&["2013-05", "2016-02-29"][..], 60),
            (&["2013-05", "2016-02-29"], 20),
            (&["2013-05", "2016-02-29"], 5),
            (&["2020-03-05"], 60),
            (&["1975", "1999", "2024-11"], 60),
            (&["0001", "0001-02"], 40),
            (&["9999-12-31"], 40),
        ];
        let lines = cases.map(|(dates, columns)| format!("{columns}: {}", written(dates, columns)));
        insta::assert_snapshot!(lines.join("\n"), @r"
        60: Jul 2013@4 Jan 2014@14 Jul 2014@24 Jan 2015@35 Jul 2015@45 Jan 2016@55
        20: 2014@4 2015@11 2016@18
        5: 2014@1 2016@4
        60: Jan 2020@8 Feb 2020@18 Mar 2020@28 Apr 2020@38 May 2020@48 Jun 2020@59
        60: 1980@6 1990@18 2000@30 2010@41 2020@53
        40: Jan 1@0 Apr 1@10 Jul 1@19 Oct 1@29 Jan 2@39
        40:
        ");
    }

    #[test]
    fn a_date_far_out_does_not_shrink_the_others() {
        let axis = Axis::over(&spans(&["1014-01-24", "2013", "2014-05", "2100-12"]), 50).unwrap();
        let at = |date: &str| axis.at(Span::of(date.parse().unwrap()).first);
        assert_eq!((at("1014-01-24"), at("2100-12")), (Where::Before, Where::After));
        assert!(
            matches!(at("2013"), Where::At(0..4)) && matches!(at("2014-05"), Where::At(40..50))
        );
    }

    proptest! {
        #[test]
        fn later_days_are_not_further_left(
            days in prop::collection::vec(-719_162..=2_932_896_i32, 1..20),
            columns in 1..300_u16,
        ) {
            let mut days = days;
            days.sort_unstable();
            let spans: Vec<Span> = days.iter().map(|&day| Span { first: Day(day), last: Day(day) }).collect();
            let axis = Axis::over(&spans, columns).unwrap();
            let order = |place| match place {
                Where::Before => -1,
                Where::At(column) => i32::from(column),
                Where::After => i32::from(columns),
            };
            let places: Vec<i32> = days.iter().map(|&day| order(axis.at(Day(day)))).collect();
            prop_assert!(places.is_sorted());
            prop_assert!(places.iter().any(|place| (0..i32::from(columns)).contains(place)));
            prop_assert!(axis.dates().len() <= usize::from(columns) + 1);
        }
    }
}
