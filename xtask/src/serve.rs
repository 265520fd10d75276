//! A static server for the demo. (The browser tests bring their own, in Node.)

use anyhow::{anyhow, Result};
use std::fs;
use std::path::{Component, Path, PathBuf};
use tiny_http::{Header, Request, Response, Server};

/// Serves `directory` until interrupted.
pub fn serve(directory: &Path, port: u16) -> Result<()> {
    let server = listen(port)?;
    let address = server.server_addr().to_ip().ok_or_else(|| anyhow!("not an IP address"))?;
    let page = ["", "demo/"].into_iter().find(|page| directory.join(page).join("index.html").exists());
    println!(
        "Standpoint's demo: http://localhost:{}/{}  (Ctrl-C ends it)",
        address.port(),
        page.unwrap_or("")
    );
    for request in server.incoming_requests() {
        // A reader who leaves before the answer has arrived is no reason to stop.
        let _ = answer(directory, request);
    }
    Ok(())
}

/// On the given port, or any free one where that is taken.
fn listen(port: u16) -> Result<Server> {
    Server::http(("127.0.0.1", port))
        .or_else(|_| Server::http(("127.0.0.1", 0)))
        .map_err(|error| anyhow!("cannot listen on port {port}: {error}"))
}

fn answer(directory: &Path, request: Request) -> std::io::Result<()> {
    let url = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    let Some(file) = file_of(directory, &url) else {
        return request.respond(Response::from_string("not found").with_status_code(404));
    };
    if file.is_dir() {
        return request.respond(Response::empty(308).with_header(header("Location", &format!("{url}/"))));
    }
    match fs::File::open(&file) {
        Ok(content) => request.respond(
            Response::from_file(content)
                .with_header(header("Content-Type", mime(&file)))
                .with_header(header("Cache-Control", "no-cache")),
        ),
        Err(_) => request.respond(Response::from_string("not found").with_status_code(404)),
    }
}

/// The file a URL's path names; `None` where it would leave the directory.
fn file_of(directory: &Path, url: &str) -> Option<PathBuf> {
    let relative = Path::new(url.strip_prefix('/')?);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let file = directory.join(relative);
    Some(if url.ends_with('/') { file.join("index.html") } else { file })
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("our own headers are ASCII")
}

/// Browsers compile WebAssembly while it streams in only if the type is right.
fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" | "md" | "ts" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_inside_the_directory() {
        let directory = Path::new("dist");
        assert_eq!(file_of(directory, "/"), Some("dist/index.html".into()));
        assert_eq!(file_of(directory, "/demo/demo.js"), Some("dist/demo/demo.js".into()));
        assert_eq!(file_of(directory, "/../Cargo.toml"), None);
        assert_eq!(file_of(directory, "//etc/passwd"), None);
    }

    #[test]
    fn modules_and_scripts_have_the_types_that_browsers_insist_on() {
        assert_eq!(mime(Path::new("a/standpoint_wasm_bg.wasm")), "application/wasm");
        assert!(mime(Path::new("standpoint.js")).starts_with("text/javascript"));
    }
}
