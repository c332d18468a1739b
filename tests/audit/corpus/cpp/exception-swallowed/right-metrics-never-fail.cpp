#include <fstream>
#include <string>

class LatencyLog {
  public:
    explicit LatencyLog(std::string path) : path_(std::move(path)) {}

    bool append(double milliseconds) noexcept {
        try {
            std::ofstream out(path_, std::ios::app);
            out.exceptions(std::ios::failbit | std::ios::badbit);
            out << milliseconds << '\n';
            return true;
        } catch (...) {
            return false;
        }
    }

    double load_average() const {
        double v = 0.0;
        std::ifstream in("/proc/loadavg");
        return in >> v ? v : 0.0;
    }

  private:
    std::string path_;
};
