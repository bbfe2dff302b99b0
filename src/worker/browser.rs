//! Showing a page in the user's web browser.

/// Opens `url` with whatever the desktop uses for it; gives one line that says how that went.
pub fn open(url: &str) -> Result<String, String> {
    check(url)?;
    open::that_detached(url)
        .map_err(|_| format!("no browser could be started; the page is {url}"))?;
    Ok(format!("opened {url}"))
}

/// Lets through nothing that a launcher or a shell could take for anything but the address of a page.
fn check(url: &str) -> Result<(), String> {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\"'`<>\\^{|}".contains(c);
    if rest.is_empty() || url.chars().any(is_odd) {
        let shown: String = url.escape_debug().take(60).collect();
        return Err(format!("not opened, because it is no https:// address: {shown}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_addresses_are_opened() {
        for (url, fine) in [
            ("https://clinicaltrials.gov/study/NCT00000102", true),
            ("https://doi.org/10.1000/x?y=1&z=(2)#é", true),
            ("http://clinicaltrials.gov/", false),
            ("https://", false),
            ("javascript:alert(1)", false),
            ("file:///etc/passwd", false),
            ("-https://a.example", false),
            (" https://a.example", false),
            ("https://a.example/\x1b]52;c;eA==\x07", false),
            ("https://a.example/\u{9b}31m", false),
            ("https://a.example/a b", false),
            ("https://a.example/\"&calc", false),
            ("", false),
        ] {
            assert_eq!(check(url).is_ok(), fine, "{url:?}");
        }
    }

    #[test]
    fn a_refusal_shows_no_control_character() {
        let line = check("\x1b]0;x\x07").unwrap_err();
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}
