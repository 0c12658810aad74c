#include "searchd/http/addresses.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace acervo::http {

namespace {

constexpr int kMaxVersion = 1'000'000;
constexpr std::string_view kVersionMark = ";v=";

std::optional<int> positive(std::string_view digits, int most)
{
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || number < 1 || number > most) {
        return std::nullopt;
    }
    return number;
}

bool isLanguageCode(std::string_view text)
{
    return (text.size() == 2 || text.size() == 3) &&
           std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

// "fr;v=2" -> "fr"; `version` becomes what followed the mark, if there is one.
std::string_view takeVersion(std::string_view segment, std::optional<std::string_view>& version)
{
    const auto mark = segment.rfind(kVersionMark);
    if (mark == std::string_view::npos || segment.find('/', mark) != std::string_view::npos) {
        return segment;
    }
    version = segment.substr(mark + kVersionMark.size());
    return segment.substr(0, mark);
}

const model::Page* numbered(const std::vector<model::Page>& pages, std::string_view digits)
{
    const auto number = positive(digits, std::numeric_limits<int>::max());
    const auto found = std::ranges::find(pages, static_cast<std::uint32_t>(number.value_or(0)), &model::Page::number);
    return found == pages.end() ? nullptr : &*found;
}

} // namespace

std::variant<IdAddress, Failure> readIdAddress(std::string_view rest)
{
    IdAddress address;
    const auto decode = [](std::string_view text) { return percentDecode(text, Plus::isPlus); };
    if (const auto slash = rest.rfind('/'); slash != std::string_view::npos && slash > 2 &&
                                            rest.substr(0, slash).ends_with("/p") && slash + 1 < rest.size()) {
        auto page = decode(rest.substr(slash + 1));
        if (!page) {
            return Failure{page.error()};
        }
        address.page = std::move(*page);
        rest = rest.substr(0, slash - 2);
    }
    std::optional<std::string_view> version;
    rest = takeVersion(rest, version);
    if (const auto slash = rest.rfind('/');
        slash != std::string_view::npos && slash > 0 && isLanguageCode(rest.substr(slash + 1))) {
        address.language = rest.substr(slash + 1);
        rest = rest.substr(0, slash);
        rest = version ? rest : takeVersion(rest, version);
    }
    if (version) {
        address.version = positive(*version, kMaxVersion);
        if (!address.version) {
            return Failure{Malformed{"v", "a number from 1"}};
        }
    }
    auto id = decode(rest);
    if (!id) {
        return Failure{id.error()};
    }
    address.id = std::move(*id);
    return address;
}

const model::Page* pageNamed(const std::vector<model::Page>& pages, std::string_view name)
{
    if (const auto exact = std::ranges::find(pages, name, &model::Page::label); exact != pages.end() && !name.empty()) {
        return &*exact;
    }
    const auto folded = text::fold(name);
    const auto alike = std::ranges::find_if(
        pages, [&](const auto& page) { return !folded.empty() && text::fold(page.label) == folded; });
    if (alike != pages.end()) {
        return &*alike;
    }
    if (const auto* page = numbered(pages, name)) {
        return page;
    }
    return name.starts_with('n') ? numbered(pages, name.substr(1)) : nullptr;
}

std::string nameOf(const model::Page& page, const std::vector<model::Page>& pages)
{
    for (const auto& name : {page.label, std::to_string(page.number)}) {
        if (pageNamed(pages, name) == &page) {
            return name;
        }
    }
    return "n" + std::to_string(page.number);
}

std::string permalink(const Services& services, const model::Edition& edition, const std::string& page,
                      const std::string& quote)
{
    auto path = "/id/" + percentEncode(edition.citableId);
    if (isLanguageCode(edition.metadata.language)) {
        path += "/" + edition.metadata.language;
    }
    path += std::string{kVersionMark} + std::to_string(edition.versionNumber);
    if (!page.empty()) {
        path += "/p/" + percentEncode(page);
    }
    return absoluteUrl(services, path + (quote.empty() ? "" : buildQuery({{"quote", quote}})));
}

} // namespace acervo::http
