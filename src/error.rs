//! What can go wrong: loading a model and reading a caller's input. Analysis itself cannot fail.

use std::fmt;

/// Any failure of this crate. [`Error::code`] is stable; the message is for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Model,
    UnknownModel,
    Input,
    Options,
}

impl Error {
    /// The model's bytes are not a model this version can read; `message` names what is wrong.
    pub fn model(message: impl Into<String>) -> Self {
        Error { kind: Kind::Model, message: message.into() }
    }

    /// No model has that name, or its file is not there.
    pub fn unknown_model(message: impl Into<String>) -> Self {
        Error { kind: Kind::UnknownModel, message: message.into() }
    }

    /// The caller's text or JSON line cannot be read.
    pub fn input(message: impl Into<String>) -> Self {
        Error { kind: Kind::Input, message: message.into() }
    }

    /// An option has a value that makes no sense.
    pub fn options(message: impl Into<String>) -> Self {
        Error { kind: Kind::Options, message: message.into() }
    }

    /// A word for programs to branch on: `model-invalid`, `model-unknown`, `input-invalid`, `options-invalid`.
    pub fn code(&self) -> &'static str {
        match self.kind {
            Kind::Model => "model-invalid",
            Kind::UnknownModel => "model-unknown",
            Kind::Input => "input-invalid",
            Kind::Options => "options-invalid",
        }
    }

    /// Whether the model's bytes were at fault.
    pub fn is_model(&self) -> bool {
        matches!(self.kind, Kind::Model | Kind::UnknownModel)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
