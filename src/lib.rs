//! trialdex finds, shows and compares clinical trials. It reads records as ClinicalTrials.gov publishes
//! them, builds an index over them in memory, and answers from it on a terminal screen and on the
//! command line: two front ends, one engine.
//!
//! This page says how the whole hangs together. What one part does, its own first lines say.
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | study | one registered trial, as the program holds it; people read "trial" |
//! | record | the JSON of a study as the registry published it; never changed |
//! | dataset | what the user opens: files, folders and archives of records |
//! | sample | the 83 trials that are part of the program: facts as registered, prose told anew and shorter; the full records are at clinicaltrials.gov |
//! | store | the index over a dataset |
//! | concept | what the program knows of every study: one row that says how it is asked, counted, ordered, listed, compared |
//! | vocabulary | the distinct values of one concept of all studies: every sponsor, every condition |
//! | facet | a concept to filter by, with the number of studies for each of its values |
//! | query | what the user asks, with one canonical text |
//! | pin | a study put aside for comparison |
//! | session | what the user is doing now |
//!
//! # Modules
//!
//! In reading order. A module uses those named in its row and no others, all of which stand above it; a
//! test reads this table and the sources and compares.
//!
//! | module | what it is for | uses |
//! |---|---|---|
//! | [`cores`] | work on as many cores as can be had | |
//! | [`text`] | strings: cleaning, folding, width, wrapping, the registry's markup | |
//! | [`study`] | what a study is: id, dates, codes, the fields that people read | `text` |
//! | [`load`] | paths → records, whatever shape they have on disk | |
//! | [`store`] | the index: columns, vocabularies, where the records are | `cores` `load` `study` `text` |
//! | [`marks`] | what a person makes of studies: decisions, tags, notes, kept in files | `study` `text` |
//! | [`search`] | query → the studies it finds, the counts of facets, an order | `cores` `marks` `store` `study` `text` |
//! | [`compare`] | studies → aligned fields, their differences, and what they share | `study` `text` |
//! | [`export`] | studies, comparisons and marks → text, Markdown, HTML, CSV, JSON, RIS, BibTeX, CSL-JSON, tables for SQL | `compare` `marks` `search` `store` `study` `text` |
//! | [`dataset`] | load and store joined: paths → a store and what was skipped; what is kept of it | `cores` `load` `store` `text` |
//! | [`session`] | query, answer, selection, pins, marks; asks the world by effects | `dataset` `export` `load` `marks` `search` `store` `study` `text` |
//! | [`state`] | what the browser keeps of how somebody uses it, one readable file each | `search` `session` `study` |
//! | [`event`] | everything that can happen to the application | `dataset` `marks` `search` `session` |
//! | [`ui`] | keys, layout, themes, panes, popups: the session as a screen | `compare` `event` `export` `marks` `search` `session` `store` `study` `text` |
//! | [`app`] | where keys go, what has the focus, the layers of the screen | `dataset` `event` `export` `marks` `search` `session` `store` `study` `text` `ui` |
//! | [`config`] | the configuration file | `marks` `text` `ui` |
//! | [`worker`] | threads: input, loading, searching; the terminal, the clipboard, files | `cores` `dataset` `event` `export` `load` `marks` `search` `session` `store` `study` `text` |
//! | [`cli`] | the arguments | `marks` `search` `study` |
//! | [`command`] | what each command does; the browser's main loop; the dialogue of lines | `app` `cli` `compare` `config` `cores` `dataset` `event` `export` `load` `marks` `search` `session` `state` `store` `study` `text` `worker` |
//!
//! `main.rs` calls [`command::run`], prints the error if there is one, and turns the ending into an exit code.
//!
//! # From a dataset to the screen
//!
//! ```text
//! paths ── load::open ──▶ Iterator of Portion, from which each core takes its turn
//! Portion::read ── StoreBuilder::push ──▶ columns, vocabularies, places of records; on all cores
//! StoreBuilder::absorb ──▶ one store, the same whichever core was quicker
//!       ├── Event::Loading, at most every 50 ms
//!       └── Event::Part after a second, and whenever it has doubled: a store of what has been read so far
//! StoreBuilder::finish ──▶ Event::Loaded(Dataset): the store, and what was skipped
//!       └── Event::Glimpsed before that, where the dataset is known and nothing is asked yet
//! Session::open ──▶ Effect::Start(job, Task::Search(query))
//!       └── Session::take_more, where a part is open: the same, and the answer opens the larger store
//! searching thread, where the latest question wins ── search::answer ──▶ Event::Answered(job, results)
//!       └── behind it search::hints ──▶ Event::Hinted(job, hints): what else can be asked
//! Session::answer drops what an older search found; App::draw draws what is in the window
//! ```
//!
//! A large dataset takes this way once. The arrays of the store are written to a file in the cache directory, the file
//! gets its name, and the store is opened from it by mapping it into memory, now and at every later start:
//! `dataset::cache`, [`store::snapshot`]. What a first screen shows of it, its front, is checked at once and comes as
//! [`event::Event::Glimpsed`]; the rest is checked meanwhile, before anything else is asked of it. Its records stay where
//! they are ([`load::Original`]) and are known by their checksums; those that can be read only once, from a pipe or a
//! compressed stream, are copied in compressed blocks, into that file while the dataset is read. Of a small dataset all
//! are copied, in memory.
//!
//! The prose of the records has an index of its own, [`store::prose`], made after everything else and kept beside the
//! snapshot. It says which studies have a word in which part; whether words stand side by side is read in their records.
//!
//! The commands take the first half of the same way, call [`search::answer`] themselves and write lines.
//!
//! # From a key to the screen
//!
//! ```text
//! input thread: bytes ── worker::input::sequence ──▶ keys, clicks, pastes; what terminals answer is left out
//! input thread ── Event::Terminal ──▶ queue ──▶ App::handle
//! a key that is not typed waits until the query is answered, since it means what will be on the screen
//! Keymap: key ──▶ Action, or a change of the line being typed
//! Action ──▶ the menu or page on top, else the pane that has the focus, else App
//!        ──▶ the session changes and asks for Effects
//! main loop: take in all that waits in the queue, perform the effects, draw one frame, wait
//! ```
//!
//! # What always holds
//!
//! - A dataset is only read. The only files written beside it are those that the user asks for, and only new ones.
//! - A snapshot is a copy of what can be made again. One that differs in a single byte from what was written is
//!   refused and made anew, and nothing that goes wrong with it keeps a dataset from being opened. Nothing of it is
//!   shown before what is shown has been checked. Right checksums are not enough: numbers that are places are held to the
//!   length of what they are places in.
//! - Two places are `unsafe`: `store::map` maps snapshots, which nobody changes once they have their name, and
//!   `worker::terminal::rescue` handles signals that end the process.
//! - The store does not change once it is built, but that the index of its prose comes later. As long as that is not
//!   there, who asks for prose is told so and gets no answer. An answer depends on the store and the query alone, so the same
//!   question gives the same studies in the same order.
//! - Words are matched against the values of vocabularies, never against studies one by one; so the screen can say
//!   which value was meant. What words find beside their letters, by other spellings and names or as a slip, is added and
//!   told, with the number of studies that only it brought; nothing that the letters find is lost.
//! - What stands on the screen as a filter stands in the query's text, and that text parses back to the same query.
//! - Nothing in a record is lost: what no field claims stands at the end under its path, folded in the browser.
//! - Nothing stands under inclusion or exclusion of which that is not certain: it stands as registered, without numbers.
//! - A comparison states what is equal, what differs and what only one study says. It gives no score.
//! - Text of a record passes [`text::clean_line`] or [`text::clean_text`] before it reaches a screen, a clipboard or
//!   a terminal. A record written to a file is what the registry published, byte for byte.
//! - One bad record costs itself alone, and is listed with its place and the reason.
//! - What is packed is told by its first bytes and never read as text. Of a part whose checksum is
//!   wrong, or was never compared, nothing is used; but for the screen of a dataset that is still being read, which says
//!   so, and from which such a part is taken back.
//! - What is known of a part of a dataset is never said of the whole: the screen says that more is read, and nothing that
//!   would state all that was found is saved meanwhile.
//! - Reading a text takes no longer than its length asks for, whatever stands in it.
//! - The thread of the user interface reads no file but the record that is opened, answers no queries, completes no words,
//!   and waits for no other program.
//! - Panes share the session and nothing else; no pane names another.
//! - Of two modules below one parent, one can be read without the other. The circles that are left are listed in
//!   `tests/it/tidy/circles.rs`.
//! - What is on the screen is one stack of layers: the panes at the bottom, menus, pages and the panes again above them.
//!   Whatever closes a layer shows the one below it as it was left.
//! - Every key is an entry in [`ui::action::ACTIONS`]: the keymap, the help, the palette, the hints and the manual
//!   come from there.
//! - Work in the background is a job with an id: what comes of it names it, so that it is not taken for another's. It says
//!   how it ended, and when it takes a while, how far it has come; it can be cancelled.
//! - What outlives a dataset is kept by the ids of studies; a place in a store means nothing in another.
//! - The terminal is given back however the program ends, unless it is killed outright or its own memory is broken.
//!
//! # Where a change goes
//!
//! | new … | edit | follows by itself |
//! |---|---|---|
//! | key | its keys in `ACTIONS` in `ui/action.rs` | keymap, help, hints |
//! | field that is no concept | a name in `Field::named` in `search/complete/spot.rs`, what it offers in `search/complete.rs` | completion |
//! | action | a line in `ACTIONS` in `ui/action.rs`; an arm in its pane, or in `App::act_here` in `app/act.rs` | palette, its name in the configuration |
//! | concept | a row in `CONCEPTS` in `study/concept/table.rs`; the key of its value in `study/summary.rs` if no other concept stands there | the store, and what the row claims: prefix, filter, `stats`, order, column, words of a difference, what is shared; the manual's tables |
//! | column of a list that is no concept | a variant of `Column` in `search/column.rs`; its cell in `export/listing.rs` | `--columns`, its help and completions |
//! | field to read | a line in `FIELDS` in `study/field/table.rs`, at the path of a concept if there is one | reading, comparison, Markdown, text |
//! | key fact that every study should state | its name in `EXPECTED` in `study/field.rs` | “not stated” in the browser |
//! | other name of a value | a line in `ALIASES` in `search/alias.rs` | |
//! | other name of a condition, an intervention or a sponsor | a line in data/names.tsv, which is `TABLE` in `search/meant/names.rs` | what is added to words, what is told of it |
//! | name in another language | a line of the kind foreign in data/names.tsv, which is `TABLE` in `search/meant/names.rs` | what words are read as |
//! | code as people say it | a line in `SAID` in `search/code/said.rs` | what words are read as |
//! | everyday word that says nothing, or is no slip | its list in `search/meant/everyday.rs` | what is passed over, what is mended |
//! | rule of spelling | a line in its table in `text/key.rs`; `FORMAT` grows in `store/snapshot.rs` | words that are one |
//! | code of the registry | a line in its table, one of `ALL` in `study/terms.rs` | list, filters, reading |
//! | area of the registry | a row in `AREAS` in `search/area.rs` | prefix, the registry's form, the manual's table |
//! | name in the registry's form | a line in `PIECES` in `search/registry.rs` | reading, `--as-registry` |
//! | field of prose | a row in `CONCEPTS` in `study/concept/table.rs` that names its parts; a new part is a variant of `Part` in `study/prose.rs`, and the format of `PROSE` grows in `store/snapshot.rs` | query, index |
//! | kind of file | a file in `load/`; an entry in `KINDS` in `load/kind.rs` | recognition, progress, the message of what is accepted |
//! | page on top | a file in `ui/popup/`; its type is a `Page`, and `Popup` can be made of it, in `ui/popup.rs` | its place, closing, help above it |
//! | table of results | a file in `study/results/`; a variant of `Source` in `study/results.rs` | reading, the tables' page, Markdown, text |
//! | table of AACT | a row in a `TABLES` below `export/aact/` | its file, `load.sql` |
//! | form of export | a file in `export/`; a variant of `ComparisonFormat` in `export.rs`, or of `StudiesFormat` in `export/format.rs` | the menu of `save` |
//! | command | a variant of `Command`, with its arguments, in `cli.rs`; a file in `command/` | `--help` |
//! | theme | an entry in `THEMES` in `ui/theme.rs` | `--theme`, the configuration |
//! | trial of the sample | a line in data/sample.ndjson, one of `TEXTS` in `dataset/sample.rs`: its facts, its prose written anew | |
//! | array of the store | a field, and its line in the way its part is `Stored` in `store/snapshot/stored.rs`; `FORMAT` in `store/snapshot.rs` grows | the snapshot, its checks |
//! | concept that is kept or ordered in another way | `FORMAT` grows in `store/snapshot.rs` | the snapshot |
//! | setting | a field of `Config`, with its doc line, in `config.rs` | the manual's table |
//!
//! Before the name of a file stands what is defined there; a test looks.
//!
//! The tables of the manual, which is the README and docs/, are written by `TRIALDEX_UPDATE=1 cargo test --test it tidy`; the same test without the
//! variable fails while they differ from the code.
//!
//! # Libraries
//!
//! Each of these is named in the places given and nowhere else, so that it can be replaced there. `anyhow`, `serde`,
//! `serde_json` and `thiserror` may be named anywhere.
//!
//! | library | for | named in |
//! |---|---|---|
//! | `ratatui` | the screen | `app` `ui` `worker` |
//! | `crossterm` | the terminal and its keys | `app` `command::browse` `event` `ui` `worker` |
//! | `tui_input` | a line being typed | `app` `ui` |
//! | `fuzzy_matcher` | values near to what was typed | `search::fuzzy` |
//! | `strsim` | the same, one slip away; headings with slips | `search::fuzzy` `study::eligibility` |
//! | `roaring` | sets of studies | `search` `store::facets` `store::numbers` `store::pool` `store::prose` `store::runs` `store::sites` `store::union` `store::vocabulary` |
//! | `hashbrown` | what is distinct while it is gathered | `store` |
//! | `bytemuck` | numbers as bytes and back | `store` |
//! | `bitpacking` | lists of studies in few bits | `store::prose` |
//! | `memmap2` | snapshots mapped into memory | `store::map` |
//! | `sha2` | checksums of what was searched, in search records | `dataset::files` |
//! | `crc32fast` | checksums of snapshots and records, names of snapshots | `dataset::cache` `store::prose` `store::records` `store::snapshot` |
//! | `similar` | differences word by word | `compare::align` |
//! | `jiff` | how far dates lie apart, and today; moments | `marks::moment` `study::calendar` `study::date` |
//! | `csv` | tables for spreadsheets, and from them | `export::csv` `marks::import` |
//! | `parquet` | tables as Parquet files, with the feature of that name | `export::aact::columnar` |
//! | `textwrap` | wrapping | `text::wrap` |
//! | `unicode_normalization` | case and accents | `text` |
//! | `unicode_segmentation` | words and graphemes | `compare::word` `text` |
//! | `simdutf8` | whether text is UTF-8 | `load` |
//! | `unicode_width` | columns of the terminal | `text` |
//! | `flate2` | gzip | `load` |
//! | `rawzip` | the directories of archives | `load` |
//! | `zstd` | compressed files, and the records in memory | `load` `store::records` |
//! | `memchr` | finding studies in a stream, and ids in a text | `load` `study::mention` |
//! | `walkdir` | folders | `load::folder` |
//! | `tempfile` | archives that come through a pipe, snapshots and saved files that are not whole yet | `load::input` `state` `store::snapshot` `worker::file` `worker::folder` |
//! | `directories` | where the configuration, the cache and what a person makes lie | `config` `dataset::cache` `marks::folder` `state` |
//! | `toml` | the configuration | `config` |
//! | `clap` | the arguments | `cli` `command::completions` `command::man` `main` |
//! | `clap_complete` | completions of shells | `cli::shell` `command::completions` |
//! | `clap_mangen` | manual pages | `command::man` |
//! | `open` | the web browser | `worker::browser` |
//! | `rustix` | waiting for the terminal, its modes, stopping the job, who the user is | `dataset::cache` `worker::indexer` `worker::input` `worker::terminal` |
//! | `terminput` | what the bytes of a key mean | `worker::input` |
//! | `terminput_crossterm` | the same as crossterm says it | `worker::input` |
//! | `signal_hook` | signals | `command` `worker::input` `worker::terminal` |
//! | `libc` | taking back the handler of a signal that Rust has set | `worker::terminal` |

pub mod app;
pub mod cli;
pub mod command;
pub mod compare;
pub mod config;
pub mod cores;
pub mod dataset;
pub mod event;
pub mod export;
pub mod load;
pub mod marks;
pub mod search;
pub mod session;
pub mod state;
pub mod store;
pub mod study;
pub mod text;
pub mod ui;
pub mod worker;
