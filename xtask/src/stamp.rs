//! Work not done twice: a step is skipped while the content it was made from is the same.

use crate::project;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// A fingerprint of a step's inputs.
#[derive(Default)]
pub struct Inputs(Sha256);

impl Inputs {
    /// Adds words, such as flags.
    pub fn text(mut self, text: &str) -> Self {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
        self
    }

    /// Adds a file's content.
    pub fn file(mut self, path: &Path) -> Result<Self> {
        let bytes = fs::read(path)?;
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        Ok(self)
    }

    fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Does `step` unless it was last done, under that name, with the same inputs and its `outputs` are there.
pub fn once(
    name: &str,
    inputs: Inputs,
    outputs: &[PathBuf],
    step: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamp = project::target().join("xtask-stamps").join(name);
    let hash = inputs.hex();
    let fresh = fs::read_to_string(&stamp).is_ok_and(|last| last == hash);
    if fresh && outputs.iter().all(|output| output.exists()) {
        return Ok(());
    }
    let _ = fs::remove_file(&stamp);
    step()?;
    fs::create_dir_all(stamp.parent().expect("stamps lie in a directory"))?;
    fs::write(&stamp, hash)?;
    Ok(())
}
