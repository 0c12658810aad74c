// Gathers records and strings, and writes them as one file.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/detail/format.h"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

namespace acervo::lexicon {

class ImageWriter {
public:
    // Where the string will stand; equal strings stand once.
    // text  at most 65,535 bytes; what is longer is cut there.
    std::uint32_t string(std::string_view text);

    // The place of the record in its section.
    template <class Record>
    std::uint32_t add(Section section, const Record& record)
    {
        const auto index = static_cast<std::size_t>(section);
        static_assert(std::is_trivially_copyable_v<Record>);
        _sections[index].append(reinterpret_cast<const char*>(&record), sizeof record);
        return _counts[index]++;
    }

    std::uint32_t count(Section section) const { return _counts[static_cast<std::size_t>(section)]; }

    // The number of bytes written.
    // errors  resourceLimit when the strings exceed 4 GiB; those of replaceDurably.
    Result<std::uint64_t> write(const std::filesystem::path& file);

private:
    std::array<std::string, kSections> _sections;
    std::array<std::uint32_t, kSections> _counts{};
    std::unordered_map<std::string, std::uint32_t> _known;
};

} // namespace acervo::lexicon
