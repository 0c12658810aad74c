#include "indexer/lexicon/corrections.h"

#include "analyzers/base/durable_file.h"
#include "analyzers/text/normalise.h"
#include "indexer/lexicon/detail/input.h"
#include "indexer/lexicon/source_file.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace acervo::lexicon {

namespace fs = std::filesystem;

namespace {

std::string row(const Correction& correction)
{
    Source source;
    source.pairs.push_back(correction.pair);
    auto text = textOf(source);
    text.erase(0, text.find("pair\t"));
    text.pop_back();
    for (const auto& note : {correction.when, correction.by}) {
        std::string column = note;
        std::ranges::replace_if(
            column, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
        text += '\t' + column;
    }
    return text + '\n';
}

// "fr\teau\ten\twater": what two rows about the same pair share.
std::string keyOf(const Pair& pair)
{
    return std::string{text::codeOf(pair.from)} + '\t' + text::fold(trim(pair.phrase)) + '\t' +
           std::string{text::codeOf(pair.to)} + '\t' + text::fold(trim(pair.rendering));
}

Result<void> check(const Pair& pair)
{
    if (pair.from == text::Language::other || pair.to == text::Language::other) {
        return Error{ErrorCode::invalidArgument, "the languages are en, fr and es"};
    }
    if (trim(pair.phrase).empty() || trim(pair.rendering).empty()) {
        return Error{ErrorCode::invalidArgument, "a phrase is empty"};
    }
    if (!(pair.weight >= 0 && pair.weight <= 1)) {
        return Error{ErrorCode::invalidArgument, "the weight must be a number from 0 to 1"};
    }
    return {};
}

// The pair of a row of a file that was read before; none for comments.
std::optional<Pair> pairOf(std::string_view line)
{
    const auto columns = split(line, '\t');
    if (columns.front() != "pair" || columns.size() < 6) {
        return std::nullopt;
    }
    return Pair{text::languageOf(columns[1]), std::string{columns[2]}, text::languageOf(columns[3]),
                std::string{columns[4]}, std::strtod(std::string{columns[5]}.c_str(), nullptr)};
}

} // namespace

Result<Corrected> correct(const fs::path& folder, const Correction& correction)
{
    auto wanted = correction;
    wanted.pair.phrase = text::clean(trim(correction.pair.phrase));
    wanted.pair.rendering = text::clean(trim(correction.pair.rendering));
    if (auto checked = check(wanted.pair); !checked) {
        return checked.error();
    }
    const auto file = folder / "staff.tsv";
    auto content = readText(file);
    if (!content && content.error().code != ErrorCode::notFound) {
        return content.error();
    }
    if (content) {
        if (auto valid = parseSource(*content, file); !valid) {
            return valid.error();
        }
    } else {
        Source empty;
        empty.name = "staff";
        empty.origin = Origin::staff;
        empty.title = "Corrections by staff";
        content = textOf(empty);
    }
    auto outcome = Corrected::added;
    std::string kept;
    std::string_view line;
    for (Lines lines{*content}; lines.next(line);) {
        const auto pair = pairOf(line);
        if (!pair || keyOf(*pair) != keyOf(wanted.pair)) {
            kept += std::string{line} + '\n';
        } else {
            constexpr double kSame = 1e-4; // weights are written with four digits
            const bool isSame = std::abs(pair->weight - wanted.pair.weight) < kSame;
            outcome = isSame && outcome == Corrected::added ? Corrected::unchanged : Corrected::changed;
        }
    }
    if (outcome == Corrected::unchanged) {
        return outcome;
    }
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
        return errorFromErrno(problem.value(), "create the folder " + folder.string());
    }
    if (auto written = replaceDurably(file, kept + row(wanted)); !written) {
        return written.error();
    }
    return outcome;
}

} // namespace acervo::lexicon
