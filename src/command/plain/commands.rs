//! The commands of the dialogue, in one table. They are called as in the palette of the browser.

use anyhow::{Result, anyhow, bail};

use super::line::{first_word, named};
use super::{Dialogue, marking, person, places, words};
use crate::export::{self, Origin, Report, Rows, StudiesFormat, Writing};
use crate::marks::Decision;
use crate::search::stats::Field;
use crate::search::{self, Reading, Sorts, Statistics};
use crate::session::{Content, FileName, JobId, from_home, path_in};
use crate::study::calendar;
use crate::text;
use crate::worker::clipboard::{self, Copied, Terminal};
use crate::worker::file::{self, Saved};
use crate::worker::job::Job;
use crate::worker::{self, browser};

/// One command.
pub(super) struct Command {
    /// What it is called; the first name is that of the help.
    names: &'static [&'static str],
    arguments: &'static str,
    help: &'static str,
    does: fn(&mut Dialogue, &str) -> Result<String>,
}

/// In the order of the help.
const COMMANDS: &[Command] = &[
    command(
        &["search", "find"],
        "WORDS",
        "list the trials that have these words; any other line that begins with no command does the same",
        search,
    ),
    command(
        &["narrow", "filter", "and"],
        "WORDS",
        "ask for more: narrow status:recruiting",
        narrow,
    ),
    command(&["more", "next", "down"], "", "read the list on", |it, _| Ok(it.more())),
    command(&["list", "again", "top"], "", "read the list from its beginning", |it, _| {
        Ok(list(it))
    }),
    command(
        &["sort"],
        "NAME",
        "order the list: updated, start, enrollment, title; reverse-start and so on",
        sort,
    ),
    command(&["undo", "u", "back"], "", "take the last search or mark back", undo),
    command(&["exact"], "", "read words to the letter, or as they are meant", exact),
    command(
        &["read", "show"],
        "NUMBER SECTION",
        "read a trial, or one section of it: read 3 eligibility",
        read,
    ),
    command(&["sections", "outline"], "NUMBER", "name the sections of a trial", sections),
    command(
        &["compare"],
        "NUMBERS",
        "say what is equal and what differs; with no numbers, of pinned trials",
        compare,
    ),
    command(&["pin"], "NUMBER", "put a trial aside for comparison, or take it off", pin),
    command(&["unpin-all"], "", "take every pin off", |it, _| Ok(unpin(it))),
    command(&["related"], "NUMBER", "list the trials that share most with one", related),
    command(
        &["map", "sites"],
        "NUMBER COUNTRY",
        "list where a trial takes place, country by country: map 3, map 3 Spain",
        places::sites,
    ),
    command(
        &["timeline", "dates"],
        "NUMBERS",
        "read the dates of trials; with no numbers, of pinned trials",
        places::dates,
    ),
    command(
        &["person", "match"],
        "AGE SEX",
        "say which of what was found would take somebody first: person 45 female; no words take that back",
        person::suit,
    ),
    command(&["count", "dashboard", "stats"], "FIELD", "count what was found: count phase", count),
    command(&["include", "accept"], "NUMBER", "decide to include a trial", |it, of| {
        marking::decide(it, of, Decision::Include)
    }),
    command(
        &["exclude", "exclude-trial"],
        "NUMBER REASON",
        "decide to exclude it, and say why",
        |it, of| marking::decide(it, of, Decision::Exclude),
    ),
    command(&["maybe"], "NUMBER", "decide later", |it, of| {
        marking::decide(it, of, Decision::Maybe)
    }),
    command(&["tag"], "NUMBER NAME", "put a tag on; -NAME takes it off", marking::tag),
    command(
        &["note", "notes"],
        "NUMBER WORDS",
        "write a note; no words take it back",
        marking::note,
    ),
    command(&["collection"], "NAME", "keep marks in this collection", marking::collection),
    command(
        &["save", "export"],
        "FORM NUMBER",
        "save what was found, or one trial: save csv, save ris 3",
        save,
    ),
    command(&["copy"], "NUMBER", "copy the whole text of a trial", copy),
    command(&["json", "raw"], "NUMBER", "read the record as the registry published it", json),
    command(&["open-page"], "NUMBER", "open the trial's page in the web browser", open_page),
    command(&["open", "load"], "PATH", "open another file, folder or archive", open),
    command(&["reload"], "", "read the dataset once more", reload),
    command(&["problems"], "", "list the records that were skipped", |it, _| Ok(problems(it))),
    command(&["help", "commands", "?"], "", "list the commands", |_, _| Ok(help())),
];

const fn command(
    names: &'static [&'static str],
    arguments: &'static str,
    help: &'static str,
    does: fn(&mut Dialogue, &str) -> Result<String>,
) -> Command {
    Command { names, arguments, help, does }
}

/// Does what a line asks for: a command; a number, which reads a trial; else a search.
pub(super) fn run(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let line = line.strip_prefix(':').unwrap_or(line);
    if let Some(words) = line.strip_prefix('/') {
        return search(dialogue, words);
    }
    let (name, rest) = first_word(line);
    let folded = name.to_lowercase();
    if let Some(command) = COMMANDS.iter().find(|command| command.names.contains(&&*folded)) {
        return (command.does)(dialogue, rest);
    }
    if name.parse::<usize>().is_ok()
        || (rest.is_empty() && name.parse::<crate::study::NctId>().is_ok())
    {
        return read(dialogue, line);
    }
    search(dialogue, line)
}

fn search(dialogue: &mut Dialogue, words: &str) -> Result<String> {
    let before = dialogue.text.clone();
    let said = dialogue.search(words)?;
    dialogue.done.push(before);
    Ok(said)
}

fn narrow(dialogue: &mut Dialogue, words: &str) -> Result<String> {
    let longer = format!("{} {words}", dialogue.text);
    search(dialogue, longer.trim())
}

fn list(dialogue: &mut Dialogue) -> String {
    dialogue.next = 0;
    dialogue.more()
}

fn sort(dialogue: &mut Dialogue, name: &str) -> Result<String> {
    if let Err(error) = name.parse::<Sorts>() {
        bail!("{error}");
    }
    let kept = dialogue.text.split(' ').filter(|word| !word.starts_with("sort:"));
    let kept: Vec<&str> = kept.collect();
    let text = format!("{} sort:{}", kept.join(" "), name.trim());
    search(dialogue, text.trim())
}

fn undo(dialogue: &mut Dialogue, _: &str) -> Result<String> {
    if let Some(step) = dialogue.kept.pop() {
        let by = dialogue.by.clone();
        let undone = dialogue.collection()?.undo_step(&by, &step.step)?;
        return Ok(format!("Undone: {}.", undone.words));
    }
    let Some(before) = dialogue.done.pop() else { bail!("there is nothing to undo") };
    let said = dialogue.search(&before)?;
    Ok(if before.is_empty() { said } else { format!("Asked again: {before}.\n{said}") })
}

fn exact(dialogue: &mut Dialogue, _: &str) -> Result<String> {
    let (reading, said) = match dialogue.reading {
        Reading::AsTyped => (Reading::default(), "Words are read as they are meant."),
        Reading::AsMeant => (Reading::AsTyped, "Words are read to the letter."),
    };
    dialogue.reading = reading;
    let text = dialogue.text.clone();
    Ok(format!("{said}\n{}", dialogue.search(&text)?))
}

fn read(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, section) = named(dialogue, line)?;
    words::section(&export::text(&dialogue.store.study(study)?, None), section)
}

fn sections(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, _) = named(dialogue, line)?;
    let text = export::text(&dialogue.store.study(study)?, None);
    Ok(words::headings(&text).map(|(_, title)| title).collect::<Vec<_>>().join(", ") + ".")
}

fn compare(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let studies = dialogue.studies(line)?;
    if studies.len() < 2 {
        bail!("name two trials or more: compare 1 2; or pin them first");
    }
    let records = studies.iter().map(|&study| dialogue.store.study(study));
    let records = records.collect::<Result<Vec<_>, _>>()?;
    let report = Report::new(&records.iter().collect::<Vec<_>>(), Rows::All);
    Ok(words::comparison(&report))
}

fn pin(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, _) = named(dialogue, line)?;
    let id = dialogue.store.id(study);
    let count = dialogue.pins.len();
    dialogue.pins.retain(|pinned| *pinned != study);
    if dialogue.pins.len() < count {
        return Ok(format!("{id} is no longer pinned."));
    }
    dialogue.pins.push(study);
    let pinned = text::counted(dialogue.pins.len() as u64, "trial");
    Ok(format!("{id} is pinned. {pinned} pinned; compare compares them."))
}

fn unpin(dialogue: &mut Dialogue) -> String {
    dialogue.pins.clear();
    "No trial is pinned.".to_owned()
}

fn related(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, _) = named(dialogue, line)?;
    let id = dialogue.store.id(study);
    let found = search::related(&dialogue.store, study);
    if found.is_empty() {
        let why = search::unrelated(&dialogue.store, study);
        return Ok(format!("{id} is related to no trial here: {why}."));
    }
    let before = dialogue.text.clone();
    dialogue.done.push(before);
    dialogue.rows = found.iter().map(|related| related.study).collect();
    dialogue.next = dialogue.rows.len();
    let entries = (1..=super::AT_ONCE).zip(&found).map(|(number, related)| {
        let entry = words::entry(&dialogue.store, number, related.study, None);
        format!("\n{entry} {}", related.in_words())
    });
    let entries: String = entries.collect();
    Ok(format!("Related to {id}; numbers stand for these now, undo goes back.{entries}"))
}

fn count(dialogue: &mut Dialogue, name: &str) -> Result<String> {
    if name.is_empty() {
        bail!("count what? For example: count phase, count status, count country, count start");
    }
    let field: Field = name.parse().map_err(|error| anyhow!("{error}"))?;
    let marks = dialogue.marks()?;
    let statistics = Statistics::new(&dialogue.store, &marks, &dialogue.found);
    Ok(words::counts(&dialogue.store, &statistics.by(field.by, 30)))
}

fn save(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (form, which) = first_word(line);
    let forms = StudiesFormat::ALL.iter();
    let form = forms.clone().find(|it| words::is_called(it.label(), it.extension(), form));
    let Some(&form) = form.filter(|_| !line.trim().is_empty()) else {
        let forms: Vec<&str> = forms.map(|form| form.label()).collect();
        bail!("in which form? {}", forms.join("; "));
    };
    let studies =
        if which.is_empty() { dialogue.rows.clone() } else { vec![dialogue.study(which)?] };
    let what = match studies.as_slice() {
        [] => bail!("there is no trial to save"),
        [only] => dialogue.store.id(*only).to_string(),
        many => format!("{}-trials", many.len()),
    };
    let marks = dialogue.marks()?;
    let origin = Origin {
        dataset: crate::dataset::name(&dialogue.paths),
        query: dialogue.text.clone(),
        today: Some(calendar::today()),
    };
    let marks = (!marks.is_empty()).then(|| marks.into());
    let writing = Box::new(Writing { origin, marks, ..form.into() });
    let name = FileName { stem: format!("trialdex-{what}"), extension: form.extension() };
    let saved = Saved { name, what, content: Content::Studies(studies, writing) };
    with_job(|job| file::save(&saved, &dialogue.store, job))
}

fn copy(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, _) = named(dialogue, line)?;
    let text = export::text(&dialogue.store.study(study)?, Some(80));
    let what = format!("the text of {}", dialogue.store.id(study));
    with_job(|job| clipboard::copy(&Copied { text, what }, Terminal::NotGiven, job))
}

/// Does work that is a job in the browser; here nobody asks how far it has come.
fn with_job(work: impl FnOnce(&Job) -> Result<String, String>) -> Result<String> {
    let (queue, _messages) = worker::queue();
    let done = work(&Job::new(JobId::default(), &queue, search::Cancel::default()));
    done.map_err(|line| anyhow!(line))
}

fn json(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, _) = named(dialogue, line)?;
    let record: serde_json::Value = serde_json::from_str(&dialogue.store.version(study, 0)?)?;
    Ok(text::clean_text(&serde_json::to_string_pretty(&record)?).into_owned())
}

fn open_page(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, _) = named(dialogue, line)?;
    browser::open(&dialogue.store.id(study).url()).map_err(|line| anyhow!(line))
}

fn open(dialogue: &mut Dialogue, path: &str) -> Result<String> {
    if path.is_empty() {
        bail!("open what? Say a path: open trials.json");
    }
    let path = from_home(&path_in(path));
    crate::command::browse::exists(&path)?;
    dialogue.open(vec![path])
}

fn reload(dialogue: &mut Dialogue, _: &str) -> Result<String> {
    let paths = dialogue.paths.clone();
    dialogue.open(paths)
}

fn problems(dialogue: &Dialogue) -> String {
    let skipped = &dialogue.skipped;
    if skipped.is_empty() { "Every record was read.".to_owned() } else { skipped.join("\n") }
}

fn help() -> String {
    let lines = COMMANDS.iter().map(|Command { names, arguments, help, .. }| {
        let arguments = if arguments.is_empty() { String::new() } else { format!(" {arguments}") };
        format!("{}{arguments}: {help}.", names[0])
    });
    let lines: Vec<String> = lines.collect();
    let last = "quit: end. A NUMBER is that of a trial in the list; an id does as well, and nothing is the trial named last.";
    lines.join("\n") + "\n" + last
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_means_two_commands() {
        let mut names = HashSet::new();
        for name in COMMANDS.iter().flat_map(|command| command.names) {
            assert!(names.insert(name), "{name}");
        }
    }
}
