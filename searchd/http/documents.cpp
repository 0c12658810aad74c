#include "searchd/http/documents.h"

#include "corpus/identifier/citable_id.h"

#include <algorithm>

namespace acervo::http {

namespace {

int rankOf(const std::string& language, std::string_view preferred)
{
    if (language == preferred) {
        return 0;
    }
    const auto known = text::languageOf(language);
    return known == text::Language::other ? 9 : static_cast<int>(known);
}

} // namespace

std::variant<std::vector<model::Edition>, Failure> findEditions(const Services& services, ReaderPool::Loan& readers,
                                                                const std::string& typedId, std::string_view preferred)
{
    const auto id = identifier::parse(typedId, services.config.identifierPrefix);
    if (!id) {
        return Failure{ErrorCode::notFound, id.error().message, "id"};
    }
    auto editions = readers.catalogue().editionsOfWork(*id);
    if (!editions) {
        return Failure{editions.error()};
    }
    std::erase_if(*editions, [&](const auto& edition) { return !services.readers.filter().mayRead(edition.audience); });
    if (editions->empty()) {
        return Failure{ErrorCode::notFound, "there is no document " + *id};
    }
    std::erase_if(*editions, [](const auto& edition) { return edition.state != model::EditionState::current; });
    if (editions->empty()) {
        return Failure{ErrorCode::withdrawn, "the document " + *id + " was withdrawn"};
    }
    std::ranges::stable_sort(*editions, {},
                             [&](const auto& edition) { return rankOf(edition.metadata.language, preferred); });
    return std::move(*editions);
}

const model::Edition* editionIn(const std::vector<model::Edition>& editions, std::string_view language)
{
    const auto found = std::ranges::find_if(
        editions, [&](const auto& edition) { return language.empty() || edition.metadata.language == language; });
    return found == editions.end() ? nullptr : &*found;
}

} // namespace acervo::http
