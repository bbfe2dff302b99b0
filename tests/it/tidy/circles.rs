//! Circles: modules below one parent that need each other, directly or through others.
//!
//! A parent and its descendants may name each other. Siblings, each with its descendants, may not: a reader has to
//! understand one of them without the other.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::identifier;
use super::{Source, none, sources};

/// The circles that are left. A new one fails; one that is untied is taken off.
const KNOWN: &[&str] = &[];

/// A path in the crate, from its root: `text`, `fold` for `crate::text::fold`.
type Path = Vec<String>;

/// The modules of the crate, and what each brings into its scope by name.
struct Crate {
    scopes: BTreeMap<Path, BTreeMap<String, Path>>,
}

impl Crate {
    fn new(sources: &[Source]) -> Self {
        let modules: BTreeSet<Path> = sources.iter().map(module).collect();
        let scopes = sources.iter().map(|source| {
            let module = module(source);
            let imports = code(source);
            let imports = imports.match_indices("use ").flat_map(|(at, word)| {
                let mut found = Vec::new();
                branches(&imports[at + word.len()..], &[], &mut found);
                found
            });
            // A path that begins with neither `crate` nor `super` is of a child or of a library.
            let whole = |path: Path| {
                let child = [&module[..], &path[..1.min(path.len())]].concat();
                let is_child = modules.contains(&child);
                let below = || [&module[..], &path[..]].concat();
                from_root(&module, &path).or_else(|| is_child.then(below))
            };
            let named =
                imports.filter_map(whole).filter_map(|path| Some((path.last()?.clone(), path)));
            (module.clone(), named.collect())
        });
        Self { scopes: scopes.collect() }
    }

    /// The module in which what `path` names is defined, past every `pub use` on the way.
    fn home(&self, mut path: Path) -> Path {
        for _ in 0..10 {
            let lengths = (0..=path.len()).rev();
            let length = lengths.into_iter().find(|&end| self.scopes.contains_key(&path[..end]));
            let (module, rest) = path.split_at(length.unwrap_or(0));
            let import = rest.first().and_then(|name| self.scopes.get(module)?.get(name));
            let Some(import) = import else { return module.to_vec() };
            path = [import, &rest[1..]].concat();
        }
        path
    }

    /// For each parent: which of its children names which other one.
    fn siblings(&self, sources: &[Source]) -> BTreeMap<Path, BTreeMap<String, BTreeSet<String>>> {
        let mut siblings: BTreeMap<Path, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for source in sources {
            let module = module(source);
            for home in named(&module, &code(source)).into_iter().map(|path| self.home(path)) {
                let same = module.iter().zip(&home).take_while(|(a, b)| a == b).count();
                let (Some(from), Some(to)) = (module.get(same), home.get(same)) else { continue };
                let children = siblings.entry(module[..same].to_vec()).or_default();
                children.entry(from.clone()).or_default().insert(to.clone());
            }
        }
        siblings
    }
}

/// Where the module of a source stands: `ui`, `pane` for `src/ui/pane.rs`; nowhere for the crate itself.
fn module(source: &Source) -> Path {
    let path: Path = source.module().split("::").map(str::to_owned).collect();
    if path == ["lib"] { Path::new() } else { path }
}

fn code(source: &Source) -> String {
    source.code().collect::<Vec<_>>().join("\n")
}

/// The paths in the code that begin at this crate, from its root.
fn named(module: &[String], code: &str) -> Vec<Path> {
    let mut found = Vec::new();
    for root in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(root) {
            // `super::` in the middle of a path is a part of it.
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                branches(&code[at..], &[], &mut found);
            }
        }
    }
    found.iter().filter_map(|path| from_root(module, path)).collect()
}

/// A path that begins with `crate`, `super` or `self`, from the root of the crate.
fn from_root(module: &[String], path: &[String]) -> Option<Path> {
    let mut base = match path.first()?.as_str() {
        "crate" => &[],
        "super" | "self" => module,
        _ => return None,
    };
    let mut rest = path;
    while let Some((word, after)) = rest.split_first() {
        match word.as_str() {
            "super" => base = base.split_last()?.1,
            "crate" | "self" => (),
            _ => break,
        }
        rest = after;
    }
    Some([base, rest].concat())
}

/// Takes the paths at the beginning of the text, two of `a::{b, c::D}`, and says where they end.
fn branches(text: &str, before: &[String], found: &mut Vec<Path>) -> usize {
    let (mut path, mut at) = (before.to_vec(), 0);
    loop {
        let name = identifier(&text[at..]);
        if name.is_empty() && text[at..].starts_with('{') {
            at += 1;
            loop {
                let blank = |c: char| c.is_whitespace() || c == ',';
                at = text.len() - text[at..].trim_start_matches(blank).len();
                if text[at..].is_empty() || text[at..].starts_with('}') {
                    return (at + 1).min(text.len());
                }
                at += branches(&text[at..], &path, found);
                at += text[at..].find([',', '}']).unwrap_or(text.len() - at);
            }
        }
        if !name.is_empty() && name != "self" || path.is_empty() {
            path.push(name.to_owned());
        }
        at += name.len();
        if name.is_empty() || !text[at..].starts_with("::") {
            break;
        }
        at += 2;
    }
    found.push(path);
    at
}

/// Everything that can be reached from `start`.
fn reached<'a>(
    start: &'a str,
    next: &'a BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(name) = waiting.pop() {
        let new = next.get(name).into_iter().flatten().filter(|name| reached.insert(*name));
        waiting.extend(new.map(String::as_str).collect::<Vec<_>>());
    }
    reached
}

/// Each circle as `parent: child child`, where the children stand in alphabetical order.
fn circles(sources: &[Source]) -> BTreeSet<String> {
    let mut circles = BTreeSet::new();
    for (parent, next) in Crate::new(sources).siblings(sources) {
        for name in next.keys() {
            let there = reached(name, &next);
            let back = there.into_iter().filter(|other| reached(other, &next).contains(name));
            let circle: Vec<&str> = back.map(String::as_str).collect();
            if !circle.is_empty() {
                circles.insert(format!("{}: {}", parent.join("::"), circle.join(" ")));
            }
        }
    }
    circles
}

#[test]
fn no_module_needs_one_that_needs_it() {
    let known: BTreeSet<String> = KNOWN.iter().map(|circle| (*circle).to_owned()).collect();
    let found = circles(&sources("src"));
    let new = found.difference(&known).map(|circle| format!("{circle}: a circle"));
    let untied = known.difference(&found).map(|circle| format!("{circle}: untied, off the list"));
    none(&new.chain(untied).collect::<Vec<_>>());
}

#[test]
fn a_circle_is_found_by_whatever_way_it_is_named() {
    let round = |a: &str, b: &str| {
        let sources = [("src/lib.rs", "pub mod p;"), ("src/p.rs", "mod a;\npub use b::{self, B};")];
        let all = sources.into_iter().chain([("src/p/a.rs", a), ("src/p/b/c.rs", b)]);
        let all = all.chain([("src/p/b.rs", "pub struct B;"), ("src/q.rs", "use crate::p::B;")]);
        let source = |(path, text): (&str, &str)| Source { path: path.into(), text: text.into() };
        circles(&all.map(source).collect::<Vec<_>>())
    };
    let there = "use super::super::a::A;";
    for (a, b) in [
        ("use super::b::c::C;", there),
        ("use super::{\n    b::{B, c},\n    other,\n};", there),
        ("use crate::p::B as Other;", there),
        ("fn f() -> super::B { todo() }", there),
        ("use super::b;", "fn f(a: &crate::p::a::A) {}"),
    ] {
        assert_eq!(round(a, b), ["p: a b".to_owned()].into(), "{a} {b}");
    }
    for (a, b) in [
        ("use super::b::B;", ""),
        ("use super::b::B;", "// use super::super::a::A;"),
        ("use super::b::B;", "use super::super::B;"),
        ("use super::P;", there),
        ("use super::b::B;", "#[cfg(test)]\nmod tests {\n    use super::super::super::a::A;"),
    ] {
        assert_eq!(round(a, b), BTreeSet::new(), "{a} {b}");
    }
}
