// A binding that waits for scores is given no query.
#include <pybind11/pybind11.h>

void bind(py::class_<Pipeline>& pipeline) {
  pipeline.def(
      "wait_rerank",
      [](Pipeline& pipe) {
        py::gil_scoped_release released;
        return py::cast(pipe.wait());
      },
      "Waits for what was asked for.");
}
