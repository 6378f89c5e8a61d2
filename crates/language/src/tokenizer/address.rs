//! Web and mail addresses.

use super::scan::LONGEST;

/// Length of the web or mail address at the start of `s`.
pub(super) fn address(s: &str) -> Option<usize> {
    let web = s.starts_with("http://") || s.starts_with("https://") || s.starts_with("www.");
    let mail = || {
        let at = s.bytes().take(LONGEST).position(|b| b == b'@')?;
        let name = at > 0 && s[..at].chars().all(|c| c.is_alphanumeric() || "._-+".contains(c));
        let inside = |c: char| c.is_alphanumeric() || ".-".contains(c);
        let host: usize = s[at + 1..].chars().take(LONGEST).take_while(|&c| inside(c)).map(char::len_utf8).sum();
        let host = &s[at + 1..][..host];
        (name && host.trim_end_matches('.').contains('.')).then(|| at + 1 + host.trim_end_matches('.').len())
    };
    if web {
        let stop = s.find(['«', '»', '"', '<', '>', '“', '”']).unwrap_or(s.len());
        let s = &s[..stop];
        let cut = s.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '…']);
        let cut = if cut.contains('(') { cut } else { cut.trim_end_matches([')', ']', '.', ',']) };
        return (!cut.is_empty()).then_some(cut.len());
    }
    s.starts_with(char::is_alphanumeric).then(mail)?
}
