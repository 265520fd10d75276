//! Words that tell what kind of actor a name or noun stands for.

use super::sorted::Sorted;

static PLACES: Sorted = Sorted::list(include_str!("actors/places.txt"));
static TITLES: Sorted = Sorted::list(include_str!("actors/titles.txt"));
static BODIES: Sorted = Sorted::list(include_str!("actors/bodies.txt"));
static TIMES: Sorted = Sorted::list(include_str!("actors/times.txt"));
static PEOPLE: Sorted = Sorted::list(include_str!("actors/people.txt"));
static GROUPS: Sorted = Sorted::list(include_str!("actors/groups.txt"));
static THINGS: Sorted = Sorted::list(include_str!("actors/things.txt"));

/// A country, its capital or a usual short name, lower case.
pub fn is_place(name: &str) -> bool {
    PLACES.has(name)
}

/// A title or role that stands before a name, lower case, without its full stop.
pub fn is_title(word: &str) -> bool {
    TITLES.has(word.trim_end_matches('.'))
}

/// A word of a body's name, lower case.
pub fn is_body(word: &str) -> bool {
    BODIES.has(word)
}

/// A noun for a time, lower case.
pub fn is_time(word: &str) -> bool {
    TIMES.has(word)
}

/// A common noun for one body or group of people, lower case, singular: `government`, `crowd`.
pub fn is_group(word: &str) -> bool {
    GROUPS.has(word)
}

/// A common noun for a person, lower case, singular.
fn is_person(word: &str) -> bool {
    PEOPLE.has(word)
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
    if THINGS.has(singular) {
        return false;
    }
    let ending = ["ist", "ian", "eer", "ster", "maker"]
        .iter()
        .any(|e| singular.len() > e.len() + 2 && singular.ends_with(e));
    let plural = word.ends_with("ers") && word.len() > 6 || word.ends_with("ors") && word.len() > 6;
    let folk = ["man", "men", "woman", "women"].iter().any(|e| word.ends_with(e)) && !word.ends_with("human");
    ending || plural || folk || listed(word) || listed(singular)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_found_whole() {
        for list in [&PLACES, &TITLES, &BODIES, &TIMES, &PEOPLE, &GROUPS, &THINGS] {
            list.check();
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
