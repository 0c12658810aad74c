// What a source of the lexicon says, before it is compiled: translations, labels of concepts, how concepts relate.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/language.h"

#include <string>
#include <vector>

namespace acervo::lexicon {

// One direction of a translation. Phrases are as shown: they are analysed when they are compiled.
struct Pair {
    text::Language from = text::Language::other;
    std::string phrase;
    text::Language to = text::Language::other;
    std::string rendering;
    double weight = 1.0; // (0, 1]; 0, from staff only: never render `phrase` so
};

enum class LabelKind : std::uint8_t {
    preferred,   // what the concept is called
    alternative, // what else people call it
    hidden,      // found, never shown: misspellings, old names
    narrower,    // stands for the concept when it is found, and translates nothing: "Wastewater" for a theme of water
};

struct Label {
    std::string conceptId;
    text::Language language = text::Language::other;
    std::string text;
    LabelKind kind = LabelKind::preferred;
};

// From a concept to a broader one, or to the notation of a house theme.
struct Link {
    std::string conceptId;
    std::string target;
};

struct Source {
    std::string name; // [a-z0-9-]+
    Origin origin = Origin::learned;
    std::string title;
    std::string licence;
    std::vector<Pair> pairs;
    std::vector<Label> labels;
    std::vector<Link> broader;
    std::vector<Link> themes;
};

} // namespace acervo::lexicon
