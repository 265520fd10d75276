//! Builds the text as a reader sees it, and remembers where each piece of it stands. Knows nothing of the
//! page: nodes are numbers here, and every position counts UTF-16 code units, the DOM's own.

use crate::kinds::Kind;

/// How white space is shown (CSS `white-space`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum White {
    /// Any run is one space.
    Collapse,
    /// As `Collapse`, but line ends stay.
    Lines,
    /// Everything stays.
    Keep,
}

/// What the markup around a piece of text says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// By element name: certain.
    pub kind: Option<Kind>,
    /// By class name: `meta`, unless the region turns out too large for that.
    pub hinted_meta: bool,
    /// Inside a time, an author's link or the like, within a line.
    pub inline_meta: bool,
    /// Inside a link.
    pub link: bool,
    /// How white space is shown.
    pub white: White,
}

/// `len` units of the text that stand together in one node.
#[derive(Debug, Clone, Copy)]
pub struct Segment {
    /// First position in the text.
    pub start: u32,
    /// First position in the node.
    pub at: u32,
    /// Units.
    pub len: u32,
    /// Index of the node.
    pub node: u32,
}

/// A stretch between two paragraph ends.
#[derive(Debug)]
pub struct Paragraph {
    /// First position in the text.
    pub start: u32,
    /// First position after.
    pub end: u32,
    kind: Option<Kind>,
    hinted_meta: bool,
}

impl Paragraph {
    /// What it is, as far as the markup tells.
    pub fn kind(&self) -> Option<Kind> {
        if self.hinted_meta {
            return Some(Kind::Meta);
        }
        self.kind
    }
}

/// The text with its paragraphs and the way back to the page.
#[derive(Debug, Default)]
pub struct Story {
    /// Paragraphs with a blank line between them.
    pub text: String,
    /// In order, none empty.
    pub paragraphs: Vec<Paragraph>,
    /// In order; what lies between them was added.
    pub segments: Vec<Segment>,
}

/// White space that is written only once words follow it.
#[derive(Debug, Clone, Copy)]
struct Pending {
    character: char,
    /// Node and position, unless it stands for an element such as `br`.
    source: Option<(u32, u32)>,
}

/// A region that its class names call `meta`.
#[derive(Debug)]
pub struct Region {
    paragraph: usize,
    start: u32,
    links: u32,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Flow {
    story: Story,
    /// Length of the text in UTF-16 code units.
    len: u32,
    open: Option<Open>,
    pending: Vec<Pending>,
    /// Units inside links so far.
    links: u32,
    hinted: Vec<(std::ops::Range<usize>, u32)>,
}

/// The paragraph being written.
#[derive(Debug)]
struct Open {
    start: u32,
    context: Context,
    inline_meta: bool,
    other_words: u32,
    ends_as_sentence: bool,
}

impl Flow {
    /// Adds a text node's data.
    pub fn text(&mut self, node: u32, data: &str, context: Context) {
        let mut at = 0;
        let mut words: Option<(usize, u32)> = None;
        for (byte, character) in data.char_indices() {
            let role = role(character, context.white);
            if role == Role::Word {
                words = words.or(Some((byte, at)));
            } else {
                self.words(node, data, words.take(), byte, at, context);
                match role {
                    Role::Break => self.line_end(Some((node, at))),
                    Role::Space => self.space(character, (node, at), context.white),
                    Role::Word | Role::Unseen => {}
                }
            }
            at += character.len_utf16() as u32;
        }
        self.words(node, data, words, data.len(), at, context);
    }

    /// Ends the line: once is white space, twice in a row a paragraph's end.
    pub fn line_end(&mut self, source: Option<(u32, u32)>) {
        if self.pending.iter().any(|p| p.character == '\n') {
            return self.paragraph_end();
        }
        self.pending.clear();
        self.pending.push(Pending { character: '\n', source });
    }

    /// Ends the paragraph, if one is open.
    pub fn paragraph_end(&mut self) {
        self.pending.clear();
        if let Some(open) = self.open.take() {
            // A line that is nothing but a date or an author's name, give or take a `By`.
            let line = open.inline_meta && open.other_words <= 4 && !open.ends_as_sentence;
            self.story.paragraphs.push(Paragraph {
                start: open.start,
                end: self.len,
                kind: open.context.kind.or(line.then_some(Kind::Meta)),
                hinted_meta: open.context.hinted_meta,
            });
        }
    }

    /// Marks where a region begins that its class names call `meta`. Ends the paragraph.
    pub fn enter_region(&mut self) -> Region {
        self.paragraph_end();
        Region { paragraph: self.story.paragraphs.len(), start: self.len, links: self.links }
    }

    /// Ends it. A region that holds more running text than any byline or box does was misnamed.
    pub fn leave_region(&mut self, region: &Region) {
        self.paragraph_end();
        let len = self.len - region.start;
        let links = self.links - region.links;
        let paragraphs = region.paragraph..self.story.paragraphs.len();
        if len > LONGEST_REGION && links * 2 < len {
            self.forget(paragraphs);
        } else if len > LONGEST_LINE {
            self.hinted.push((paragraphs, len));
        }
    }

    /// The finished story.
    pub fn finish(mut self) -> Story {
        self.paragraph_end();
        // A box is part of a page: what makes up much of it is the story.
        for (paragraphs, len) in std::mem::take(&mut self.hinted) {
            if len.saturating_mul(3) > self.len {
                self.forget(paragraphs);
            }
        }
        self.story
    }

    fn forget(&mut self, paragraphs: std::ops::Range<usize>) {
        self.story.paragraphs[paragraphs].iter_mut().for_each(|p| p.hinted_meta = false);
    }

    fn space(&mut self, character: char, source: (u32, u32), white: White) {
        if white == White::Keep || self.pending.is_empty() {
            let character = if white == White::Keep { character } else { ' ' };
            self.pending.push(Pending { character, source: Some(source) });
        }
    }

    /// Writes `data[from..to]`, from position `from_at` of the node to `to_at`.
    fn words(
        &mut self,
        node: u32,
        data: &str,
        from: Option<(usize, u32)>,
        to: usize,
        to_at: u32,
        context: Context,
    ) {
        let Some((from, from_at)) = from else { return };
        let words = &data[from..to];
        let starts_word = self.open.is_none() || !self.pending.is_empty();
        self.settle(context);
        self.piece(words, to_at - from_at, Some((node, from_at)));
        if context.link {
            self.links += to_at - from_at;
        }
        if let Some(open) = &mut self.open {
            if context.inline_meta {
                open.inline_meta = true;
            } else {
                let counts = starts_word && words.contains(char::is_alphanumeric);
                open.other_words += u32::from(counts);
                open.ends_as_sentence = words.trim_end_matches(['"', '”', '’']).ends_with(['.', '!', '?']);
            }
        }
    }

    /// Opens a paragraph, or writes the white space that was waiting for words to follow.
    fn settle(&mut self, context: Context) {
        if self.open.is_none() {
            self.pending.clear();
            if !self.story.text.is_empty() {
                self.piece("\n\n", 2, None);
            }
            self.open = Some(Open {
                start: self.len,
                context,
                inline_meta: false,
                other_words: 0,
                ends_as_sentence: false,
            });
            return;
        }
        for i in 0..self.pending.len() {
            let Pending { character, source } = self.pending[i];
            self.piece(character.encode_utf8(&mut [0; 4]), 1, source);
        }
        self.pending.clear();
    }

    fn piece(&mut self, words: &str, len: u32, source: Option<(u32, u32)>) {
        self.story.text.push_str(words);
        let start = self.len;
        self.len += len;
        let Some((node, at)) = source else { return };
        match self.story.segments.last_mut() {
            Some(s) if s.node == node && s.at + s.len == at && s.start + s.len == start => s.len += len,
            _ => self.story.segments.push(Segment { start, at, len, node }),
        }
    }
}

/// More than this is no byline, related-stories box or newsletter form (UTF-16 code units).
const LONGEST_REGION: u32 = 1500;
/// Up to this, a region may be most of a short page.
const LONGEST_LINE: u32 = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Word,
    Space,
    Break,
    Unseen,
}

fn role(character: char, white: White) -> Role {
    match character {
        '\n' if white != White::Collapse => Role::Break,
        ' ' | '\t' | '\n' | '\r' | '\u{c}' => Role::Space,
        // Soft hyphen, zero-width space, word joiner, byte order mark: marks for the layout, not letters.
        // (The zero-width joiners stay: they shape words and emoji.)
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Role::Unseen,
        _ => Role::Word,
    }
}
