// Which concepts of the lexicon a label names, whatever its language.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/analyzer.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::query {

// The ids of the concepts that have the whole of `label` as a label, or that have it as their id; none when the lexicon
// knows no such concept. The analysers are one of each language.
std::vector<std::string> conceptsNamed(const lexicon::Lexicon& lexicon, std::string_view label,
                                       const std::map<text::Language, text::Analyzer>& analyzers);

} // namespace acervo::query
