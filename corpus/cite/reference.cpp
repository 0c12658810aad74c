#include "corpus/cite/reference.h"

#include "corpus/cite/detail/facts.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <vector>

namespace acervo::cite {

namespace {

using detail::Name;

constexpr std::size_t kMostApaAuthors = 20;     // from 21 on: the first 19, an ellipsis, the last
constexpr std::size_t kMostChicagoAuthors = 10; // from 11 on: the first 7 and "et al."
constexpr std::size_t kChicagoAuthorsKept = 7;
constexpr std::size_t kMostIsoAuthors = 10; // "all, if possible": from 11 on the first and "et al."

// What the styles say in one language.
struct Words {
    std::string_view colon;       // between title and subtitle
    std::string_view apaLast;     // before the last of three or more authors
    std::string_view apaPair;     // between two
    std::string_view chicagoLast; // before the last author
    std::string_view isoLast;
    std::string_view undated;
    std::string_view issue;  // before a number of a series
    std::string_view report; // before the number of a report without series
    std::string_view page;
    std::string_view online;
    std::string_view accessed; // "viewed ", before a date
    std::string_view availableAt;
    std::string_view dayMonth; // between day and month, month and year
    std::string_view colonSpace;
};

// source  APA 7 (2020), with the usages of its French and Spanish readers; Chicago 17; ISO 690:2021 and its French and
//         Spanish editions.
constexpr Words kEnglish{.colon = ": ",
                         .apaLast = ", & ",
                         .apaPair = ", & ",
                         .chicagoLast = ", and ",
                         .isoLast = " and ",
                         .undated = "n.d.",
                         .issue = "No. ",
                         .report = "Report No. ",
                         .page = "p. ",
                         .online = "online",
                         .accessed = "viewed ",
                         .availableAt = "Available from",
                         .dayMonth = " ",
                         .colonSpace = ": "};
constexpr Words kFrench{.colon = " : ",
                        .apaLast = " et ",
                        .apaPair = " et ",
                        .chicagoLast = ", et ",
                        .isoLast = " et ",
                        .undated = "s. d.",
                        .issue = "no ",
                        .report = "Rapport no ",
                        .page = "p. ",
                        .online = "en ligne",
                        .accessed = "consulté le ",
                        .availableAt = "Disponible à l’adresse",
                        .dayMonth = " ",
                        .colonSpace = " : "};
constexpr Words kSpanish{.colon = ": ",
                         .apaLast = " y ",
                         .apaPair = " y ",
                         .chicagoLast = ", y ",
                         .isoLast = " y ",
                         .undated = "s. f.",
                         .issue = "n.º ",
                         .report = "Informe n.º ",
                         .page = "p. ",
                         .online = "en línea",
                         .accessed = "consulta: ",
                         .availableAt = "Disponible en",
                         .dayMonth = " de ",
                         .colonSpace = ": "};

const Words& wordsOf(const std::string& language)
{
    return language == "fr" ? kFrench : language == "es" ? kSpanish : kEnglish;
}

std::string monthName(const std::string& language, int month)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols{icu::Locale{language.c_str()}, status};
    std::int32_t count = 0;
    const auto* months = symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
    std::string name;
    return U_SUCCESS(status) && month <= count ? months[month - 1].toUTF8String(name) : name;
}

std::string accessDate(const ReferenceOptions& options)
{
    const auto date = detail::partsOf(options.accessed);
    if (date.day == 0) {
        return {};
    }
    const auto& words = wordsOf(options.language);
    std::string text = date.day == 1 && options.language == "fr" ? "1er" : std::to_string(date.day);
    return text + std::string{words.dayMonth} + monthName(options.language, date.month) + std::string{words.dayMonth} +
           std::to_string(date.year);
}

std::string upper(const std::string& text, const std::string& language)
{
    std::string result;
    icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale{language.c_str()}).toUTF8String(result);
    return result;
}

// Ended by one full stop, unless something ends it already.
std::string sentence(const std::string& text)
{
    const bool closed = text.ends_with('.') || text.ends_with('?') || text.ends_with('!');
    return text + (closed ? "" : ".");
}

// "A, B and C": `last` stands before the last one, `pair` between two.
std::string enumerated(const std::vector<std::string>& parts, std::string_view last, std::string_view pair)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool isLast = i > 0 && i + 1 == parts.size();
        text += i == 0 ? "" : isLast ? std::string{parts.size() == 2 ? pair : last} : std::string{", "};
        text += parts[i];
    }
    return text;
}

// One edition in one style and language.
struct Citing {
    const Work& work;
    const model::Edition& edition;
    const ReferenceOptions& options;
    const Words& words;
    std::vector<Name> authors; // the organisation where none is named
    std::string publisher;
    std::string url;
    bool byPublisher = false; // the organisation stands for the authors

    std::string year() const
    {
        const auto year = detail::partsOf(edition.metadata.date).year;
        return year > 0 ? std::to_string(year) : std::string{words.undated};
    }
    std::string series() const { return detail::oneLine(edition.metadata.series); }
    std::string number() const { return detail::oneLine(edition.metadata.number); }
    std::string page() const { return detail::oneLine(options.pageLabel); }
};

Citing citing(const Work& work, const ReferenceOptions& options)
{
    const auto& edition = work.editions.front();
    Citing citing{work, edition, options, wordsOf(options.language), detail::authorsOf(edition), "", "", false};
    citing.publisher = detail::labelIn(work.publisher, options.language);
    if (citing.authors.empty()) {
        citing.authors.push_back({"", "", citing.publisher});
    }
    citing.byPublisher = citing.authors.size() == 1 && citing.authors.front().organisation == citing.publisher;
    const auto doi = detail::doiOf(edition);
    citing.url = !options.url.empty() ? options.url : doi.empty() ? editionUrl(work, edition) : detail::doiUrl(doi);
    return citing;
}

void addTitle(Reference& made, const Citing& citing)
{
    made.italicBegin = made.text.size();
    made.text += detail::titleOf(citing.edition, citing.words.colon);
    made.italicEnd = made.text.size();
}

std::string apaAuthors(const Citing& citing)
{
    std::vector<std::string> names;
    for (const auto& name : citing.authors) {
        const auto initials = detail::initialsOf(name.given);
        names.push_back(!name.organisation.empty() ? name.organisation
                        : initials.empty()         ? name.family
                                                   : name.family + ", " + initials);
    }
    if (names.size() > kMostApaAuthors) {
        std::string text;
        for (std::size_t i = 0; i + 1 < kMostApaAuthors; ++i) {
            text += names[i] + ", ";
        }
        return text + ". . . " + names.back();
    }
    return enumerated(names, citing.words.apaLast, citing.words.apaPair);
}

Reference apa(const Citing& citing)
{
    Reference made;
    made.text = sentence(apaAuthors(citing)) + " (" + citing.year() + "). ";
    addTitle(made, citing);
    std::string details;
    if (!citing.number().empty()) {
        details = citing.series().empty() ? std::string{citing.words.report} + citing.number()
                                          : citing.series() + " " + std::string{citing.words.issue} + citing.number();
    } else {
        details = citing.series();
    }
    if (!citing.page().empty()) {
        details += (details.empty() ? "" : ", ") + std::string{citing.words.page} + citing.page();
    }
    const auto title = made.text.substr(made.italicBegin);
    made.text += details.empty() ? sentence(title).substr(title.size()) : " (" + details + ").";
    if (!citing.byPublisher && !citing.publisher.empty()) {
        made.text += " " + sentence(citing.publisher);
    }
    made.text += " " + citing.url;
    return made;
}

std::string chicagoAuthors(const Citing& citing)
{
    std::vector<std::string> names;
    for (const auto& name : citing.authors) {
        if (!name.organisation.empty() || name.given.empty()) {
            names.push_back(name.organisation.empty() ? name.family : name.organisation);
        } else {
            names.push_back(names.empty() ? name.family + ", " + name.given : name.given + " " + name.family);
        }
    }
    if (names.size() > kMostChicagoAuthors) {
        names.resize(kChicagoAuthorsKept);
        return enumerated(names, ", ", ", ") + ", et al.";
    }
    return enumerated(names, citing.words.chicagoLast, citing.words.chicagoLast);
}

Reference chicago(const Citing& citing)
{
    Reference made;
    made.text = sentence(chicagoAuthors(citing)) + " " + sentence(citing.year()) + " ";
    addTitle(made, citing);
    if (!citing.page().empty()) {
        made.text += ", " + citing.page();
    }
    const auto title = made.text.substr(made.italicBegin);
    made.text += sentence(title).substr(title.size());
    if (!citing.series().empty()) {
        made.text +=
            " " + sentence(citing.number().empty() ? citing.series() : citing.series() + " " + citing.number());
    } else if (!citing.number().empty()) {
        made.text += " " + sentence(std::string{citing.words.report} + citing.number());
    }
    if (!citing.publisher.empty()) {
        made.text += " " + sentence(citing.publisher);
    }
    made.text += " " + citing.url + ".";
    return made;
}

std::string isoAuthors(const Citing& citing)
{
    std::vector<std::string> names;
    for (const auto& name : citing.authors) {
        const auto& language = citing.edition.metadata.language;
        names.push_back(!name.organisation.empty() ? upper(name.organisation, language)
                        : name.given.empty()       ? upper(name.family, language)
                                                   : upper(name.family, language) + ", " + name.given);
    }
    if (names.size() > kMostIsoAuthors) {
        return names.front() + " et al.";
    }
    return enumerated(names, citing.words.isoLast, citing.words.isoLast);
}

Reference iso690(const Citing& citing)
{
    const auto& words = citing.words;
    Reference made;
    made.text = sentence(isoAuthors(citing)) + " ";
    addTitle(made, citing);
    made.text += " [" + std::string{words.online} + "].";
    if (!citing.series().empty() || !citing.number().empty()) {
        std::string series = citing.series();
        if (!citing.number().empty()) {
            series += series.empty() ? std::string{words.report} : ", " + std::string{words.issue};
            series += citing.number();
        }
        made.text += " " + sentence(series);
    }
    const bool dated = detail::partsOf(citing.edition.metadata.date).year > 0;
    made.text += " " + (citing.publisher.empty() ? "" : citing.publisher + ", ") +
                 (dated ? citing.year() : "[" + citing.year() + "]");
    made.text += citing.page().empty() ? "" : ", " + std::string{words.page} + citing.page();
    const auto accessed = accessDate(citing.options);
    made.text += accessed.empty() ? "." : " [" + std::string{words.accessed} + accessed + "].";
    const auto isbn = detail::oneLine(citing.edition.metadata.isbn);
    made.text += isbn.empty() ? "" : " ISBN " + sentence(isbn);
    made.text += " " + std::string{words.availableAt} + std::string{words.colonSpace} + citing.url;
    return made;
}

} // namespace

std::string_view nameOf(Style style)
{
    switch (style) {
    case Style::apa:
        return "apa";
    case Style::chicago:
        return "chicago";
    case Style::iso690:
        return "iso690";
    }
    return {};
}

std::string_view labelOf(Style style)
{
    switch (style) {
    case Style::apa:
        return "APA 7";
    case Style::chicago:
        return "Chicago 17";
    case Style::iso690:
        return "ISO 690";
    }
    return {};
}

Reference reference(const Work& work, const ReferenceOptions& options)
{
    const auto about = citing(work, options);
    switch (options.style) {
    case Style::apa:
        return apa(about);
    case Style::chicago:
        return chicago(about);
    case Style::iso690:
        return iso690(about);
    }
    return {};
}

} // namespace acervo::cite
