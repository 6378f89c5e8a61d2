//! Bytes to text: byte-order marks, UTF-8, and a guess by a library where neither helps.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8};

/// Text read from bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark, otherwise as it stands in the bytes.
    pub text: String,
    /// Name of the encoding, where it had to be guessed.
    pub assumed: Option<&'static str>,
    /// Where bytes had no meaning in the encoding and became U+FFFD.
    pub damage: Option<Damage>,
}

/// Bytes without a meaning in the encoding of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Name of the encoding.
    pub encoding: &'static str,
    /// The first such byte, counted from 0 at the start of the bytes.
    pub first: usize,
    /// How many signs U+FFFD stand for them.
    pub places: usize,
}

/// Why bytes are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// Nothing but white space.
    Empty,
    /// A picture, an archive, a program …
    Binary,
}

/// The text of a file that must be UTF-8 (relations, entities, queries), without a byte-order mark.
///
/// # Errors
/// When it is not; the message names the line and the column, in bytes, of the first bad byte.
pub fn utf8(bytes: &[u8]) -> Result<&str, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let before = &bytes[..e.valid_up_to()];
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|&&b| b != b'\n').count() + 1;
        format!("line {line}, column {column}: not UTF-8 (byte 0x{:02x}): save the file as UTF-8", bytes[before.len()])
    })
}

/// Decodes `bytes`: by the byte-order mark if there is one, as UTF-8 if that fits but for a few bytes,
/// otherwise in the legacy encoding that the detector of the Firefox browser finds most likely for
/// French text.
///
/// # Errors
/// When the bytes are empty or binary.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    let (text, assumed, damage) = if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, damage) = meaning(bytes, encoding);
        (text, None, damage)
    } else if looks_binary(bytes) {
        return Err(NotText::Binary);
    } else if mostly_utf8(bytes) {
        let (text, damage) = meaning(bytes, UTF_8);
        (text, None, damage)
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let encoding = detector.guess(Some(b"fr"), Utf8Detection::Deny);
        let (text, damage) = meaning(bytes, encoding);
        (text, Some(encoding.name()), damage)
    };
    if text.chars().all(|c| c.is_whitespace() || c == '\0') {
        return Err(NotText::Empty);
    }
    if text.contains('\0') {
        return Err(NotText::Binary);
    }
    Ok(Decoded { text, assumed, damage })
}

/// The text of `bytes` in `encoding`, and what has no meaning in it.
fn meaning(bytes: &[u8], encoding: &'static Encoding) -> (String, Option<Damage>) {
    let (text, lossy) = encoding.decode_with_bom_removal(bytes);
    let text = text.into_owned();
    if !lossy {
        return (text, None);
    }
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let (mut at, mut first, mut places) = (0, None, 0);
    let mut buffer = String::with_capacity(4096);
    loop {
        buffer.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut buffer, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, behind) => {
                first.get_or_insert(at.saturating_sub(usize::from(bad) + usize::from(behind)));
                places += 1;
            }
        }
    }
    (text, first.map(|first| Damage { encoding: encoding.name(), first, places }))
}

/// A NUL byte, or more than one control character in a hundred, within the first 64 KiB.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    head.contains(&0) || control * 100 > head.len()
}

/// A damaged UTF-8 file is still UTF-8: more places form whole characters than do not. In other
/// encodings hardly any letter is followed by what UTF-8 asks for.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > bad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_recognised() {
        let text = "Été à Orléans : les élus « dénoncent » l’accord.";
        let cp1252 = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let d = decode(&cp1252).unwrap();
        assert_eq!(d.text, text);
        assert_eq!(d.assumed, Some("windows-1252"));
        let mut bom = vec![0xef, 0xbb, 0xbf];
        bom.extend_from_slice(text.as_bytes());
        assert_eq!(decode(&bom).unwrap(), Decoded { text: text.into(), assumed: None, damage: None });
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&utf16).unwrap().text, text);
    }

    #[test]
    fn binary_and_empty_are_told_apart() {
        assert_eq!(decode(b"").unwrap_err(), NotText::Empty);
        assert_eq!(decode(b" \n\t").unwrap_err(), NotText::Empty);
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap_err(), NotText::Binary);
    }

    #[test]
    fn a_damaged_utf8_text_stays_utf8() {
        let damage = |first, places| Some(Damage { encoding: "UTF-8", first, places });
        let mut bytes = "é".repeat(50).into_bytes();
        bytes.push(0xc3);
        let d = decode(&bytes).unwrap();
        assert_eq!((d.assumed, d.damage), (None, damage(100, 1)));
        assert!(d.text.starts_with("ééé"));
        // English has few letters to tell by.
        let d = decode(b"It\xe2\x80\x99s a \xff fine caf\xc3\xa9\xc3 \xe2\x80\x94 really.").unwrap();
        assert_eq!(d.text, "It’s a \u{fffd} fine café\u{fffd} — really.");
        assert_eq!(d.damage, damage(9, 2));
        let d = decode(b"\xef\xbb\xbfab\xff").unwrap();
        assert_eq!((d.text.as_str(), d.damage), ("ab\u{fffd}", damage(5, 1)));
    }

    #[test]
    fn what_must_be_utf8_names_the_place_where_it_is_not() {
        assert_eq!(utf8("\u{feff}é\n".as_bytes()), Ok("é\n"));
        let said = utf8(b"a\nb\nc\xe9\n").unwrap_err();
        assert!(said.starts_with("line 3, column 2: not UTF-8 (byte 0xe9)"), "{said}");
    }

    #[test]
    fn a_text_of_another_encoding_with_a_few_lucky_bytes_stays_what_it_is() {
        // « É» » and « Ã© » in windows-1252 happen to be UTF-8.
        let d = decode(b"La soci\xe9t\xe9 \xab CIT\xc9\xbb est ferm\xe9e, dit le d\xe9put\xe9.").unwrap();
        assert_eq!(d.assumed, Some("windows-1252"));
        assert_eq!(d.text, "La société « CITÉ» est fermée, dit le député.");
    }
}
