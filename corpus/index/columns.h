// Facet values of every document in memory, by docid: loaded from the index's own value slots, so there is no second
// truth.
#pragma once

#include "corpus/index/document_set.h"
#include "corpus/schema/fields.h"

#include <xapian.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace acervo::index {

// How the documents of one work share a value: decides how its works are counted.
enum class Sharing : std::uint8_t {
    oneOfEach, // at most one document of a work has it: works are documents
    allOfEach, // all documents of a work or none: works are counted by one document each
    some,      // neither: works are told apart one by one
};

// The documents that have a value: as bits where they are many, as numbers where they are few.
struct Holders {
    std::uint32_t count = 0;
    Sharing sharing = Sharing::oneOfEach;
    DocumentSet set;                // empty when they are few
    std::vector<Xapian::docid> few; // ascending; empty when they are many

    bool areMany() const { return few.empty() && count > 0; }
};

// Values of one facet; documents refer to them by number.
struct Column {
    std::vector<std::string> values;
    std::vector<Holders> holders;      // by value number
    std::vector<std::uint32_t> starts; // by docid: first index into `numbers`; one more entry at the end
    std::vector<std::uint32_t> numbers;

    std::span<const std::uint32_t> of(Xapian::docid id) const
    {
        return {numbers.data() + starts[id], numbers.data() + starts[id + 1]};
    }
};

// threads  immutable once loaded.
struct Columns {
    Xapian::docid lastDocid = 0;
    std::vector<std::uint32_t> workOf; // by docid; kNoWork where there is no document
    std::uint32_t workCount = 0;
    std::vector<std::uint32_t> workStarts; // by work: first index into `workDocids`; one more entry at the end
    std::vector<Xapian::docid> workDocids;
    DocumentSet documents;                // all
    DocumentSet severalEditions;          // those whose work has others
    std::vector<std::uint32_t> lengths;   // by docid: of the text, as it is ranked; see DocumentBuilder
    std::vector<std::uint32_t> published; // by docid: rank of the date, from 1 for the earliest; 0 when unknown
    std::uint32_t lastPublished = 0;      // rank of the latest date
    std::vector<float> years;             // by rank of a date: years since 0, with the months; 0 when unknown
    std::array<Column, schema::kFacetCount> facets;

    std::span<const Xapian::docid> documentsOf(std::uint32_t work) const
    {
        return {workDocids.data() + workStarts[work], workDocids.data() + workStarts[work + 1]};
    }
    const Column& column(schema::Facet facet) const { return facets[static_cast<std::size_t>(facet)]; }
};

inline constexpr std::uint32_t kNoWork = 0xffffffffU;

void add(const Holders& holders, DocumentSet& set);

// Where a document's title stands in the order of titles, by docid; 0 when it has none.
std::vector<std::uint32_t> loadTitleOrder(const Xapian::Database& database, Xapian::docid lastDocid);

// cost  see docs/measurements.md, "Speed".
Columns loadColumns(const Xapian::Database& database);

} // namespace acervo::index
