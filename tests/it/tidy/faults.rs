//! The table of faults names tests, and all of them exist.

use super::{none, read, sources};

/// How many faults the table has.
const FAULTS: usize = 51;

#[test]
fn every_fault_has_tests_that_exist() {
    let all: Vec<_> = sources("src").into_iter().chain(sources("tests")).collect();
    let exists = |name: &str| {
        let function = format!("fn {name}(");
        all.iter().any(|source| {
            let before = source.text.split_once(&function).map(|(before, _)| before);
            // Between the mark of a test and its name stand other attributes at most.
            before.is_some_and(|before| {
                before.rsplit("\n\n").next().is_some_and(|it| it.contains("#[test]"))
            })
        })
    };
    let table = read("tests/faults.md");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|row| row.split(" | ").collect())
        .filter(|cells: &Vec<&str>| cells[0].parse::<usize>().is_ok())
        .collect();
    let numbers: Vec<usize> = rows.iter().filter_map(|cells| cells[0].parse().ok()).collect();
    assert_eq!(numbers, (1..=FAULTS).collect::<Vec<_>>(), "each fault has its number");
    let mut complaints = Vec::new();
    for cells in &rows {
        let tests: Vec<&str> =
            cells.last().map_or_else(Vec::new, |tests| tests.split_whitespace().collect());
        if cells.len() != 4 || tests.is_empty() {
            complaints.push(format!("fault {}: no test is named", cells[0]));
        }
        let names = tests.iter().map(|name| name.trim_matches('`'));
        complaints.extend(
            names
                .filter(|name| !exists(name))
                .map(|name| format!("fault {}: no test {name}", cells[0])),
        );
    }
    none(&complaints);
}
