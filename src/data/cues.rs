//! Words that show an attitude or an act of saying, by stem.

/// The rest of the line that begins with `stem` and a space, in a sorted table whose comment lines begin with `#`.
fn lookup<'t>(table: &'t str, stem: &str) -> Option<&'t str> {
    let mut lines = super::without_comments(table);
    while !lines.is_empty() {
        let middle =
            lines.as_bytes()[..lines.len() / 2].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end =
            lines.as_bytes()[middle..].iter().position(|b| *b == b'\n').map_or(lines.len(), |at| middle + at);
        let (key, rest) = lines[middle..end].split_once(' ').unwrap_or((&lines[middle..end], ""));
        match key.cmp(stem) {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => lines = lines.get(end + 1..).unwrap_or(""),
            std::cmp::Ordering::Greater => lines = &lines[..middle],
        }
    }
    None
}

/// Whether the verb reports what somebody says, writes, thinks or feels.
pub fn is_saying(stem: &str) -> bool {
    lookup(include_str!("cues/saying.txt"), stem).is_some()
}

/// Whether the word may report what somebody thinks, knows or notices, if a clause stands below it.
pub fn is_thinking(stem: &str) -> bool {
    lookup(include_str!("cues/thinking.txt"), stem).is_some()
}

/// The verb's VerbNet classes, such as `judgment attack`.
pub fn classes(stem: &str) -> impl Iterator<Item = &'static str> {
    lookup(include_str!("cues/classes.txt"), stem).unwrap_or("").split(' ').filter(|class| !class.is_empty())
}

/// Whether polarity lists have the word as good (`Some(true)`) or bad.
pub fn polarity(stem: &str) -> Option<bool> {
    lookup(include_str!("cues/polarity.txt"), stem).map(|sign| sign == "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_found_whole() {
        for table in [
            include_str!("cues/saying.txt"),
            include_str!("cues/thinking.txt"),
            include_str!("cues/classes.txt"),
            include_str!("cues/polarity.txt"),
        ] {
            let keys: Vec<_> =
                table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split(' ').next().unwrap()).collect();
            assert!(keys.is_sorted());
            assert!(keys.iter().all(|key| lookup(table, key).is_some()));
            assert!(lookup(table, "").is_none() && lookup(table, "zzzz").is_none());
        }
    }
}
