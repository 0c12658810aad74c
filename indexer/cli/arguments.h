// The command line: a command, its words, its options.
#pragma once

#include "analyzers/base/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::cli {

struct OptionSpec {
    std::string_view name; // without dashes
    bool takesValue = true;
};

class Arguments {
public:
    // Options may stand anywhere, as "--name value" or "--name=value".
    // errors  invalidArgument naming the option that is unknown, repeated, or lacks its value.
    static Result<Arguments> parse(int count, const char* const* words, const std::vector<OptionSpec>& options);

    const std::vector<std::string>& words() const { return _words; } // without the program's name
    bool has(std::string_view name) const { return _options.contains(std::string{name}); }
    std::string value(std::string_view name, std::string_view fallback = "") const;

private:
    std::vector<std::string> _words;
    std::map<std::string, std::string> _options;
};

} // namespace acervo::cli
