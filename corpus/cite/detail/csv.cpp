#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"

#include <algorithm>
#include <array>

namespace acervo::cite {

namespace {

// What makes a formula of a cell, at its beginning: ASCII, and the wide forms that some spreadsheets read alike.
bool beginsFormula(std::string_view text)
{
    constexpr std::array<std::string_view, 8> kSigns{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    return std::ranges::any_of(kSigns, [&](auto sign) { return text.starts_with(sign); });
}

// The cell, quoted. An apostrophe goes before what would begin a formula: at the beginning, and after signs that other
// settings of a spreadsheet take for the end of a cell (a semicolon in French and Spanish ones).
std::string cell(std::string_view value)
{
    const auto line = detail::oneLine(value);
    std::string text = "\"";
    bool atBeginning = true;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (atBeginning && beginsFormula(std::string_view{line}.substr(i))) {
            text += '\'';
        }
        text += c == '"' ? std::string{"\"\""} : std::string{c};
        const bool endsCell = c == ';' || c == ',' || c == '|';
        atBeginning = endsCell || (atBeginning && (c == ' ' || c == '"' || c == '\''));
    }
    return text + "\"";
}

std::string joined(const std::vector<std::string>& values)
{
    std::string all;
    for (const auto& value : values) {
        all += (all.empty() ? "" : " | ") + detail::oneLine(value);
    }
    return all;
}

void addRow(std::string& text, const std::vector<std::string>& values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        text += (i == 0 ? "" : ",") + cell(values[i]);
    }
    text += "\r\n";
}

} // namespace

std::string csv(std::span<const Work> works)
{
    std::string text = "\xEF\xBB\xBF"; // without it, Excel takes UTF-8 for something else
    addRow(text, {"id", "title", "authors", "date", "type", "section", "language", "languages", "publisher", "series",
                  "number", "isbn", "doi", "countries", "subjects", "pages", "license", "url"});
    for (const auto& work : works) {
        if (work.editions.empty()) {
            continue;
        }
        const auto& edition = work.editions.front();
        const auto& metadata = edition.metadata;
        addRow(text,
               {edition.citableId, detail::titleOf(edition), joined(metadata.authors), metadata.date,
                detail::labelIn(work.type, metadata.language), metadata.section, metadata.language,
                joined(detail::distinct(work, [](const auto& one) { return one.metadata.language; })),
                detail::labelIn(work.publisher, metadata.language), metadata.series, metadata.number, metadata.isbn,
                detail::doiOf(edition), joined(metadata.countries), joined(detail::subjectsOf(work, edition)),
                edition.pageCount > 0 ? std::to_string(edition.pageCount) : "", metadata.license,
                editionUrl(work, edition)});
    }
    return text;
}

} // namespace acervo::cite
