// The command line: a command, its words, its options.
#pragma once

#include "analyzers/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::config {

struct OptionSpec {
    std::string_view name; // without dashes
    bool takesValue = true;
    bool repeats = false;
};

class Arguments {
public:
    // Options may stand anywhere, as "--name value" or "--name=value".
    // errors  invalidArgument naming the option that is unknown, repeated, or lacks its value.
    static Result<Arguments> parse(int count, const char* const* words, const std::vector<OptionSpec>& options);

    const std::vector<std::string>& words() const { return _words; } // without the program's name
    bool has(std::string_view name) const { return _options.contains(std::string{name}); }
    std::string value(std::string_view name, std::string_view fallback = "") const; // the first
    std::vector<std::string> values(std::string_view name) const;                   // all, of one that repeats

private:
    std::vector<std::string> _words;
    std::map<std::string, std::vector<std::string>> _options;
};

} // namespace acervo::config
