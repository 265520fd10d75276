//! What HTML's element names, roles and class names say about an element, before any style sheet does.

use crate::kinds::Kind;

/// Never part of the story, whatever it shows.
pub fn is_skipped(tag: &str) -> bool {
    // Our own elements, and those of other versions on the page.
    tag.starts_with("standpoint-")
        || matches!(
            tag,
            "nav" | "aside" | "script" | "style" | "noscript" | "template" | "head" | "title" | "meta" | "link"
                // Form controls and other things that are operated, not read.
                | "button" | "input" | "select" | "option" | "optgroup" | "datalist" | "textarea" | "output"
                | "progress" | "meter" | "label" | "legend" | "menu" | "dialog"
                // Embedded content and what stands in for it.
                | "iframe" | "frame" | "frameset" | "noframes" | "object" | "embed" | "applet" | "canvas"
                | "svg" | "math" | "audio" | "video" | "picture" | "img" | "map" | "portal" | "fencedframe"
                // How a base text is read aloud.
                | "rt" | "rp" | "rtc"
        )
}

/// ARIA's names for the same.
pub fn is_skipped_role(role: &str) -> bool {
    matches!(
        role,
        "navigation"
            | "complementary"
            | "search"
            | "menu"
            | "menubar"
            | "toolbar"
            | "tablist"
            | "button"
            | "switch"
            | "slider"
            | "combobox"
            | "listbox"
            | "dialog"
            | "alertdialog"
            | "alert"
            | "status"
            | "log"
            | "tooltip"
            | "doc-noteref"
            | "doc-backlink"
            | "doc-pagebreak"
    )
}

/// Whether an element starts a line of its own when no style sheet says otherwise.
pub fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// Whether white space stays when no style sheet says otherwise.
pub fn is_preformatted(tag: &str) -> bool {
    matches!(tag, "pre" | "listing" | "xmp" | "plaintext")
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

/// Whether a link's or property's keywords (`rel`, `itemprop`) name the author or the date.
pub fn is_meta_property(keywords: &str) -> bool {
    words(keywords).any(|w| matches!(&*w, "author" | "creator" | "publisher" | "published" | "modified"))
}

/// What class names suggest: words that sites use for the same few things.
pub fn hint(names: &str) -> Option<Kind> {
    let mut found = None;
    for word in words(names) {
        match &*word {
            "byline" | "bylines" | "dateline" | "author" | "authors" | "timestamp" | "pubdate"
            | "copyright" | "credit" | "credits" | "related" | "recirc" | "recirculation" | "newsletter"
            | "newsletters" | "subscribe" | "subscription" | "signup" | "paywall" | "share" | "sharing"
            | "social" | "promo" | "advert" | "advertisement" | "sponsored" | "breadcrumb"
            | "breadcrumbs" | "outbrain" | "taboola" => return Some(Kind::Meta),
            "caption" | "captions" | "figcaption" => found = Some(Kind::Caption),
            _ => {}
        }
    }
    found
}

/// Whether class names say that only a screen reader is meant to find it.
pub fn is_for_screen_readers(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| {
        let name = name.rsplit([':', '_']).next().unwrap_or(name);
        matches!(
            name,
            "sr-only"
                | "sronly"
                | "visually-hidden"
                | "visuallyhidden"
                | "screen-reader-text"
                | "screenreader"
                | "a11y-hidden"
                | "u-visually-hidden"
                | "is-visually-hidden"
        )
    })
}

/// Whether class names mark a note's number.
pub fn is_note_mark(names: &str) -> bool {
    words(names).any(|w| {
        matches!(&*w, "footnote" | "footnotes" | "fn" | "fnref" | "noteref" | "reference" | "endnote")
    })
}

/// The lower-case words in names like `article__byline-link`, `ArticleByline` or `relatedStories`.
fn words(names: &str) -> impl Iterator<Item = String> + '_ {
    names.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|name| {
        let bytes = name.as_bytes();
        let mut cuts = vec![0];
        for i in 1..bytes.len() {
            if bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase() {
                cuts.push(i);
            }
        }
        cuts.push(bytes.len());
        let cut = cuts.windows(2).map(|w| name[w[0]..w[1]].to_ascii_lowercase()).collect::<Vec<_>>();
        cut.into_iter().filter(|w| !w.is_empty())
    })
}
