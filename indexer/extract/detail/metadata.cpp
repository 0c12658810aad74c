#include "indexer/extract/detail/metadata.h"

#include "analyzers/text/language.h"
#include "indexer/extract/detail/text_builder.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxListItems = 200;

std::string lowered(std::string_view text)
{
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return result;
}

// The number that the first `digits` characters spell; -1 when they do not.
int leadingNumber(std::string_view text, std::size_t digits)
{
    if (text.size() < digits) {
        return -1;
    }
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

model::PartialDate partialDate(std::string_view written)
{
    const auto isSeparator = [&](std::size_t at) {
        return written.size() > at && (written[at] == '-' || written[at] == '/' || written[at] == '.');
    };
    const auto year = leadingNumber(written, 4);
    if (year < 1000 || year > 2999) {
        return {};
    }
    auto date = std::string{written.substr(0, 4)};
    if (!isSeparator(4)) {
        const bool ends = written.size() == 4 || std::isdigit(static_cast<unsigned char>(written[4])) == 0;
        return ends ? date : std::string{};
    }
    const auto month = leadingNumber(written.substr(5), 2);
    if (month < 1 || month > 12) {
        return date;
    }
    date += '-' + std::string{written.substr(5, 2)};
    if (!isSeparator(7)) {
        return date;
    }
    const auto day = leadingNumber(written.substr(8), 2);
    if (day < 1 || day > 31) {
        return date;
    }
    return date + '-' + std::string{written.substr(8, 2)};
}

std::vector<std::string> splitList(std::string_view list, std::string_view separators)
{
    std::vector<std::string> items;
    while (!list.empty() && items.size() < kMaxListItems) {
        const auto end = std::min(list.find_first_of(separators), list.size());
        if (auto item = flattened(list.substr(0, end)); !item.empty()) {
            items.push_back(std::move(item));
        }
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return items;
}

std::string languageCode(std::string_view tag)
{
    if (const auto known = text::languageOf(tag); known != text::Language::other) {
        return std::string{text::codeOf(known)};
    }
    const auto code = lowered(tag.substr(0, tag.find_first_of("-_")));
    const bool twoLetters =
        code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return twoLetters ? code : std::string{};
}

bool isAccidentalTitle(std::string_view title)
{
    constexpr std::array<std::string_view, 12> kExtensions{".doc",  ".docx", ".indd", ".pdf", ".qxd", ".qxp",
                                                           ".pptx", ".ppt",  ".xls",  ".rtf", ".odt", ".pmd"};
    const auto name = lowered(flattened(title));
    if (name.empty() || name.starts_with("untitled") || name.starts_with("microsoft word -") ||
        name.starts_with("microsoft powerpoint -") || name.starts_with("powerpoint presentation") ||
        name.starts_with("sin título") || name.starts_with("sans titre") ||
        name.starts_with("presentación de powerpoint") || name.starts_with("présentation powerpoint")) {
        return true;
    }
    // "Diapositiva 1", "Slide 12", "document3"
    constexpr std::array<std::string_view, 7> kCounted{"diapositiva", "slide",     "diapositive", "folie",
                                                       "document",    "documento", "presentation"};
    const auto digits = name.find_first_of("0123456789 ");
    if (name.find_first_not_of("0123456789 ", std::min(digits, name.size())) == std::string::npos &&
        std::find(kCounted.begin(), kCounted.end(), name.substr(0, digits)) != kCounted.end()) {
        return true;
    }
    // Nobody titles a publication without a capital; file names and notes to oneself are written so.
    if (name == flattened(title) && name.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos &&
        std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        return true;
    }
    return std::any_of(kExtensions.begin(), kExtensions.end(),
                       [&](std::string_view extension) { return name.ends_with(extension); });
}

bool isAccidentalAuthor(std::string_view author)
{
    constexpr std::array<std::string_view, 10> kAccounts{
        "user", "usuario", "utilisateur", "admin", "administrator", "owner", "author", "autor", "microsoft", "pc"};
    const auto name = lowered(flattened(author));
    const bool oneWord = name.find(' ') == std::string::npos;
    return name.empty() || std::find(kAccounts.begin(), kAccounts.end(), name) != kAccounts.end() ||
           (oneWord && name == flattened(author));
}

} // namespace acervo::extract::detail
