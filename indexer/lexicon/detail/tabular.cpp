#include "indexer/lexicon/detail/formats.h"

#include "indexer/lexicon/detail/input.h"
#include "indexer/lexicon/source_file.h"

#include <charconv>

namespace acervo::lexicon {

namespace {

// Nothing when the column is no number from 0 to 1.
std::optional<double> weightOf(std::string_view column)
{
    double weight = 0;
    const auto read = std::from_chars(column.data(), column.data() + column.size(), weight);
    if (column.empty() || read.ec != std::errc{} || read.ptr != column.data() + column.size() || !(weight >= 0) ||
        weight > 1) {
        return std::nullopt;
    }
    return weight;
}

} // namespace

Result<Imported> readTabular(const ImportRequest& request)
{
    if (request.from == text::Language::other || request.to == text::Language::other) {
        return Error{ErrorCode::invalidArgument,
                     "a table does not say its languages: name them with --from and --to (en, fr, es)"};
    }
    const auto text = readText(request.file);
    if (!text) {
        return text.error();
    }
    Imported imported;
    imported.source.origin = Origin::dictionary;
    std::string_view line;
    for (Lines lines{*text}; lines.next(line);) {
        if (trim(line).empty() || line.starts_with('#')) {
            continue;
        }
        const auto columns = split(line, '\t');
        if (columns.size() < 2) {
            return Error{ErrorCode::corruptInput, request.file.string() + ":" + std::to_string(lines.number()) +
                                                      ": a row needs two columns, separated by a tab"};
        }
        const auto phrase = trim(columns[0]);
        const auto weight = columns.size() == 3 ? weightOf(trim(columns[2])) : std::nullopt;
        for (std::size_t i = 1; i < (weight ? 2 : columns.size()); ++i) {
            const auto rendering = trim(columns[i]);
            if (phrase.empty() || rendering.empty()) {
                ++imported.skipped["without text"];
            } else if (weight == 0.0) {
                ++imported.skipped["weight 0"];
            } else if (imported.source.pairs.size() == kMaxSourceRows) {
                return Error{ErrorCode::resourceLimit, request.file.string() + " has too many rows"};
            } else {
                imported.source.pairs.push_back(
                    {request.from, std::string{phrase}, request.to, std::string{rendering}, weight.value_or(1.0)});
            }
        }
    }
    return imported;
}

} // namespace acervo::lexicon
