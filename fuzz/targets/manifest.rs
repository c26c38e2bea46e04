//! Any bytes as a manifest: refused with a reason, or every path of it stays inside its library.
#![no_main]

use chokepoint_montecarlo::results::Manifest;
use libfuzzer_sys::fuzz_target;
use std::path::{Component, Path};

fuzz_target!(|bytes: &[u8]| match Manifest::read(bytes) {
    Ok(manifest) => {
        for input in &manifest.inputs {
            assert!(Path::new(&input.path).components().all(|c| matches!(c, Component::Normal(_))));
        }
        let again = Manifest::read(manifest.to_json().as_bytes()).expect("what is written is read");
        assert_eq!(again, manifest);
    }
    Err(error) => assert!(!error.to_string().is_empty()),
});
