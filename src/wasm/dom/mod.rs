//! From a page to text and back: the story an element shows, as one string, and spans of that string as
//! DOM Ranges. The page is read and never written.
//!
//! `walk` goes through the tree as it is rendered, asking `rules` what each element is; `flow` builds the
//! text as a reader sees it and remembers where every piece stands; `ranges` goes the way back.

mod flow;
mod forms;
mod ranges;
mod rules;
mod style;
mod walk;

use super::flat;
use flow::Story;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Node, Range};

/// The story that an element shows, and where in the page each part of it stands.
///
/// Holds the text nodes it read: free it when no more Ranges are wanted of it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PageText {
    story: Story,
    nodes: Vec<Node>,
}

#[wasm_bindgen]
impl PageText {
    /// Reads the story out of `root`, as rendered at this moment.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &Element) -> PageText {
        let (story, nodes) = walk::read(root);
        PageText { story, nodes }
    }

    /// The story: paragraphs with a blank line between them, white space collapsed as on the page.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.story.text.clone()
    }

    /// Its paragraphs, three numbers each: start and end in UTF-16 code units of [`PageText::text`], and kind.
    #[wasm_bindgen(getter)]
    pub fn paragraphs(&self) -> Vec<u32> {
        let row = |p: &flow::Paragraph| [p.start, p.end, flat::kind_number(p.kind())];
        self.story.paragraphs.iter().flat_map(row).collect()
    }

    /// The words `start..end` of the text (UTF-16 code units) as a Range of the page, or `None` if that part
    /// of the page has changed since, or the span holds no words.
    pub fn range(&self, start: u32, end: u32) -> Option<Range> {
        ranges::range(&self.story, &self.nodes, start, end)
    }
}
