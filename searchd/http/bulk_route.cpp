#include "searchd/http/json_answers.h"
#include "searchd/http/machine_routes.h"
#include "searchd/http/public_url.h"
#include "searchd/oai/datestamp.h"

namespace acervo::http {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t kWorksAtOnce = 200;

ordered_json editionJson(const Services& services, const model::Edition& edition)
{
    const auto& metadata = edition.metadata;
    return {{"language", metadata.language},
            {"title", metadata.title},
            {"subtitle", metadata.subtitle},
            {"authors", metadata.authors},
            {"abstract", metadata.abstractText},
            {"keywords", metadata.keywords},
            {"date", metadata.date},
            {"isbn", metadata.isbn},
            {"doi", metadata.doi},
            {"license", metadata.license},
            {"media_type", edition.mediaType},
            {"bytes", edition.byteSize},
            {"page_count", edition.pageCount},
            {"version", edition.versionNumber},
            {"url", absoluteUrl(services, documentUrl(text::languageOf(services.config.search.defaultLanguage),
                                                      edition.citableId, {{"language", metadata.language}}))}};
}

// A line of the file.
std::string workLine(const Services& services, const catalogue::WorkRecord& record)
{
    const auto& work = record.editions.front().metadata;
    auto editions = ordered_json::array();
    for (const auto& edition : record.editions) {
        editions.push_back(editionJson(services, edition));
    }
    const ordered_json line{{"id", record.citableId},
                            {"url", absoluteUrl(services, "/id/" + percentEncode(record.citableId))},
                            {"changed", oai::formatDatestamp(record.changedAt)},
                            {"type", work.type},
                            {"section", work.section},
                            {"themes", work.themes},
                            {"countries", work.countries},
                            {"sdgs", work.sdgs},
                            {"series", work.series},
                            {"number", work.number},
                            {"editions", editions}};
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<void> writeWorks(const Services& services, const catalogue::Catalogue& catalogue, const BulkFile::OnLine& onLine)
{
    std::string last;
    for (;;) {
        const auto works = catalogue.worksAfter(services.readers.filter(), last, kWorksAtOnce);
        if (!works) {
            return works.error();
        }
        for (const auto& work : *works) {
            onLine(workLine(services, work));
        }
        if (works->size() < kWorksAtOnce) {
            return {};
        }
        last = works->back().citableId;
    }
}

} // namespace

Answer bulkDownload(const Services& services, const Request& request)
{
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto summary = readers->catalogue().recordSummary(services.readers.filter());
    if (!summary) {
        return Failure{summary.error()};
    }
    // One file for all: what a request calls this server stays out of it.
    auto forAll = services;
    forAll.baseUrl = configuredBase(services.config.search);
    const auto made = services.bulk.of(summary->lastChange, [&](const BulkFile::OnLine& onLine) {
        return writeWorks(forAll, readers->catalogue(), onLine);
    });
    if (!made) {
        return Failure{made.error()};
    }
    Response response;
    response.headers.emplace_back("ETag", made->etag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    if (isKnown(request, made->etag)) {
        response.status = 304;
        return response;
    }
    response.contentType = "application/gzip";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"works.jsonl.gz\"");
    response.file = made->file;
    return response;
}

} // namespace acervo::http
