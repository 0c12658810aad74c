#include "searchd/oai/sets.h"

namespace acervo::oai {
namespace {

constexpr std::string_view kSection = "section:";
constexpr std::string_view kType = "type:";
constexpr std::string_view kHex = "0123456789abcdef";

// What the schema of OAI-PMH allows in a part of a setSpec, without "~".
bool isPlain(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           std::string_view{"-_.!*'()"}.find(letter) != std::string_view::npos;
}

std::optional<std::string> decoded(std::string_view text)
{
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isPlain(text[i])) {
            value += text[i];
            continue;
        }
        const auto high = i + 2 < text.size() ? kHex.find(text[i + 1]) : std::string_view::npos;
        const auto low = i + 2 < text.size() ? kHex.find(text[i + 2]) : std::string_view::npos;
        if (text[i] != '~' || high == std::string_view::npos || low == std::string_view::npos) {
            return std::nullopt;
        }
        value += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return value;
}

} // namespace

std::string setSpec(SetKind kind, std::string_view value)
{
    std::string spec{kind == SetKind::section ? kSection : kType};
    for (const char letter : value) {
        if (isPlain(letter)) {
            spec += letter;
        } else {
            const auto byte = static_cast<unsigned char>(letter);
            spec += {'~', kHex[byte / 16U], kHex[byte % 16U]};
        }
    }
    return spec;
}

std::optional<Set> parseSet(std::string_view spec)
{
    Set set;
    if (spec.starts_with(kSection)) {
        spec.remove_prefix(kSection.size());
    } else if (spec.starts_with(kType)) {
        set.kind = SetKind::type;
        spec.remove_prefix(kType.size());
    } else {
        return std::nullopt;
    }
    auto value = decoded(spec);
    if (!value || value->empty()) {
        return std::nullopt;
    }
    set.value = std::move(*value);
    return set;
}

std::vector<std::string> setsOf(std::string_view section, std::string_view type,
                                const vocabulary::Vocabularies& vocabularies)
{
    std::vector<std::string> specs;
    if (!section.empty()) {
        specs.push_back(setSpec(SetKind::section, section));
    }
    if (!type.empty()) {
        specs.push_back(setSpec(SetKind::type, type));
        for (const auto* wider : vocabularies.types.ancestors(type)) {
            specs.push_back(setSpec(SetKind::type, wider->notation));
        }
    }
    return specs;
}

std::vector<std::string> valuesOf(const Set& set, const vocabulary::Vocabularies& vocabularies)
{
    std::vector<std::string> values{set.value};
    if (set.kind == SetKind::type) {
        for (const auto* kind : vocabularies.types.descendants(set.value)) {
            values.push_back(kind->notation);
        }
    }
    return values;
}

} // namespace acervo::oai
