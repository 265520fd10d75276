//! Pages put together at random: whatever the markup, the story is sane and every word of it can be found again.
#![cfg(target_family = "wasm")]

use standpoint::wasm::PageText;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Node, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

const TAGS: [&str; 22] = [
    "p",
    "div",
    "span",
    "b",
    "i",
    "a",
    "br",
    "wbr",
    "h2",
    "ul",
    "li",
    "sup",
    "ruby",
    "rt",
    "pre",
    "figcaption",
    "time",
    "aside",
    "table",
    "td",
    "form",
    "slot",
];
const STYLES: [&str; 12] = [
    "display:none",
    "display:block",
    "display:inline",
    "display:contents",
    "display:flex",
    "display:inline-block",
    "float:left",
    "white-space:pre",
    "white-space:pre-line",
    "visibility:hidden",
    "visibility:visible",
    "content-visibility:hidden",
];
const CLASSES: [&str; 5] = ["byline", "related", "caption", "sr-only", "lead"];
const PIECES: [&str; 20] = [
    "The",
    "plan",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{1f600}",
    "e\u{301}",
    ".",
    "\u{201d}",
    "\u{5e9}\u{5dc}",
    "\r",
    "",
    "1,000",
    "\u{1f469}\u{200d}\u{1f467}",
];

/// Xorshift: the same pages each time.
struct Random(u32);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % n
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    fn fill(&mut self, document: &Document, parent: &Element, depth: usize) {
        for _ in 0..self.below(5) {
            if depth == 0 || self.below(3) == 0 {
                let text: String = (0..self.below(6)).map(|_| self.pick(&PIECES)).collect();
                parent.append_child(&document.create_text_node(&text)).unwrap();
                continue;
            }
            let element = document.create_element(self.pick(&TAGS)).unwrap();
            if self.below(3) == 0 {
                element.set_attribute("style", self.pick(&STYLES)).unwrap();
            }
            if self.below(6) == 0 {
                element.set_attribute("class", self.pick(&CLASSES)).unwrap();
            }
            parent.append_child(&element).unwrap();
            self.fill(document, &element, depth - 1);
            if self.below(8) == 0 {
                let init = ShadowRootInit::new(ShadowRootMode::Open);
                // Most elements take no shadow tree.
                if let Ok(shadow) = element.attach_shadow(&init) {
                    let inner = document.create_element("div").unwrap();
                    self.fill(document, &inner, depth - 1);
                    shadow.append_child(&inner).unwrap();
                }
            }
        }
    }
}

#[wasm_bindgen_test]
fn every_word_can_be_found_again() {
    let document = web_sys::window().unwrap().document().unwrap();
    let mut random = Random(2_463_534_242);
    let mut words = 0;
    for round in 0..400 {
        let host = document.create_element("article").unwrap();
        random.fill(&document, &host, 6);
        document.body().unwrap().append_child(&host).unwrap();
        words += check(&host, round);
        host.remove();
    }
    assert!(words > 1000, "only {words} words in all");
}

fn check(host: &Element, round: usize) -> usize {
    let page = PageText::new(host);
    let units: Vec<u16> = page.text().encode_utf16().collect();
    let (mut last, mut words) = (0, 0);
    for paragraph in page.paragraphs().chunks(3) {
        let (start, end) = (paragraph[0], paragraph[1]);
        assert!(last <= start && start < end && end as usize <= units.len(), "page {round}: {paragraph:?}");
        last = end;
        let text = String::from_utf16(&units[start as usize..end as usize]).unwrap();
        let mut at = start;
        for word in text.split([' ', '\n', '\t', '\r']) {
            let len = word.encode_utf16().count() as u32;
            if len > 0 {
                words += 1;
                let range = page.range(at, at + len);
                let range =
                    range.unwrap_or_else(|| panic!("page {round}: no range for {word:?} of {text:?}"));
                // Within one text node a word is all there; over several, hidden things may lie between.
                let (from, to) = (range.start_container().unwrap(), range.end_container().unwrap());
                if from == to && from.node_type() == Node::TEXT_NODE {
                    let shown = String::from(range.to_string());
                    let seen = shown.replace(['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'], "");
                    assert_eq!(seen, word, "page {round}");
                }
            }
            at += len + 1;
        }
    }
    words
}
