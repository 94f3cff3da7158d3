//! The schema of the configuration file, judged against what is really taken.

use feedwright::config::{SAMPLE, keys, parse, schema};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a value is refused for, as an editor sees it. It knows no more of the
/// language of schemas than is used; a word that it does not know is a fault.
fn refusal(schema: &Value, value: &Value, at: &str) -> Option<String> {
    let refused = |is_so: bool, why: &str| (!is_so).then(|| format!("{at}: {why}"));
    let below =
        |schema: &Value, key: &str, value: &Value| refusal(schema, value, &format!("{at}.{key}"));
    schema
        .as_object()?
        .iter()
        .find_map(|(word, wanted)| match &**word {
            "$schema" | "title" | "description" | "default" => None,
            "type" => refused(
                match wanted.as_str().unwrap() {
                    "string" => value.is_string(),
                    "integer" => value.is_i64(),
                    "boolean" => value.is_boolean(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    other => panic!("no such type: {other}"),
                },
                "another type",
            ),
            "minLength" => {
                let length = value.as_str().map(|text| text.chars().count() as u64);
                refused(
                    length.is_none_or(|length| Some(length) >= wanted.as_u64()),
                    "too short",
                )
            }
            "minimum" => refused(
                value.as_i64().is_none_or(|it| Some(it) >= wanted.as_i64()),
                "small",
            ),
            "maximum" => refused(
                value.as_i64().is_none_or(|it| Some(it) <= wanted.as_i64()),
                "large",
            ),
            "enum" => refused(wanted.as_array().unwrap().contains(value), "none of those"),
            "anyOf" => {
                let fits = |one: &Value| refusal(one, value, at).is_none();
                refused(wanted.as_array().unwrap().iter().any(fits), "fits nothing")
            }
            "items" => value
                .as_array()?
                .iter()
                .find_map(|one| below(wanted, "item", one)),
            "properties" => wanted
                .as_object()
                .unwrap()
                .iter()
                .find_map(|(key, wanted)| below(wanted, key, value.get(key)?)),
            "required" => wanted.as_array().unwrap().iter().find_map(|key| {
                refused(
                    value.get(key.as_str().unwrap()).is_some(),
                    "something is missing",
                )
            }),
            "additionalProperties" => value.as_object()?.iter().find_map(|(key, value)| {
                let known = schema.get("properties").and_then(|known| known.get(key));
                match (known, wanted) {
                    (Some(_), _) => None,
                    (None, Value::Bool(allowed)) => refused(*allowed, &format!("{key} is unknown")),
                    (None, schema) => below(schema, key, value),
                }
            }),
            other => panic!("a word that this test does not know: {other}"),
        })
}

fn refused(text: &str) -> Option<String> {
    let table: toml::Table = text.parse().unwrap();
    refusal(&schema(), &serde_json::to_value(table).unwrap(), "it")
}

#[test]
fn the_schema_has_every_setting_with_description_and_default_and_no_other() {
    let schema = schema();
    let mut described = BTreeSet::new();
    for (section, table) in schema["properties"].as_object().unwrap() {
        if section == "feed" {
            continue;
        }
        for (key, setting) in table["properties"].as_object().unwrap() {
            let words = setting["description"].as_str().unwrap();
            assert!(
                words.len() > 10 && !words.contains('#'),
                "{section}.{key}: {words}"
            );
            assert!(setting.get("default").is_some(), "{section}.{key}");
            assert_eq!(refusal(setting, &setting["default"], key), None);
            described.insert((section.clone(), key.clone()));
        }
    }
    let known: BTreeSet<_> = keys()
        .map(|(section, key)| (section.to_owned(), key.to_owned()))
        .collect();
    assert_eq!(described, known);
    let feeds = &schema["properties"]["feed"]["items"];
    assert_eq!(feeds["required"], serde_json::json!(["name", "query"]));
}

#[test]
fn what_is_taken_fits_the_schema() {
    for text in [
        SAMPLE,
        "",
        "[watch]\nmode = 'poll'\npoll-interval = '1m 30s'\nmax-file-size = '2 KB'\n",
        "[feeds]\nmax-entries = 1\ncontent = 'digest'\ndate = 'arrived'\ntombstones = true\n",
        "[feeds]\nmax-entries = 1000\n[digest]\nsummary-length = 80\n[read]\nbooks = 'chapters'\n",
        "[digest]\nsummary-length = 5000\n[topics]\nmax = 0\nmin-articles = 1\n",
        "[topics]\nmax = 50\nmin-articles = 1000\nnever = ['Opinion']\nalias.US = 'United States'\n",
        "[topics.always-if]\n'heat pump' = 'Energy'\n[serve]\nlisten = ['127.0.0.1:1', '[::1]:1']\n",
        "[serve]\nlisten = ''\ntrusted-proxies = '10.0.0.0/8'\n[site]\nurl = 'https://a.example/'\n",
        "[site]\nurl = 'https://a.example/'\n[push]\nhubs = ['https://hub.example/']\n",
        "[[feed]]\nname = 'Harbor'\nquery = 'harbor'\n[[feed]]\nname = 'B'\nquery = 'b'\n",
    ] {
        assert!(parse(text).is_ok(), "{:?}", parse(text));
        assert_eq!(refused(text), None, "{text}");
    }
}

#[test]
fn what_the_schema_refuses_is_not_taken() {
    for text in [
        "[sight]\ntitle = 'T'\n",
        "[site]\ntitel = 'T'\n",
        "title = 'T'\n",
        "site = 'T'\n",
        "[site]\ntitle = ''\n",
        "[site]\ntitle = 5\n",
        "[site]\nauthor = true\n",
        "[watch]\nmode = 'often'\n",
        "[watch]\npoll-interval = 2\n",
        "[watch]\nmax-file-size = 32000000\n",
        "[watch]\nfolder = ''\n",
        "[feeds]\nmax-entries = 0\n",
        "[feeds]\nmax-entries = 1001\n",
        "[feeds]\nmax-entries = '50'\n",
        "[feeds]\ncontent = 'all'\n",
        "[feeds]\ndate = 2026-01-01\n",
        "[feeds]\ntombstones = 'yes'\n",
        "[read]\nbooks = 'pages'\n",
        "[digest]\nsummary-length = 79\n",
        "[digest]\nsummary-length = 5001\n",
        "[topics]\nmax = -1\n",
        "[topics]\nmax = 51\n",
        "[topics]\nmin-articles = 0\n",
        "[topics]\nmin-articles = 1001\n",
        "[topics]\nalias = ['US']\n",
        "[topics]\nalias = { US = 1 }\n",
        "[topics]\nalwaysif = {}\n",
        "[topics]\nnever = 'Opinion'\n",
        "[topics]\nnever = ['']\n",
        "[serve]\nlisten = 8060\n",
        "[serve]\nlisten = [8060]\n",
        "[push]\nhubs = 'https://hub.example/'\n",
        "[state]\nfolder = ''\n",
        "feed = 'tolls'\n",
        "[feed]\nname = 'A'\n",
        "[[feed]]\nname = 'A'\n",
        "[[feed]]\nquery = 'a'\n",
        "[[feed]]\nname = ''\nquery = 'a'\n",
        "[[feed]]\nname = 'A'\nquery = 'a'\nurl = 'b'\n",
    ] {
        assert!(refused(text).is_some(), "the schema takes it: {text}");
        assert!(parse(text).is_err(), "it is taken: {text}");
    }
}
