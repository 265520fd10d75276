//! [`Error`] as a JavaScript `Error` with a `name` and a `code`.

use crate::error::Error;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

impl From<Error> for JsValue {
    fn from(error: Error) -> JsValue {
        let js = js_sys::Error::new(&error.to_string());
        js.set_name("StandpointError");
        // Setting a property of an object just made cannot fail.
        let _ = Reflect::set(Object::as_ref(&js), &"code".into(), &error.code().into());
        js.into()
    }
}
