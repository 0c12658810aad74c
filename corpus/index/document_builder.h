// Makes the Xapian document of an edition: the only place that decides which terms, positions and values it has.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/model/document.h"
#include "corpus/vocabulary/vocabulary.h"

#include <xapian.h>

#include <map>
#include <string>
#include <vector>

namespace acervo::index {

// Positions of title words start at 1, those of the first page's words here; nothing else has positions.
inline constexpr std::uint32_t kBodyStart = 1000;

// threads  one per thread (owns analysers).
class DocumentBuilder {
public:
    // vocabularies  must outlive the builder; ancestors of types and themes come from it.
    explicit DocumentBuilder(const vocabulary::Vocabularies& vocabularies);

    // Every term is within Xapian's limits, so that no document can spoil a batch.
    Xapian::Document build(const model::Edition& edition, const std::vector<model::Page>& pages);

    static std::string uniqueTerm(std::int64_t editionId);

private:
    const text::Analyzer& analyzerFor(const std::string& language);

    const vocabulary::Vocabularies& _vocabularies;
    std::map<text::Language, text::Analyzer> _analyzers;
};

} // namespace acervo::index
