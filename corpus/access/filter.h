// Who may read what. Whatever depends on the reader takes a Filter, and a Filter is never made by accident.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace acervo::access {

inline constexpr std::string_view kPublic = "public";

// The audiences, from the widest to the strictest; a document without a known one belongs to the last.
struct Audiences {
    std::vector<std::string> names{"public", "members", "staff"};
};

// The audiences a reader belongs to. There is no default: each place that answers says for whom.
class Filter {
public:
    static Filter publicOnly() { return Filter({std::string{kPublic}}); }
    explicit Filter(std::vector<std::string> audiences) : _audiences(std::move(audiences)) {}

    bool mayRead(std::string_view audience) const
    {
        for (const auto& own : _audiences) {
            if (own == audience) {
                return true;
            }
        }
        return false;
    }
    const std::vector<std::string>& audiences() const { return _audiences; }

private:
    std::vector<std::string> _audiences;
};

} // namespace acervo::access
