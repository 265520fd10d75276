//! Words that show an attitude or an act of saying, by stem.

use super::sorted::Sorted;

static SAYING: Sorted = Sorted::table(include_str!("cues/saying.txt"));
static THINKING: Sorted = Sorted::table(include_str!("cues/thinking.txt"));
static CLASSES: Sorted = Sorted::table(include_str!("cues/classes.txt"));
static POLARITY: Sorted = Sorted::table(include_str!("cues/polarity.txt"));

/// Whether the verb reports what somebody says, writes, thinks or feels.
pub fn is_saying(stem: &str) -> bool {
    SAYING.has(stem)
}

/// Whether the word may report what somebody thinks, knows or notices, if a clause stands below it.
pub fn is_thinking(stem: &str) -> bool {
    THINKING.has(stem)
}

/// The verb's VerbNet classes, such as `judgment attack`.
pub fn classes(stem: &str) -> impl Iterator<Item = &'static str> {
    CLASSES.get(stem).unwrap_or("").split(' ').filter(|class| !class.is_empty())
}

/// Whether polarity lists have the word as good (`Some(true)`) or bad.
pub fn polarity(stem: &str) -> Option<bool> {
    POLARITY.get(stem).map(|sign| sign == "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_found_whole() {
        for table in [&SAYING, &THINKING, &CLASSES, &POLARITY] {
            table.check();
        }
    }
}
