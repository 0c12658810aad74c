// Facet values of every document in memory, by docid: loaded from the index's own value slots, so there is no second
// truth.
#pragma once

#include "corpus/schema/fields.h"

#include <xapian.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace acervo::index {

// Values of one facet; documents refer to them by number.
struct Column {
    std::vector<std::string> values;
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
    std::array<Column, schema::kFacetCount> facets;

    std::span<const Xapian::docid> documentsOf(std::uint32_t work) const
    {
        return {workDocids.data() + workStarts[work], workDocids.data() + workStarts[work + 1]};
    }
    const Column& column(schema::Facet facet) const { return facets[static_cast<std::size_t>(facet)]; }
};

inline constexpr std::uint32_t kNoWork = 0xffffffffU;

// cost  measured by others on this stack: 0.02 s at 100,000 documents, 0.3 s at a million.
Columns loadColumns(const Xapian::Database& database);

} // namespace acervo::index
