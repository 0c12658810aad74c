#include "corpus/schema/fields.h"

#include "analyzers/text/normalise.h"

#include <algorithm>

namespace acervo::schema {

namespace {

std::size_t bytesInTerm(std::string_view term)
{
    return term.size() + static_cast<std::size_t>(std::ranges::count(term, '\0'));
}

} // namespace

std::optional<Facet> facetNamed(std::string_view name)
{
    const auto found = std::ranges::find(kFacets, name, &FacetInfo::name);
    return found == kFacets.end() ? std::nullopt : std::optional{found->facet};
}

std::string_view filterValue(Facet facet, std::string_view value)
{
    const auto room = kMaxTermBytes - infoOf(facet).prefix.size() - 1;
    value = text::truncateUtf8(value, room);
    while (bytesInTerm(value) > room) {
        value = text::truncateUtf8(value, value.size() - 1);
    }
    return value;
}

std::string filterTerm(Facet facet, std::string_view value)
{
    std::string term{infoOf(facet).prefix};
    term += ':';
    term += filterValue(facet, value);
    return term;
}

std::string wordTerm(std::string_view prefix, std::string_view word)
{
    std::string term{prefix};
    term += word;
    return bytesInTerm(term) > kMaxTermBytes ? std::string{} : term;
}

std::string fieldTerm(std::string_view prefix, std::string_view word)
{
    std::string term{prefix};
    term += ':';
    return wordTerm(term, word);
}

std::string exactTerm(std::string_view folded, std::string_view exact)
{
    std::string word{folded};
    word += ':';
    word += exact;
    return wordTerm(kExact, word);
}

std::string joinValues(const std::vector<std::string>& values)
{
    std::string joined;
    for (const auto& value : values) {
        if (!joined.empty()) {
            joined += kValueSeparator;
        }
        joined += value;
    }
    return joined;
}

std::vector<std::string> splitValues(std::string_view joined)
{
    std::vector<std::string> values;
    while (!joined.empty()) {
        const auto end = std::min(joined.find(kValueSeparator), joined.size());
        if (end > 0) {
            values.emplace_back(joined.substr(0, end));
        }
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return values;
}

} // namespace acervo::schema
