#include "searchd/oai/datestamp.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace acervo::oai {
namespace {

// The number in `text` from `at` on, of so many digits; nullopt when they are no digits.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count)
{
    int value = 0;
    for (const char letter : text.substr(at, count)) {
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        value = value * 10 + (letter - '0');
    }
    return value;
}

std::optional<std::int64_t> parseDay(std::string_view text)
{
    const auto year = digits(text, 0, 4);
    const auto month = digits(text, 5, 2);
    const auto day = digits(text, 8, 2);
    if (!year || !month || !day || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days{date}.time_since_epoch().count() * kDaySeconds;
}

constexpr std::size_t kDayLetters = 10;
constexpr std::size_t kSecondLetters = 20;

} // namespace

std::string formatDatestamp(std::int64_t seconds)
{
    const std::chrono::sys_seconds time{std::chrono::seconds{seconds}};
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{midnight};
    const std::chrono::hh_mm_ss clock{time - midnight};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

std::optional<Datestamp> parseDatestamp(std::string_view text)
{
    if (text.size() != kDayLetters && text.size() != kSecondLetters) {
        return std::nullopt;
    }
    const auto day = parseDay(text);
    if (!day) {
        return std::nullopt;
    }
    if (text.size() == kDayLetters) {
        return Datestamp{*day, Granularity::day};
    }
    const auto hour = digits(text, 11, 2);
    const auto minute = digits(text, 14, 2);
    const auto second = digits(text, 17, 2);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59 || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':' || text[19] != 'Z') {
        return std::nullopt;
    }
    return Datestamp{*day + *hour * 3600 + *minute * 60 + *second, Granularity::second};
}

} // namespace acervo::oai
