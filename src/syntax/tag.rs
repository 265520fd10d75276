//! Parts of speech: those of the Penn Treebank, fewer where stance does not need them, more where it does.

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// A part of speech.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag { $($(#[$doc])* $name),* }

        impl Tag {
            /// All tags; a tag's place here is its class in the tagger.
            pub const ALL: &'static [Tag] = &[$(Tag::$name),*];

            /// The tag of that name.
            pub fn named(name: &str) -> Option<Tag> {
                match name { $(stringify!($name) => Some(Tag::$name),)* _ => None }
            }
        }
    };
}

tags! {
    /// `ban`
    Noun,
    /// `bans`
    Nouns,
    /// `Kim`
    Name,
    /// `he`, `there`
    Pronoun,
    /// `his`
    Possessive,
    /// `the`
    Determiner,
    /// `reckless`
    Adjective,
    /// `strongly`
    Adverb,
    /// `not`
    Not,
    /// `12`
    Number,
    /// `against`
    Preposition,
    /// `because`, `that` before a clause
    Subordinator,
    /// `and`
    Conjunction,
    /// `to`
    To,
    /// `may`
    Modal,
    /// `is`, `have`, `did` helping a verb or linking to a predicate
    Auxiliary,
    /// `back`
    Base,
    /// `backs`
    Present,
    /// `backed`, as the verb of its clause
    Past,
    /// `backed`, in passives and perfects
    Participle,
    /// `backing`
    Gerund,
    /// `up` in `back up`
    Particle,
    /// `who`
    Wh,
    /// `'s` of `Kim's`
    Genitive,
    /// `“`
    Quote,
    /// `,`
    Comma,
    /// Any other mark.
    Mark,
    /// `oh`
    Other,
}

impl Tag {
    /// `ban`, `bans`, `Kim`
    pub fn is_noun(self) -> bool {
        matches!(self, Tag::Noun | Tag::Nouns | Tag::Name)
    }

    /// Any form of a full verb.
    pub fn is_verb(self) -> bool {
        matches!(self, Tag::Base | Tag::Present | Tag::Past | Tag::Participle | Tag::Gerund)
    }

    /// Could carry a meaning of its own: noun, verb, adjective, adverb.
    pub fn is_content(self) -> bool {
        self.is_noun() || self.is_verb() || matches!(self, Tag::Adjective | Tag::Adverb)
    }

    /// Comma, quote or other mark.
    pub fn is_mark(self) -> bool {
        matches!(self, Tag::Quote | Tag::Comma | Tag::Mark)
    }
}
