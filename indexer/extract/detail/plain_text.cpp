#include "analyzers/text/normalise.h"
#include "indexer/extract/detail/charset.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/paging.h"
#include "indexer/extract/detail/text_builder.h"

#include <algorithm>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kPageBytes = 3'000;
constexpr std::size_t kMaxTitleBytes = 200;

// The first line that says something, when it is short enough to be a title.
std::string titleOf(std::string_view text)
{
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = flattened(text.substr(0, end));
        if (line.find_first_not_of("-=_*#~+. ") != std::string::npos) {
            return line.size() <= kMaxTitleBytes ? line : std::string{};
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

// Line ends as \n; form feeds kept, they are page borders.
std::string withUnixLineEnds(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            result += text[i];
        } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
            result += '\n';
        }
    }
    return result;
}

} // namespace

Result<ExtractedDocument> readPlainText(std::string_view bytes, const Limits& limits)
{
    ExtractedDocument document;
    const auto decoded = decode(bytes, Markup::none);
    document.properties.emplace("Content-Encoding", decoded.charset);
    if (decoded.charset == "UTF-8" && !text::isValidUtf8(decoded.utf8)) {
        document.warnings.emplace_back("some bytes are not valid UTF-8 and were replaced");
    }
    const auto text = withUnixLineEnds(decoded.utf8);
    document.metadata.title = text::clean(titleOf(text));
    for (const auto piece : paged(text, kPageBytes)) {
        model::Page page;
        page.text = piece;
        if (!addPage(document, std::move(page), limits)) {
            break;
        }
    }
    if (document.pages.empty()) {
        addPage(document, {}, limits);
        document.warnings.emplace_back("the file has no text");
    }
    return document;
}

} // namespace acervo::extract::detail
