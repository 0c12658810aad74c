#include "indexer/extract/detail/number_format.h"

#include "indexer/extract/detail/properties.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace acervo::extract::detail {

namespace {

constexpr int kMaxDecimals = 15;
constexpr int kSignificantDigits = 15; // what a spreadsheet keeps of a number

// The code's first section in lower case, without quoted text, escapes, colours and padding.
std::string bareCode(std::string_view code)
{
    std::string bare;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == ';') {
            break;
        }
        if (c == '"' || c == '[') {
            const auto end = code.find(c == '"' ? '"' : ']', i + 1);
            if (end == std::string_view::npos) {
                break;
            }
            if (c == '[' && end == i + 2 && std::string_view{"hHmMsS"}.find(code[i + 1]) != std::string_view::npos) {
                bare.push_back('h'); // [h]: elapsed time
            }
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else {
            bare.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        }
    }
    return bare;
}

bool has(const std::string& text, std::string_view anyOf)
{
    return text.find_first_of(anyOf) != std::string::npos;
}

std::string fixed(double value, int decimals)
{
    char buffer[400];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    return buffer;
}

} // namespace

NumberFormat parseNumberFormat(std::string_view code)
{
    const auto bare = bareCode(code);
    if (bare.empty() || bare.find("general") != std::string::npos || bare.find("e+") != std::string::npos ||
        bare == "@") {
        return {};
    }
    const bool clock = has(bare, "hs");
    const bool calendar = has(bare, "yd") || (!clock && has(bare, "m"));
    if (clock || calendar) {
        return {clock && calendar ? NumberFormat::Kind::dateTime
                : clock           ? NumberFormat::Kind::time
                                  : NumberFormat::Kind::date,
                0};
    }
    if (!has(bare, "0#?")) {
        return {};
    }
    NumberFormat format;
    format.kind = has(bare, "%") ? NumberFormat::Kind::percent : NumberFormat::Kind::number;
    if (const auto point = bare.find('.'); point != std::string::npos) {
        const auto isPlace = [](char c) { return c == '0' || c == '#' || c == '?'; };
        const auto places = std::count_if(bare.begin() + static_cast<std::ptrdiff_t>(point), bare.end(), isPlace);
        format.decimals = static_cast<int>(std::min<std::ptrdiff_t>(places, kMaxDecimals));
    }
    return has(bare, "/") ? NumberFormat{} : format; // fractions are shown as decimals
}

NumberFormat builtInNumberFormat(int id)
{
    using Kind = NumberFormat::Kind;
    if (id == 1 || id == 3 || id == 37 || id == 38) {
        return {Kind::number, 0};
    }
    if (id == 2 || id == 4 || id == 39 || id == 40) {
        return {Kind::number, 2};
    }
    if (id == 9 || id == 10) {
        return {Kind::percent, id == 9 ? 0 : 2};
    }
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) {
        return {Kind::date, 0};
    }
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 36) || (id >= 45 && id <= 47)) {
        return {Kind::time, 0};
    }
    return id == 22 ? NumberFormat{Kind::dateTime, 0} : NumberFormat{};
}

std::string shownNumber(double value, const NumberFormat& format, bool epoch1904)
{
    using Kind = NumberFormat::Kind;
    if (!std::isfinite(value)) {
        return {};
    }
    const bool date = format.kind == Kind::date || format.kind == Kind::dateTime;
    const bool time = format.kind == Kind::time || format.kind == Kind::dateTime;
    if (date || time) {
        if (auto shown = dateFromSerial(value, epoch1904, date, time); !shown.empty()) {
            return shown;
        }
    } else if (format.kind == Kind::number) {
        return fixed(value, format.decimals);
    } else if (format.kind == Kind::percent) {
        return fixed(value * 100.0, format.decimals) + "%";
    }
    if (std::fabs(value) < 1e15 && value == std::trunc(value)) {
        return fixed(value, 0);
    }
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*g", kSignificantDigits, value);
    return buffer;
}

} // namespace acervo::extract::detail
