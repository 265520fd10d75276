//! Who said it: cue verbs, quotations, `according to`, said-clauses in any position.
