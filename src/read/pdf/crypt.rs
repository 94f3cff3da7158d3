//! Encryption (ISO 32000, section 7.6).
//!
//! Many PDFs are encrypted without a password, only to say that they should not
//! be printed or changed. Every program can open these, and so does this one;
//! no password is ever tried but the empty one.

use super::object::{Dict, Object};
use aes::{
    Aes128, Aes256,
    cipher::{BlockDecryptMut, BlockEncryptMut, KeyIvInit, block_padding::NoPadding},
};
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

/// Why nothing can be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Locked {
    /// There is a password.
    Password,
    /// It is encrypted in a way that only certain programs know.
    Unknown,
}

/// The key of a file.
pub(super) struct Key {
    method: Method,
    key: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Rc4,
    Aes128,
    Aes256,
    /// Only what is attached is encrypted.
    Nothing,
}

/// What fills up a password, and here is all of it.
const PADDING: &[u8; 32] = b"\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\
    \x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a";

impl Key {
    /// The key for the empty password. `encrypt` is the dictionary of that
    /// name, with the filter for streams as its `CF`.
    pub(super) fn open(encrypt: &Dict, id: &[u8]) -> Result<Self, Locked> {
        let number = |key: &str| encrypt.get(key).and_then(Object::number);
        let version = number("V").unwrap_or(0.0);
        let filter = encrypt.get("CF").and_then(Object::dict);
        let method = filter.and_then(|filter| filter.get("CFM")?.name());
        let method = match (version, method) {
            (1.0..4.0, _) | (4.0, Some(b"V2")) => Method::Rc4,
            (4.0, Some(b"AESV2")) => Method::Aes128,
            (5.0.., Some(b"AESV3")) => Method::Aes256,
            (4.0.., _) => Method::Nothing,
            _ => return Err(Locked::Unknown),
        };
        if method == Method::Nothing {
            let key = Vec::new();
            return Ok(Self { method, key });
        }
        let key = if method == Method::Aes256 {
            modern(encrypt)
        } else {
            classic(encrypt, id)
        };
        key.map(|key| Self { method, key }).ok_or(Locked::Password)
    }

    /// The bytes of an object, decrypted.
    pub(super) fn decrypt(&self, number: u32, generation: u16, bytes: &[u8]) -> Vec<u8> {
        let own = |salt: &[u8]| {
            let hash = Md5::new()
                .chain_update(&self.key)
                .chain_update(&number.to_le_bytes()[..3])
                .chain_update(generation.to_le_bytes())
                .chain_update(salt);
            let length = (self.key.len() + 5).min(16);
            hash.finalize()[..length].to_vec()
        };
        match self.method {
            Method::Nothing => bytes.to_vec(),
            Method::Rc4 => rc4(&own(b""), bytes),
            Method::Aes128 => aes::<cbc::Decryptor<Aes128>>(&own(b"sAlT"), bytes),
            Method::Aes256 => aes::<cbc::Decryptor<Aes256>>(&self.key, bytes),
        }
    }
}

/// The key of files up to PDF 1.7, if there is no password (algorithms 2, 4 and
/// 5).
fn classic(encrypt: &Dict, id: &[u8]) -> Option<Vec<u8>> {
    let revision = encrypt.get("R")?.number()?;
    let owner = encrypt.get("O")?.text()?.get(..32)?;
    let user = encrypt.get("U")?.text()?.get(..32)?;
    let length = encrypt.get("Length").and_then(Object::count).unwrap_or(40);
    let length = match encrypt.get("V").and_then(Object::number) {
        Some(4.0) => 16,
        _ if revision < 3.0 => 5,
        _ => (length / 8).clamp(5, 16),
    };
    // The permissions are written as a signed or an unsigned number.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "only the low 32 bits count"
    )]
    let permissions = (encrypt.get("P")?.number()? as i64).to_le_bytes();
    let mut hash = Md5::new()
        .chain_update(PADDING)
        .chain_update(owner)
        .chain_update(&permissions[..4])
        .chain_update(id);
    if revision >= 4.0 && encrypt.get("EncryptMetadata") == Some(&Object::Bool(false)) {
        hash.update([0xff; 4]);
    }
    let mut key = hash.finalize()[..length].to_vec();
    if revision < 3.0 {
        return (rc4(&key, PADDING) == user).then_some(key);
    }
    for _ in 0..50 {
        key = Md5::digest(&key)[..length].to_vec();
    }
    let hash = Md5::new().chain_update(PADDING).chain_update(id).finalize();
    let check = (0..20u8).fold(hash.to_vec(), |bytes, round| {
        let key: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
        rc4(&key, &bytes)
    });
    (check == user[..16]).then_some(key)
}

/// The key of files since PDF 2.0, if there is no password (algorithms 2.A and
/// 11).
fn modern(encrypt: &Dict) -> Option<Vec<u8>> {
    let user = encrypt.get("U")?.text()?.get(..48)?;
    let wrapped = encrypt.get("UE")?.text()?.get(..32)?;
    let hash = match encrypt.get("R")?.number()? {
        5.0 => |salt: &[u8]| Sha256::digest(salt).to_vec(),
        _ => hardened,
    };
    if hash(&user[32..40]) != user[..32] {
        return None;
    }
    let decryptor = cbc::Decryptor::<Aes256>::new_from_slices(&hash(&user[40..]), &[0; 16]);
    let key = decryptor.ok()?.decrypt_padded_vec_mut::<NoPadding>(wrapped);
    key.ok()
}

/// The hash of the empty password with a salt that takes long on purpose
/// (algorithm 2.B). It ends after some 70 rounds; the bytes would have to be
/// chosen for it to go past 287.
fn hardened(salt: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::digest(salt).to_vec();
    let mut last = 0;
    let mut round = 0;
    while round < 64 || last > round - 32 {
        let repeated = hash.repeat(64);
        let encryptor = cbc::Encryptor::<Aes128>::new_from_slices(&hash[..16], &hash[16..32]);
        let encryptor = encryptor.expect("both are of the right length");
        let encrypted = encryptor.encrypt_padded_vec_mut::<NoPadding>(&repeated);
        // The first sixteen bytes as a number, divided by three, leave as much
        // as their sum does.
        let rest = encrypted[..16].iter().map(|b| u32::from(*b)).sum::<u32>() % 3;
        last = encrypted.last().map_or(0, |byte| i32::from(*byte));
        hash = match rest {
            0 => Sha256::digest(&encrypted).to_vec(),
            1 => Sha384::digest(&encrypted).to_vec(),
            _ => Sha512::digest(&encrypted).to_vec(),
        };
        round += 1;
    }
    hash.truncate(32);
    hash
}

/// Decrypts bytes that their initial vector stands before. Padding that is
/// wrong is left: the filters stop by themselves.
fn aes<D: KeyIvInit + BlockDecryptMut>(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let Some((vector, bytes)) = bytes.split_at_checked(16) else {
        return Vec::new();
    };
    let whole = &bytes[..bytes.len() / 16 * 16];
    let decryptor = D::new_from_slices(key, vector);
    let decrypted = decryptor.map(|d| d.decrypt_padded_vec_mut::<NoPadding>(whole));
    let Ok(Ok(mut decrypted)) = decrypted else {
        return Vec::new();
    };
    let padding = decrypted.last().map_or(0, |byte| usize::from(*byte));
    if (1..=16).contains(&padding) {
        decrypted.truncate(decrypted.len() - padding);
    }
    decrypted
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: [u8; 256] = std::array::from_fn(|at| u8::try_from(at).unwrap_or_default());
    let mut other = 0u8;
    for at in 0..256 {
        other = other
            .wrapping_add(state[at])
            .wrapping_add(key[at % key.len()]);
        state.swap(at, usize::from(other));
    }
    let (mut one, mut other) = (0u8, 0u8);
    let step = |byte: &u8| {
        one = one.wrapping_add(1);
        other = other.wrapping_add(state[usize::from(one)]);
        state.swap(usize::from(one), usize::from(other));
        let sum = state[usize::from(one)].wrapping_add(state[usize::from(other)]);
        byte ^ state[usize::from(sum)]
    };
    bytes.iter().map(step).collect()
}
