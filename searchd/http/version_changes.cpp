#include "searchd/http/version_changes.h"

#include "searchd/http/documents.h"
#include "searchd/http/versions.h"

#include <algorithm>

namespace acervo::http {

namespace {

constexpr std::size_t kContextWords = 12;
constexpr std::size_t kMaxLanguageBytes = 16;

} // namespace

ChangesAsked readChanges(ParameterReader& reader)
{
    ChangesAsked asked;
    asked.edition = reader.text("language", kMaxLanguageBytes);
    asked.from = reader.number("from", 1, kMaxVersionNumber);
    asked.to = reader.number("to", 1, kMaxVersionNumber);
    return asked;
}

std::variant<VersionChanges, Failure> findChanges(const Services& services, ReaderPool::Loan& readers,
                                                  const std::vector<model::Edition>& editions,
                                                  const ChangesAsked& asked)
{
    const auto* edition = editionIn(editions, asked.edition);
    if (edition == nullptr) {
        return noSuchEdition();
    }
    auto versions = readableVersions(services, readers, *edition);
    if (!versions) {
        return Failure{versions.error()};
    }
    const auto* after = versionNumbered(*versions, asked.to);
    if (after == nullptr) {
        return noSuchVersion("to");
    }
    // Without "from": the one before, or the only one compared with itself.
    const auto next = static_cast<std::size_t>(after - versions->data()) + 1;
    const auto* before =
        asked.from ? versionNumbered(*versions, asked.from) : &(*versions)[std::min(next, versions->size() - 1)];
    if (before == nullptr) {
        return noSuchVersion("from");
    }
    VersionChanges found;
    found.edition = *edition;
    found.before = *before;
    found.after = *after;
    for (auto [version, pages] : {std::pair{before, &found.pagesBefore}, std::pair{after, &found.pagesAfter}}) {
        auto read = readers.catalogue().pages(version->versionId);
        if (!read) {
            return Failure{read.error()};
        }
        *pages = std::move(*read);
    }
    found.versions = std::move(*versions);
    found.changes = passage::pageChanges(found.pagesBefore, found.pagesAfter);
    found.same = static_cast<std::size_t>(
        std::erase_if(found.changes, [](const auto& change) { return change.how == passage::How::same; }));
    return found;
}

const model::Page* pageOf(const std::vector<model::Page>& pages, std::uint32_t number)
{
    const auto found = std::ranges::find(pages, number, &model::Page::number);
    return found == pages.end() ? nullptr : &*found;
}

std::vector<passage::Stretch> stretchesOf(const VersionChanges& changes, const passage::PageChange& change)
{
    const auto* before = pageOf(changes.pagesBefore, change.before);
    const auto* after = pageOf(changes.pagesAfter, change.after);
    return passage::wordChanges(before == nullptr ? "" : before->text, after == nullptr ? "" : after->text,
                                kContextWords);
}

} // namespace acervo::http
