// The sentences of a folder of real documents, from which the benchmark's documents are made.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::bench {

inline constexpr std::array<std::string_view, 3> kLanguages{"en", "fr", "es"};

// A document in up to three languages; its sentences in their order.
struct SourceText {
    std::array<std::vector<std::string>, kLanguages.size()> sentences; // by kLanguages
};

// Reads every file called NAME.<language>.<extension> below the folder, of the formats that are quickly read as text.
// A sentence that was met before, as in the same manual in another format, is left out. Sorted by name: the same
// folder gives the same texts. Texts without sentences in all three languages are left out.
std::vector<SourceText> readTexts(const std::filesystem::path& folder);

} // namespace acervo::bench
