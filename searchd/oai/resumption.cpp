#include "searchd/oai/resumption.h"

#include <array>
#include <charconv>

namespace acervo::oai {
namespace {

constexpr std::string_view kVersion = "1";
constexpr std::size_t kMaxTokenBytes = 1024;

std::string written(const std::optional<std::int64_t>& number)
{
    return number ? std::to_string(*number) : std::string{};
}

std::optional<std::int64_t> numberIn(std::string_view text)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole && number >= 0 ? std::optional{number} : std::nullopt;
}

} // namespace

std::string formatToken(const ListRequest& request)
{
    return std::string{kVersion} + '/' + request.prefix + '/' + written(request.from) + '/' + written(request.until) +
           '/' + request.set + '/' + std::to_string(request.after.changedAt) + '/' + request.after.citableId;
}

std::optional<ListRequest> parseToken(std::string_view token)
{
    if (token.size() > kMaxTokenBytes) {
        return std::nullopt;
    }
    std::array<std::string_view, 7> parts;
    for (auto& part : parts) {
        const auto end = std::min(token.find('/'), token.size());
        part = token.substr(0, end);
        token.remove_prefix(std::min(end + 1, token.size()));
    }
    const auto from = numberIn(parts[2]);
    const auto until = numberIn(parts[3]);
    const auto changedAt = numberIn(parts[5]);
    if (parts[0] != kVersion || parts[1].empty() || (!from && !parts[2].empty()) || (!until && !parts[3].empty()) ||
        !changedAt || parts[6].empty() || !token.empty()) {
        return std::nullopt;
    }
    return ListRequest{std::string{parts[1]}, from, until, std::string{parts[4]}, {*changedAt, std::string{parts[6]}}};
}

} // namespace acervo::oai
