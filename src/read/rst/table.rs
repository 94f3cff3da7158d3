//! Tables that are drawn with marks.

/// Whether a table with lines between its cells begins or goes on here.
pub(super) fn is_grid(line: &str) -> bool {
    line.len() > 3
        && line.starts_with('+')
        && line.ends_with('+')
        && line.bytes().all(|byte| b"+-=".contains(&byte))
}

/// Whether a table whose columns are underlined begins, goes on or ends here.
pub(super) fn is_simple(line: &str) -> bool {
    let marks = line.bytes().all(|byte| byte == b'=' || byte == b' ');
    line.contains("= =") || line.contains("=  =") && marks && line.starts_with('=')
}

/// The rows of a table of either kind.
pub(super) fn rows(lines: &[&str]) -> Vec<Vec<String>> {
    let simple = lines.iter().find(|line| is_simple(line.trim()));
    match simple {
        Some(border) => simple_rows(lines, border),
        None => grid_rows(lines),
    }
}

fn grid_rows(lines: &[&str]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    for line in lines.iter().map(|line| line.trim()) {
        if is_grid(line) {
            if !row.is_empty() {
                rows.push(std::mem::take(&mut row));
            }
            continue;
        }
        let cells = line.trim_matches('|').split('|');
        for (at, cell) in cells.enumerate() {
            match row.get_mut(at) {
                Some(known) => {
                    known.push(' ');
                    known.push_str(cell);
                }
                None => row.push(cell.to_owned()),
            }
        }
    }
    rows
}

/// The marks of the first line tell where columns begin.
fn simple_rows(lines: &[&str], border: &str) -> Vec<Vec<String>> {
    let mut starts: Vec<usize> = Vec::new();
    let bytes = border.as_bytes();
    for at in 0..bytes.len() {
        if bytes[at] == b'=' && (at == 0 || bytes[at - 1] == b' ') {
            starts.push(at);
        }
    }
    let cell = |line: &str, at: usize| -> String {
        // Columns are counted in letters; a cell may hold any.
        let end = starts.get(at + 1).copied().unwrap_or(usize::MAX);
        let letters = line
            .chars()
            .skip(starts[at])
            .take(end.saturating_sub(starts[at]));
        letters.collect::<String>().trim().to_owned()
    };
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    filled
        .filter(|line| !line.trim().bytes().all(|byte| b"=- ".contains(&byte)))
        .map(|line| (0..starts.len()).map(|at| cell(line, at)).collect())
        .collect()
}
