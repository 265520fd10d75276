//! What was read of an article before it changed: sentences that stayed need not be read again.

use crate::attribution::Voices;
use crate::entities::Mention;
use crate::kinds::Kind;
use crate::offsets::ByteSpan;
use crate::order;
use crate::sentences::Sentence;
use crate::stance::{Looked, Proposal};
use crate::syntax::Parsed;
use crate::topics;

/// What was said of a sentence by itself.
#[derive(Debug)]
pub(super) struct Alone {
    pub words: topics::Own,
    /// `None` if the model has no stance.
    pub read: Option<(Parsed, Vec<Mention>)>,
    pub proposals: Option<Proposals>,
    pub looked: Looked,
}

/// What the small models proposed in a sentence when these were its voices.
#[derive(Debug)]
pub(super) struct Proposals {
    pub all: Vec<(f32, Proposal)>,
    pub voices: Voices,
}

/// An article that was read, with where its sentences stood and what they were.
#[derive(Debug)]
pub(super) struct Memory<'t> {
    pub source: &'t str,
    pub sentences: Vec<(Sentence, Kind)>,
    /// As many of them as were read.
    pub alone: Vec<Alone>,
}

impl Memory<'_> {
    /// For each sentence of an article as it is now what was read of it: of one with the same words and kind, each of
    /// which serves once.
    pub fn recall(self, source: &str, sentences: &[Sentence], kinds: &[Kind]) -> Vec<Option<Alone>> {
        let Memory { source: old, sentences: places, alone } = self;
        let key = |at: usize| (places[at].0.span.of(old), places[at].1 as u8);
        let mut ranked: Vec<usize> = (0..alone.len()).collect();
        order::sort_by(&mut ranked, |&a, &b| key(a).cmp(&key(b)));
        let mut alone: Vec<Option<Alone>> = alone.into_iter().map(Some).collect();
        // How many of those with the key of the one that stands here have served.
        let mut served = vec![0; ranked.len()];
        let recall = |(sentence, kind): (&Sentence, &Kind)| {
            let wanted = (sentence.span.of(source), *kind as u8);
            let first = ranked.partition_point(|&at| key(at) < wanted);
            let rank = first + served.get(first)?;
            let at = *ranked.get(rank).filter(|&&at| key(at) == wanted)?;
            served[first] += 1;
            let mut alone = alone[at].take()?;
            if let Some((parsed, _)) = &mut alone.read {
                move_by(parsed, places[at].0.span.start, sentence.span.start);
            }
            Some(alone)
        };
        sentences.iter().zip(kinds).map(recall).collect()
    }
}

impl Proposals {
    /// They, if the same would be proposed now that these are the sentence's voices. Where it stands counts for nothing: of
    /// a speaker whose words it carries on only that there is one.
    pub fn of(self, voices: &Voices) -> Option<Vec<(f32, Proposal)>> {
        let carried = voices.carried.filter(|_| self.voices.carried.is_some()).or(self.voices.carried);
        (Voices { carried, ..self.voices } == *voices).then_some(self.all)
    }
}

/// Moves a sentence that began at `from` to where it begins `now`.
fn move_by(parsed: &mut Parsed, from: usize, now: usize) {
    for token in &mut parsed.tokens {
        let ByteSpan { start, end, .. } = token.span;
        token.span = ByteSpan::new(start - from + now, end - from + now);
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::Work;
    use crate::text::Text;
    use crate::{kinds, sentences, Annotator, Options};

    /// How many of the new text's sentences are remembered.
    fn known(old: &str, new: &str) -> usize {
        let annotator = Annotator::builtin();
        let mut last = Work::new(&Text::plain(old), &Options::default());
        while !last.step(&annotator, old) {}
        let text = Text::plain(new);
        let sentences = sentences::split(&text);
        let kinds = kinds::classify(&text, &sentences);
        last.remember(old).recall(new, &sentences, &kinds).iter().flatten().count()
    }

    #[test]
    fn a_sentence_is_remembered_once_wherever_it_stands() {
        let old = "It rained. The union backed the bill. It rained. Nobody came.";
        assert_eq!(known(old, old), 4);
        assert_eq!(known(old, "Nobody came. The union backed the bill, it said. It rained."), 2);
        assert_eq!(known(old, "It rained. It rained. It rained."), 2);
        assert_eq!(known(old, ""), 0);
    }
}
