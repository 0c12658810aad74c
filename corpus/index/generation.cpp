#include "corpus/index/generation.h"

#include "analyzers/base/durable_file.h"
#include "analyzers/text/analyzer.h"
#include "corpus/schema/fields.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>

namespace acervo::index {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string nameOfNumber(unsigned long number)
{
    auto digits = std::to_string(number);
    return "g" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

// 0 when the name is none of ours.
unsigned long numberOfName(const std::string& name)
{
    if (name.size() < 7 || name[0] != 'g' ||
        !std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return 0;
    }
    return std::strtoul(name.c_str() + 1, nullptr, 10);
}

std::vector<unsigned long> numbersIn(const fs::path& root)
{
    std::vector<unsigned long> numbers;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(root, ignored)) {
        if (const auto number = numberOfName(entry.path().filename().string()); number > 0) {
            numbers.push_back(number);
        }
    }
    std::ranges::sort(numbers);
    return numbers;
}

// A reader knows a generation by its name: one that was given up after a rollback must not come back with other
// content.
unsigned long highestEver(const fs::path& root)
{
    std::ifstream in{root / "CURRENT"};
    std::string current;
    std::string highest;
    std::getline(in, current);
    std::getline(in, highest);
    return std::max(numberOfName(current), numberOfName(highest));
}

std::vector<std::string> currentProfiles()
{
    return {text::profileOf(text::Language::en), text::profileOf(text::Language::fr),
            text::profileOf(text::Language::es), text::profileOf(text::Language::other)};
}

// What is a list of texts; nothing otherwise.
std::optional<std::vector<std::string>> textsOf(const json& object, const char* name)
{
    const auto list = object.find(name);
    if (list == object.end() || !list->is_array() ||
        !std::ranges::all_of(*list, [](const json& entry) { return entry.is_string(); })) {
        return std::nullopt;
    }
    return list->get<std::vector<std::string>>();
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const auto& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

// An index cut into words by other rules finds the wrong ones: refused, naming the profiles that differ.
Result<void> checkProfiles(const std::vector<std::string>& written)
{
    std::vector<std::string> unknown;
    std::vector<std::string> missing;
    const auto ours = currentProfiles();
    std::ranges::copy_if(written, std::back_inserter(unknown),
                         [&](const auto& name) { return std::ranges::find(ours, name) == ours.end(); });
    std::ranges::copy_if(ours, std::back_inserter(missing),
                         [&](const auto& name) { return std::ranges::find(written, name) == written.end(); });
    if (unknown.empty() && missing.empty()) {
        return {};
    }
    return Error{ErrorCode::indexUnavailable, "the index was written with " +
                                                  (unknown.empty() ? std::string{"other analyser profiles"}
                                                                   : "analyser profile " + joined(unknown)) +
                                                  (missing.empty() ? "" : "; this program has " + joined(missing)) +
                                                  ": run \"acervo-indexer reindex\" (no document is read again)"};
}

} // namespace

Result<std::string> currentGeneration(const fs::path& root)
{
    std::ifstream in{root / "CURRENT"};
    std::string name;
    if (!in || !std::getline(in, name) || numberOfName(name) == 0) {
        return Error{ErrorCode::indexUnavailable,
                     "there is no index in " + root.string() + " yet: run \"acervo-indexer run\" first"};
    }
    return name;
}

Result<Manifest> readManifest(const fs::path& root, std::string_view generation)
{
    const auto file = root / std::string{generation} / "manifest.json";
    std::ifstream in{file};
    std::stringstream content;
    content << in.rdbuf();
    const auto value = json::parse(content.str(), nullptr, false);
    if (!in || !value.is_object()) {
        return Error{ErrorCode::indexUnavailable, "cannot read " + file.string() + ": run \"acervo-indexer reindex\""};
    }
    // What is missing or of another kind is version 0, which nothing reads.
    const auto version = [&](const char* name) {
        const auto entry = value.find(name);
        return entry != value.end() && entry->is_number_unsigned() ? entry->get<std::uint32_t>() : 0U;
    };
    Manifest manifest;
    manifest.schemaVersion = version("schema");
    auto audiences = textsOf(value, "audiences");
    if (!audiences) {
        return Error{ErrorCode::indexUnavailable,
                     file.string() + " names no audiences: run \"acervo-indexer reindex\""};
    }
    manifest.audiences = std::move(*audiences);
    const auto lexicon = value.find("lexicon");
    manifest.lexicon = lexicon != value.end() && lexicon->is_string() ? lexicon->get<std::string>() : std::string{};
    if (manifest.schemaVersion != schema::kSchemaVersion) {
        return Error{ErrorCode::indexUnavailable, "the index was written with schema " +
                                                      std::to_string(manifest.schemaVersion) + "; this program has " +
                                                      std::to_string(schema::kSchemaVersion) +
                                                      ": run \"acervo-indexer reindex\" (no document is read again)"};
    }
    manifest.profiles = textsOf(value, "profiles").value_or(std::vector<std::string>{});
    if (auto same = checkProfiles(manifest.profiles); !same) {
        return same.error();
    }
    return manifest;
}

Result<std::string> createGeneration(const fs::path& root, const std::vector<std::string>& audiences,
                                     const std::string& lexicon)
{
    std::error_code problem;
    fs::create_directories(root, problem);
    if (problem) {
        return errorFromErrno(problem.value(), "create " + root.string());
    }
    const auto numbers = numbersIn(root);
    const auto name = nameOfNumber(std::max(highestEver(root), numbers.empty() ? 0 : numbers.back()) + 1);
    fs::create_directory(root / name, problem);
    if (problem) {
        return errorFromErrno(problem.value(), "create " + (root / name).string());
    }
    const json manifest{{"schema", schema::kSchemaVersion},
                        {"profiles", currentProfiles()},
                        {"audiences", audiences},
                        {"lexicon", lexicon}};
    if (auto written = replaceDurably(root / name / "manifest.json", manifest.dump(2) + "\n"); !written) {
        return written.error();
    }
    return name;
}

Result<void> switchTo(const fs::path& root, std::string_view generation)
{
    const auto highest = std::max(highestEver(root), numberOfName(std::string{generation}));
    return replaceDurably(root / "CURRENT", std::string{generation} + "\n" + nameOfNumber(highest) + "\n");
}

Result<void> removeOldGenerations(const fs::path& root, std::size_t keep)
{
    const auto current = currentGeneration(root);
    if (!current) {
        return current.error();
    }
    const auto currentNumber = numberOfName(*current);
    const auto numbers = numbersIn(root);
    const auto before = static_cast<std::size_t>(std::ranges::lower_bound(numbers, currentNumber) - numbers.begin());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto number = numbers[i];
        const bool isKept = number == currentNumber || (number < currentNumber && i + keep >= before);
        if (!isKept) {
            std::error_code problem;
            fs::remove_all(root / nameOfNumber(number), problem);
            if (problem) {
                return errorFromErrno(problem.value(), "remove " + (root / nameOfNumber(number)).string());
            }
        }
    }
    return {};
}

void removeUnfinished(const fs::path& root)
{
    const auto current = currentGeneration(root);
    const auto currentNumber = current ? numberOfName(*current) : 0;
    for (const auto number : numbersIn(root)) {
        if (number > currentNumber) {
            std::error_code ignored;
            fs::remove_all(root / nameOfNumber(number), ignored);
        }
    }
}

Result<RolledBack> rollBack(const fs::path& root)
{
    const auto current = currentGeneration(root);
    if (!current) {
        return current.error();
    }
    const auto numbers = numbersIn(root);
    const auto here = std::ranges::lower_bound(numbers, numberOfName(*current));
    if (here == numbers.begin()) {
        return Error{ErrorCode::notFound, "there is no generation before " + *current +
                                              ": one is kept from each \"acervo-indexer reindex\" to the next"};
    }
    const auto previous = nameOfNumber(*(here - 1));
    if (const auto manifest = readManifest(root, previous); !manifest) {
        return manifest.error().within("roll back to " + previous);
    }
    if (auto switched = switchTo(root, previous); !switched) {
        return switched.error();
    }
    return RolledBack{*current, previous};
}

} // namespace acervo::index
