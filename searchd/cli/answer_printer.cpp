#include "searchd/cli/answer_printer.h"

#include <algorithm>
#include <functional>

namespace acervo::cli {

namespace {

constexpr std::size_t kShownFacetValues = 6;
constexpr std::size_t kShownAlternatives = 6; // of a word

// Control characters as spaces: text from documents must not steer the terminal.
std::string printable(std::string_view text)
{
    std::string shown{text};
    std::ranges::replace_if(
        shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return shown;
}

std::string marked(const std::string& text, const std::vector<text::ByteSpan>& marks, bool styled)
{
    std::string shown;
    std::size_t done = 0;
    for (const auto& mark : marks) {
        if (mark.begin < done || mark.end > text.size()) {
            continue;
        }
        shown += printable(std::string_view{text}.substr(done, mark.begin - done));
        shown += styled ? "\x1b[1m" : "*";
        shown += printable(std::string_view{text}.substr(mark.begin, mark.end - mark.begin));
        shown += styled ? "\x1b[0m" : "*";
        done = mark.end;
    }
    return shown + printable(std::string_view{text}.substr(done));
}

std::string languagesOf(const search::Hit& hit)
{
    std::string shown;
    for (const auto& language : hit.languages) {
        shown += (shown.empty() ? "" : " ") + language;
    }
    return shown;
}

// "“water” also searched as: agua (es), eau (fr)": what is searched, the likeliest first; "" when nothing is.
std::string expansionLine(const http::Services& services, const query::Expansion& expansion, text::Language language)
{
    auto alternatives = expansion.alternatives;
    std::erase_if(alternatives, [](const auto& one) { return !one.isOn; });
    std::ranges::stable_sort(alternatives, std::greater{}, &query::Alternative::weight);
    std::string shown;
    for (std::size_t i = 0; i < alternatives.size() && i < kShownAlternatives; ++i) {
        shown += (i == 0 ? "" : ", ") + alternatives[i].text + " (" +
                 std::string{text::codeOf(alternatives[i].language)} + ")";
    }
    if (shown.empty()) {
        return {};
    }
    return services.messages.text(language, "also.line", {{"words", expansion.words}}) + " " + shown +
           (alternatives.size() > kShownAlternatives ? ", \xe2\x80\xa6" : "");
}

} // namespace

void printAnswer(const http::Services& services, const search::SearchRequest& request,
                 const search::SearchAnswer& answer, bool styled, std::FILE* out)
{
    const auto language = request.interfaceLanguage;
    const auto count = static_cast<std::int64_t>(answer.total);
    std::fprintf(out, "%s\n", services.messages.text(language, "search.total", {{"count", count}}).c_str());
    for (const auto& note : answer.notes) {
        std::fprintf(out, "! %s\n", printable(http::noteText(services, note, language)).c_str());
    }
    for (const auto& expansion : answer.expansions) {
        const auto line = expansionLine(services, expansion, language);
        std::fprintf(out, "%s", line.empty() ? "" : (printable(line) + "\n").c_str());
    }
    auto number = std::size_t{request.page - 1} * request.size;
    for (const auto& hit : answer.hits) {
        std::fprintf(out, "\n%zu. %s\n", ++number, marked(hit.title, hit.titleMarks, styled).c_str());
        std::string facts = hit.citableId;
        for (const auto& fact : {http::facetLabel(services, schema::Facet::type, hit.type, language),
                                 http::facetLabel(services, schema::Facet::section, hit.section, language),
                                 hit.date.substr(0, 4), languagesOf(hit)}) {
            if (!fact.empty()) {
                facts += " \xc2\xb7 " + fact;
            }
        }
        std::fprintf(out, "   %s\n", printable(facts).c_str());
        for (const auto& snippet : hit.snippets) {
            std::string place;
            if (snippet.page > 0) {
                place = services.messages.text(
                    language, "result.page",
                    {{"label", snippet.label.empty() ? std::to_string(snippet.page) : snippet.label}});
                place += ": ";
            }
            std::fprintf(out, "   %s%s\n", printable(place).c_str(),
                         marked(snippet.text, snippet.marks, styled).c_str());
        }
    }
    std::fprintf(out, "\n");
    for (const auto& facet : answer.facets) {
        std::string line;
        for (std::size_t i = 0; i < facet.values.size() && i < kShownFacetValues; ++i) {
            const auto& value = facet.values[i];
            line += (line.empty() ? "" : ", ") + std::string{value.selected ? "[x] " : ""} +
                    http::facetLabel(services, facet.facet, value.value, language) + " (" +
                    std::to_string(value.count) + ")";
        }
        if (!line.empty()) {
            const std::string key = "facet." + std::string{schema::infoOf(facet.facet).name};
            std::fprintf(out, "%s: %s%s\n", services.messages.text(language, key).c_str(), printable(line).c_str(),
                         facet.values.size() > kShownFacetValues ? ", \xe2\x80\xa6" : "");
        }
    }
}

} // namespace acervo::cli
