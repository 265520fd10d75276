//! Sorting by one piece of code for all types: the standard library's comes once for each, with 5 kB of WebAssembly.

use std::cmp::Ordering;

/// Sorts stably, as [`slice::sort_by`] does.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = order(items.len(), &|a, b| compare(&items[a], &items[b]));
    let mut old: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|index| old[index].take()));
}

/// Sorts stably, as [`slice::sort_by_key`] does.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The indices of a list's items in the order they are to stand in.
#[inline(never)]
fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_library_sorts() {
        let items: Vec<(usize, String)> = (0..500).map(|i| (i * 7919 % 23, i.to_string())).collect();
        let (mut ours, mut theirs) = (items.clone(), items);
        sort_by_key(&mut ours, |item| item.0);
        theirs.sort_by_key(|item| item.0);
        assert_eq!(ours, theirs);
        sort_by(&mut ours, |a, b| b.1.cmp(&a.1));
        theirs.sort_by(|a, b| b.1.cmp(&a.1));
        assert_eq!(ours, theirs);
    }
}
