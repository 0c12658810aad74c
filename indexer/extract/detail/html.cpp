#include "analyzers/text/normalise.h"
#include "indexer/extract/detail/charset.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/html_content.h"
#include "indexer/extract/detail/metadata.h"
#include "indexer/extract/detail/text_builder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxMetaEntries = 500;

// Names under which pages state one fact, best first.
using Names = std::initializer_list<std::string_view>;

std::string firstOf(const HtmlContent& content, Names names)
{
    for (const auto name : names) {
        for (const auto& [key, value] : content.meta) {
            if (key == name && !value.empty()) {
                return value;
            }
        }
    }
    return {};
}

std::vector<std::string> allOf(const HtmlContent& content, Names names)
{
    for (const auto name : names) {
        std::vector<std::string> values;
        for (const auto& [key, value] : content.meta) {
            if (key == name && !value.empty()) {
                values.push_back(value);
            }
        }
        if (!values.empty()) {
            return values;
        }
    }
    return {};
}

std::size_t wordsIn(std::string_view text)
{
    return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

// "EUR-Lex - 32004R0139 - EN", "Consolidated text: 31976L0207 — FR — 15.08.2006": the number of a document, no title.
bool isReference(std::string_view title)
{
    constexpr std::size_t kMinDigits = 5;
    constexpr std::size_t kMinWordBytes = 4;
    constexpr int kWordsOfTitle = 3;
    bool numbered = false;
    int words = 0;
    while (!title.empty()) {
        const auto end = std::min(title.find(' '), title.size());
        const auto word = title.substr(0, end);
        title.remove_prefix(std::min(end + 1, title.size()));
        const auto digits = std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        numbered = numbered || static_cast<std::size_t>(digits) >= kMinDigits;
        words += digits == 0 && word.size() >= kMinWordBytes ? 1 : 0;
    }
    return numbered && words < kWordsOfTitle;
}

// What stands for the title of a page whose <title> is a mere number: "" when nothing does.
std::string titleInstead(const HtmlContent& content)
{
    constexpr std::size_t kMaxBytes = 1000; // laws have long titles; the catalogue keeps the beginning
    for (const auto& candidate : {content.markedTitle, firstOf(content, {"dc.description", "dcterms.title"})}) {
        if (wordsIn(candidate) >= 3 && candidate.size() <= kMaxBytes && !isReference(candidate)) {
            return candidate;
        }
    }
    for (const auto& section : content.sections) {
        if (section.level > 0 && section.level <= 2 && wordsIn(section.heading) >= 3 && !isReference(section.heading)) {
            return section.heading;
        }
    }
    return {};
}

// Tags written into <title> are shown as text by browsers, but nobody means them.
std::string withoutTags(std::string_view title)
{
    std::string bare;
    while (!title.empty()) {
        const auto tag = title.find('<');
        bare += title.substr(0, tag);
        const auto end = tag == std::string_view::npos ? tag : title.find('>', tag);
        if (end == std::string_view::npos) {
            bare += tag == std::string_view::npos ? std::string_view{} : title.substr(tag);
            break;
        }
        title.remove_prefix(end + 1);
    }
    return flattened(bare);
}

// <title> often carries the site's name, or is a mere label; the only <h1> of the text is then the better title.
std::string bestTitle(const HtmlContent& content)
{
    auto declared = firstOf(content, {"citation_title", "dc.title", "dcterms.title", "og:title"});
    if (declared.empty()) {
        declared = withoutTags(content.title);
    }
    if (isReference(declared)) {
        if (auto instead = titleInstead(content); !instead.empty()) {
            return instead;
        }
    }
    const auto isTop = [](const Section& section) { return section.level == 1; };
    const auto tops = std::count_if(content.sections.begin(), content.sections.end(), isTop);
    if (tops == 1) {
        const auto& heading = std::find_if(content.sections.begin(), content.sections.end(), isTop)->heading;
        if (declared.empty() || declared.find(heading) != std::string::npos ||
            (wordsIn(declared) < 3 && wordsIn(heading) >= 3)) {
            return heading;
        }
    }
    if (declared.empty()) {
        declared = firstOf(content, {"title", "twitter:title"});
    }
    if (declared.empty() && !content.sections.empty()) {
        const auto named = std::find_if(content.sections.begin(), content.sections.end(),
                                        [](const Section& section) { return !section.heading.empty(); });
        declared = named == content.sections.end() ? std::string{} : named->heading;
    }
    return declared;
}

void fillMetadata(const HtmlContent& content, ExtractedDocument& document)
{
    auto& metadata = document.metadata;
    metadata.title = bestTitle(content);
    metadata.authors = allOf(content, {"citation_author", "dc.creator", "dcterms.creator", "author", "article:author"});
    metadata.abstractText = firstOf(content, {"citation_abstract", "dcterms.abstract", "dc.description",
                                              "dcterms.description", "description", "og:description"});
    for (const auto& list : allOf(content, {"citation_keywords", "dc.subject", "dcterms.subject", "keywords"})) {
        for (auto& keyword : splitList(list, ",;")) {
            metadata.keywords.push_back(std::move(keyword));
        }
    }
    metadata.date = partialDate(
        firstOf(content, {"citation_publication_date", "citation_date", "dcterms.issued", "dc.date", "dcterms.date",
                          "dc.date.issued", "article:published_time", "dcterms.created", "date"}));
    metadata.license = firstOf(content, {"dcterms.license", "dc.rights", "dcterms.rights"});
    metadata.doi = firstOf(content, {"citation_doi", "prism.doi"});
    metadata.isbn = firstOf(content, {"citation_isbn"});
    auto language = content.language;
    if (language.empty()) {
        language = firstOf(content, {"citation_language", "dc.language", "dcterms.language", "content-language"});
    }
    metadata.language = languageCode(language);

    const auto add = [&document](std::string_view key, const std::string& value) {
        if (!value.empty()) {
            document.properties.emplace(key, value);
        }
    };
    auto title = firstOf(content, {"dc.title", "dcterms.title"});
    if (title.empty()) {
        title = content.title.empty() ? firstOf(content, {"title", "og:title"}) : content.title;
    }
    add("dc:title", title);
    for (const auto& author : metadata.authors) {
        add("dc:creator", author);
    }
    add("dc:description", metadata.abstractText);
    for (const auto& list : allOf(content, {"dc.subject", "dcterms.subject", "keywords"})) {
        add("dc:subject", list);
        add("meta:keyword", list);
    }
    add("dc:language", language);
    std::size_t entries = 0;
    for (const auto& [key, value] : content.meta) {
        if (++entries > kMaxMetaEntries) {
            break;
        }
        add("meta:" + key, value);
    }
}

} // namespace

Result<ExtractedDocument> readHtml(std::string_view bytes, const Limits& limits)
{
    ExtractedDocument document;
    const auto decoded = decode(bytes, Markup::html);
    auto content = readHtmlContent(text::clean(decoded.utf8), limits);
    document.properties.emplace("Content-Encoding", decoded.charset);
    fillMetadata(content, document);
    if (content.truncated) {
        document.warnings.emplace_back("nested too deeply to be read as a tree: only its bare text was kept");
    }
    addSections(document, std::move(content.sections), limits);
    if (document.pages.empty()) {
        addPage(document, {}, limits);
        document.warnings.emplace_back("the page has no text");
    }
    return document;
}

} // namespace acervo::extract::detail
