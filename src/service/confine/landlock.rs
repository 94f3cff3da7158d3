//! Landlock, with which a process of Linux gives up rights for good.

use super::{Bounds, Held};
use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, PathBeneath, PathFd, Ruleset,
    RulesetAttr as _, RulesetCreated, RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope,
};
use std::path::Path;

/// The version whose rules these are. An older system holds the process to those
/// that it knows.
const VERSION: ABI = ABI::V6;

/// What everybody reads: the time zone, how much of the machine it may use, what
/// it uses, and which start of the machine this is.
const READ: &[&str] = &[
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/proc/self",
    "/proc/sys/kernel/random/boot_id",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
];

/// What the system's library reads to find hubs by their names; parts of it are
/// libraries of their own.
const READ_FOR_NAMES: &[&str] = &[
    "/etc/gai.conf",
    "/etc/host.conf",
    "/etc/hosts",
    "/etc/ld.so.cache",
    "/etc/nsswitch.conf",
    "/etc/resolv.conf",
    "/lib",
    "/lib64",
    "/run/systemd/resolve",
    "/usr/lib",
    "/usr/lib64",
];

pub(super) fn shut_in(bounds: &Bounds) -> Result<Held, RulesetError> {
    let reads = AccessFs::ReadFile | AccessFs::ReadDir;
    let writes = reads
        | AccessFs::WriteFile
        | AccessFs::Truncate
        | AccessFs::MakeReg
        | AccessFs::MakeDir
        | AccessFs::RemoveFile
        | AccessFs::RemoveDir
        | AccessFs::Refer
        | AccessFs::MakeSock;
    let sockets = AccessFs::MakeSock | AccessFs::RemoveFile;
    let mut ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(VERSION))?
        .scope(Scope::from_all(VERSION))?;
    // Who has hubs may connect to any port: they, and proxies before them, choose
    // theirs. To listen is left free, since `listen` may change any time.
    if !bounds.may_connect() {
        ruleset = ruleset.handle_access(AccessNet::ConnectTcp)?;
    }
    let mut created = ruleset.create()?;
    let names = READ_FOR_NAMES.iter().filter(|_| bounds.may_connect());
    for path in READ.iter().chain(names).map(Path::new) {
        created = allow(created, path, reads)?;
    }
    for path in bounds.read() {
        created = allow(created, path, reads)?;
    }
    for path in bounds.written() {
        created = allow(created, path, writes)?;
    }
    for path in bounds.sockets() {
        created = allow(created, path, sockets)?;
    }
    Ok(match created.restrict_self()?.ruleset {
        RulesetStatus::FullyEnforced => Held::Fully,
        RulesetStatus::PartiallyEnforced => Held::Partly,
        RulesetStatus::NotEnforced => Held::Not,
    })
}

/// Allows something in a folder, or of a file; what is not there, nobody needs.
fn allow(
    ruleset: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, RulesetError> {
    let Ok(opened) = PathFd::new(path) else {
        return Ok(ruleset);
    };
    let access = if path.is_dir() {
        access
    } else {
        access & AccessFs::from_file(VERSION)
    };
    ruleset.add_rule(PathBeneath::new(opened, access))
}
