//! The result in other shapes: W3C Web Annotation, CSV, and text for people.
