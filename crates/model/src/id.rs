//! Identifiers that are hashes of content: the same content has the same identifier in every run.

use crate::text::is_invisible;
use sha2::{Digest, Sha256};

/// SHA-256 of `text` as 64 lower-case hexadecimal digits.
pub fn sha256_hex(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Identifier of a document: the first 16 hexadecimal digits of the SHA-256 of its stored text.
pub fn document_id(text: &str) -> String {
    let mut id = sha256_hex(text);
    id.truncate(16);
    id
}

/// A 16-digit identifier of `parts` in order. Parts are length-prefixed, so that `["ab", "c"]` and
/// `["a", "bc"]` differ.
pub fn content_id(parts: &[&str]) -> String {
    let mut h = Sha256::new();
    for p in parts {
        h.update((p.len() as u64).to_le_bytes());
        h.update(p.as_bytes());
    }
    let mut id = hex(&h.finalize());
    id.truncate(16);
    id
}

/// Lower-case ASCII letters, digits and single hyphens that stand for `label` in an identifier:
/// diacritics of Latin letters are dropped, everything else becomes a hyphen. May be empty.
///
/// ```
/// assert_eq!(temoin_model::id::slug("Kassim-Jomart Tokaïev"), "kassim-jomart-tokaiev");
/// assert_eq!(temoin_model::id::slug("L’Œuvre (2e)"), "l-oeuvre-2e");
/// assert_eq!(temoin_model::id::slug("Tokaï\u{ad}ev"), "tokaiev");
/// ```
pub fn slug(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for c in label.chars().filter(|&c| !is_invisible(c)) {
        // Nearly all are ASCII, for which the tables of Unicode need not be asked.
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        for c in c.to_lowercase() {
            let s: &str = match c {
                'a'..='z' | '0'..='9' => {
                    out.push(c);
                    continue;
                }
                'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
                'æ' => "ae",
                'ç' | 'ć' | 'č' | 'ċ' => "c",
                'ď' | 'đ' | 'ð' => "d",
                'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
                'ğ' | 'ģ' => "g",
                'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
                'ķ' => "k",
                'ł' | 'ľ' | 'ļ' => "l",
                'ñ' | 'ń' | 'ň' | 'ņ' => "n",
                'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
                'œ' => "oe",
                'ŕ' | 'ř' => "r",
                'ś' | 'š' | 'ş' | 'ș' => "s",
                'ß' => "ss",
                'ť' | 'ţ' | 'ț' => "t",
                'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
                'ý' | 'ÿ' => "y",
                'ź' | 'ż' | 'ž' => "z",
                '\u{300}'..='\u{36f}' => "",
                _ => "-",
            };
            if s == "-" {
                if !out.is_empty() && !out.ends_with('-') {
                    out.push('-');
                }
            } else {
                out.push_str(s);
            }
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut s = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        s.push(DIGITS[(b >> 4) as usize] as char);
        s.push(DIGITS[(b & 15) as usize] as char);
    }
    s
}
