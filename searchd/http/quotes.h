// A passage asked for with ?quote=: where it stands now, or what became of it.
#pragma once

#include "corpus/passage/quote.h"
#include "searchd/http/services.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace acervo::http {

// Where the passage stands in another version than the one shown.
struct OtherVersion {
    std::uint32_t number = 0;
    std::int64_t indexedAt = 0;
    std::uint32_t page = 0;
    std::string pageLabel; // printed, else its number
};

struct QuoteAnswer {
    std::string quote;                   // "" when none was asked for
    std::optional<passage::Place> place; // in the version shown
    std::optional<OtherVersion> other;   // when it is not there: the newest that has it
    std::uint32_t closest = 0;           // and the page of the version shown that has most of it; 0 for none
};

// The version whose passage is wanted, and all those the reader may see.
struct QuoteSought {
    const model::Version& version;
    const std::vector<model::Page>& pages; // of that version
    const std::vector<model::Version>& versions;
    std::string quote;
    std::uint32_t nearTo = 0; // page number; 0 for none
};

// cost  reads every version, newest first, until one has it; at most ten.
Result<QuoteAnswer> answerQuote(ReaderPool::Loan& readers, const QuoteSought& sought);

// As printed, else its number.
std::string labelOf(const model::Page& page);

} // namespace acervo::http
