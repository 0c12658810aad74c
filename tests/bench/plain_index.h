// The index that the benchmark compares ours with: Xapian's own term generator, one writer, all defaults.
#pragma once

#include <string>

namespace acervo::bench {

inline constexpr const char* kSectionPrefix = "XSEC";
inline constexpr const char* kTypePrefix = "XTYP";
inline constexpr unsigned kYearSlot = 0; // sortable_serialise(year)

// Xapian's name of the stemmer.
inline std::string stemmerOf(const std::string& language)
{
    return language == "fr" ? "french" : language == "es" ? "spanish" : "english";
}

} // namespace acervo::bench
