//! The committed models: readable, and described by the metrics beside them.

use sha2::{Digest, Sha256};
use standpoint::model::Model;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything together may weigh this much (the repository carries it for ever).
const MOST_BYTES: u64 = 40_000_000;

fn models() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let files = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let mut models: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "model")).collect();
    models.sort();
    assert!(!models.is_empty());
    models
}

#[test]
fn every_model_is_described_by_the_metrics_beside_it() {
    for path in models() {
        let model = Model::from_bytes(std::fs::read(&path).expect("readable")).expect("a model");
        let metrics = std::fs::read_to_string(path.with_extension("metrics.json")).expect("metrics");
        let metrics: serde_json::Value = serde_json::from_str(&metrics).expect("JSON");
        assert_eq!(path.file_stem().unwrap().to_str(), Some(model.info().name.as_str()));
        let container = model.container();
        let mut names: Vec<&str> = container.names().collect();
        names.sort_unstable();
        let mut digests: BTreeMap<&str, Sha256> = BTreeMap::new();
        for name in names {
            let part = name.split('/').next().expect("not empty");
            digests.entry(part).or_default().update(container.tensor(name).expect("listed").raw());
        }
        for (part, digest) in digests {
            let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(
                metrics["weights"][part],
                digest,
                "{}: metrics of other `{part}` weights",
                path.display()
            );
        }
    }
}

#[test]
fn the_models_together_stay_small() {
    let bytes: u64 = models().iter().map(|path| path.metadata().expect("a file").len()).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes of weights");
}
