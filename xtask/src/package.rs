//! The npm package, packed as it would be published.

use crate::project::run;
use crate::{bundle, npm};
use anyhow::Result;

/// Builds as for shipping, and packs into `target/package/`.
pub fn package() -> Result<()> {
    bundle::build(true)?;
    run(&mut npm::node(&["xtask/js/package.mjs"]))
}
