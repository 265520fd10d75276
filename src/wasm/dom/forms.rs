//! Ways through the tree that a form's controls cannot bend: `<input name=nextSibling>` makes that property of
//! its form the input, and so could send a walk in circles.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlFormElement, Node};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = Node, js_name = prototype)]
    static PROTOTYPE: JsValue;
    // The getter that all nodes inherit, asked for this one.
    #[wasm_bindgen(js_namespace = Reflect, js_name = get)]
    fn inherited(prototype: &JsValue, name: &str, node: &Node) -> Option<Node>;
}

/// Whether the node is a form, and so not to be asked directly.
pub fn is_form(node: &Node) -> bool {
    node.is_instance_of::<HtmlFormElement>()
}

/// The node's first child.
pub fn first_child(node: &Node) -> Option<Node> {
    if is_form(node) {
        return PROTOTYPE.with(|prototype| inherited(prototype, "firstChild", node));
    }
    node.first_child()
}

/// The node's next sibling.
pub fn next_sibling(node: &Node) -> Option<Node> {
    if is_form(node) {
        return PROTOTYPE.with(|prototype| inherited(prototype, "nextSibling", node));
    }
    node.next_sibling()
}
