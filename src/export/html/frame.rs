//! What is around every page: its head, its style, and where it comes from. A page loads no other file and runs no script.

use crate::export::writing::Origin;

/// What a page may do: show itself, in its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "\
:root { color-scheme: light dark; --line: #8886; --dim: #595959; --left: #fde7c8; --right: #d3f0d8; --head: #f3f3f3 }
@media (prefers-color-scheme: dark) {
  :root { --dim: #b3b3b3; --left: #5a3d10; --right: #1c4a29; --head: #2a2a2a }
}
body { font: 16px/1.5 system-ui, sans-serif; margin: 1em auto; max-width: 90em; padding: 0 1em; overflow-wrap: anywhere }
.page { max-width: 46em }
h1 { font-size: 1.5em } h2 { font-size: 1.2em; line-height: 1.3 } h3 { font-size: 1em }
.wide { overflow-x: auto } .wide:focus-visible { outline: 2px solid }
table { border-collapse: collapse; border-bottom: 1px solid var(--line); table-layout: fixed; width: 100%; margin-bottom: 1.5em; min-width: calc(10em + var(--n, 2) * 11em) }
th, td { border: 1px solid var(--line); padding: .35em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th { background: var(--head); position: sticky; top: 0 }
.sign { width: 1.6em; text-align: center } .field { width: 14em; font-weight: normal }
.kind { width: 14em } .named { text-align: center; width: 8.5em }
.by, .dim, .none { color: var(--dim) } .by { font-style: italic }
.l { background: var(--left) } .r { background: var(--right) } ins { text-decoration: underline dotted }
.first { border-bottom: 0; padding-bottom: .1em } .part { border-top: 0; border-bottom: 0; padding-top: .1em; padding-bottom: .1em }
td p, th p { margin: 0 } .in { margin-left: var(--in) }
article { border-top: 1px solid var(--line); padding: .5em 0 1em } article h2 { margin: .5em 0 .2em } article p { margin: .3em 0 }
.decision { border-left: .4em solid var(--line); padding-left: .6em }
.include { border-color: #2a7a3b } .exclude { border-color: #b3392f } .maybe { border-color: #a87800 }
.tags { list-style: none; margin: .3em 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4em } .tags li { border: 1px solid var(--line); border-radius: 1em; padding: 0 .7em }
dl { display: grid; grid-template-columns: minmax(7em, 11em) 1fr; gap: .15em 1em; margin: .6em 0 } dt { color: var(--dim) } dd { margin: 0 }
blockquote { margin: .4em 0; padding-left: .8em; border-left: 2px solid var(--line); white-space: pre-line }
footer { border-top: 1px solid var(--line); color: var(--dim); margin-top: 1em; padding: .5em 0 }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (max-width: 40em) { .field, .kind { width: 7em } dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .4em } }
@media print { thead th { position: static } .wide { overflow: visible } table { min-width: 0 } tr, dl, blockquote { break-inside: avoid } h2, h3 { break-after: avoid } body { font-size: 11pt; margin: 0 } }
";

/// The page up to its heading.
pub(in crate::export) fn begin(title: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"trialdex {}\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The end of the page, which says where everything comes from. `count` says of how much.
pub(in crate::export) fn end(count: &str, origin: &Origin) -> String {
    let origin = origin.in_words();
    let mut said = String::new();
    for part in [count, &origin].into_iter().filter(|part| !part.is_empty()) {
        said += &escaped(part);
        said += ". ";
    }
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "</main>\n<footer>\n<p>{said}Written by trialdex {version} from records of ClinicalTrials.gov, \
         which may have changed since.</p>\n</footer>\n</body>\n</html>\n"
    )
}

/// The text with everything that HTML takes for its own as references.
pub(in crate::export) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            char => escaped.push(char),
        }
    }
    escaped
}

/// The id, leading to the registry's page where it is one.
pub(in crate::export) fn link(id: &str) -> String {
    let shown = escaped(id);
    match id.parse::<crate::study::NctId>() {
        Ok(id) => format!("<a href=\"{}\">{shown}</a>", escaped(&id.url())),
        Err(_) => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_to_the_registry() {
        assert_eq!(
            link("NCT00000102"),
            "<a href=\"https://clinicaltrials.gov/study/NCT00000102\">NCT00000102</a>"
        );
        assert_eq!(link("javascript:x"), "javascript:x");
    }
}
