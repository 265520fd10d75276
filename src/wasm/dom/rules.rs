//! What HTML's element names, roles and class names say about an element, before any style sheet does.

use crate::kinds::Kind;

/// Elements that are never part of the story, whatever they show.
#[rustfmt::skip]
const SKIPPED: &[&str] = &[
    "nav", "aside", "script", "style", "noscript", "template", "head", "title", "meta", "link",
    // Form controls and other things that are operated, not read.
    "button", "input", "select", "option", "optgroup", "datalist", "textarea", "output", "progress", "meter",
    "label", "legend", "menu", "dialog",
    // Embedded content and what stands in for it.
    "iframe", "frame", "frameset", "noframes", "object", "embed", "applet", "canvas", "svg", "math", "audio",
    "video", "picture", "img", "map", "fencedframe",
    // How a base text is read aloud.
    "rt", "rp", "rtc",
];

/// ARIA's names for the same.
#[rustfmt::skip]
const SKIPPED_ROLES: &[&str] = &[
    "navigation", "complementary", "search", "menu", "menubar", "toolbar", "tablist", "button", "switch", "slider",
    "combobox", "listbox", "dialog", "alertdialog", "alert", "status", "log", "tooltip", "doc-noteref",
    "doc-backlink", "doc-pagebreak",
];

/// Elements that start a line of their own when no style sheet says otherwise.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
];

/// Words in the class names of matter about the article. (Not `paywall`: sites put it on each paragraph.)
#[rustfmt::skip]
const META_WORDS: &[&str] = &[
    "byline", "bylines", "dateline", "author", "authors", "timestamp", "pubdate", "copyright", "credit", "credits",
    "related", "recirc", "recirculation", "newsletter", "newsletters", "subscribe", "subscription", "signup",
    "share", "sharing", "social", "promo", "advert", "advertisement", "sponsored", "breadcrumb", "breadcrumbs",
    "tags", "taglist", "outbrain", "taboola",
];

/// Words in the class names of picture texts.
const CAPTION_WORDS: &[&str] = &["caption", "captions", "figcaption"];

/// Words in the class names of a note's number.
const NOTE_WORDS: &[&str] = &["footnote", "footnotes", "fn", "fnref", "noteref", "reference", "endnote"];

/// Class names of what only a screen reader is meant to find.
#[rustfmt::skip]
const SCREEN_READER_NAMES: &[&str] = &[
    "sr-only", "sronly", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader", "a11y-hidden",
    "u-visually-hidden", "is-visually-hidden",
];

/// Values of `rel` and `itemprop` that name the author or the date.
const META_PROPERTIES: &[&str] = &["author", "creator", "publisher", "published", "modified"];

/// Whether an element is never part of the story. So are our own, and those of other versions on the page.
pub fn is_skipped(tag: &str) -> bool {
    SKIPPED.contains(&tag) || tag.starts_with("standpoint-")
}

/// The same by its role.
pub fn is_skipped_role(role: &str) -> bool {
    SKIPPED_ROLES.contains(&role)
}

/// Whether an element starts a line of its own when no style sheet says otherwise.
pub fn is_block(tag: &str) -> bool {
    BLOCKS.contains(&tag)
}

/// Whether white space stays when no style sheet says otherwise.
pub fn is_preformatted(tag: &str) -> bool {
    matches!(tag, "pre" | "listing" | "xmp")
}

/// What a block element's name makes of its text.
pub fn kind(tag: &str) -> Option<Kind> {
    match tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Kind::Heading),
        "figcaption" | "caption" => Some(Kind::Caption),
        // Who wrote it, how to reach them, rights and tags.
        "address" | "footer" | "time" => Some(Kind::Meta),
        _ => None,
    }
}

/// What a block element's role makes of its text.
pub fn kind_of_role(role: &str) -> Option<Kind> {
    match role {
        "heading" => Some(Kind::Heading),
        "contentinfo" | "doc-credit" | "doc-credits" | "doc-pubdate" => Some(Kind::Meta),
        _ => None,
    }
}

/// Whether a link's or property's keywords name the author or the date.
pub fn is_meta_property(keywords: &str) -> bool {
    has_word(keywords, META_PROPERTIES)
}

/// What class names suggest.
pub fn hint(names: &str) -> Option<Kind> {
    if has_word(names, META_WORDS) {
        return Some(Kind::Meta);
    }
    has_word(names, CAPTION_WORDS).then_some(Kind::Caption)
}

/// Whether class names say that only a screen reader is meant to find it.
pub fn is_for_screen_readers(names: &str) -> bool {
    // `md:sr-only`, `block__visually-hidden`.
    let own = |name: &str| name.rsplit([':', '_']).next().is_some_and(|n| SCREEN_READER_NAMES.contains(&n));
    names.split_ascii_whitespace().any(own)
}

/// Whether class names mark a note's number.
pub fn is_note_mark(names: &str) -> bool {
    has_word(names, NOTE_WORDS)
}

/// Whether any of `wanted` is a word of names like `article__byline-link`, `ArticleByline` or `relatedStories`.
fn has_word(names: &str, wanted: &[&str]) -> bool {
    names.split(|c: char| !c.is_ascii_alphanumeric()).any(|name| {
        let bytes = name.as_bytes();
        let mut start = 0;
        (1..=bytes.len()).any(|end| {
            let ends =
                end == bytes.len() || bytes[end].is_ascii_uppercase() && bytes[end - 1].is_ascii_lowercase();
            if !ends {
                return false;
            }
            let word = &name[start..end];
            start = end;
            wanted.iter().any(|w| w.eq_ignore_ascii_case(word))
        })
    })
}
