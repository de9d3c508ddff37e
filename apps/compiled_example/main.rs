//! Recognizes a digit in Rust: main < IMAGE, where IMAGE is 28 x 28 bytes, bright ink on black.
//!
//! rustc --edition 2021 -O main.rs -C link-arg=compiled/libdigits.a
use std::ffi::c_int;
use std::io::Read;
use std::process::ExitCode;

// Of digits.h: DIGITS_HEIGHT * DIGITS_WIDTH * DIGITS_COLORS, DIGITS_CLASSES, digits_classes and the function.
const IMAGE_BYTES: usize = 28 * 28;
const CLASSES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

extern "C" {
    fn digits(image: *const u8, batch: c_int, log_posterior: *mut f32) -> c_int;
}

/// The class of an image; None where a result is not a number.
fn recognize(image: &[u8; IMAGE_BYTES]) -> Option<&'static str> {
    let mut log_posterior = [0f32; CLASSES.len()];
    // SAFETY: the header asks for one image and room for one result, and keeps neither.
    let status = unsafe { digits(image.as_ptr(), 1, log_posterior.as_mut_ptr()) };
    let best = (0..CLASSES.len()).max_by(|&a, &b| log_posterior[a].total_cmp(&log_posterior[b]))?;
    (status == 0).then_some(CLASSES[best])
}

fn main() -> ExitCode {
    let mut image = [0; IMAGE_BYTES];
    let read = std::io::stdin().read_exact(&mut image);
    match read.ok().and_then(|()| recognize(&image)) {
        Some(class) => println!("{class}"),
        None => {
            eprintln!("The standard input must be {IMAGE_BYTES} bytes, row by row.");
            return ExitCode::from(3);
        }
    }
    ExitCode::SUCCESS
}
