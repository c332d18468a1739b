use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// Runs `model(*args)` under torch's mixed precision.
pub fn forward_amp<'py>(
    py: Python<'py>,
    model: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    device: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let torch = py.import("torch")?;
    let device_type = match device {
        "mps" => "cpu",
        other => other,
    };
    let autocast = torch.call_method1("autocast", (device_type, torch.getattr("bfloat16")?))?;
    autocast.call_method0("__enter__")?;
    let output = model.call1(args);
    autocast.call_method1("__exit__", (py.None(), py.None(), py.None()))?;
    output
}
