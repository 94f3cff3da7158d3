//! Pictures that show nothing and count readers, told by their addresses.
//!
//! Reading a page drops those that the page itself says are tiny. Markdown and
//! mail say no sizes, and a feed must not tell anybody who reads it.

/// Hosts that answer with a picture of nothing, to count who asks. Those below
/// them do as well.
const COUNTING_HOSTS: &[&str] = &[
    "2o7.net",
    "addthis.com",
    "adnxs.com",
    "atdmt.com",
    "bat.bing.com",
    "chartbeat.net",
    "doubleclick.net",
    "feedsportal.com",
    "google-analytics.com",
    "googlesyndication.com",
    "googletagmanager.com",
    "imrworldwide.com",
    "list-manage.com",
    "omtrdc.net",
    "pixel.wp.com",
    "quantserve.com",
    "scorecardresearch.com",
    "sitemeter.com",
    "statcounter.com",
    "stats.wordpress.com",
    "vgwort.de",
    "webtrekk.net",
    "xiti.com",
];

/// Parts of paths, such as names of files, that pictures of nothing have.
const COUNTING_PATHS: &[&str] = &[
    "1x1",
    "beacon",
    "blank",
    "clear",
    "count",
    "counter",
    "open",
    "pixel",
    "spacer",
    "tr",
    "track",
    "tracker",
    "tracking",
    "transparent",
    "utm",
    "webbug",
];

/// Whether an address, which is one of the web, is that of such a picture.
pub(super) fn is_beacon(url: &str) -> bool {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let lower = rest
        .split('#')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let (place, query) = lower.split_once('?').unwrap_or((&lower, ""));
    let (authority, path) = place.split_once('/').unwrap_or((place, ""));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let below = |known: &&str| {
        let above = host.strip_suffix(*known);
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    };
    if COUNTING_HOSTS.iter().any(below) {
        return true;
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    let (name, kind) = file.rsplit_once('.').unwrap_or((file, ""));
    // Photographs are no GIFs, and "blank.jpg" may be a sheet of paper.
    let nothing = matches!(kind, "gif" | "png" | "" | "php" | "aspx" | "ashx");
    let sized = query
        .split('&')
        .filter(|pair| matches!(*pair, "w=1" | "h=1" | "width=1" | "height=1" | "size=1x1"));
    nothing && COUNTING_PATHS.contains(&name) || sized.count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_count_readers_are_told_by_their_addresses() {
        for beacon in [
            "https://pixel.wp.com/b.gif?blog=1",
            "https://stats.g.doubleclick.net/a.jpg",
            "https://news.example/images/1x1.gif",
            "https://news.example/img/spacer.GIF?v=2#a",
            "https://mail.news.example/track/open.php?u=1",
            "https://www.social.example/tr?id=1&ev=PageView",
            "https://news.example/i?w=1&h=1",
        ] {
            assert!(is_beacon(beacon), "{beacon}");
        }
        for picture in [
            "https://news.example/a.jpg?w=100&h=1000",
            "https://news.example/open.jpg",
            "https://news.example/pixel/bridge.png",
            "https://notdoubleclick.net/bridge.gif",
            "https://news.example",
        ] {
            assert!(!is_beacon(picture), "{picture}");
        }
    }
}
