//! Feeds: how do entries look on the wire?
