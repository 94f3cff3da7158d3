#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| feedwright_fuzz::run("json", bytes));
