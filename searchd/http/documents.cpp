#include "searchd/http/documents.h"

#include "corpus/identifier/citable_id.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace acervo::http {

namespace {

constexpr std::size_t kMaxNearest = 5;

int rankOf(const std::string& language, std::string_view preferred)
{
    if (language == preferred) {
        return 0;
    }
    const auto known = text::languageOf(language);
    return known == text::Language::other ? 9 : static_cast<int>(known);
}

bool isCurrent(const model::Edition& edition)
{
    return edition.state == model::EditionState::current;
}

// Those the reader may see, withdrawn ones too.
Result<std::vector<model::Edition>> readableEditions(const Services& services, ReaderPool::Loan& readers,
                                                     const std::string& citableId)
{
    auto editions = readers.catalogue().editionsOfWork(citableId);
    if (editions) {
        std::erase_if(*editions,
                      [&](const auto& edition) { return !services.readers.filter().mayRead(edition.audience); });
    }
    return editions;
}

// The current edition to show to who prefers that language; nullptr when all are withdrawn.
const model::Edition* best(const std::vector<model::Edition>& editions, std::string_view preferred)
{
    const model::Edition* found = nullptr;
    for (const auto& edition : editions) {
        if (isCurrent(edition) && (found == nullptr || rankOf(edition.metadata.language, preferred) <
                                                           rankOf(found->metadata.language, preferred))) {
            found = &edition;
        }
    }
    return found;
}

// The same answer for what was never given and for what is not for this reader, with the IDs that may have been meant.
Failure notFound(const Services& services, ReaderPool::Loan& readers, const std::string& typedId,
                 std::string_view preferred)
{
    const auto& prefix = services.config.identifierPrefix;
    const auto parsed = identifier::parse(typedId, prefix);
    Failure failure{ErrorCode::notFound, parsed ? "there is no document with this ID" : parsed.error().message, "id"};
    for (const auto& near : identifier::corrections(typedId, prefix)) {
        const auto editions = readableEditions(services, readers, near);
        if (const auto* edition = editions ? best(*editions, preferred) : nullptr; edition != nullptr) {
            failure.nearest.push_back({edition->citableId, edition->metadata.title, edition->metadata.language});
        }
        if (failure.nearest.size() == kMaxNearest) {
            break;
        }
    }
    return failure;
}

Failure withdrawn(const Services& services, ReaderPool::Loan& readers, const std::vector<model::Edition>& editions)
{
    const auto& last = *std::ranges::max_element(editions, {}, &model::Edition::withdrawnAt);
    auto tombstone = readers.catalogue().tombstone(services.readers.filter(), last.citableId);
    if (!tombstone) {
        return Failure{tombstone.error()};
    }
    Failure failure{ErrorCode::withdrawn, "the document " + last.citableId + " was withdrawn"};
    failure.tombstone = std::move(*tombstone);
    if (!failure.tombstone) { // editions that this reader may not see live on
        failure.tombstone = catalogue::Tombstone{last.citableId, last.withdrawnReason, last.withdrawnAt, ""};
    }
    return failure;
}

std::variant<std::vector<model::Edition>, Failure> findEditions(const Services& services, ReaderPool::Loan& readers,
                                                                const std::string& typedId, std::string_view preferred)
{
    const auto id = readers.catalogue().resolve(typedId);
    if (!id) {
        return Failure{id.error()};
    }
    auto editions = *id ? readableEditions(services, readers, **id)
                        : Result<std::vector<model::Edition>>{std::vector<model::Edition>{}};
    if (!editions) {
        return Failure{editions.error()};
    }
    if (editions->empty()) {
        return notFound(services, readers, typedId, preferred);
    }
    if (std::ranges::none_of(*editions, isCurrent)) {
        return withdrawn(services, readers, *editions);
    }
    std::erase_if(*editions, [](const auto& edition) { return !isCurrent(edition); });
    std::ranges::stable_sort(*editions, {},
                             [&](const auto& edition) { return rankOf(edition.metadata.language, preferred); });
    return std::move(*editions);
}

} // namespace

Result<std::vector<model::Edition>> currentEditions(const Services& services, ReaderPool::Loan& readers,
                                                    const std::string& citableId)
{
    auto editions = readableEditions(services, readers, citableId);
    if (editions) {
        std::erase_if(*editions, [](const auto& edition) { return !isCurrent(edition); });
    }
    return editions;
}

Answer onWork(const Services& services, const std::string& typedId, text::Language preferred, const OnWork& answer)
{
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto found = findEditions(services, *readers, typedId, text::codeOf(preferred));
    if (const auto* failure = std::get_if<Failure>(&found)) {
        return *failure;
    }
    return answer(*readers, std::get<std::vector<model::Edition>>(found));
}

Answer onEdition(const Services& services, const std::string& typedId, text::Language preferred,
                 std::string_view language, const OnEdition& answer)
{
    return onWork(services, typedId, preferred, [&](auto& readers, const auto& editions) -> Answer {
        const auto* edition = editionIn(editions, language);
        return edition == nullptr ? noSuchEdition() : answer(readers, editions, *edition);
    });
}

Failure noSuchEdition(std::string parameter)
{
    return {ErrorCode::notFound, "the document has no edition in this language", std::move(parameter)};
}

const model::Edition* editionIn(const std::vector<model::Edition>& editions, std::string_view language)
{
    const auto found = std::ranges::find_if(
        editions, [&](const auto& edition) { return language.empty() || edition.metadata.language == language; });
    return found == editions.end() ? nullptr : &*found;
}

} // namespace acervo::http
