//! Which folders are places where a disk is mounted?

use super::identity;
use std::path::Path;

/// Which folder this is, if a file system is mounted on it; nothing also where
/// there is no folder.
#[must_use]
pub fn mounted(folder: &Path) -> Option<(u64, u64)> {
    let here = identity(folder)?;
    // A folder that is mounted in two places is on one device with what is above
    // it, and some file systems give their folders devices of their own.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        let flags = AtFlags::NO_AUTOMOUNT | AtFlags::SYMLINK_NOFOLLOW;
        if let Ok(found) = statx(CWD, folder, flags, StatxFlags::empty())
            && (found.stx_attributes_mask).contains(StatxAttributes::MOUNT_ROOT)
        {
            let is_root = found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT);
            return is_root.then_some(here);
        }
    }
    let above = identity(folder.parent()?)?;
    (here.0 != above.0).then_some(here)
}
