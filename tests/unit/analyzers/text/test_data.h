// Finds the collections that are not part of the project: in $ACERVO_TEST_DATA, else in ../shared/data beside it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace acervo::text {

inline std::optional<std::filesystem::path> testData(const std::string& relative)
{
    const char* given = std::getenv("ACERVO_TEST_DATA");
    const std::filesystem::path root = given != nullptr
                                           ? std::filesystem::path{given}
                                           : std::filesystem::path{ACERVO_SOURCE_DIR}.parent_path() / "shared" / "data";
    std::error_code ignored;
    if (!std::filesystem::exists(root / relative, ignored)) {
        return std::nullopt;
    }
    return root / relative;
}

} // namespace acervo::text
