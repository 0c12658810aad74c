#include "corpus/vocabulary/vocabulary.h"

#include "corpus/vocabulary/detail/countries.h"
#include "corpus/vocabulary/detail/label_key.h"
#include "corpus/vocabulary/detail/skos.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

namespace acervo::vocabulary {
namespace {

constexpr std::array<std::string_view, 3> kRequiredLanguages{"en", "fr", "es"};

using Places = std::map<std::string, std::size_t, std::less<>>;

Error refused(std::string_view origin, const Concept& entry, std::string_view why)
{
    auto where = std::string(origin);
    if (entry.line > 0) {
        where += ":" + std::to_string(entry.line);
    }
    return {ErrorCode::corruptInput, where + ": \"" + entry.notation + "\" " + std::string(why)};
}

// Nothing when each concept can stand for itself; fills `places` with notation -> place.
std::optional<Error> checkEach(std::string_view origin, const std::vector<Concept>& concepts, Places& places)
{
    for (std::size_t i = 0; i < concepts.size(); ++i) {
        const auto& entry = concepts[i];
        if (entry.notation.empty()) {
            return refused(origin, entry, "is no notation: a concept needs one that is not empty");
        }
        if (const auto [first, isNew] = places.emplace(entry.notation, i); !isNew) {
            return refused(origin, entry,
                           "is the notation of an earlier concept too (line " +
                               std::to_string(concepts[first->second].line) + ")");
        }
        for (const auto language : kRequiredLanguages) {
            if (!entry.labels.contains(language)) {
                return refused(origin, entry, "has no label in language \"" + std::string(language) + "\"");
            }
        }
    }
    return std::nullopt;
}

} // namespace

Result<Scheme> Scheme::make(std::string_view origin, std::vector<Concept> concepts)
{
    Places given;
    if (auto error = checkEach(origin, concepts, given)) {
        return *error;
    }
    std::vector<std::size_t> waiting; // a stack: the next concept is on top
    for (auto& entry : concepts) {
        entry.narrower.clear();
    }
    for (std::size_t i = 0; i < concepts.size(); ++i) {
        const auto& entry = concepts[i];
        if (entry.broader.empty()) {
            waiting.push_back(i);
            continue;
        }
        const auto parent = given.find(entry.broader);
        if (parent == given.end()) {
            return refused(origin, entry, "has an unknown broader concept, \"" + entry.broader + "\"");
        }
        concepts[parent->second].narrower.push_back(entry.notation);
    }
    waiting = {waiting.rbegin(), waiting.rend()};

    // Whatever no top concept leads to hangs in a cycle.
    Scheme scheme;
    std::vector<bool> isPlaced(concepts.size());
    scheme._concepts.reserve(concepts.size());
    while (!waiting.empty()) {
        const auto place = waiting.back();
        waiting.pop_back();
        const auto& narrower = concepts[place].narrower;
        std::transform(narrower.rbegin(), narrower.rend(), std::back_inserter(waiting),
                       [&](const std::string& child) { return given.find(child)->second; });
        isPlaced[place] = true;
        scheme._notations.emplace(concepts[place].notation, scheme._concepts.size());
        scheme._concepts.push_back(concepts[place]);
    }
    for (std::size_t i = 0; i < concepts.size(); ++i) {
        if (!isPlaced[i]) {
            return refused(origin, concepts[i], "is, through skos:broader, in or below a cycle");
        }
    }
    scheme.indexLabels();
    return scheme;
}

void Scheme::indexLabels()
{
    const auto add = [this](std::string_view label, std::size_t place) {
        if (auto key = labelKey(label); !key.empty()) {
            _labelKeys.emplace(std::move(key), place); // the first keeps it
        }
    };
    for (std::size_t i = 0; i < _concepts.size(); ++i) {
        for (const auto& [language, label] : _concepts[i].labels) {
            add(label, i);
        }
    }
    for (std::size_t i = 0; i < _concepts.size(); ++i) {
        add(_concepts[i].notation, i);
    }
    for (std::size_t i = 0; i < _concepts.size(); ++i) {
        for (const auto& [language, labels] : _concepts[i].altLabels) {
            for (const auto& label : labels) {
                add(label, i);
            }
        }
    }
}

const Concept* Scheme::find(std::string_view notation) const
{
    const auto place = _notations.find(notation);
    return place == _notations.end() ? nullptr : &_concepts[place->second];
}

const Concept* Scheme::findByLabel(std::string_view label) const
{
    const auto place = _labelKeys.find(labelKey(label));
    return place == _labelKeys.end() ? nullptr : &_concepts[place->second];
}

std::string Scheme::label(std::string_view notation, std::string_view language) const
{
    if (const auto* entry = find(notation)) {
        for (const auto wanted : {language, std::string_view("en")}) {
            if (const auto found = entry->labels.find(wanted); found != entry->labels.end()) {
                return found->second;
            }
        }
    }
    return std::string(notation);
}

std::vector<const Concept*> Scheme::ancestors(std::string_view notation) const
{
    std::vector<const Concept*> above;
    const auto* entry = find(notation);
    while (entry != nullptr && !entry->broader.empty()) {
        entry = find(entry->broader);
        above.push_back(entry);
    }
    return above;
}

std::vector<const Concept*> Scheme::descendants(std::string_view notation) const
{
    std::vector<const Concept*> below;
    const auto place = _notations.find(notation);
    if (place == _notations.end()) {
        return below;
    }
    // They follow their ancestor, up to the first concept whose parent is none of them.
    const auto belongs = [&](const Concept& entry) {
        const auto parent = _notations.find(entry.broader);
        return parent != _notations.end() && parent->second >= place->second;
    };
    for (auto i = place->second + 1; i < _concepts.size() && belongs(_concepts[i]); ++i) {
        below.push_back(&_concepts[i]);
    }
    return below;
}

Result<Vocabularies> load(const std::filesystem::path& directory)
{
    Vocabularies all;
    const std::array<std::pair<std::string_view, Scheme*>, 4> files{{{"sections.ttl", &all.sections},
                                                                     {"types.ttl", &all.types},
                                                                     {"themes.ttl", &all.themes},
                                                                     {"sdgs.ttl", &all.sdgs}}};
    for (const auto& [name, target] : files) {
        const auto file = directory / name;
        auto concepts = readConcepts(file);
        if (!concepts) {
            return concepts.error().within("load vocabulary");
        }
        auto scheme = Scheme::make(file.string(), std::move(*concepts));
        if (!scheme) {
            return scheme.error().within("load vocabulary");
        }
        *target = std::move(*scheme);
    }
    auto countries = Scheme::make("countries", countryConcepts());
    if (!countries) {
        return countries.error().within("load vocabulary");
    }
    all.countries = std::move(*countries);
    return all;
}

const Scheme* schemeOf(const Vocabularies& vocabularies, std::string_view name)
{
    if (name == "section") {
        return &vocabularies.sections;
    }
    if (name == "type") {
        return &vocabularies.types;
    }
    if (name == "theme") {
        return &vocabularies.themes;
    }
    if (name == "country") {
        return &vocabularies.countries;
    }
    return name == "sdg" ? &vocabularies.sdgs : nullptr;
}

} // namespace acervo::vocabulary
