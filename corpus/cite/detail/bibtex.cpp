#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"

#include <array>

namespace acervo::cite {

namespace {

using detail::oneLine;

std::string_view commandFor(char c)
{
    switch (c) {
    case '\\':
        return "\\textbackslash{}";
    case '{':
        return "\\{";
    case '}':
        return "\\}";
    case '^':
        return "\\textasciicircum{}";
    case '~':
        return "\\textasciitilde{}";
    case '`':
        return "\\`{}"; // a grave accent on nothing
    case '$':
        return "\\$";
    case '&':
        return "\\&";
    case '%':
        return "\\%";
    case '#':
        return "\\#";
    case '_':
        return "\\_";
    default:
        return {};
    }
}

// Whether every brace that opens is closed, in that order.
bool isBalanced(std::string_view text)
{
    int open = 0;
    for (const char c : text) {
        open += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (open < 0) {
            return false;
        }
    }
    return open == 0;
}

// LaTeX source that prints `text`. TeX makes one sign of "--", "''", "<<", ">>", ",,": an empty group keeps them apart.
std::string latex(std::string_view text)
{
    constexpr std::string_view kLigatures = "-'<>,";
    std::string source;
    char before = 0;
    // BibTeX counts braces, escaped ones too. One without its fellow is written by its name, which not every reader of
    // BibTeX knows, but which breaks none.
    const bool balanced = isBalanced(text);
    for (const char c : oneLine(text)) {
        const auto command = !balanced && c == '{'   ? std::string_view{"\\textbraceleft{}"}
                             : !balanced && c == '}' ? std::string_view{"\\textbraceright{}"}
                                                     : commandFor(c);
        if (c == before && kLigatures.find(c) != std::string_view::npos) {
            source += "{}";
        }
        if (command.empty()) {
            source += c;
        } else {
            source += command;
        }
        before = c;
    }
    return source;
}

// Fields that LaTeX takes as they are: addresses. Braces and backslashes would still end or escape the field.
std::string verbatim(std::string_view text)
{
    std::string field;
    for (const char c : text) {
        field += c == '{' || c == '}' || c == '\\' || c == ' ' ? detail::urlEncoded({&c, 1}) : std::string{c};
    }
    return field;
}

std::string authors(const model::Edition& edition)
{
    std::string all;
    for (const auto& name : detail::authorsOf(edition)) {
        all += all.empty() ? "" : " and ";
        if (!name.organisation.empty()) {
            all += "{" + latex(name.organisation) + "}";
        } else {
            all += latex(name.family) + (name.given.empty() ? "" : ", " + latex(name.given));
        }
    }
    return all;
}

std::string joined(const std::vector<std::string>& values)
{
    std::string all;
    for (const auto& value : values) {
        all += (all.empty() ? "" : ", ") + value;
    }
    return all;
}

std::string_view babelName(std::string_view language)
{
    return language == "en" ? "english" : language == "fr" ? "french" : language == "es" ? "spanish" : "";
}

class Entry {
public:
    explicit Entry(const std::string& key) : _text("@techreport{" + key) {}

    // `value` is LaTeX source already.
    void add(std::string_view name, const std::string& value)
    {
        if (!value.empty()) {
            _text += ",\n  " + std::string{name} + " = {" + value + "}";
        }
    }
    void addMacro(std::string_view name, std::string_view macro)
    {
        _text += ",\n  " + std::string{name} + " = " + std::string{macro};
    }
    std::string finished() const { return _text + "\n}\n"; }

private:
    std::string _text;
};

std::string entryOf(const Work& work)
{
    constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
    const auto& edition = work.editions.front();
    const auto& metadata = edition.metadata;
    const auto date = detail::partsOf(metadata.date);
    Entry entry{edition.citableId + (metadata.language.empty() ? "" : "-" + detail::urlEncoded(metadata.language))};
    entry.add("author", authors(edition));
    // The inner braces keep the capitals, which most styles would take away.
    entry.add("title", "{" + latex(detail::titleOf(edition)) + "}");
    entry.add("institution", latex(detail::labelIn(work.publisher, metadata.language)));
    entry.add("type", latex(detail::labelIn(work.type, metadata.language)));
    entry.add("series", latex(metadata.series));
    entry.add("number", latex(metadata.number));
    if (date.year > 0) {
        entry.add("year", std::to_string(date.year));
    }
    if (date.month > 0) {
        entry.addMacro("month", kMonths[static_cast<std::size_t>(date.month - 1)]);
    }
    if (date.day > 0) {
        entry.add("day", std::to_string(date.day));
    }
    entry.add("isbn", latex(metadata.isbn));
    entry.add("doi", verbatim(detail::doiOf(edition)));
    entry.add("url", verbatim(editionUrl(work, edition)));
    entry.add("langid", std::string{babelName(metadata.language)});
    entry.add("version", edition.versionNumber > 1 ? std::to_string(edition.versionNumber) : "");
    entry.add("keywords", latex(joined(detail::subjectsOf(work, edition))));
    entry.add("abstract", latex(metadata.abstractText));
    return entry.finished();
}

} // namespace

std::string bibtex(std::span<const Work> works)
{
    std::string all;
    for (const auto& work : works) {
        if (!work.editions.empty()) {
            all += (all.empty() ? "" : "\n") + entryOf(work);
        }
    }
    return all;
}

} // namespace acervo::cite
