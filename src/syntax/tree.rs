//! A tagged dependency tree.

use super::tag::Tag;

/// Tags and heads of one sentence's tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// One a token.
    pub tags: Vec<Tag>,
    heads: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
}

impl Tree {
    /// `heads`: one a token, the number of tokens for a root.
    pub fn new(tags: Vec<Tag>, heads: Vec<usize>) -> Self {
        let mut children = vec![Vec::new(); tags.len()];
        let heads: Vec<_> = heads.into_iter().map(|head| (head < tags.len()).then_some(head)).collect();
        for (token, head) in heads.iter().enumerate() {
            if let Some(head) = head {
                children[*head].push(token);
            }
        }
        Tree { tags, heads, children }
    }

    /// How many tokens.
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// The token it depends on; `None` for a root.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.heads[token]
    }

    /// The tokens that depend on it, in order.
    pub fn children(&self, token: usize) -> &[usize] {
        &self.children[token]
    }

    /// The tokens above it, nearest first.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(token), |&token| self.head(token))
    }
}
