// Makes the Xapian document of an edition: the only place that decides which terms, positions and values it has.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/analyzer.h"
#include "corpus/model/document.h"
#include "corpus/vocabulary/vocabulary.h"

#include <xapian.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace acervo::index::detail {
class ConceptFinder;
enum class Part : std::uint8_t;
} // namespace acervo::index::detail

namespace acervo::index {

// Positions of title words start at 1, those of the first page's words here; nothing else has positions.
inline constexpr std::uint32_t kBodyStart = 1000;
inline constexpr std::uint32_t kTitleWeight = 6; // as so many of the text counts a word of the title

// threads  one per thread (owns analysers).
class DocumentBuilder {
public:
    // vocabularies  must outlive the builder; ancestors of types and themes come from it.
    // lexicon       likewise; its concepts become terms, and themes of documents that have none. Null: neither.
    explicit DocumentBuilder(const vocabulary::Vocabularies& vocabularies, const lexicon::Lexicon* lexicon = nullptr);
    DocumentBuilder(DocumentBuilder&&) noexcept;
    DocumentBuilder& operator=(DocumentBuilder&&) = delete;
    DocumentBuilder(const DocumentBuilder&) = delete;
    DocumentBuilder& operator=(const DocumentBuilder&) = delete;
    ~DocumentBuilder();

    // Every term is within Xapian's limits, so that no document can spoil a batch.
    Xapian::Document build(const model::Edition& edition, const std::vector<model::Page>& pages);

    static std::string uniqueTerm(std::int64_t editionId);

private:
    const text::Analyzer& analyzerFor(const std::string& language);
    // The words of a text; their concepts are noted.
    text::Analysis read(const std::string& text, const std::string& language, detail::Part part);

    const vocabulary::Vocabularies& _vocabularies;
    std::map<text::Language, text::Analyzer> _analyzers;
    std::unique_ptr<detail::ConceptFinder> _concepts; // null without a lexicon
};

} // namespace acervo::index
