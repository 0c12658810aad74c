#include "searchd/http/quotes.h"

#include <algorithm>

namespace acervo::http {

namespace {

constexpr std::size_t kMaxVersionsSearched = 10;

} // namespace

Result<QuoteAnswer> answerQuote(ReaderPool::Loan& readers, const QuoteSought& sought)
{
    QuoteAnswer answer;
    answer.quote = sought.quote;
    if (sought.quote.empty()) {
        return answer;
    }
    answer.place = passage::findQuote(sought.pages, sought.quote, sought.nearTo);
    if (answer.place) {
        return answer;
    }
    answer.closest = passage::closestPage(sought.pages, sought.quote);
    std::size_t searched = 0;
    for (const auto& version : sought.versions) {
        if (version.versionId == sought.version.versionId) {
            continue;
        }
        if (++searched > kMaxVersionsSearched) {
            break;
        }
        const auto pages = readers.catalogue().pages(version.versionId);
        if (!pages) {
            return pages.error();
        }
        if (const auto place = passage::findQuote(*pages, sought.quote, sought.nearTo)) {
            const auto page = std::ranges::find(*pages, place->page, &model::Page::number);
            answer.other = OtherVersion{version.number, version.indexedAt, place->page, labelOf(*page)};
            break;
        }
    }
    return answer;
}

std::string labelOf(const model::Page& page)
{
    return page.label.empty() ? std::to_string(page.number) : page.label;
}

} // namespace acervo::http
