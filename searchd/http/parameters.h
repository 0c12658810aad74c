// The query of a URL: decoded once, read by name; each parameter is absent, valid or malformed.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/text/language.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::http {

// In the order they were given; names may repeat.
using Parameters = std::vector<std::pair<std::string, std::string>>;

// Decodes %XX (and, in queries, +).
// errors  invalidArgument when an escape is broken or the bytes are not UTF-8.
enum class Plus : std::uint8_t { isPlus, isSpace };
Result<std::string> percentDecode(std::string_view text, Plus plus);

// Everything but unreserved characters as %XX.
std::string percentEncode(std::string_view text);

// errors  as percentDecode.
Result<Parameters> parseQuery(std::string_view query);
std::string buildQuery(const Parameters& parameters); // "" or "?a=b&c=d"

struct Malformed {
    std::string parameter;
    std::string expected; // "a number from 1 to 100"
};

// Reads parameters one by one and remembers the first that is malformed; later reads give what "absent" gives.
// An empty value counts as absent: forms send every field.
class ParameterReader {
public:
    explicit ParameterReader(const Parameters& parameters) : _parameters(parameters) {}

    std::string text(std::string_view name, std::size_t maxBytes);
    std::optional<int> number(std::string_view name, int least, int most);
    std::vector<std::string> list(std::string_view name, std::size_t maxValues); // repeats dropped
    // The position in `choices`, nullopt when absent.
    std::optional<std::size_t> choice(std::string_view name, const std::vector<std::string_view>& choices);
    std::optional<text::Language> language(std::string_view name);

    // Refuses every parameter that is not in `known`.
    void refuseUnknown(const std::vector<std::string_view>& known);

    const std::optional<Malformed>& malformed() const { return _malformed; }

private:
    std::optional<std::string> single(std::string_view name);
    void wrong(std::string_view name, std::string expected);

    const Parameters& _parameters;
    std::optional<Malformed> _malformed;
};

// What a URL says: "/a/b%20c?x=1" has the path "/a/b%20c" and the query "x=1".
struct Target {
    std::string_view path;
    std::string_view query;
};
Target splitTarget(std::string_view uri);

// The best of our languages in an Accept-Language header, `other` when it names none.
text::Language acceptedLanguage(std::string_view header);

} // namespace acervo::http
