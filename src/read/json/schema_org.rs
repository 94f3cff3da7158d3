//! An article as schema.org describes it, in a file of its own.

use super::Said;
use crate::{
    article::{Article, Origin},
    read::{json_ld, wire},
};
use serde_json::Value;

pub(super) fn read(value: &Value) -> Option<Said> {
    let fields = value.as_object()?;
    let names = ["@type", "@graph", "@context"];
    if !names.iter().any(|name| fields.contains_key(*name)) {
        return None;
    }
    let stated = json_ld::article(value)?;
    // A list of headlines describes articles, too.
    let text = stated.body.as_deref().map(wire::text)?;
    let id = fields.get("@id").and_then(Value::as_str).map(str::to_owned);
    let ids = vec![id, stated.url.clone(), stated.title.clone()];
    let mut article = Article {
        origin: Origin::Authored,
        text,
        ..Article::default()
    };
    stated.take_over(&mut article);
    Some(Said { ids, article })
}
