#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"

#include <algorithm>

namespace acervo::cite {

std::vector<std::pair<std::string, std::string>> highwire(const Work& work)
{
    const auto& edition = work.editions.front();
    const auto& metadata = edition.metadata;
    std::vector<std::pair<std::string, std::string>> tags;
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) {
            tags.emplace_back(name, std::move(value));
        }
    };
    add("citation_title", detail::titleOf(edition));
    for (const auto& name : detail::authorsOf(edition)) {
        add("citation_author", !name.organisation.empty() ? name.organisation
                               : name.given.empty()       ? name.family
                                                          : name.family + ", " + name.given);
    }
    if (detail::partsOf(metadata.date).year > 0) {
        auto date = metadata.date;
        std::ranges::replace(date, '-', '/');
        add("citation_publication_date", std::move(date));
    }
    add("citation_technical_report_institution", detail::labelIn(work.publisher, metadata.language));
    add("citation_technical_report_number", detail::oneLine(metadata.number));
    add("citation_series_title", detail::oneLine(metadata.series));
    add("citation_isbn", detail::oneLine(metadata.isbn));
    add("citation_doi", detail::doiOf(edition));
    add("citation_language", metadata.language);
    add("citation_public_url", editionUrl(work, edition));
    for (const auto& subject : detail::subjectsOf(work, edition)) {
        add("citation_keywords", subject);
    }
    return tags;
}

} // namespace acervo::cite
