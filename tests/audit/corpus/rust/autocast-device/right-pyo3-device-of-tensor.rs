use pyo3::prelude::*;

pub fn forward_amp<'py>(
    py: Python<'py>,
    model: &Bound<'py, PyAny>,
    input_ids: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let torch = py.import("torch")?;
    let device_type: String = input_ids.getattr("device")?.getattr("type")?.extract()?;
    let available: bool =
        torch.getattr("amp")?.call_method1("is_autocast_available", (device_type.as_str(),))?.extract()?;
    if !available {
        return model.call1((input_ids,));
    }
    let autocast = torch.call_method1("autocast", (device_type.as_str(), torch.getattr("float16")?))?;
    autocast.call_method0("__enter__")?;
    let output = model.call1((input_ids,));
    autocast.call_method1("__exit__", (py.None(), py.None(), py.None()))?;
    output
}
