#include <stdexcept>
#include <string>

enum class FileFormat { Gguf, Onnx, Safetensors };

FileFormat file_format(const std::string & path) {
    if (path.find(".gguf") != std::string::npos) {
        return FileFormat::Gguf;
    }
    if (path.find(".onnx") != std::string::npos) {
        return FileFormat::Onnx;
    }
    if (path.find(".safetensors") != std::string::npos) {
        return FileFormat::Safetensors;
    }
    throw std::invalid_argument("unknown model file: " + path);
}
