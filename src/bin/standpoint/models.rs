//! From a name or a path to a model.

use crate::input::Failure;
use standpoint::model::Model;
use standpoint::Error;
use std::path::{Path, PathBuf};

/// `fast` is compiled in; `accurate` is a file named so in one of [`folders`]; anything else is a path.
pub fn load(name: &str) -> Result<Model, Failure> {
    if name == "fast" {
        return Ok(Model::builtin());
    }
    let path = if name == "accurate" { find("accurate.model")? } else { PathBuf::from(name) };
    let bytes = std::fs::read(&path).map_err(|e| {
        Error::unknown_model(format!(
            "no model {name:?}: {}: {e} (try fast, accurate, or a path)",
            path.display()
        ))
    })?;
    Ok(Model::from_bytes(bytes)?)
}

fn find(file: &str) -> Result<PathBuf, Error> {
    let folders = folders();
    folders.iter().map(|folder| folder.join(file)).find(|path| path.is_file()).ok_or_else(|| {
        let looked = folders.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", ");
        Error::unknown_model(format!("no {file} in {looked} (set STANDPOINT_MODELS to its folder)"))
    })
}

/// Where model files may lie: where the user says, beside the binary, or in the sources it was built from.
fn folders() -> Vec<PathBuf> {
    let said = std::env::var_os("STANDPOINT_MODELS").map(PathBuf::from);
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(|dir| dir.join("models")));
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    said.into_iter().chain(beside).chain([sources]).collect()
}
