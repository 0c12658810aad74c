#include "searchd/search/detail/cursor.h"

#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>

#include <charconv>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kDigits = 16; // enough that no two searches meet by accident; it protects nothing

std::string fingerprint(std::string_view listKey)
{
    Poco::SHA1Engine engine;
    engine.update(listKey.data(), listKey.size());
    return Poco::DigestEngine::digestToHex(engine.digest()).substr(0, kDigits);
}

} // namespace

std::string cursorAt(std::size_t offset, std::string_view listKey)
{
    return std::to_string(offset) + '-' + fingerprint(listKey);
}

Result<std::size_t> offsetOf(std::string_view cursor, std::string_view listKey)
{
    std::size_t offset = 0;
    const auto* const end = cursor.data() + cursor.size();
    const auto [rest, problem] = std::from_chars(cursor.data(), end, offset);
    if (problem != std::errc{} || cursorAt(offset, listKey) != cursor) {
        return Error{ErrorCode::invalidArgument, "the cursor is of another search, or the index has changed since it was given: "
                                      "begin again without it"};
    }
    return offset;
}

} // namespace acervo::search::detail
