//! Words that tell what kind of actor a name or noun stands for.

/// Lines of a sorted word list, without its comments.
fn contains(list: &str, word: &str) -> bool {
    // A list is a few kilobytes and sorted; halving it by bytes and stepping to a line start finds a word fast
    // without an index in memory.
    let mut lines = super::without_comments(list);
    while !lines.is_empty() {
        let middle =
            lines.as_bytes()[..lines.len() / 2].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end =
            lines.as_bytes()[middle..].iter().position(|b| *b == b'\n').map_or(lines.len(), |at| middle + at);
        match lines[middle..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => lines = lines.get(end + 1..).unwrap_or(""),
            std::cmp::Ordering::Greater => lines = &lines[..middle],
        }
    }
    false
}

/// A country, its capital or a usual short name, lower case.
pub fn is_place(name: &str) -> bool {
    contains(include_str!("actors/places.txt"), name)
}

/// A title or role that stands before a name, lower case, without its full stop.
pub fn is_title(word: &str) -> bool {
    contains(include_str!("actors/titles.txt"), word.trim_end_matches('.'))
}

/// A word of a body's name, lower case.
pub fn is_body(word: &str) -> bool {
    contains(include_str!("actors/bodies.txt"), word)
}

/// A noun for a time, lower case.
pub fn is_time(word: &str) -> bool {
    contains(include_str!("actors/times.txt"), word)
}

/// A common noun for one body or group of people, lower case, singular: `government`, `crowd`.
pub fn is_group(word: &str) -> bool {
    contains(include_str!("actors/groups.txt"), word)
}

/// A common noun for a person, lower case, singular.
fn is_person(word: &str) -> bool {
    contains(include_str!("actors/people.txt"), word)
}

/// The singular of a regular plural; other words are left as they are.
fn singular(word: &str) -> std::borrow::Cow<'_, str> {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y").into(),
        None => word.strip_suffix('s').unwrap_or(word).into(),
    }
}

/// A word that makes a capitalised name, of which it is part, that of a body rather than of a person, lower case: `Senate`,
/// `Democrats`; not `King` or `Sanders`.
pub fn names_body(word: &str) -> bool {
    is_body(word) || is_group(word) || word.ends_with('s') && is_person(&singular(word))
}

/// A common noun for people or bodies, lower case, singular or plural.
pub fn is_people(word: &str) -> bool {
    let listed = |word: &str| is_person(word) || is_group(word);
    let singular = &*singular(word);
    if contains(include_str!("actors/things.txt"), singular) {
        return false;
    }
    let ending = ["ist", "ian", "eer", "ster", "maker"]
        .iter()
        .any(|e| singular.len() > e.len() + 2 && singular.ends_with(e));
    let plural = word.ends_with("ers") && word.len() > 6 || word.ends_with("ors") && word.len() > 6;
    ending || plural || listed(word) || listed(singular) || word.ends_with("men") || word.ends_with("women")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_found_whole() {
        for list in [
            include_str!("actors/places.txt"),
            include_str!("actors/titles.txt"),
            include_str!("actors/bodies.txt"),
            include_str!("actors/times.txt"),
            include_str!("actors/people.txt"),
            include_str!("actors/groups.txt"),
            include_str!("actors/things.txt"),
        ] {
            let words: Vec<_> = list.lines().filter(|l| !l.starts_with('#')).collect();
            assert!(words.is_sorted());
            assert!(words.iter().all(|word| contains(list, word)));
            assert!(!contains(list, "") && !contains(list, "zzzz") && !contains(list, "#"));
        }
    }

    #[test]
    fn names_of_bodies_are_told_from_names_like_nouns() {
        for word in ["senate", "democrats", "ministry", "governors"] {
            assert!(names_body(word), "{word}");
        }
        for word in ["king", "sanders", "lindqvist", "bishop", "bergman"] {
            assert!(!names_body(word), "{word}");
        }
    }

    #[test]
    fn people_by_list_and_by_ending() {
        for word in ["police", "ministries", "lawmakers", "economist", "protesters", "policemen", "parties"] {
            assert!(is_people(word), "{word}");
        }
        for word in ["plan", "bans", "river", "sanctions"] {
            assert!(!is_people(word), "{word}");
        }
    }
}
