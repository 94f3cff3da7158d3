use super::*;
use tempfile::TempDir;

#[test]
fn a_file_that_is_gone_again_is_looked_at_later_and_not_refused() {
    let folder = TempDir::new().unwrap();
    let mut config = Config::default();
    config.service.watch_folder = folder.path().to_owned();
    let taken = take_in(&config, "away.md".into(), Timestamp::UNIX_EPOCH);
    assert!(matches!(taken, Taken::Unsettled(path) if path == Path::new("away.md")));
}
