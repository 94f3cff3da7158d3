//! Content-Transfer-Encoding: Base64 and quoted-printable.
//!
//! Whatever can be decoded is: a mail that ends too soon still says what it
//! says until then.

use std::borrow::Cow;

/// What stands behind an encoding of this name; the bytes themselves where
/// there is none.
pub(super) fn decode<'b>(bytes: &'b [u8], encoding: &str) -> Cow<'b, [u8]> {
    match encoding.to_ascii_lowercase().as_str() {
        "base64" => Cow::Owned(base64(bytes)),
        "quoted-printable" => Cow::Owned(quoted_printable(bytes)),
        _ => Cow::Borrowed(bytes),
    }
}

/// Bytes that are no digits are passed over, as line ends are; padding begins
/// anew, since some programs encode piece by piece.
pub(in crate::read) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for byte in bytes {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                held = 0;
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            decoded.push((bits >> held & 0xff) as u8);
        }
    }
    decoded
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let hex = |at: usize| {
        let digit = char::from(*bytes.get(at)?).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte != b'=' {
            decoded.push(*byte);
            at += 1;
        } else if let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2)) {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            // A soft line end, perhaps with white space before it; any other
            // equals sign was not encoded, and stands for itself.
            let rest = &bytes[at + 1..];
            let blank = rest.iter().take_while(|b| matches!(b, b' ' | b'\t'));
            let blank = blank.count();
            match &rest[blank..] {
                [b'\r', b'\n', ..] => at += blank + 3,
                [b'\n', ..] => at += blank + 2,
                [] => at = bytes.len(),
                _ => {
                    decoded.push(b'=');
                    at += 1;
                }
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn what_is_broken_costs_only_itself() {
        let text = |bytes: &str, encoding| {
            let decoded = decode(bytes.as_bytes(), encoding).into_owned();
            String::from_utf8(decoded).unwrap()
        };
        assert_eq!(text("VGhlIGJy\r\naWRnZQ==", "BASE64"), "The bridge");
        assert_eq!(text("VGhl*IGJyaWRn", "base64"), "The bridg");
        assert_eq!(text("VGhl\nIGJyaW", "base64"), "The bri");
        assert_eq!(text("VGhl\nIA==YnI=", "base64"), "The br");
        let printed = "quoted-printable";
        assert_eq!(text("Gr=C3=BC=C3=9Fe=  \r\n!", printed), "Grüße!");
        assert_eq!(text("a=b =\nc=", printed), "a=b c");
        assert_eq!(text("a =3d b=\r\n", printed), "a = b");
    }
}
