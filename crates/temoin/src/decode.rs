//! Bytes to text: byte-order marks, UTF-8, and a guess by a library where neither helps.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Text read from bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark, otherwise as it stands in the bytes.
    pub text: String,
    /// Name of the encoding, where it had to be guessed.
    pub assumed: Option<&'static str>,
    /// Whether some bytes had no meaning in that encoding and became U+FFFD.
    pub lossy: bool,
}

/// Why bytes are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// Nothing but white space.
    Empty,
    /// A picture, an archive, a program …
    Binary,
}

/// Decodes `bytes`: by the byte-order mark if there is one, as UTF-8 if that fits, otherwise in the
/// legacy encoding that the detector of the Firefox browser finds most likely for French text.
///
/// # Errors
/// When the bytes are empty or binary.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    let (text, assumed, lossy) = if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, lossy) = encoding.decode_with_bom_removal(bytes);
        (text.into_owned(), None, lossy)
    } else if looks_binary(bytes) {
        return Err(NotText::Binary);
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (text.to_owned(), None, false)
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let encoding = detector.guess(Some(b"fr"), Utf8Detection::Deny);
        let mostly_utf8 = mostly_utf8(bytes);
        let encoding = if mostly_utf8 { UTF_8 } else { encoding };
        let (text, lossy) = encoding.decode_without_bom_handling(bytes);
        (text.into_owned(), Some(encoding.name()), lossy)
    };
    if text.chars().all(|c| c.is_whitespace() || c == '\0') {
        return Err(NotText::Empty);
    }
    if text.contains('\0') {
        return Err(NotText::Binary);
    }
    Ok(Decoded { text, assumed, lossy })
}

/// A NUL byte, or more than one control character in a hundred, within the first 64 KiB.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    head.contains(&0) || control * 100 > head.len()
}

/// A damaged UTF-8 file is still UTF-8: most of its non-ASCII bytes form whole characters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > 10 * bad
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
        assert_eq!(decode(&bom).unwrap(), Decoded { text: text.into(), assumed: None, lossy: false });
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
        let mut bytes = "é".repeat(50).into_bytes();
        bytes.push(0xc3);
        let d = decode(&bytes).unwrap();
        assert!(d.lossy && d.text.starts_with("ééé"));
        assert_eq!(d.assumed, Some("UTF-8"));
    }
}
