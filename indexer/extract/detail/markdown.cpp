#include "analyzers/text/normalise.h"
#include "indexer/extract/detail/charset.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/html_content.h"
#include "indexer/extract/detail/metadata.h"
#include "indexer/extract/detail/text_builder.h"

#include <md4c.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <map>
#include <utility>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxFrontMatterBytes = 64 * 1024;

// "key: value" lines between two "---" lines, as most Markdown tools write them. Not YAML: nesting is not read.
using FrontMatter = std::multimap<std::string, std::string>;

std::string unquoted(std::string_view value)
{
    auto text = flattened(value);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front()) {
        text = text.substr(1, text.size() - 2);
    }
    return text;
}

void addValue(FrontMatter& matter, const std::string& key, std::string_view value)
{
    auto text = flattened(value);
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
        for (const auto& item : splitList(std::string_view{text}.substr(1, text.size() - 2), ",")) {
            matter.emplace(key, unquoted(item));
        }
    } else if (auto plain = unquoted(text); !plain.empty()) {
        matter.emplace(key, std::move(plain));
    }
}

// Takes the front matter off `text`.
FrontMatter takeFrontMatter(std::string_view& text)
{
    FrontMatter matter;
    if (!text.starts_with("---\n")) {
        return matter;
    }
    auto rest = text.substr(4, kMaxFrontMatterBytes);
    std::string key;
    std::size_t used = 4;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        const auto step = std::min(end + 1, rest.size());
        rest.remove_prefix(step);
        used += step;
        if (line == "---" || line == "...") {
            text.remove_prefix(used);
            return matter;
        }
        const auto colon = line.find(':');
        const auto content = line.find_first_not_of(" \t");
        if (content != std::string_view::npos && line.substr(content).starts_with("- ") && !key.empty()) {
            addValue(matter, key, line.substr(content + 2));
        } else if (colon != std::string_view::npos && content == 0) {
            key = flattened(line.substr(0, colon));
            std::transform(key.begin(), key.end(), key.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            addValue(matter, key, line.substr(colon + 1));
        }
    }
    return {}; // never closed: it was a rule, not front matter
}

std::string firstOf(const FrontMatter& matter, std::initializer_list<std::string_view> keys)
{
    for (const auto key : keys) {
        if (const auto found = matter.find(std::string{key}); found != matter.end()) {
            return found->second;
        }
    }
    return {};
}

std::vector<std::string> allOf(const FrontMatter& matter, std::initializer_list<std::string_view> keys)
{
    for (const auto key : keys) {
        std::vector<std::string> values;
        const auto [from, to] = matter.equal_range(std::string{key});
        for (auto item = from; item != to; ++item) {
            values.push_back(item->second);
        }
        if (!values.empty()) {
            return values;
        }
    }
    return {};
}

// Markdown is defined by the HTML that it stands for; only the tags that bound text are written.
class HtmlWriter {
public:
    static std::string write(std::string_view markdown)
    {
        HtmlWriter writer;
        MD_PARSER parser{};
        parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            static_cast<HtmlWriter*>(self)->tag(type, detail, "<");
            return 0;
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            static_cast<HtmlWriter*>(self)->tag(type, detail, "</");
            return 0;
        };
        parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
        parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
            static_cast<HtmlWriter*>(self)->text(type, {text, size});
            return 0;
        };
        md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &writer);
        return std::move(writer._html);
    }

private:
    void tag(MD_BLOCKTYPE type, void* detail, std::string_view opening)
    {
        const auto* name = "";
        switch (type) {
        case MD_BLOCK_QUOTE:
            name = "blockquote";
            break;
        case MD_BLOCK_UL:
        case MD_BLOCK_OL:
            name = "ul";
            break;
        case MD_BLOCK_LI:
            name = "li";
            break;
        case MD_BLOCK_H:
            _html += opening;
            _html += 'h' + std::to_string(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level) + '>';
            return;
        case MD_BLOCK_CODE:
            name = "pre";
            break;
        case MD_BLOCK_P:
            name = "p";
            break;
        case MD_BLOCK_TABLE:
            name = "table";
            break;
        case MD_BLOCK_TR:
            name = "tr";
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            name = "td";
            break;
        default:
            return;
        }
        _html += opening;
        _html += name;
        _html += '>';
    }

    void text(MD_TEXTTYPE type, std::string_view text)
    {
        switch (type) {
        case MD_TEXT_BR:
            _html += "<br>";
            break;
        case MD_TEXT_SOFTBR:
            _html += '\n';
            break;
        case MD_TEXT_NULLCHAR:
            _html += ' ';
            break;
        case MD_TEXT_ENTITY:
        case MD_TEXT_HTML:
            _html += text;
            break;
        default:
            for (const char c : text) {
                if (c == '<') {
                    _html += "&lt;";
                } else if (c == '&') {
                    _html += "&amp;";
                } else {
                    _html += c;
                }
            }
        }
    }

    std::string _html;
};

void fillMetadata(const FrontMatter& matter, const HtmlContent& content, ExtractedDocument& document)
{
    auto& metadata = document.metadata;
    metadata.title = firstOf(matter, {"title", "titre", "título"});
    metadata.subtitle = firstOf(matter, {"subtitle"});
    metadata.authors = allOf(matter, {"author", "authors", "creator"});
    metadata.date = partialDate(firstOf(matter, {"date", "published", "issued"}));
    metadata.language = languageCode(firstOf(matter, {"lang", "language"}));
    metadata.abstractText = firstOf(matter, {"abstract", "description", "summary"});
    metadata.license = firstOf(matter, {"license", "licence", "rights"});
    metadata.doi = firstOf(matter, {"doi"});
    metadata.isbn = firstOf(matter, {"isbn"});
    for (const auto& value : allOf(matter, {"keywords", "tags", "subject"})) {
        for (auto& keyword : splitList(value, ",;")) {
            metadata.keywords.push_back(std::move(keyword));
        }
    }
    if (metadata.title.empty()) {
        const auto named = std::find_if(content.sections.begin(), content.sections.end(),
                                        [](const Section& section) { return section.level == 1; });
        const auto any = std::find_if(content.sections.begin(), content.sections.end(),
                                      [](const Section& section) { return !section.heading.empty(); });
        const auto found = named != content.sections.end() ? named : any;
        metadata.title = found != content.sections.end() ? found->heading : std::string{};
    }
    if (!metadata.title.empty()) {
        document.properties.emplace("dc:title", metadata.title);
    }
    for (const auto& [key, value] : matter) {
        document.properties.emplace("meta:" + key, value);
    }
}

} // namespace

Result<ExtractedDocument> readMarkdown(std::string_view bytes, const Limits& limits)
{
    if (bytes.size() > std::numeric_limits<MD_SIZE>::max() / 2) {
        return Error{ErrorCode::resourceLimit, "a Markdown file of more than 2 GB"};
    }
    ExtractedDocument document;
    const auto decoded = decode(bytes, Markup::none);
    document.properties.emplace("Content-Encoding", decoded.charset);
    const auto text = text::clean(decoded.utf8);
    std::string_view body = text;
    const auto matter = takeFrontMatter(body);
    auto content = readHtmlContent(HtmlWriter::write(body), limits);
    fillMetadata(matter, content, document);
    if (content.truncated) {
        document.warnings.emplace_back("nested too deeply to be read as a tree: only its bare text was kept");
    }
    addSections(document, std::move(content.sections), limits);
    if (document.pages.empty()) {
        addPage(document, {}, limits);
        document.warnings.emplace_back("the file has no text");
    }
    return document;
}

} // namespace acervo::extract::detail
