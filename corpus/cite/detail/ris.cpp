#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"

#include <algorithm>

namespace acervo::cite {

namespace {

// A value is one line: a line break in it would begin a tag of its own.
void add(std::string& text, std::string_view tag, std::string_view value)
{
    const auto line = detail::oneLine(value);
    if (!line.empty()) {
        text += std::string{tag} + "  - " + line + "\r\n";
    }
}

std::string padded(int number)
{
    return number == 0 ? "" : (number < 10 ? "0" : "") + std::to_string(number);
}

std::string recordOf(const Work& work)
{
    const auto& edition = work.editions.front();
    const auto& metadata = edition.metadata;
    const auto date = detail::partsOf(metadata.date);
    std::string text = "TY  - RPRT\r\n";
    add(text, "ID", edition.citableId);
    for (const auto& name : detail::authorsOf(edition)) {
        // What stands before the comma is not split: an organisation is a name with nothing after it. Commas in its own
        // name would begin given names, and RIS has no other sign.
        auto organisation = name.organisation;
        std::ranges::replace(organisation, ',', ';');
        add(text, "AU", organisation.empty() ? name.family + ", " + name.given : organisation + ",");
    }
    add(text, "TI", detail::titleOf(edition));
    add(text, "T3", metadata.series);
    add(text, "IS", metadata.number);
    if (date.year > 0) {
        add(text, "PY", std::to_string(date.year));
        add(text, "DA", std::to_string(date.year) + "/" + padded(date.month) + "/" + padded(date.day) + "/");
    }
    add(text, "PB", detail::labelIn(work.publisher, metadata.language));
    add(text, "M3", detail::labelIn(work.type, metadata.language));
    add(text, "ET", edition.versionNumber > 1 ? std::to_string(edition.versionNumber) : "");
    add(text, "SN", metadata.isbn);
    add(text, "DO", detail::doiOf(edition));
    add(text, "UR", editionUrl(work, edition));
    add(text, "LA", metadata.language);
    for (const auto& subject : detail::subjectsOf(work, edition)) {
        add(text, "KW", subject);
    }
    add(text, "AB", metadata.abstractText);
    add(text, "AN", edition.citableId);
    return text + "ER  - \r\n";
}

} // namespace

std::string ris(std::span<const Work> works)
{
    std::string all;
    for (const auto& work : works) {
        if (!work.editions.empty()) {
            all += (all.empty() ? "" : "\r\n") + recordOf(work);
        }
    }
    return all;
}

} // namespace acervo::cite
