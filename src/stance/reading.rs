//! Everything the earlier stages found in an article, side by side.

use super::features::Word;
use crate::attribution::{self, Voices};
use crate::coreference::{self, Linked};
use crate::entities::{self, by_token, Class, Mention};
use crate::kinds::Kind;
use crate::sentences::Sentence;
use crate::syntax::{Grammar, Parsed, Tag};
use crate::text::Text;
use crate::tokens::{self, Cases};

/// A sentence longer than this is no prose: only its beginning is read, so that time stays linear.
const LONGEST: usize = 160;

/// An article as the stance models read it.
#[derive(Debug, Clone, Default)]
pub struct Reading<'t> {
    /// The article.
    pub source: &'t str,
    /// One a sentence.
    pub sentences: Vec<Reader>,
    /// The article's actors.
    pub linked: Linked,
}

/// One sentence as the stance models read it.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Words, tags, tree.
    pub parsed: Parsed,
    /// Noun groups.
    pub mentions: Vec<Mention>,
    /// Who speaks which words.
    pub voices: Voices,
    /// Heading, body, caption.
    pub kind: Kind,
    /// For each token, the smallest mention that holds it.
    pub at: Vec<Option<usize>>,
    /// For each token, the mention whose head it is.
    pub headed: Vec<Option<usize>>,
    /// For each token, what the models see of the word alone.
    pub words: Vec<Word>,
}

impl<'t> Reading<'t> {
    /// Runs tokens, grammar, entities and attribution.
    pub fn new(grammar: &Grammar, text: &Text<'t>, sentences: &[Sentence], kinds: &[Kind]) -> Self {
        let source = text.source();
        let cases = Cases::of(source, sentences, kinds);
        let one = |(s, kind): (&Sentence, &Kind)| read(grammar, &cases, source, *s, *kind);
        let parsed = sentences.iter().zip(kinds).map(one).collect();
        Self::join(source, parsed, sentences, kinds)
    }

    /// The part of [`Reading::new`] that needs all sentences, after [`read`].
    pub fn join(
        source: &'t str,
        parsed: Vec<(Parsed, Vec<Mention>)>,
        sentences: &[Sentence],
        kinds: &[Kind],
    ) -> Self {
        let paragraphs: Vec<usize> = sentences.iter().map(|s| s.paragraph).collect();
        let voices = attribution::resolve(&parsed, kinds, &paragraphs);
        let article = coreference::Article {
            source,
            sentences: &parsed,
            voices: &voices,
            kinds,
            paragraphs: &paragraphs,
        };
        let linked = coreference::link(article);
        let sentences = parsed
            .into_iter()
            .zip(voices)
            .zip(kinds)
            .map(|(((parsed, mentions), voices), kind)| {
                let n = parsed.tokens.len();
                let mut headed = vec![None; n];
                mentions.iter().enumerate().for_each(|(index, m)| headed[m.head] = Some(index));
                let at = by_token(&mentions, n);
                let words = (0..n).map(|token| Word::of(&parsed, token)).collect();
                Reader { parsed, mentions, voices, kind: *kind, at, headed, words }
            })
            .collect();
        Reading { source, sentences, linked }
    }
}

/// The part of [`Reading::new`] that needs no other sentence (a headline in which case tells nothing needs the article's
/// `cases`): tokens, grammar and mentions.
pub fn read(
    grammar: &Grammar,
    cases: &Cases,
    source: &str,
    sentence: Sentence,
    kind: Kind,
) -> (Parsed, Vec<Mention>) {
    let mut words = if kind == Kind::Meta { Vec::new() } else { tokens::tokenize(source, sentence.span) };
    words.truncate(LONGEST);
    if tokens::needs_case(sentence.span.of(source), kind) {
        cases.restore(&mut words);
    }
    let parsed = grammar.parse(words);
    let mentions = entities::find(&parsed);
    (parsed, mentions)
}

impl Reader {
    /// The mention that speaks a word here: the innermost attribution's source.
    pub fn speaker(&self, token: usize) -> Option<usize> {
        self.voices.by_token[token].and_then(|a| self.voices.attributions[a].source)
    }

    /// The mention whose head a token is, or that holds it.
    pub fn mention_of(&self, token: usize) -> Option<usize> {
        self.headed[token].or(self.at[token])
    }

    /// The names coordinated with a name: `Park` for `Kim` in `Kim and Park`.
    pub fn named_with(&self, mention: usize) -> Vec<usize> {
        let is_name = |m: &Mention| self.parsed.tag(m.head) == Tag::Name;
        if !is_name(&self.mentions[mention]) {
            return Vec::new();
        }
        entities::listed_with(&self.parsed, &self.mentions, mention, is_name)
    }

    /// Whether a mention hangs on another by prepositions: `a defendant` on `a request` in `a request by a defendant`. Not on a
    /// name, which seldom means another thing with what follows it.
    pub fn hangs_on(&self, inner: usize, outer: usize) -> bool {
        let (p, outer) = (&self.parsed, self.mentions[outer].head);
        let (mut at, mut by_preposition) = (self.mentions[inner].head, false);
        while let Some(head) = p.tree.head(at).filter(|_| p.tag(outer) != Tag::Name) {
            if head == outer {
                return by_preposition;
            }
            let preposition = matches!(p.tag(head), Tag::Preposition | Tag::To);
            if !preposition && !p.tag(head).is_noun() {
                return false;
            }
            by_preposition |= preposition;
            at = head;
        }
        false
    }

    /// The mention's class.
    pub fn class(&self, mention: usize) -> Class {
        self.mentions[mention].class
    }
}
