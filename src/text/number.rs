//! Numbers as people read them.

/// The number with a comma before every three digits: `605,599`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// So many of what one is called so: `1 trial`, `1,058 trials`.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number of bytes in the unit in which it has one to three digits before the point: `2.7 GB`.
pub fn bytes(number: u64) -> String {
    let units = ["kB", "MB", "GB"];
    let unit = units.len().min(number.max(1).ilog10() as usize / 3).max(1);
    let tenths = number / (1000_u64.pow(unit as u32) / 10);
    format!("{}.{} {}", grouped(tenths / 10), tenths % 10, units[unit - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_threes() {
        for (number, words) in [
            (0, "0"),
            (999, "999"),
            (1058, "1,058"),
            (605_599, "605,599"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(grouped(number), words);
        }
    }

    #[test]
    fn bytes_have_the_unit_that_fits() {
        for (number, words) in [
            (0, "0.0 kB"),
            (898, "0.8 kB"),
            (17_275, "17.2 kB"),
            (3_596_689, "3.5 MB"),
            (10_330_000_000, "10.3 GB"),
            (2_000_000_000_000, "2,000.0 GB"),
        ] {
            assert_eq!(bytes(number), words);
        }
    }
}
