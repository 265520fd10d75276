//! The IPTC Media Topics, levels 1 to 3: identifiers, English names, parents.

use std::sync::OnceLock;

/// One concept of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concept {
    /// The digits of its qcode: `11000000` of `medtop:11000000`.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// 1 (the seventeen desks) to 3.
    pub level: u8,
    /// Index of the next broader concept; its own at level 1.
    pub parent: usize,
}

impl Concept {
    /// The identifier other programs know it by, such as `medtop:11000000`.
    pub fn qcode(&self) -> String {
        format!("medtop:{}", self.code)
    }
}

/// The whole vocabulary, level by level, each level by code. A concept is known by its index here.
pub fn all() -> &'static [Concept] {
    static TABLE: OnceLock<Vec<Concept>> = OnceLock::new();
    TABLE.get_or_init(|| parse(include_str!("mediatopics.tsv")))
}

/// The index of a concept by its code's digits.
///
/// ```
/// use standpoint::data::mediatopics;
/// let politics = mediatopics::find("11000000").unwrap();
/// assert_eq!(mediatopics::all()[politics].name, "politics");
/// ```
pub fn find(code: &str) -> Option<usize> {
    all().iter().position(|c| c.code == code)
}

/// The index of the level-1 concept over a concept.
pub fn desk(mut concept: usize) -> usize {
    let table = all();
    while table[concept].level > 1 {
        concept = table[concept].parent;
    }
    concept
}

/// Reads the table, in which parents stand before their children.
fn parse(table: &'static str) -> Vec<Concept> {
    let mut concepts: Vec<Concept> = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(code), Some(parent), Some(name)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let over = concepts.iter().position(|c| c.code == parent);
        let level = over.map_or(1, |p| concepts[p].level + 1);
        let parent = over.unwrap_or(concepts.len());
        concepts.push(Concept { code, name, level, parent });
    }
    concepts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_exist_and_codes_are_unique() {
        let table = all();
        assert_eq!(table.iter().filter(|c| c.level == 1).count(), 17);
        for (index, concept) in table.iter().enumerate() {
            assert_eq!(find(concept.code), Some(index), "{} occurs twice", concept.code);
            assert!(concept.level <= 3 && !concept.name.is_empty());
            assert!(concept.level == 1 || table[concept.parent].level + 1 == concept.level);
            assert!(concept.code.len() == 8 && concept.code.bytes().all(|b| b.is_ascii_digit()));
        }
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("mediatopics.tsv").lines();
        assert_eq!(all().len(), lines.filter(|line| !line.starts_with('#')).count());
    }

    #[test]
    fn a_concept_leads_to_its_desk() {
        let nuclear_policy = find("20000635").unwrap();
        assert_eq!(all()[desk(nuclear_policy)].name, "politics");
        assert_eq!(find("99999999"), None);
    }
}
