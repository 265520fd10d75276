//! The bindings: the only module that names a JavaScript crate.
