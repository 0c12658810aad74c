// Reads what comes from outside: whole files, with a limit, cleaned.
#pragma once

#include "analyzers/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::lexicon {

inline constexpr std::size_t kMaxInputBytes = 512U << 20U; // unpacked

// The bytes of a file, unpacked when they are gzip (dictzip is).
// errors  notFound, permissionDenied, ...; resourceLimit; corruptInput for broken gzip.
Result<std::string> readBytes(const std::filesystem::path& file);

// As readBytes, through text::clean and without a byte order mark.
Result<std::string> readText(const std::filesystem::path& file);

// The lines of a text, without their ends.
class Lines {
public:
    explicit Lines(std::string_view text) : _rest(text) {}

    // False at the end. `line` is a view of the text.
    bool next(std::string_view& line);

    std::size_t number() const { return _number; } // of the line that next() gave last, from 1

private:
    std::string_view _rest;
    std::size_t _number = 0;
};

// The parts between separators; `parts` is filled anew.
std::vector<std::string_view> split(std::string_view text, char separator);

std::string_view trim(std::string_view text);

} // namespace acervo::lexicon
