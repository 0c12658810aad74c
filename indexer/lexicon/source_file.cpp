#include "indexer/lexicon/source_file.h"

#include "analyzers/base/durable_file.h"
#include "indexer/lexicon/detail/input.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace acervo::lexicon {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFirstLine = "# acervo lexicon source 1";
constexpr std::array<std::string_view, 4> kKindNames{"pref", "alt", "hidden", "narrower"};

// Reads one file line by line; the first thing that is wrong ends it.
class Parser {
public:
    Parser(std::string_view content, const fs::path& file) : _lines(content), _file(file) {}

    Result<Source> parse()
    {
        std::string_view line;
        if (!_lines.next(line) || trim(line) != kFirstLine) {
            return Error{ErrorCode::corruptInput,
                         _file.string() + ":1: the first line must be \"" + std::string{kFirstLine} + "\""};
        }
        bool hasOrigin = false;
        for (std::size_t rows = 0; _lines.next(line);) {
            if (line.starts_with('#')) {
                if (auto problem = takeHeader(line.substr(1), hasOrigin); !problem.empty()) {
                    return wrong(problem);
                }
            } else if (!trim(line).empty()) {
                if (++rows > kMaxSourceRows) {
                    return Error{ErrorCode::resourceLimit,
                                 _file.string() + " has more than " + std::to_string(kMaxSourceRows) + " rows"};
                }
                if (auto problem = takeRow(split(line, '\t')); !problem.empty()) {
                    return wrong(problem);
                }
            }
        }
        if (!isSourceName(_source.name) || !hasOrigin) {
            return Error{ErrorCode::corruptInput, _file.string() + ": lines \"# name: ...\" and \"# origin: ...\" are "
                                                                   "missing"};
        }
        return std::move(_source);
    }

private:
    Error wrong(const std::string& problem) const
    {
        return {ErrorCode::corruptInput, _file.string() + ":" + std::to_string(_lines.number()) + ": " + problem};
    }

    // What is wrong with the line; "" when nothing is.
    std::string takeHeader(std::string_view line, bool& hasOrigin)
    {
        const auto colon = line.find(':');
        const auto key = trim(line.substr(0, colon));
        const auto value = colon == std::string_view::npos ? std::string_view{} : trim(line.substr(colon + 1));
        if (key == "name") {
            if (!isSourceName(value)) {
                return "a name is made of lower-case letters, digits and dashes, at most 64";
            }
            _source.name = value;
        } else if (key == "title") {
            _source.title = value;
        } else if (key == "licence") {
            _source.licence = value;
        } else if (key == "origin") {
            const auto origin = originOf(value);
            if (!origin) {
                return "the origin must be staff, glossary, thesaurus, dictionary or learned";
            }
            _source.origin = *origin;
            hasOrigin = true;
        }
        return "";
    }

    std::string takeRow(const std::vector<std::string_view>& columns)
    {
        const auto kind = columns.front();
        if (kind == "pair") {
            return takePair(columns);
        }
        if (kind == "label") {
            return takeLabel(columns);
        }
        if (kind == "broader" || kind == "theme") {
            if (columns.size() < 3 || columns[1].empty() || columns[2].empty()) {
                return "a row \"" + std::string{kind} + "\" needs two columns more";
            }
            auto& links = kind == "broader" ? _source.broader : _source.themes;
            links.push_back({std::string{columns[1]}, std::string{columns[2]}});
            return "";
        }
        return "a row begins with pair, label, broader or theme, not with \"" + std::string{kind.substr(0, 40)} + "\"";
    }

    std::string takePair(const std::vector<std::string_view>& columns)
    {
        if (columns.size() < 6) {
            return "a row \"pair\" needs five columns more: language, phrase, language, phrase, weight";
        }
        Pair pair{text::languageOf(columns[1]), std::string{columns[2]}, text::languageOf(columns[3]),
                  std::string{columns[4]}, 0};
        if (pair.from == text::Language::other || pair.to == text::Language::other) {
            return "the languages are en, fr and es";
        }
        if (trim(pair.phrase).empty() || trim(pair.rendering).empty()) {
            return "a phrase is empty";
        }
        const auto weight = columns[5];
        const auto read = std::from_chars(weight.data(), weight.data() + weight.size(), pair.weight);
        if (read.ec != std::errc{} || read.ptr != weight.data() + weight.size() || !(pair.weight >= 0) ||
            pair.weight > 1) {
            return "the weight must be a number from 0 to 1";
        }
        if (pair.weight == 0 && _source.origin != Origin::staff) {
            return "only a source of origin staff may say weight 0";
        }
        _source.pairs.push_back(std::move(pair));
        return "";
    }

    std::string takeLabel(const std::vector<std::string_view>& columns)
    {
        const auto kind = columns.size() < 5 ? kKindNames.end() : std::ranges::find(kKindNames, columns[4]);
        if (kind == kKindNames.end()) {
            return "a row \"label\" needs four columns more: concept, language, text, and pref, alt, hidden or "
                   "narrower";
        }
        const auto language = text::languageOf(columns[2]);
        if (language == text::Language::other) {
            return "the languages are en, fr and es";
        }
        if (columns[1].empty() || trim(columns[3]).empty()) {
            return "the concept or the text is empty";
        }
        _source.labels.push_back({std::string{columns[1]}, language, std::string{columns[3]},
                                  static_cast<LabelKind>(kind - kKindNames.begin())});
        return "";
    }

    Lines _lines;
    const fs::path& _file;
    Source _source;
};

// A text as one column.
std::string column(std::string_view text)
{
    std::string clean{text};
    std::ranges::replace_if(
        clean, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return clean;
}

void addRow(std::string& text, std::initializer_list<std::string_view> columns)
{
    bool isFirst = true;
    for (const auto each : columns) {
        text += isFirst ? "" : "\t";
        text += column(each);
        isFirst = false;
    }
    text += '\n';
}

} // namespace

bool isSourceName(std::string_view name)
{
    constexpr std::size_t kMostBytes = 64;
    return !name.empty() && name.size() <= kMostBytes && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

Result<Source> parseSource(std::string_view content, const fs::path& file)
{
    return Parser{content, file}.parse();
}

Result<Source> readSource(const fs::path& file)
{
    const auto content = readText(file);
    if (!content) {
        return content.error();
    }
    return parseSource(*content, file);
}

Result<std::vector<Source>> readSources(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code problem;
    for (fs::directory_iterator entry{folder, problem}, end; !problem && entry != end; entry.increment(problem)) {
        if (entry->path().extension() == ".tsv") {
            files.push_back(entry->path());
        }
    }
    if (problem && problem != std::errc::no_such_file_or_directory) {
        return errorFromErrno(problem.value(), "read the folder " + folder.string());
    }
    std::ranges::sort(files);
    std::vector<Source> sources;
    for (const auto& file : files) {
        auto source = readSource(file);
        if (!source) {
            return source.error();
        }
        if (source->name != file.stem().string()) {
            return Error{ErrorCode::corruptInput, file.string() + ": says that its name is " + source->name};
        }
        sources.push_back(std::move(*source));
    }
    return sources;
}

std::string textOf(const Source& source)
{
    std::string text{kFirstLine};
    text += "\n# name: " + source.name + "\n# origin: " + std::string{nameOf(source.origin)} +
            "\n# title: " + column(source.title) + "\n# licence: " + column(source.licence) + '\n';
    for (const auto& pair : source.pairs) {
        std::array<char, 32> weight{};
        const auto written = std::snprintf(weight.data(), weight.size(), "%.4g", pair.weight);
        addRow(text, {"pair", text::codeOf(pair.from), pair.phrase, text::codeOf(pair.to), pair.rendering,
                      std::string_view{weight.data(), static_cast<std::size_t>(written)}});
    }
    for (const auto& label : source.labels) {
        addRow(text, {"label", label.conceptId, text::codeOf(label.language), label.text,
                      kKindNames[static_cast<std::size_t>(label.kind)]});
    }
    for (const auto& link : source.broader) {
        addRow(text, {"broader", link.conceptId, link.target});
    }
    for (const auto& link : source.themes) {
        addRow(text, {"theme", link.conceptId, link.target});
    }
    return text;
}

Result<void> writeSource(const fs::path& folder, const Source& source)
{
    if (!isSourceName(source.name)) {
        return Error{ErrorCode::invalidArgument, "\"" + source.name +
                                                     "\" cannot name a source: use lower-case letters, "
                                                     "digits and dashes, at most 64"};
    }
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
        return errorFromErrno(problem.value(), "create the folder " + folder.string());
    }
    return replaceDurably(folder / (source.name + ".tsv"), textOf(source));
}

} // namespace acervo::lexicon
