#include "corpus/config/arguments.h"

#include <algorithm>

namespace acervo::config {

Result<Arguments> Arguments::parse(int count, const char* const* words, const std::vector<OptionSpec>& options)
{
    Arguments arguments;
    bool onlyWords = false;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (onlyWords || !word.starts_with("--")) {
            arguments._words.emplace_back(word);
            continue;
        }
        if (word == "--") {
            onlyWords = true;
            continue;
        }
        const auto equals = word.find('=');
        const auto name = word.substr(2, equals == std::string_view::npos ? word.npos : equals - 2);
        const auto spec = std::ranges::find(options, name, &OptionSpec::name);
        if (spec == options.end()) {
            return Error{ErrorCode::invalidArgument, "unknown option --" + std::string{name}};
        }
        std::string value;
        if (spec->takesValue && equals != std::string_view::npos) {
            value = word.substr(equals + 1);
        } else if (spec->takesValue && i + 1 < count) {
            value = words[++i];
        } else if (spec->takesValue || equals != std::string_view::npos) {
            return Error{ErrorCode::invalidArgument,
                         "option --" + std::string{name} + (spec->takesValue ? " needs a value" : " takes no value")};
        }
        auto& values = arguments._options[std::string{name}];
        values.push_back(std::move(value));
        if (values.size() > 1 && !spec->repeats) {
            return Error{ErrorCode::invalidArgument, "option --" + std::string{name} + " is given twice"};
        }
    }
    return arguments;
}

std::string Arguments::value(std::string_view name, std::string_view fallback) const
{
    const auto found = _options.find(std::string{name});
    return found == _options.end() ? std::string{fallback} : found->second.front();
}

std::vector<std::string> Arguments::values(std::string_view name) const
{
    const auto found = _options.find(std::string{name});
    return found == _options.end() ? std::vector<std::string>{} : found->second;
}

} // namespace acervo::config
