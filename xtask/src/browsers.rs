//! The browsers the tests drive: found where they usually are, or installed where apt can.

use crate::project::{command, find_program, run};
use anyhow::{bail, Result};
use std::path::{Path, PathBuf};

/// The Debian packages that bring all three browsers and what drives them.
const PACKAGES: [&str; 5] = ["chromium", "chromium-driver", "firefox-esr", "webkit2gtk-driver", "xvfb"];

/// What was found.
pub struct Browsers {
    pub chromium: PathBuf,
    pub chromedriver: Option<PathBuf>,
}

/// Finds the browsers. Where some are missing and this is root on a machine with apt, installs them first.
pub fn ensure() -> Result<Browsers> {
    if !missing().is_empty() && can_install() {
        eprintln!("missing for the browser tests: {}", missing().join(", "));
        run(command("apt-get").args(["update", "-qq"]))?;
        let args = ["install", "-y", "-qq", "--no-install-recommends"];
        run(command("apt-get").args(args).args(PACKAGES).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    let Some(chromium) = chromium() else {
        bail!(
            "no Chromium found. Install Chromium or Chrome, or set CHROME to its path; on Debian: apt install {}",
            PACKAGES.join(" ")
        );
    };
    let rest = missing();
    if !rest.is_empty() {
        eprintln!("not installed, so tests of them are skipped: {}", rest.join(", "));
    }
    Ok(Browsers { chromium, chromedriver: program("CHROMEDRIVER", &["chromedriver"], &[]) })
}

fn missing() -> Vec<&'static str> {
    let here = [
        ("Chromium", chromium()),
        ("chromedriver", program("CHROMEDRIVER", &["chromedriver"], &[])),
        ("Firefox", firefox()),
        ("WebKitWebDriver", find_program("WebKitWebDriver")),
        ("Xvfb", find_program("Xvfb")),
    ];
    here.into_iter().filter(|(_, path)| path.is_none()).map(|(name, _)| name).collect()
}

fn chromium() -> Option<PathBuf> {
    let applications = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    program(
        "CHROME",
        &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
        &applications,
    )
}

fn firefox() -> Option<PathBuf> {
    program("FIREFOX", &["firefox-esr", "firefox"], &["/Applications/Firefox.app/Contents/MacOS/firefox"])
}

/// From the environment variable, else the PATH, else a usual place.
fn program(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    let set = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.exists());
    set.or_else(|| names.iter().find_map(|name| find_program(name)))
        .or_else(|| places.iter().map(PathBuf::from).find(|path| path.exists()))
}

fn can_install() -> bool {
    let root = std::process::Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    root && Path::new("/usr/bin/apt-get").exists()
}
