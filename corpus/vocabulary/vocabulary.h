// The controlled vocabularies: what sections, types, themes, countries and goals exist, and what people call them.
#pragma once

#include "analyzers/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::vocabulary {

// Keys are lower-case ISO 639-1 codes.
using Labels = std::map<std::string, std::string, std::less<>>;
using AltLabels = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Concept {
    std::string notation;              // what catalogue, index and URLs hold: "local-finance", "SN", "11"
    Labels labels;                     // one a language; en, fr and es are always there
    AltLabels altLabels;               // acronyms, variants, narrower words of daily use
    std::string broader;               // notation; "" for a top concept
    std::vector<std::string> narrower; // notations, in hierarchy order
    std::uint32_t line = 0;            // where its file begins to describe it; 0 when it comes from no file
};

// A tree of concepts. Unknown notations are no errors here: metadata may hold what the vocabulary does not.
// threads  immutable once made; any number may read.
class Scheme {
public:
    Scheme() = default;

    // Arranges concepts, given in any order, and checks them; what `narrower` holds beforehand is ignored.
    //
    // origin   the file, for error messages.
    // errors   corruptInput for an empty or repeated notation, a missing label, an unknown broader concept, a cycle.
    static Result<Scheme> make(std::string_view origin, std::vector<Concept> concepts);

    // All concepts, each followed by what is narrower than it; siblings in the order they were given.
    const std::vector<Concept>& concepts() const { return _concepts; }

    // Nullptr when there is none. Exact; pointers live as long as the scheme.
    const Concept* find(std::string_view notation) const;

    // The concept that people call `label` in any language, whatever its case, accents and punctuation; the notation
    // itself will do. A label wins over a notation, that over an alternative label, then the first in order.
    // Nullptr when there is none.
    const Concept* findByLabel(std::string_view label) const;

    // In `language`, else in English, else the notation as it was given.
    std::string label(std::string_view notation, std::string_view language) const;

    // From the parent up to the top concept; empty for unknown notations.
    std::vector<const Concept*> ancestors(std::string_view notation) const;

    // All concepts below, in hierarchy order, without the concept itself; empty for unknown notations.
    std::vector<const Concept*> descendants(std::string_view notation) const;

private:
    void indexLabels();

    std::vector<Concept> _concepts;                             // in hierarchy order
    std::map<std::string, std::size_t, std::less<>> _notations; // notation -> place in _concepts
    std::map<std::string, std::size_t, std::less<>> _labelKeys; // folded label -> place in _concepts
};

struct Vocabularies {
    Scheme sections;
    Scheme types;
    Scheme themes;
    Scheme countries; // ISO 3166-1 alpha-2 below regions by UN M49 code ("002", "011"); names from ICU
    Scheme sdgs;      // "1".."17"
};

// The scheme behind a facet or metadata field: "section", "type", "theme", "country", "sdg"; nullptr for any other
// name.
const Scheme* schemeOf(const Vocabularies& vocabularies, std::string_view name);

// Reads sections.ttl, types.ttl, themes.ttl and sdgs.ttl (SKOS in Turtle) from `directory`.
//
// errors  notFound, permissionDenied or ioFailure when a file cannot be read; corruptInput, with file and line, when it
//         is not Turtle, or not a vocabulary; resourceLimit when it is longer than 16 MiB.
Result<Vocabularies> load(const std::filesystem::path& directory);

} // namespace acervo::vocabulary
