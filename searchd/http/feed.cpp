// The works that a search, a section or a theme has gained or that have changed lately, as an Atom feed (RFC 4287).
#include "corpus/cite/xml_writer.h"
#include "searchd/http/documents.h"
#include "searchd/http/machine_routes.h"
#include "searchd/http/page_view.h"
#include "searchd/http/search_parameters.h"
#include "searchd/oai/datestamp.h"

#include <algorithm>

namespace acervo::http {

namespace {

constexpr std::size_t kEntries = 50;
// Works that are looked at, those changed last first: so many at once; where the search finds too few of them, that
// many times more; in all not more than the last.
constexpr std::size_t kLookedAtFirst = 5'000;
constexpr std::size_t kMoreEachTime = 10;
constexpr std::size_t kLookedAtMost = 555'000;

struct Feed {
    const Services& services;
    text::Language language;
    Parameters parameters; // of the search
};

std::string tagOf(text::Language language)
{
    return std::string{text::codeOf(language)};
}

// "Acervo: water, Africa, Report"
std::string titleOf(const Feed& feed, const search::SearchRequest& request)
{
    std::vector<std::string> parts;
    if (!request.q.empty()) {
        parts.push_back(request.q);
    }
    for (const auto& info : schema::kFacets) {
        for (const auto& value : request.filter(info.facet)) {
            parts.push_back(facetLabel(feed.services, info.facet, value, feed.language));
        }
    }
    if (request.yearFrom || request.yearTo) {
        parts.push_back((request.yearFrom ? std::to_string(*request.yearFrom) : "") + "–" +
                        (request.yearTo ? std::to_string(*request.yearTo) : ""));
    }
    auto title = feed.services.messages.text(feed.language, "site.name") + ": ";
    for (const auto& part : parts) {
        title += (&part == &parts.front() ? "" : ", ") + part;
    }
    return parts.empty() ? title + feed.services.messages.text(feed.language, "feed.all") : title;
}

void writeCategory(cite::XmlWriter& page, const Feed& feed, schema::Facet facet, const std::string& value)
{
    if (!value.empty()) {
        page.element("category", "",
                     {{"term", value},
                      {"scheme", feed.services.baseUrl + "/api/v1/facets#" + std::string{schema::infoOf(facet).name}},
                      {"label", facetLabel(feed.services, facet, value, feed.language)}});
    }
}

// The edition in the reader's language comes first: its title is the entry's.
void writeEntry(cite::XmlWriter& page, const Feed& feed, const catalogue::WorkRecord& work)
{
    const auto preferred = tagOf(feed.language);
    const auto* shown = editionIn(work.editions, preferred);
    shown = shown == nullptr ? &work.editions.front() : shown;
    const auto& metadata = shown->metadata;
    page.open("entry", {{"xml:lang", metadata.language.empty() ? "und" : metadata.language}});
    page.element("id", feed.services.baseUrl + "/id/" + percentEncode(work.citableId));
    page.element("title", metadata.title.empty() ? work.citableId : metadata.title);
    page.element("updated", oai::formatDatestamp(work.changedAt));
    for (const auto& edition : work.editions) {
        page.element("link", "",
                     {{"rel", "alternate"},
                      {"type", "text/html"},
                      {"hreflang", edition.metadata.language.empty() ? "und" : edition.metadata.language},
                      {"href", feed.services.baseUrl + documentUrl(feed.language, work.citableId,
                                                                   {{"language", edition.metadata.language}})}});
    }
    for (const auto& author : metadata.authors) {
        page.open("author");
        page.element("name", author);
        page.close();
    }
    if (!metadata.abstractText.empty()) {
        page.element("summary", metadata.abstractText);
    }
    writeCategory(page, feed, schema::Facet::type, metadata.type);
    writeCategory(page, feed, schema::Facet::section, metadata.section);
    for (const auto& theme : metadata.themes) {
        writeCategory(page, feed, schema::Facet::theme, theme);
    }
    page.close();
}

// The latest changed works that the search finds.
Result<std::vector<catalogue::WorkRecord>> latestFound(ReaderPool::Loan& readers, const access::Filter& reader,
                                                       const search::SearchRequest& request)
{
    std::vector<std::string> found;
    std::optional<catalogue::RecordBookmark> before;
    for (std::size_t looked = 0, next = kLookedAtFirst; found.size() < kEntries && looked < kLookedAtMost;
         looked += next, next *= kMoreEachTime) {
        const auto latest = readers.catalogue().latestWorks(reader, before, next);
        if (!latest) {
            return latest.error();
        }
        std::vector<std::string> ids;
        std::ranges::transform(*latest, std::back_inserter(ids), &catalogue::RecordBookmark::citableId);
        const auto some = readers.engine().foundAmong(request, ids);
        if (!some) {
            return some.error();
        }
        found.insert(found.end(), some->begin(), some->end());
        if (latest->size() < next) {
            break;
        }
        before = latest->back();
    }
    found.resize(std::min(found.size(), kEntries));
    std::vector<catalogue::WorkRecord> works;
    for (const auto& id : found) {
        auto work = readers.catalogue().workRecord(reader, id);
        if (!work) {
            return work.error();
        }
        if (*work && !(*work)->deleted) {
            works.push_back(std::move(**work));
        }
    }
    return works;
}

} // namespace

Answer atomFeed(const Services& services, const Request& request)
{
    Feed feed{services, pageLanguage(request), {}};
    ParameterReader reader{request.parameters};
    const auto wanted = readSearch(reader, feed.language);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    feed.parameters = keptParameters(wanted, "");
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto works = latestFound(*readers, services.readers.filter(), wanted);
    if (!works) {
        readers->discard();
        return Failure{works.error()};
    }
    const auto self = feed.services.baseUrl + "/" + tagOf(feed.language) + "/feed" + buildQuery(feed.parameters);
    cite::XmlWriter page{cite::Declaration::yes};
    page.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}, {"xml:lang", tagOf(feed.language)}});
    page.element("id", self);
    page.element("title", titleOf(feed, wanted));
    // A feed without entries has never been updated; it has to say something.
    page.element("updated", oai::formatDatestamp(works->empty() ? 0 : works->front().changedAt));
    page.element("link", "", {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", self}});
    page.element("link", "",
                 {{"rel", "alternate"},
                  {"type", "text/html"},
                  {"href", feed.services.baseUrl + searchUrl(feed.language, feed.parameters)}});
    page.open("author");
    page.element("name", services.messages.text(feed.language, "site.owner"));
    page.close();
    for (const auto& work : *works) {
        writeEntry(page, feed, work);
    }
    page.close();
    return conditional(request, "application/atom+xml; charset=utf-8", page.finished());
}

} // namespace acervo::http
