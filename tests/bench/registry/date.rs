//! Days as the registry writes them. A day is a number: days since 1970-01-01.

/// The day before which nothing was registered, and the last one.
pub(crate) const FIRST: u32 = 10_890;
pub(crate) const LAST: u32 = 20_730;

/// Year, month and day.
fn civil(day: u32) -> (u32, u32, u32) {
    // Counted in eras of 400 years from 0000-03-01, so that a leap day comes last.
    let shifted = day + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + u32::from(month <= 2), month, day)
}

/// `2013-05-11`
pub(crate) fn whole(day: u32) -> String {
    let (year, month, day) = civil(day);
    format!("{year}-{month:02}-{day:02}")
}

/// `2013-05`
pub(crate) fn month(day: u32) -> String {
    let (year, month, _) = civil(day);
    format!("{year}-{month:02}")
}
