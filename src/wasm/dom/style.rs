//! The few computed styles that decide what text is shown, and where lines and paragraphs end.

use super::flow::White;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Window};

#[wasm_bindgen]
extern "C" {
    // web-sys offers computed values by name only; a getter spares sending that name over each time.
    #[wasm_bindgen(js_name = CSSStyleDeclaration)]
    type Computed;
    #[wasm_bindgen(method, getter)]
    fn display(this: &Computed) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn visibility(this: &Computed) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = whiteSpace)]
    fn white_space(this: &Computed) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = contentVisibility)]
    fn content_visibility(this: &Computed) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = cssFloat)]
    fn float(this: &Computed) -> Option<String>;

    #[wasm_bindgen(js_name = Window)]
    type View;
    #[wasm_bindgen(method, catch, js_name = getComputedStyle)]
    fn computed(this: &View, element: &Element) -> Result<Option<Computed>, wasm_bindgen::JsValue>;
}

/// Reads styles of one document; without a window (a parsed but never shown document) there are none.
#[derive(Debug)]
pub struct Styles(Option<Window>);

/// How an element is laid out among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Not at all.
    None,
    /// On lines of its own.
    Block,
    /// A box of its own on the line (`inline-block` and the like).
    Box,
    /// Within the line.
    Inline,
    /// Taken out of the line to its side, as drop caps are.
    Float,
}

/// One element's styles.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Its layout.
    pub layout: Layout,
    /// Whether its own text shows.
    pub visible: bool,
    /// How white space in it is shown.
    pub white: White,
}

impl Styles {
    /// For the document that `element` is in.
    pub fn of(element: &Element) -> Self {
        Styles(element.owner_document().and_then(|document| document.default_view()))
    }

    /// The styles of `element`, or `None` where there are none to be had.
    pub fn read(&self, element: &Element) -> Option<Style> {
        use wasm_bindgen::JsCast;
        let view = self.0.as_ref()?.unchecked_ref::<View>();
        let computed = view.computed(element).ok()??;
        let display = computed.display().filter(|display| !display.is_empty())?;
        let layout = match &*display {
            "none" => Layout::None,
            "contents" | "inline" | "ruby" | "ruby-base" | "ruby-text" => Layout::Inline,
            d if d.starts_with("inline-") => Layout::Box,
            _ if computed.content_visibility().is_some_and(|v| v == "hidden") => Layout::None,
            _ if computed.float().is_some_and(|f| f != "none" && !f.is_empty()) => Layout::Float,
            _ => Layout::Block,
        };
        let visible = computed.visibility().is_none_or(|v| v == "visible" || v.is_empty());
        let white = computed.white_space().map_or(White::Collapse, |w| white(&w));
        Some(Style { layout, visible, white })
    }
}

/// Old and new spellings of `white-space`.
fn white(value: &str) -> White {
    if value.contains("pre-line") || value.contains("preserve-breaks") {
        White::Lines
    } else if value.starts_with("pre") || value.contains("preserve") || value.contains("break-spaces") {
        White::Keep
    } else {
        White::Collapse
    }
}
