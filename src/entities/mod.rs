//! Who and what a sentence names: people, bodies, countries, groups, plans; linked through the article.
