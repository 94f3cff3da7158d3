//! The configuration.

use feedwright::config;

/// Any text is settings, or faults at places in it that can be shown.
pub(super) fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parsed = config::parse(&text);
    let Err(faults) = parsed else {
        assert_eq!(parsed, config::parse(&text));
        return;
    };
    assert!(!faults.is_empty());
    assert!(
        faults.is_sorted_by_key(|fault| fault.span.start),
        "{faults:?}"
    );
    for fault in &faults {
        assert!(text.get(fault.span.clone()).is_some(), "{fault:?}");
        for words in [&fault.title, &fault.label, &fault.help] {
            assert!(!words.contains(char::is_control), "{fault:?}");
        }
    }
    let shown = config::render("config.toml", &text, &faults);
    assert!(
        faults.iter().all(|fault| shown.contains(&fault.title)),
        "{shown}"
    );
}
