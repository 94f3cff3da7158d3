//! Values as they are written, on one line, in TOML and in JSON.

use toml::de::DeValue;

/// A value in JSON. A date, which no setting has, is its text.
pub(super) fn json(value: &DeValue<'_>) -> serde_json::Value {
    match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| number.to_string().into(), Into::into),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or_else(|_| number.to_string().into(), Into::into),
        DeValue::Boolean(is) => (*is).into(),
        DeValue::Datetime(date) => date.to_string().into(),
        DeValue::Array(list) => list.iter().map(|one| json(one.get_ref())).collect(),
        DeValue::Table(table) => table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())))
            .collect(),
    }
}

/// A value in TOML. There is no null among settings; it would be an empty text.
pub(super) fn toml(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(list) => {
            let list: Vec<_> = list.iter().map(toml).collect();
            format!("[{}]", list.join(", "))
        }
        serde_json::Value::Object(table) if table.is_empty() => "{}".to_owned(),
        serde_json::Value::Object(table) => {
            let pairs = table.iter();
            let pairs = pairs.map(|(key, value)| format!("{} = {}", text(key), toml(value)));
            let pairs: Vec<_> = pairs.collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        serde_json::Value::String(words) => text(words),
        serde_json::Value::Null => text(""),
        other => other.to_string(),
    }
}

/// JSON's escapes are TOML's, but for one character that TOML wants escaped.
fn text(words: &str) -> String {
    let quoted = serde_json::Value::from(words).to_string();
    quoted.replace('\u{7f}', "\\u007F")
}
