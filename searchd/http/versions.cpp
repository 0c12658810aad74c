#include "searchd/http/versions.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <utility>

namespace acervo::http {

Result<std::vector<model::Version>> readableVersions(const Services& services, ReaderPool::Loan& readers,
                                                     const model::Edition& edition)
{
    auto versions = readers.catalogue().versions(edition.editionId);
    if (!versions) {
        return versions.error();
    }
    std::erase_if(*versions, [&](const auto& version) {
        return version.versionId != edition.versionId && !services.readers.filter().mayRead(version.audience);
    });
    if (versions->empty()) {
        return Error{ErrorCode::conflict, "the edition changed while it was read"};
    }
    return versions;
}

const model::Version* versionNumbered(const std::vector<model::Version>& versions, std::optional<int> number)
{
    if (!number) {
        return &versions.front();
    }
    const auto found = std::ranges::find(versions, static_cast<std::uint32_t>(*number), &model::Version::number);
    return found == versions.end() ? nullptr : &*found;
}

model::Edition atVersion(model::Edition edition, const model::Version& version)
{
    if (version.versionId != edition.versionId && !version.title.empty()) {
        edition.metadata.title = version.title;
        edition.metadata.subtitle = version.subtitle;
        edition.metadata.authors = version.authors;
        edition.metadata.date = version.date;
    }
    edition.versionId = version.versionId;
    edition.versionNumber = version.number;
    edition.mediaType = version.mediaType;
    edition.byteSize = version.byteSize;
    edition.sha256 = version.sha256;
    edition.pageCount = version.pageCount;
    edition.textBytes = version.textBytes;
    edition.truncated = version.truncated;
    edition.indexedAt = version.indexedAt;
    edition.outline = version.outline;
    edition.pageLanguages = version.pageLanguages;
    return edition;
}

std::variant<OpenedVersion, Failure> openVersion(const Services& services, ReaderPool::Loan& readers,
                                                 const model::Edition& edition, std::optional<int> number)
{
    auto versions = readableVersions(services, readers, edition);
    if (!versions) {
        return Failure{versions.error()};
    }
    const auto* version = versionNumbered(*versions, number);
    if (version == nullptr) {
        return noSuchVersion();
    }
    auto pages = readers.catalogue().pages(version->versionId);
    if (!pages) {
        return Failure{pages.error()};
    }
    OpenedVersion opened{{}, *version, atVersion(edition, *version), std::move(*pages)};
    opened.versions = std::move(*versions);
    return opened;
}

std::string dateOf(std::int64_t secondsSince1970)
{
    return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(secondsSince1970), "%Y-%m-%d");
}

Failure noSuchVersion(std::string parameter)
{
    return {ErrorCode::notFound, "the document has no such version", std::move(parameter)};
}

} // namespace acervo::http
