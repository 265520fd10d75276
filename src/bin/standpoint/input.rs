//! Reading files, and everything that can go wrong outside the crate.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// The crate refused a model, an option or a text.
    Standpoint(standpoint::Error),
    /// A file or a pipe failed.
    Io(String, io::Error),
}

impl Failure {
    /// The reader of our output went away (`| head`): no fault of anybody's.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Io(_, e) if e.kind() == io::ErrorKind::BrokenPipe)
    }

    /// For results being written to standard output.
    pub fn output(error: io::Error) -> Self {
        Failure::Io("standard output".to_owned(), error)
    }
}

impl From<standpoint::Error> for Failure {
    fn from(error: standpoint::Error) -> Self {
        Failure::Standpoint(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Standpoint(error) => write!(f, "{error} [{}]", error.code()),
            Failure::Io(name, error) => write!(f, "{name}: {error}"),
        }
    }
}

/// Opens a file, or standard input for `-`.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = std::fs::File::open(path).map_err(|e| Failure::Io(path.display().to_string(), e))?;
    Ok(Box::new(io::BufReader::new(file)))
}

/// The whole of a text file. A byte order mark belongs to the encoding, not to the text, and is dropped.
pub fn text(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes).map_err(|e| Failure::Io(path.display().to_string(), e))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        standpoint::Error::input(format!("{}: not UTF-8 text (byte {at})", path.display()))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
