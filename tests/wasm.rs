//! The bindings in a browser: the story taken off awkward markup, the way back to the page, and the shapes
//! and errors that JavaScript meets.
#![cfg(target_family = "wasm")]

use js_sys::Reflect;
use standpoint::wasm::{split, PageText, RawAnnotator};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

const MODEL: &[u8] = include_bytes!("../models/fast.model");

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// An element in the page with that content, gone at the end.
struct Host(Element);

impl Host {
    fn new(html: &str) -> Self {
        let element = document().create_element("article").unwrap();
        element.set_inner_html(html);
        document().body().unwrap().append_child(&element).unwrap();
        Host(element)
    }

    fn find(&self, selector: &str) -> Element {
        self.0.query_selector(selector).unwrap().unwrap()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn shadow(host: &Element, html: &str) -> ShadowRoot {
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
    root.set_inner_html(html);
    root
}

/// `kind|words` for each paragraph, `?` where the markup tells no kind.
fn paragraphs(page: &PageText) -> Vec<String> {
    let units: Vec<u16> = page.text().encode_utf16().collect();
    let row = |row: &[u32]| {
        let words = String::from_utf16(&units[row[0] as usize..row[1] as usize]).unwrap();
        format!("{}|{words}", ["body", "heading", "caption", "meta", "?"][row[2] as usize])
    };
    page.paragraphs().chunks(3).map(row).collect()
}

fn without_unseen(words: &str) -> String {
    words.replace(['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'], "")
}

/// Reads `element`, and checks that each word's Range holds that word and that the page is as it was.
fn read(element: &Element) -> (PageText, Vec<String>) {
    let before = element.outer_html();
    let page = PageText::new(element);
    let text = page.text();
    let mut at = 0;
    for word in text.split([' ', '\n']) {
        let len = word.encode_utf16().count() as u32;
        if len > 0 {
            let range = page.range(at, at + len).unwrap_or_else(|| panic!("no range for {word:?}"));
            assert_eq!(without_unseen(&String::from(range.to_string())), word, "in {text:?}");
        }
        at += len + 1;
    }
    assert_eq!(element.outer_html(), before);
    let rows = paragraphs(&page);
    (page, rows)
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let host = Host::new(html);
    let (_, rows) = read(&host.0);
    assert_eq!(rows, expected, "\nin the page: {html}");
    // A page that was parsed but is not shown has no styles: names alone decide.
    if !html.contains("style") && !html.contains("hidden=") {
        let apart = document().create_element("article").unwrap();
        apart.set_inner_html(html);
        assert_eq!(read(&apart).1, expected, "\nwithout styles: {html}");
    }
}

#[wasm_bindgen_test]
fn blocks_end_paragraphs_and_headings_are_known() {
    check(
        "<h1>Port to close</h1><p>Unions objected.</p><h2>Why</h2><div>Costs <b>rose</b>.</div>",
        &["heading|Port to close", "?|Unions objected.", "heading|Why", "?|Costs rose."],
    );
    check("Bare words<p>One.</p>tail <i>end</i>", &["?|Bare words", "?|One.", "?|tail end"]);
    check("<ul><li>One</li><li>Two</li></ul>", &["?|One", "?|Two"]);
    check(
        "<table><caption>Votes</caption><tr><td>A</td><td>9</td></tr></table>",
        &["caption|Votes", "?|A", "?|9"],
    );
    check("<blockquote><p>No.</p></blockquote><hr>After", &["?|No.", "?|After"]);
    check("<p role=heading aria-level=2>Cross-head</p>", &["heading|Cross-head"]);
}

#[wasm_bindgen_test]
fn white_space_collapses_as_shown() {
    check("<p>\n  One \n\t two <b> three</b> <i> four </i> </p>\n\n <p> </p>", &["?|One two three four"]);
    check("<p>a<b>b</b>c</p>", &["?|abc"]);
    check("<p>no\u{a0}break,\u{a0} kept</p>", &["?|no\u{a0}break,\u{a0} kept"]);
    check("<pre>One\n  two\n\nThree</pre>", &["?|One\n  two", "?|Three"]);
    check("<p style='white-space:pre-line'>One   two\nthree\n\nfour</p>", &["?|One two\nthree", "?|four"]);
    check("<p style='white-space:pre-wrap'>One   two</p>", &["?|One   two"]);
}

#[wasm_bindgen_test]
fn line_breaks_are_lines_and_two_are_a_paragraph() {
    check("<p>One<br>two</p>", &["?|One\ntwo"]);
    check("<p>One <br> \n <br> two<br></p>", &["?|One", "?|two"]);
    check("<p>super<wbr>market</p>", &["?|supermarket"]);
}

#[wasm_bindgen_test]
fn what_is_not_the_story_is_left_out() {
    check(
        "<nav>Home</nav><aside><p>Ad</p></aside><p>Story<script>x()</script><style>p{}</style> goes on.</p>
         <template><p>T</p></template><noscript>N</noscript><button>Share</button><select><option>O</option></select>
         <textarea>typed</textarea><svg><title>S</title><text>svg</text></svg><video>no video</video><!-- comment -->
         <standpoint-article>ours</standpoint-article>",
        &["?|Story goes on."],
    );
    check("<p hidden>a</p><p aria-hidden=true>b</p><p style='display:none'>c</p><p>d</p>", &["?|d"]);
    check("<div style='visibility:hidden'>a <b style='visibility:visible'>b</b></div>", &["?|b"]);
    check("<p style='content-visibility:hidden'>a</p><p style='content-visibility:auto'>b</p>", &["?|b"]);
    check("<p>See <span class=sr-only>(opens elsewhere)</span>this</p>", &["?|See this"]);
    check(
        "<p><b aria-hidden=true><i>W</i>hen</b><b class=sr-only>When</b> it rains</p>",
        &["?|When it rains"],
    );
    check("<div contenteditable>draft</div><div role=navigation>Up</div><p>d</p>", &["?|d"]);
    let host = Host::new("<p>He left<sup><a href='#fn1'>1</a></sup>. E = mc<sup>2</sup></p>");
    assert_eq!(PageText::new(&host.0).text(), "He left. E = mc2");
}

#[wasm_bindgen_test]
fn an_element_that_is_named_itself_is_read_whatever_it_is() {
    let host = Host::new("<aside><p>Boxed.</p></aside>");
    assert_eq!(read(&host.find("aside")).1, ["?|Boxed."]);
}

#[wasm_bindgen_test]
fn words_in_pieces_are_whole() {
    check("<p>inter\u{ad}<b>nat</b>\u{200b}ional \u{feff}row</p>", &["?|international row"]);
    check("<p>\u{1f469}\u{200d}\u{1f467} stay</p>", &["?|\u{1f469}\u{200d}\u{1f467} stay"]);
    check("<p><ruby>\u{5317}<rp>(</rp><rt>North</rt><rp>)</rp></ruby> said</p>", &["?|\u{5317} said"]);
    let host = Host::new("<p></p>");
    let p = host.find("p");
    for piece in ["The un", "", "ion b", "acked it."] {
        p.append_child(&document().create_text_node(piece)).unwrap();
        p.append_child(&document().create_comment("react")).unwrap();
    }
    assert_eq!(read(&host.0).1, ["?|The union backed it."]);
}

#[wasm_bindgen_test]
fn style_sheets_outrank_names() {
    check(
        "<span style='display:block'>One</span><span style='display:block'>Two</span>",
        &["?|One", "?|Two"],
    );
    check("<div style='display:inline'>One</div> <div style='display:inline'>two</div>", &["?|One two"]);
    check("<p>a <span style='display:contents'><b>b</b> c</span> d</p>", &["?|a b c d"]);
    check("<div style='display:contents'>a</div><div style='display:contents'>b</div>", &["?|ab"]);
    check("<p><span style='float:left;font-size:3em'>T</span>he cabinet met.</p>", &["?|The cabinet met."]);
    check("<p>a<span style='display:inline-block'>b</span>c</p>", &["?|abc"]);
    check("<div style='display:flex'><span>One</span><span>Two</span></div>", &["?|One", "?|Two"]);
}

#[wasm_bindgen_test]
fn matter_about_the_article_is_meta() {
    check("<p class='article__byline'>By Ann Lee</p><p>Text.</p>", &["meta|By Ann Lee", "?|Text."]);
    check("<p>By <a rel=author href=/ann>Ann Lee</a></p>", &["meta|By Ann Lee"]);
    check("<p><time>5 May 2021</time></p>", &["meta|5 May 2021"]);
    check("<p>On <time>Monday</time> he won.</p>", &["?|On Monday he won."]);
    check(
        "<figure><figcaption>A ship. <span class=credit>Lee</span></figcaption></figure>",
        &["caption|A ship. Lee"],
    );
    check(
        "<div class=relatedStories><h3>More</h3><p>Other story</p></div><p>Text.</p>",
        &["meta|More", "meta|Other story", "?|Text."],
    );
    check(
        "<form><p>Get our letter</p><input></form><footer>Rights</footer>",
        &["meta|Get our letter", "meta|Rights"],
    );
    check("<div class=author-box><h1>Headline</h1><p>By Ann</p></div>", &["heading|Headline", "meta|By Ann"]);
}

#[wasm_bindgen_test]
fn a_region_too_large_for_its_class_name_is_the_story() {
    let long = "Words that go on for a good while. ".repeat(60);
    let host = Host::new(&format!("<form class=newsletter><h2>Head</h2><p>{long}</p></form>"));
    let (_, rows) = read(&host.0);
    assert!(rows[0].starts_with("heading|") && rows[1].starts_with("?|"), "{rows:?}");
}

#[wasm_bindgen_test]
fn open_shadow_trees_are_read_as_shown() {
    let host = Host::new(
        "<p>He met <x-name>hidden light</x-name> today.</p><x-card><b slot=s>slotted</b>no slot</x-card>",
    );
    shadow(&host.find("x-name"), "<i>Kim</i>");
    shadow(&host.find("x-card"), "<p>Before <slot name=s></slot> after <slot name=t>fallback</slot></p>");
    let page = PageText::new(&host.0);
    assert_eq!(paragraphs(&page), ["?|He met Kim today.", "?|Before slotted after fallback"]);
    let whole = page.range(0, 17).unwrap();
    assert!(!whole.collapsed());
    // From a shadow tree into the page around it: the whole element that holds the tree.
    let across = page.range(7, 16).unwrap();
    assert!(String::from(across.to_string()).ends_with("today"), "{}", across.to_string());
    assert!(page.range(7, 10).is_some_and(|kim| String::from(kim.to_string()) == "Kim"));
}

#[wasm_bindgen_test]
fn other_scripts_and_lone_surrogates_keep_their_places() {
    check(
        "<p dir=rtl>\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202b}abc\u{202c}</p>",
        &["?|\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202b}abc\u{202c}"],
    );
    let host = Host::new("<p></p>");
    let lone = js_sys::JsString::from_char_code(&[0xd83d, 0x20, 0x61, 0x62]);
    let text = document().create_text_node("");
    Reflect::set(&text, &"data".into(), &lone).unwrap();
    host.find("p").append_child(&text).unwrap();
    let page = PageText::new(&host.0);
    assert_eq!(page.text(), "\u{fffd} ab");
    assert_eq!(String::from(page.range(2, 4).unwrap().to_string()), "ab");
}

#[wasm_bindgen_test]
fn a_changed_page_gives_no_range() {
    let host = Host::new("<p>Long words here</p>");
    let page = PageText::new(&host.0);
    host.find("p").first_child().unwrap().set_node_value(Some("Short"));
    assert!(page.range(5, 15).is_none());
    assert!(page.range(0, 0).is_none());
    assert!(page.range(400, 500).is_none());
    assert!(page.range(u32::MAX - 1, u32::MAX).is_none());
}

#[wasm_bindgen_test]
fn controls_named_like_properties_mislead_nobody() {
    let names =
        ["nextSibling", "firstChild", "nodeType", "localName", "getAttribute", "hasAttributes", "shadowRoot"];
    let controls: String = names.iter().map(|name| format!("<input form=f name={name}>")).collect();
    let image = "<img name=createRange><form name=defaultView></form>";
    let host = Host::new(&format!(
        "{controls}{image}<p>One.</p><form id=f>{controls}<p>Two.</p></form><p>Three.</p>"
    ));
    let (_, rows) = read(&host.0);
    assert_eq!(rows, ["?|One.", "meta|Two.", "?|Three."]);
    assert_eq!(PageText::new(&host.find("#f")).text(), "Two.");
}

#[wasm_bindgen_test]
fn any_depth_of_nesting_is_read() {
    let host = Host::new("");
    let mut inner = host.0.clone();
    for _ in 0..20_000 {
        let child = document().create_element("b").unwrap();
        inner.append_child(&child).unwrap();
        inner = child;
    }
    inner.set_text_content(Some("deep"));
    host.0.remove();
    assert_eq!(PageText::new(&host.0).text(), "deep");
}

#[wasm_bindgen_test]
fn results_are_plain_objects() {
    let annotator = RawAnnotator::new(MODEL.to_vec(), None).unwrap();
    let mut work = annotator
        .begin("One.\n\nTwo \u{1f600}.".to_owned(), None, None, vec![], None, vec![], vec![], None)
        .unwrap();
    drop(annotator);
    while !work.step() {}
    let result = work.finish().unwrap();
    assert!(result.is_instance_of::<js_sys::Object>());
    let json = String::from(js_sys::JSON::stringify(&result).unwrap());
    assert!(json.starts_with("{\"schemaVersion\":1,\"language\":"), "{json}");
    let sentences = Reflect::get(&result, &"sentences".into()).unwrap();
    let last = Reflect::get_u32(&sentences, 1).unwrap();
    assert_eq!(Reflect::get(&last, &"end".into()).unwrap(), JsValue::from(13));
    assert_eq!(split("One.\n\nTwo \u{1f600}."), [0, 4, split("One.")[2], 0, 6, 13, split("Two.")[2], 1]);
}

#[wasm_bindgen_test]
fn errors_are_javascript_errors_with_name_and_code() {
    let hashed = RawAnnotator::new(MODEL.to_vec(), Some(vec![0; 32]));
    assert!(hashed.is_err(), "a checksum that is not the file's");
    let error = JsValue::from(RawAnnotator::new(b"no model".to_vec(), None).unwrap_err());
    assert!(error.is_instance_of::<js_sys::Error>());
    let error: js_sys::Error = error.unchecked_into();
    assert_eq!(error.name(), "StandpointError");
    assert_eq!(Reflect::get(&error, &"code".into()).unwrap(), JsValue::from("model-invalid"));

    let annotator = RawAnnotator::new(MODEL.to_vec(), None).unwrap();
    for wrong in [vec![0, 1], vec![3, 1, 0], vec![0, 99, 0], vec![1, 2, 0], vec![0, 1, 9]] {
        let error = annotator
            .begin("\u{1f600}ab".to_owned(), Some(wrong), None, vec![], None, vec![], vec![], None)
            .unwrap_err();
        let error = JsValue::from(error);
        assert_eq!(Reflect::get(&error, &"code".into()).unwrap(), JsValue::from("input-invalid"));
    }
}
