//! Archives for tests, packed from text.

use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A ZIP archive of these members, in this order.
pub(super) fn packed(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        let options = match *name {
            // It must be there to be seen.
            "mimetype" => {
                SimpleFileOptions::DEFAULT.compression_method(zip::CompressionMethod::Stored)
            }
            _ => SimpleFileOptions::DEFAULT,
        };
        archive.start_file(*name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
