// Times as OAI-PMH, sitemaps and feeds write them: UTC, to the second.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acervo::oai {

std::string formatDatestamp(std::int64_t seconds); // "2026-11-25T13:45:00Z"

enum class Granularity : std::uint8_t { day, second };

struct Datestamp {
    std::int64_t seconds = 0; // the day's first second
    Granularity granularity = Granularity::second;
};

// "2026-11-25" or "2026-11-25T13:45:00Z" and nothing else; nullopt for what is no date of the calendar.
std::optional<Datestamp> parseDatestamp(std::string_view text);

inline constexpr std::int64_t kDaySeconds = 86'400;

} // namespace acervo::oai
