//! Goes through an element as it is rendered: open shadow trees and their slots in place of the light tree,
//! hidden parts left out. With a stack of its own, so that no depth of nesting can exhaust the machine's.

use super::flow::{Context, Flow, Region, Story, White};
use super::forms;
use super::rules;
use super::style::{Layout, Style, Styles};
use crate::kinds::Kind;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSlotElement, Node};

/// The story of `root`, and its text nodes by number.
pub fn read(root: &Element) -> (Story, Vec<Node>) {
    let mut walk =
        Walk { styles: Styles::of(root), flow: Flow::default(), nodes: Vec::new(), path: Vec::new() };
    let start = Inherited {
        context: Context {
            kind: None,
            hinted_meta: false,
            inline_meta: false,
            link: false,
            white: White::Collapse,
        },
        visible: true,
        notes: false,
    };
    // Whoever names an element means it, whatever it is called.
    let style = walk.styles.read(root);
    let inherited = style.map_or(start, |s| Inherited {
        context: Context { white: s.white, ..start.context },
        visible: s.visible,
        ..start
    });
    walk.path.push(Level { next: children(root), inherited, block: true, region: None });
    walk.run();
    (walk.flow.finish(), walk.nodes)
}

struct Walk {
    styles: Styles,
    flow: Flow,
    nodes: Vec<Node>,
    path: Vec<Level>,
}

/// One element that the walk is inside of.
struct Level {
    next: Children,
    inherited: Inherited,
    block: bool,
    region: Option<Region>,
}

/// What an element hands down.
#[derive(Clone, Copy)]
struct Inherited {
    context: Context,
    visible: bool,
    /// Inside a link to a place on this page, as a note's number is.
    notes: bool,
}

/// The rendered children still to come.
enum Children {
    Siblings(Option<Node>),
    Slotted(Array, u32),
}

impl Children {
    fn take(&mut self) -> Option<Node> {
        match self {
            Children::Siblings(next) => {
                let node = next.take()?;
                *next = forms::next_sibling(&node);
                Some(node)
            }
            Children::Slotted(nodes, at) => {
                *at += 1;
                (*at <= nodes.length()).then(|| nodes.get(*at - 1).unchecked_into())
            }
        }
    }
}

fn children(element: &Element) -> Children {
    if forms::is_form(element) {
        return Children::Siblings(forms::first_child(element));
    }
    if let Some(shadow) = element.shadow_root() {
        return Children::Siblings(shadow.first_child());
    }
    if element.local_name() == "slot" {
        if let Some(slot) = element.dyn_ref::<HtmlSlotElement>() {
            let assigned = slot.assigned_nodes();
            if assigned.length() > 0 {
                return Children::Slotted(assigned, 0);
            }
        }
    }
    Children::Siblings(element.first_child())
}

impl Walk {
    fn run(&mut self) {
        while let Some(level) = self.path.last_mut() {
            let inherited = level.inherited;
            match level.next.take() {
                Some(node) if forms::is_form(&node) => self.enter(node.unchecked_into(), inherited, true),
                Some(node) => match node.node_type() {
                    Node::ELEMENT_NODE => self.enter(node.unchecked_into(), inherited, false),
                    Node::TEXT_NODE | Node::CDATA_SECTION_NODE if inherited.visible => {
                        self.text(node, inherited.context);
                    }
                    _ => {}
                },
                None => self.leave(),
            }
        }
    }

    fn text(&mut self, node: Node, context: Context) {
        let Some(data) = node.node_value().filter(|data| !data.is_empty()) else { return };
        self.flow.text(self.nodes.len() as u32, &data, context);
        self.nodes.push(node);
    }

    fn leave(&mut self) {
        let Some(level) = self.path.pop() else { return };
        if let Some(region) = &level.region {
            self.flow.leave_region(region);
        }
        if level.block {
            self.flow.paragraph_end();
        }
    }

    fn enter(&mut self, element: Element, outer: Inherited, is_form: bool) {
        let tag = if is_form { "form".to_owned() } else { element.local_name() };
        let attributes = if is_form { Attributes::default() } else { Attributes::of(&element) };
        if rules::is_skipped(&tag) || attributes.skip {
            if rules::is_block(&tag) {
                self.flow.paragraph_end();
            }
            return;
        }
        let style = self.styles.read(&element);
        let block = is_block(&tag, style);
        if style.is_some_and(|s| s.layout == Layout::None) || is_note(&tag, &element, &attributes, outer) {
            return;
        }
        if tag == "br" {
            if outer.visible {
                self.flow.line_end(None);
            }
            return;
        }
        if block {
            self.flow.paragraph_end();
        }
        let mut inner = outer;
        let context = &mut inner.context;
        match style {
            Some(style) => {
                inner.visible = style.visible;
                context.white = style.white;
            }
            None if rules::is_preformatted(&tag) => context.white = White::Keep,
            None => {}
        }
        if tag == "a" {
            context.link = true;
            inner.notes |= attributes.href.as_deref().is_some_and(|href| href.starts_with('#'));
        }
        let hint = if is_form { Some(Kind::Meta) } else { attributes.hint };
        let meta = tag == "time" || attributes.meta_property || hint == Some(Kind::Meta);
        let mut region = None;
        if !block {
            context.inline_meta |= meta;
        } else {
            if matches!(context.kind, None | Some(Kind::Heading)) {
                let told = rules::kind(&tag).or(attributes.kind);
                context.kind = told.or(hint.filter(|&h| h == Kind::Caption)).or(context.kind);
            }
            if tag == "h1" {
                // The headline, even where a site keeps it in a box with the byline.
                context.hinted_meta = false;
            } else if meta && !context.hinted_meta {
                context.hinted_meta = true;
                region = Some(self.flow.enter_region());
            }
        }
        self.path.push(Level { next: children(&element), inherited: inner, block, region });
    }
}

fn is_block(tag: &str, style: Option<Style>) -> bool {
    match style.map(|s| s.layout) {
        Some(Layout::Block) => true,
        Some(Layout::Inline | Layout::None) => false,
        // A box on the line or beside it: a drop cap or a word that must not break, unless its name says
        // that it is more.
        Some(Layout::Box | Layout::Float) | None => rules::is_block(tag),
    }
}

/// Whether it is the number of a footnote: raised, and a link to a place on this page.
fn is_note(tag: &str, element: &Element, attributes: &Attributes, outer: Inherited) -> bool {
    if tag != "sup" {
        return false;
    }
    let leads_there = |link: Element| {
        let to = link.get_attribute("href");
        to.is_some_and(|to| to.starts_with('#'))
            || link.get_attribute("role").is_some_and(|role| role == "doc-noteref")
    };
    outer.notes || attributes.note || element.first_element_child().is_some_and(leads_there)
}

/// Whether words for screen readers stand beside it in its place, as beside a drop cap: then it is text, and
/// those are left out.
fn is_spoken_otherwise(element: &Element) -> bool {
    let spoken = |e: Element| rules::is_for_screen_readers(&e.get_attribute("class").unwrap_or_default());
    element.next_element_sibling().is_some_and(spoken)
        || element.previous_element_sibling().is_some_and(spoken)
}

/// What an element's attributes say.
#[derive(Default)]
struct Attributes {
    skip: bool,
    kind: Option<Kind>,
    hint: Option<Kind>,
    meta_property: bool,
    note: bool,
    href: Option<String>,
}

impl Attributes {
    fn of(element: &Element) -> Self {
        if !element.has_attributes() {
            return Attributes::default();
        }
        let get = |name: &str| element.get_attribute(name);
        let class = get("class").unwrap_or_default();
        let role = get("role").unwrap_or_default();
        let editable = get("contenteditable").is_some_and(|value| !value.eq_ignore_ascii_case("false"));
        let skip = element.has_attribute("hidden")
            || (get("aria-hidden").is_some_and(|value| value == "true") && !is_spoken_otherwise(element))
            || editable
            || rules::is_skipped_role(&role)
            || rules::is_for_screen_readers(&class);
        if skip {
            return Attributes { skip, ..Attributes::default() };
        }
        let property = |name| get(name).is_some_and(|value| rules::is_meta_property(&value));
        // Names of components tell more than the class names that tools generate.
        let component = || ["data-component", "data-testid"].into_iter().find_map(|n| rules::hint(&get(n)?));
        Attributes {
            skip,
            kind: rules::kind_of_role(&role),
            hint: rules::hint(&class).or_else(component),
            meta_property: property("rel") || property("itemprop"),
            note: rules::is_note_mark(&class),
            href: get("href"),
        }
    }
}
