//! A user's Rust program: links libfsdnet.so by name, runs a network, and gets a distribution.
use std::ffi::{c_char, c_int, CStr, CString};
use std::process::ExitCode;

#[repr(C)]
struct Network {
    _private: [u8; 0],
}

// Of runtime/fsdnet.h.
#[link(name = "fsdnet")]
extern "C" {
    fn fsdnet_load(path: *const c_char) -> *mut Network;
    fn fsdnet_free(network: *mut Network);
    fn fsdnet_last_error() -> *const c_char;
    fn fsdnet_input_size(network: *const Network, height: *mut c_int, width: *mut c_int, colors: *mut c_int) -> c_int;
    fn fsdnet_result_size(network: *const Network) -> c_int;
    fn fsdnet_run(network: *mut Network, images: *const u8, count: usize, log_posterior: *mut f32) -> c_int;
}

/// The sum of what the network gives for a black image, or why it gives nothing.
fn total_probability(path: &str) -> Result<f64, String> {
    // SAFETY: the text of the last error lives until the next failure on this thread.
    let failure = || unsafe { CStr::from_ptr(fsdnet_last_error()) }.to_string_lossy().into_owned();
    let path = CString::new(path).map_err(|error| error.to_string())?;
    // SAFETY: a valid path; the buffers are as long as the header asks for; freed once.
    unsafe {
        let network = fsdnet_load(path.as_ptr());
        if network.is_null() {
            return Err(failure());
        }
        let (mut height, mut width, mut colors) = (0, 0, 0);
        fsdnet_input_size(network, &mut height, &mut width, &mut colors);
        let image = vec![0u8; (height * width * colors) as usize];
        let mut log_posterior = vec![0f32; fsdnet_result_size(network) as usize];
        let status = fsdnet_run(network, image.as_ptr(), 1, log_posterior.as_mut_ptr());
        fsdnet_free(network);
        if status != 0 {
            return Err(failure());
        }
        Ok(log_posterior.iter().map(|&number| f64::from(number).exp()).sum())
    }
}

fn main() -> ExitCode {
    // What is no model must fail with a sentence; what is one gives probabilities.
    let refused = total_probability("there-is-no-such-model.safetensors");
    let total = total_probability(&std::env::args().nth(1).unwrap_or_default());
    println!("{refused:?}, {total:?}");
    let is_refused = refused.is_err_and(|sentence| sentence.contains("there-is-no-such-model"));
    ExitCode::from(u8::from(!(is_refused && total.is_ok_and(|sum| (sum - 1.0).abs() < 1e-5))))
}
