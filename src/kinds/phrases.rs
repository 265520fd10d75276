//! Phrase tables of `kinds`, lower case, straight apostrophes. Each has a case for and a case against in
//! `tests/cases/kinds/`.

use crate::data::table::Table;
use std::sync::LazyLock;

/// First words of notices that begin many other sentences too, with the two letters that may come next.
#[rustfmt::skip]
const COMMON: &[(&str, &[&str])] = &[
    ("the", &["as", "au", "op", "vi"]),
    ("a", &["ro", "ve"]),
    ("an", &["ea"]),
    ("in", &["a ", "pi", "th"]),
    ("this", &["ar", "co", "ma", "pi", "po", "re", "st", "tr"]),
    ("for", &["mo"]),
    ("all", &["ri", "ti"]),
    ("if", &["yo"]),
    ("you", &["ca", "ma", "mi"]),
    ("to", &["co", "re"]),
    ("most", &["re", "vi"]),
    ("with", &["ag", "fi", "in", "re"]),
    ("have", &["a "]),
    ("help", &["us"]),
    ("not", &["a "]),
    ("please", &["ch", "co", "su"]),
];

/// Values of [`FIRST_WORDS`]: the word begins whole units only; it begins notices; `COMMON` says more of it.
const OF_LABELS: u8 = 0;
const OF_NOTICES: u8 = 1;
const OF_COMMON: u8 = 2;

/// First words (up to the first mark or space) of all phrases that a notice may begin with.
static FIRST_WORDS: LazyLock<Table<512>> = LazyLock::new(|| {
    let mut table = Table::new();
    for (list, value) in [
        (LABELS, OF_LABELS),
        (LINKS, OF_NOTICES),
        (CALLS, OF_NOTICES),
        (NOTES, OF_NOTICES),
        (CAPTIONS, OF_NOTICES),
        (CREDIT_LABELS, OF_NOTICES),
    ] {
        list.iter().for_each(|phrase| table.add_first_word(phrase, value));
    }
    table.add_first_word("by", OF_NOTICES);
    for (number, (word, _)) in COMMON.iter().enumerate() {
        table.add_first_word(word, OF_COMMON + number as u8);
    }
    table
});

/// Whether some notice begins as `unit` does, whose first word starts at `start`; `label` asks for whole units too.
pub fn begins_a_notice(unit: &str, start: usize, word: &str, label: bool) -> bool {
    if word.is_empty() {
        return true;
    }
    match FIRST_WORDS.get(word) {
        None => false,
        Some(OF_LABELS) => label,
        Some(OF_NOTICES) => true,
        Some(common) => match unit.as_bytes()[start + word.len()..] {
            [b' ', first, second, ..] if first.is_ascii_alphabetic() => {
                let next = [first, second];
                COMMON[usize::from(common - OF_COMMON)]
                    .1
                    .iter()
                    .any(|two| next.eq_ignore_ascii_case(two.as_bytes()))
            }
            _ => true,
        },
    }
}

/// Begin a link to another story.
#[rustfmt::skip]
pub const LINKS: &[&str] = &[
    "also read:", "also see:", "don't miss:", "explore more:", "explained:", "further reading", "in pictures:", "keep reading:",
    "more coverage:", "more from", "more on this story", "more on this topic", "more stories", "more:", "most read", "most viewed", "must read:",
    "opinion:", "read also:", "read here:", "read more", "read next", "read the full", "read this next", "read:", "recommended:",
    "related article", "related content", "related coverage", "related link", "related news", "related stories", "related story", "related topics", "related video", "related:",
    "see also", "see more:", "see related", "show more", "story continues below", "trending:", "up next", "watch now:", "watch:", "what to read next", "you may also like", "you might also like",
    "article continues after", "article continues below", "related posts", "topics:", "tags:", "filed under",
];

/// Ask the reader to do something for the publisher.
#[rustfmt::skip]
pub const CALLS: &[&str] = &[
    "already a subscriber", "become a member", "become a subscriber", "click here", "create a free account", "create an account", "download our", "download the app",
    "enter your email", "for more information on what we do", "for more news", "get our", "get the latest", "get breaking news", "get more", "get email", "get unlimited access", "give this article",
    "have a story", "have a tip", "help us", "if you are looking for recent", "join our", "join the conversation", "leave a comment", "like us on", "listen to this article", "listen to the article", "log in", "manage your newsletter",
    "not a subscriber", "please check the talk page", "please consider", "please support", "register for", "save this story", "share on", "share this", "sign in", "sign up", "skip advertisement", "start your free trial", "stay up to date", "stay informed",
    "subscribe", "support independent", "support our", "tap here", "to continue reading", "to read more", "view comments", "visit our", "want more", "we want to hear from you", "you can unsubscribe",
    "follow us on", "follow him on", "follow her on", "follow them on", "follow live", "add us as", "sponsored by", "paid for by",
];

/// Say it wherever they stand in a short unit.
#[rustfmt::skip]
pub const CALLS_ANYWHERE: &[&str] = &[
    "to our newsletter", "our daily newsletter", "our weekly newsletter", "our free newsletter", "our morning newsletter", "this newsletter", "newsletter here", "straight to your inbox", "in your inbox", "to your inbox",
    "as an interest to stay up to date", "privacy policy", "terms of service", "terms of use", "follow us on twitter", "follow us on facebook", "you can read the transcript here",
    "subscribe to our", "sign up for our", "sign up here", "subscribe here",
];

/// Speak about the article, not about its subject.
#[rustfmt::skip]
pub const NOTES: &[&str] = &[
    "a roundup of the most important", "a version of this article", "a version of this story", "an earlier version of this", "additional reporting by", "all rights reserved", "all times are", "associated press writer", "contributing:", "copyright ©", "copyright 2", "correction:", "correction ", "corrections:", "clarification:",
    "disclaimer:", "disclosure:", "edited by", "editing by", "editor's note", "editors' note", "estimated read", "first published", "illustration by", "last modified", "last updated", "last amended", "-article last amended", "max read", "min read",
    "note to readers", "note:", "originally published", "photographs by", "photography by", "produced by", "published at", "published by", "published on", "published:", "reporting by", "reporting from", "report by", "reading time", "republished with permission", "our standards:", "posted at", "posted by", "posted on", "posted:",
    "the associated press contributed", "the author is", "the views expressed", "the opinions expressed", "this article appeared", "this article has been", "this article is more than", "this article is from", "this article is part of", "this article requires", "this article was", "this column", "this piece was", "this post has been", "this post was", "this report has been", "this report was", "this story appeared", "this story has been", "this story is from", "this story is part of", "this story was",
    "this material may not be", "this transcript", "translated by", "update:", "updated at", "updated on", "updated:", "writing by", "written by", "with files from", "with reporting by", "with inputs from", "with agencies",
];

/// Whole units that are buttons, labels or breaks.
#[rustfmt::skip]
pub const LABELS: &[&str] = &[
    "ad", "ads", "advertisement", "advertising", "breaking", "comment", "comments", "copy link", "email", "exclusive", "explainer", "external links", "facebook", "live", "linkedin", "listen", "menu", "more", "newsletter", "newsletters", "opinion", "photos", "print", "references", "related", "related articles", "related news", "reprints", "save", "share", "skip to content", "sources", "sponsored", "tweet", "twitter", "video", "whatsapp", "x",
];

/// Begin picture text.
#[rustfmt::skip]
pub const CAPTIONS: &[&str] = &[
    "above:", "below:", "caption:", "clockwise from", "close up of", "close-up of", "enlarge this image", "facebook twitter pinterest", "file -", "file –", "file —", "file image", "file photo", "file picture", "file:", "from left,", "from left:", "from left to right", "from right,", "hide caption", "image caption", "image copyright", "image source", "just watched", "left to right", "looking back:", "media caption", "photo:", "photos:", "pictured", "replay more videos", "top left", "view image in fullscreen",
];

/// Before the colon of a credit.
pub const CREDIT_LABELS: &[&str] = &[
    "image",
    "images",
    "photo",
    "photos",
    "photograph",
    "photographs",
    "picture",
    "pictures",
    "credit",
    "photo credit",
    "image credit",
    "picture credit",
    "photo by",
    "graphic",
    "graphics",
    "illustration",
    "source",
    "sources",
    "file photo",
    "image courtesy",
    "photo courtesy",
    "image source",
    "courtesy",
];

/// Picture agencies and rights words that a credit is made of.
#[rustfmt::skip]
pub const AGENCIES: &[&str] = &[
    "ap", "afp", "epa", "epa-efe", "reuters", "getty", "alamy", "shutterstock", "istock", "kcna", "xinhua", "yonhap", "kyodo", "bloomberg", "upi", "pa", "rex", "zuma", "sipa", "anadolu", "dpa", "ansa", "efe", "tass", "ria", "sputnik", "imago", "handout", "pool", "file", "via", "wikimedia", "flickr", "unsplash", "pixabay", "©", "nurphoto", "corbis", "magnum", "photo", "photos", "images", "image", "staff", "staff/file",
];

/// After a name, the name's owner writes for the publisher.
pub const DESKS: &[&str] = &[
    "staff writer",
    "staff reporter",
    "senior writer",
    "correspondent",
    "associated press",
    "reuters",
    "special to",
    "for the",
    "contributing writer",
    "contributor",
    "columnist",
    "editor",
    "reporter",
    "news desk",
    "staff",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::table::first_word;

    #[test]
    fn common_words_know_what_comes_next_in_every_phrase() {
        for phrase in
            [LINKS, CALLS, NOTES, CAPTIONS, CREDIT_LABELS, &["in this ", "in a "]].into_iter().flatten()
        {
            let word = first_word(phrase);
            let start = phrase.find(word).expect("it is a part of it");
            let end = start + word.len();
            assert!(begins_a_notice(phrase, start, word, false), "{phrase}");
            if let Some((_, next)) = COMMON.iter().find(|(common, _)| *common == word) {
                assert!(
                    next.contains(&&phrase[end + 1..end + 3]) && phrase[end..].starts_with(' '),
                    "{phrase}"
                );
            }
        }
        for label in LABELS {
            let word = label.split(' ').next().expect("a word");
            assert!(begins_a_notice(label, 0, word, true), "{label}");
        }
        assert!(begins_a_notice("The author is", 0, "The", false));
        assert!(!begins_a_notice("The council met", 0, "The", false));
    }
}
