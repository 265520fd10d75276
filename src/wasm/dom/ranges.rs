//! Spans of the text as Ranges of the page.

use super::flow::{Segment, Story};
use wasm_bindgen::JsCast;
use web_sys::{Node, Range, ShadowRoot};

/// The words `start..end`, without white space that stands only in the text. `None` if there are none, or
/// the page no longer has them.
pub fn range(story: &Story, nodes: &[Node], start: u32, end: u32) -> Option<Range> {
    let segments = &story.segments;
    // A start belongs to the words after it, an end to those before.
    let first = segments.get(segments.partition_point(|s| s.start + s.len <= start))?;
    let last = segments.get(segments.partition_point(|s| s.start < end).checked_sub(1)?)?;
    let from = Point::new(nodes, first, start.max(first.start));
    let to = Point::new(nodes, last, end.min(last.start + last.len));
    if start >= end || first.start > last.start {
        return None;
    }
    from.to(&to)
}

/// A place in the page.
struct Point {
    node: Node,
    at: u32,
}

impl Point {
    fn new(nodes: &[Node], segment: &Segment, position: u32) -> Self {
        let node = nodes[segment.node as usize].clone();
        Point { node, at: segment.at + (position - segment.start) }
    }

    fn to(&self, end: &Point) -> Option<Range> {
        let range = Range::new().ok()?;
        range.set_start(&self.node, self.at).ok()?;
        range.set_end(&end.node, end.at).ok()?;
        if !range.collapsed() {
            return Some(range);
        }
        // A Range stays within one tree. Where the words begin in one and end in another (a shadow tree and
        // the page around it), take the whole of the element that holds the inner tree.
        let (from, to) = common_tree(&self.node, &end.node)?;
        match from {
            Some(host) => range.set_start_before(&host).ok()?,
            None => range.set_start(&self.node, self.at).ok()?,
        }
        match to {
            Some(host) => range.set_end_after(&host).ok()?,
            None => range.set_end(&end.node, end.at).ok()?,
        }
        (!range.collapsed()).then_some(range)
    }
}

/// For each of two nodes, the shadow host to take in its place so that both are in one tree; `None` for a
/// node that can stay.
#[allow(clippy::type_complexity)]
fn common_tree(a: &Node, b: &Node) -> Option<(Option<Node>, Option<Node>)> {
    let (a, b) = (hosts(a), hosts(b));
    let root = |path: &[(Node, Option<Node>)], i: usize| path.get(i).map(|(root, _)| root.clone());
    for i in 0..a.len() {
        for j in 0..b.len() {
            if root(&a, i) == root(&b, j) {
                return Some((a[i].1.clone(), b[j].1.clone()));
            }
        }
    }
    None
}

/// The trees a node is in, innermost first: each one's root, and the shadow host that stands for the node
/// there (none in its own).
fn hosts(node: &Node) -> Vec<(Node, Option<Node>)> {
    let mut path = Vec::new();
    let mut root = node.get_root_node();
    let mut host = None;
    loop {
        let outer = root.dyn_ref::<ShadowRoot>().map(|shadow| Node::from(shadow.host()));
        path.push((root, host));
        let Some(outer) = outer else { return path };
        root = outer.get_root_node();
        host = Some(outer);
    }
}
