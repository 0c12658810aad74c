#include "indexer/extract/detail/format.h"

#include "analyzers/text/normalise.h"

#include <utility>

namespace acervo::extract::detail {

bool addPage(ExtractedDocument& document, model::Page page, const Limits& limits)
{
    if (document.truncated) {
        return false;
    }
    if (document.pages.size() >= limits.maxPages) {
        document.truncated = true;
        document.warnings.push_back("only the first " + std::to_string(limits.maxPages) + " pages were read");
        return false;
    }
    page.number = static_cast<std::uint32_t>(document.pages.size() + 1);
    page.label = text::clean(page.label);
    page.heading = text::clean(page.heading);
    page.text = text::clean(page.text);

    if (document.textBytes + page.text.size() > limits.maxTextBytes) {
        page.text = std::string{text::truncateUtf8(page.text, limits.maxTextBytes - document.textBytes)};
        document.truncated = true;
        document.warnings.push_back("only the first " + std::to_string(limits.maxTextBytes) +
                                    " bytes of text were kept");
    }
    document.textBytes += page.text.size();
    document.pages.push_back(std::move(page));
    return !document.truncated;
}

} // namespace acervo::extract::detail
