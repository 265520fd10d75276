//! Whose stance it is: everybody whom the sentence names, the narrator, or somebody unnamed, by what the encoder and the
//! small models say of each. `training/claims.py` does the same, and learns the weights.

use super::features::{self, Holder};
use super::second::Place;
use crate::annotation::Polarity;
use crate::entities::Class;
use crate::offsets::ByteSpan;

/// Numbers that speak for a holder.
pub(super) const NUMBERS: usize = 17;

/// The small models' choice counts in full from the third part of certainty on: their confidence times this, 1 at most.
const CERTAIN: f32 = 3.0;

impl Place<'_, '_> {
    /// The likeliest holder that is not the target itself, and how likely the encoder finds it. `main`: the cue's main word.
    pub(super) fn holder(&self, weights: &[f32], polarity: Polarity, main: ByteSpan) -> (Holder, f32) {
        let mentions = (0..self.reader().mentions.len()).map(Holder::Mention).filter(|&h| self.fits(h));
        let mut best: Option<(f32, Holder, f32)> = None;
        for holder in mentions.chain([Holder::Author, Holder::Unnamed]) {
            let share = self.whose(holder);
            let numbers = self.speaks_for(holder, share, polarity, main);
            let worth = numbers.iter().zip(weights).fold(0.0, |sum, (x, w)| sum + x * w);
            if best.is_none_or(|(most, ..)| worth > most) {
                best = Some((worth, holder, share));
            }
        }
        best.map_or((Holder::Unnamed, 0.0), |(_, holder, share)| (holder, share))
    }

    /// How likely the encoder finds a holder.
    fn whose(&self, holder: Holder) -> f32 {
        match holder {
            Holder::Author => self.opinion.author,
            Holder::Unnamed => self.opinion.unnamed,
            Holder::Mention(mention) => self.share(&self.opinion.whose, self.span(mention)),
        }
    }

    /// Whether it could be this one's stance toward the target.
    fn fits(&self, holder: Holder) -> bool {
        let Holder::Mention(mention) = holder else { return true };
        self.reader().class(mention) != Class::Time
            && super::distinct(self.reading, self.sentence, mention, self.target)
            && !self.span(mention).overlaps(&self.span(self.target))
    }

    /// Log-probability and probability, as the encoder has it; the small models' third step, their confidence in a claim
    /// about this target, in any claim of the sentence; narrator, unnamed, and each of them between quotation marks; person,
    /// body, group, place, thing; before the cue, how far from it; whether the sentence names it once more.
    fn speaks_for(&self, holder: Holder, share: f32, polarity: Polarity, main: ByteSpan) -> [f32; NUMBERS] {
        let reader = self.reader();
        let flag = |yes: bool| f32::from(u8::from(yes));
        let same = |other: Holder| super::same_holder(self.reading, self.sentence, other, holder);
        let (mut step, mut sure) = (0.0f32, 0.0f32);
        for (confidence, p) in self.seconding(polarity).filter(|(_, p)| same(p.holder)) {
            step = step.max(libm::expf(p.steps[2]) * (CERTAIN * confidence).min(1.0));
            sure = sure.max(*confidence);
        }
        let any =
            self.proposed.iter().filter(|(_, p)| same(p.holder)).map(|(sure, _)| *sure).fold(0.0, f32::max);
        let tokens = reader.parsed.tokens.iter().enumerate().filter(|(_, t)| t.span.overlaps(&main));
        let quoted =
            tokens.map(|(at, _)| at).any(|at| reader.voices.quoted[at] && features::is_cue(reader, at));
        let (author, unnamed) = (holder == Holder::Author, holder == Holder::Unnamed);
        let mut out = [0.0; NUMBERS];
        out[..9].copy_from_slice(&[
            libm::logf(share + 0.01),
            share,
            step,
            sure,
            any,
            flag(author),
            flag(unnamed),
            flag(unnamed && quoted),
            flag(author && quoted),
        ]);
        if let Holder::Mention(mention) = holder {
            let class = reader.class(mention);
            for (slot, of) in
                [Class::Person, Class::Body, Class::People, Class::Place, Class::Thing].iter().enumerate()
            {
                out[9 + slot] = flag(class == *of);
            }
            let span = self.span(mention);
            let away = span.end.abs_diff(main.start).min(span.start.abs_diff(main.end));
            let again = (0..reader.mentions.len()).any(|m| m != mention && same(Holder::Mention(m)));
            out[14] = flag(span.end <= main.start);
            out[15] = libm::log1pf(away as f32);
            out[16] = flag(again);
        }
        out
    }
}
