//! Parts of an input, where a target needs more than one.

/// The first byte, as a choice among some, and the rest.
pub(super) fn choice<'b, T: Copy>(among: &[T], bytes: &'b [u8]) -> (T, &'b [u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&b'0', &[]));
    // Letters are what seeds are written with: `0` is the first, `1` the next.
    let at = usize::from(first.wrapping_sub(b'0'));
    (among[at % among.len()], rest)
}

/// The lines of an input, each with the name before its first colon; in values,
/// `\n` is a line end.
pub(super) fn fields(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name, value.replace("\\n", "\n")))
}

/// Files in a text: each has a line `=== name` above it, and ends before the
/// line end that comes before the next.
pub(super) fn files(bytes: &[u8]) -> Vec<(String, &[u8])> {
    const MARK: &[u8] = b"=== ";
    let mut files: Vec<(String, &[u8])> = Vec::new();
    let mut rest = bytes;
    while let Some(after) = rest.strip_prefix(MARK) {
        let line = after.iter().position(|byte| *byte == b'\n');
        let (name, body) = after.split_at(line.unwrap_or(after.len()));
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let starts =
            |at: &usize| body[*at..].starts_with(MARK) && (*at == 0 || body[*at - 1] == b'\n');
        let end = (0..body.len()).find(starts).unwrap_or(body.len());
        let content = &body[..end];
        let whole = content.strip_suffix(b"\n").unwrap_or(content);
        files.push((String::from_utf8_lossy(name).into_owned(), whole));
        rest = &body[end..];
    }
    files
}
