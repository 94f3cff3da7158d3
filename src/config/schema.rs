//! A description of `config.toml` for editors (JSON Schema, draft 7, which they
//! read), made of the table of settings and the comments of the file.

use super::{
    feeds,
    sample::{SAMPLE, descriptions},
    settings::{Accepts, SETTINGS, Setting},
    written::json,
};
use serde_json::{Map, Value, json as value};
use toml::{Spanned, de::DeTable};

/// The schema of the configuration file.
#[must_use]
pub fn schema() -> Value {
    let descriptions = descriptions();
    let (defaults, _) = DeTable::parse_recoverable(SAMPLE);
    let mut sections = Map::new();
    for setting in SETTINGS {
        let Setting { section, key, .. } = setting;
        let mut described = accepted(&setting.accepts);
        let default = defaults.get_ref().get(*section);
        let default = default.and_then(|section| section.get_ref().as_table()?.get(*key));
        if let Some(default) = default.map(Spanned::get_ref) {
            described["default"] = json(default);
        }
        if let Some(description) = descriptions.get(&(*section, *key)) {
            described["description"] = description.clone().into();
        }
        let section = sections
            .entry(*section)
            .or_insert_with(|| table(&Map::new()));
        section["properties"][*key] = described;
    }
    let [name, query] = feeds::KEYS;
    let mut feed = table(&Map::from_iter([
        (
            name.to_owned(),
            value!({ "type": "string", "minLength": 1, "description": "What the feed is called." }),
        ),
        (
            query.to_owned(),
            value!({
                "type": "string",
                "minLength": 1,
                "description": "Which entries are in it, such as: energy OR topic:climate",
            }),
        ),
    ]));
    feed["required"] = value!(feeds::KEYS);
    sections.insert(
        feeds::NAME.to_owned(),
        value!({
            "type": "array",
            "description": "Feeds of your own: the articles that a query finds.",
            "items": feed,
        }),
    );
    let mut schema = table(&sections);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = "The configuration of feedwright".into();
    schema
}

/// A table with these keys and no others.
fn table(properties: &Map<String, Value>) -> Value {
    value!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn accepted(accepts: &Accepts) -> Value {
    let word = || value!({ "type": "string", "minLength": 1 });
    match accepts {
        Accepts::Text => value!({ "type": "string" }),
        Accepts::Word => word(),
        Accepts::OneOf(values) => value!({ "enum": values }),
        Accepts::Number(least, most) => {
            value!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Accepts::Choice => value!({ "type": "boolean" }),
        Accepts::TextOrList => value!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" } },
        ] }),
        Accepts::Words => value!({ "type": "array", "items": word() }),
        Accepts::Pairs => value!({ "type": "object", "additionalProperties": word() }),
    }
}
