//! Sorted lines of text, asked by halving: a list of a few kilobytes needs no index in memory.

/// Lines sorted by their keys, below comment lines that begin with `#`.
pub(super) struct Sorted {
    lines: &'static [u8],
    /// What ends a key before its line does.
    ends: u8,
}

impl Sorted {
    /// Whole lines are keys.
    pub const fn list(text: &'static str) -> Self {
        Sorted { lines: without_comments(text.as_bytes()), ends: b'\n' }
    }

    /// What stands before the first space is the key.
    pub const fn table(text: &'static str) -> Self {
        Sorted { lines: without_comments(text.as_bytes()), ends: b' ' }
    }

    /// Whether there is such a key.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The rest of the line with this key, after the space.
    pub fn get(&self, key: &str) -> Option<&'static str> {
        let mut lines = self.lines;
        while !lines.is_empty() {
            let middle = lines[..lines.len() / 2].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            let line = &lines[middle..];
            let line = &line[..line.iter().position(|b| *b == b'\n').unwrap_or(line.len())];
            let split = line.iter().position(|b| *b == self.ends).unwrap_or(line.len());
            match line[..split].cmp(key.as_bytes()) {
                std::cmp::Ordering::Equal => {
                    return std::str::from_utf8(line.get(split + 1..).unwrap_or_default()).ok();
                }
                std::cmp::Ordering::Less => lines = lines.get(middle + line.len() + 1..).unwrap_or_default(),
                std::cmp::Ordering::Greater => lines = &lines[..middle],
            }
        }
        None
    }

    /// Every key, in order.
    #[cfg(test)]
    fn keys(&self) -> impl Iterator<Item = &'static str> + '_ {
        let lines = std::str::from_utf8(self.lines).unwrap().lines();
        lines.map(|line| line.split(char::from(self.ends)).next().unwrap())
    }

    /// Holds what every table must: keys in order, each found, nothing else found.
    #[cfg(test)]
    pub fn check(&self) {
        assert!(self.keys().is_sorted());
        assert!(self.keys().all(|key| self.has(key)));
        assert!(!self.has("") && !self.has("zzzz") && !self.has("#"));
    }
}

const fn without_comments(mut text: &'static [u8]) -> &'static [u8] {
    while let [b'#', ..] = text {
        while let [byte, rest @ ..] = text {
            text = rest;
            if *byte == b'\n' {
                break;
            }
        }
    }
    text
}
