#include "indexer/crawl/sidecar.h"

#include "analyzers/text/normalise.h"
#include "indexer/crawl/detail/csv.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

namespace acervo::crawl {

namespace fs = std::filesystem;
using model::Metadata;

namespace {

constexpr std::uintmax_t kMaxSidecarBytes = 16U << 20U;

using TextField = std::string Metadata::*;
using ListField = std::vector<std::string> Metadata::*;

const std::map<std::string_view, TextField>& textFields()
{
    static const std::map<std::string_view, TextField> fields{
        {"work", &Metadata::workKey},      {"key", &Metadata::workKey},
        {"id", &Metadata::assignedId},     {"type", &Metadata::type},
        {"section", &Metadata::section},   {"date", &Metadata::date},
        {"year", &Metadata::date},         {"series", &Metadata::series},
        {"number", &Metadata::number},     {"isbn", &Metadata::isbn},
        {"doi", &Metadata::doi},           {"license", &Metadata::license},
        {"language", &Metadata::language}, {"title", &Metadata::title},
        {"subtitle", &Metadata::subtitle}, {"abstract", &Metadata::abstractText}};
    return fields;
}

const std::map<std::string_view, ListField>& listFields()
{
    static const std::map<std::string_view, ListField> fields{{"themes", &Metadata::themes},
                                                              {"countries", &Metadata::countries},
                                                              {"sdgs", &Metadata::sdgs},
                                                              {"keywords", &Metadata::keywords},
                                                              {"authors", &Metadata::authors}};
    return fields;
}

// Text, number or date as text; "" for anything else.
std::string scalarText(const toml::node& node)
{
    std::ostringstream out;
    if (const auto* text = node.as_string()) {
        return text::clean(text->get());
    }
    if (const auto* integer = node.as_integer()) {
        out << integer->get();
    } else if (const auto* date = node.as_date()) {
        out << date->get();
    } else if (const auto* moment = node.as_date_time()) {
        out << moment->get().date;
    } else if (const auto* number = node.as_floating_point()) {
        out << number->get();
    }
    return out.str();
}

// Two names may mean one field ("date" and "year", "work" and "key"): the longer value says more.
void setLonger(std::string& field, const std::string& value)
{
    if (value.size() > field.size()) {
        field = value;
    }
}

class TomlReader {
public:
    TomlReader(const fs::path& file, std::vector<SidecarProblem>& problems) : _file(file), _problems(problems) {}

    // `structural` keys are the caller's.
    Metadata metadata(const toml::table& table, const std::set<std::string_view>& structural)
    {
        Metadata metadata;
        for (const auto& [key, node] : table) {
            const std::string_view name = key.str();
            if (const auto field = textFields().find(name); field != textFields().end()) {
                const auto text = scalarText(node);
                setLonger(metadata.*(field->second), text);
                if (text.empty() && !node.is_string()) {
                    problem(node, "\"" + std::string{name} + "\" must be a text, a number or a date");
                }
            } else if (const auto list = listFields().find(name); list != listFields().end()) {
                metadata.*(list->second) = listOf(name, node);
            } else if (!structural.contains(name)) {
                problem(node, "unknown key \"" + std::string{name} + "\"");
            }
        }
        return metadata;
    }

    void problem(const toml::node& node, const std::string& message)
    {
        _problems.push_back({_file.string() + ":" + std::to_string(node.source().begin.line), message});
    }

private:
    std::vector<std::string> listOf(std::string_view name, const toml::node& node)
    {
        std::vector<std::string> values;
        if (const auto* array = node.as_array()) {
            for (const auto& entry : *array) {
                if (auto value = scalarText(entry); !value.empty()) {
                    values.push_back(std::move(value));
                } else {
                    problem(entry, "\"" + std::string{name} + "\" must be a list of texts");
                }
            }
        } else if (auto value = scalarText(node); !value.empty()) {
            values.push_back(std::move(value));
        } else {
            problem(node, "\"" + std::string{name} + "\" must be a list of texts");
        }
        return values;
    }

    const fs::path& _file;
    std::vector<SidecarProblem>& _problems;
};

std::vector<std::string> splitList(const std::string& text)
{
    std::vector<std::string> values;
    std::istringstream in{text};
    for (std::string value; std::getline(in, value, ';');) {
        const auto begin = value.find_first_not_of(" \t");
        if (begin != std::string::npos) {
            values.push_back(value.substr(begin, value.find_last_not_of(" \t") - begin + 1));
        }
    }
    return values;
}

} // namespace

void fillGaps(Metadata& target, const Metadata& other)
{
    static constexpr std::array kTexts{
        &Metadata::workKey,  &Metadata::assignedId, &Metadata::type,     &Metadata::section,     &Metadata::date,
        &Metadata::series,   &Metadata::number,     &Metadata::isbn,     &Metadata::doi,         &Metadata::license,
        &Metadata::language, &Metadata::title,      &Metadata::subtitle, &Metadata::abstractText};
    for (const auto field : kTexts) {
        if ((target.*field).empty()) {
            target.*field = other.*field;
        }
    }
    for (const auto& [name, field] : listFields()) {
        if ((target.*field).empty()) {
            target.*field = other.*field;
        }
    }
}

namespace {

// One key for all ways to write a path: "./a.pdf", accents composed or, as some systems store them, apart.
fs::path keyOf(const fs::path& document)
{
    const auto normal = document.lexically_normal();
    return text::isValidUtf8(normal.string()) ? fs::path{text::clean(normal.string())} : normal;
}

void addEntry(std::map<fs::path, SidecarEntry>& entries, const fs::path& document, const Metadata& metadata,
              const fs::path& from)
{
    const auto [entry, isNew] = entries.try_emplace(keyOf(document), SidecarEntry{metadata, from});
    if (!isNew) {
        fillGaps(entry->second.metadata, metadata);
    }
}

void readWorks(const toml::table& root, const fs::path& file, std::map<fs::path, SidecarEntry>& entries,
               TomlReader& reader)
{
    for (const auto& [key, node] : root) {
        const auto* works = node.as_array();
        if (key.str() != "work" || works == nullptr || !works->is_array_of_tables()) {
            reader.problem(node, "expected [[work]] tables, found \"" + std::string{key.str()} + "\"");
            continue;
        }
        for (const auto& work : *works) {
            const auto shared = reader.metadata(*work.as_table(), {"edition"});
            const auto* editions = work.as_table()->get_as<toml::array>("edition");
            if (shared.workKey.empty()) {
                reader.problem(work, "[[work]] lacks \"key\"");
            }
            if (editions == nullptr || !editions->is_array_of_tables()) {
                reader.problem(work, "[[work]] lacks [[work.edition]]");
                continue;
            }
            for (const auto& edition : *editions) {
                const auto name = edition.as_table()->get("file");
                if (name == nullptr || !name->is_string() || name->as_string()->get().empty()) {
                    reader.problem(edition, "[[work.edition]] lacks \"file\"");
                    continue;
                }
                auto metadata = reader.metadata(*edition.as_table(), {"file"});
                fillGaps(metadata, shared);
                addEntry(entries, file.parent_path() / name->as_string()->get(), metadata, file);
            }
        }
    }
}

void readToml(const fs::path& file, const std::string& content, std::map<fs::path, SidecarEntry>& entries,
              std::vector<SidecarProblem>& problems)
{
    const auto parsed = toml::parse(content, file.string());
    if (!parsed) {
        problems.push_back({file.string() + ":" + std::to_string(parsed.error().source().begin.line),
                            std::string{parsed.error().description()}});
        return;
    }
    TomlReader reader{file, problems};
    if (file.filename() == "metadata.toml") {
        readWorks(parsed.table(), file, entries, reader);
    } else {
        addEntry(entries, file.parent_path() / file.stem(), reader.metadata(parsed.table(), {}), file);
    }
}

void readCsv(const fs::path& file, const std::string& content, std::map<fs::path, SidecarEntry>& entries,
             std::vector<SidecarProblem>& problems)
{
    const auto rows = detail::parseCsv(content);
    if (rows.empty()) {
        return;
    }
    const auto& header = rows.front().cells;
    const auto fileColumn = std::ranges::find(header, "file") - header.begin();
    if (fileColumn == static_cast<std::ptrdiff_t>(header.size())) {
        problems.push_back({file.string() + ":1", "the header row lacks the column \"file\""});
        return;
    }
    for (const auto& name : header) {
        if (name != "file" && !textFields().contains(name) && !listFields().contains(name)) {
            problems.push_back({file.string() + ":1", "unknown column \"" + name + "\""});
        }
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto& cells = rows[i].cells;
        if (cells.size() != header.size() || cells[static_cast<std::size_t>(fileColumn)].empty()) {
            problems.push_back({file.string() + ":" + std::to_string(rows[i].line),
                                "the row has " + std::to_string(cells.size()) + " cells instead of " +
                                    std::to_string(header.size()) + ", or names no file"});
            continue;
        }
        Metadata metadata;
        for (std::size_t column = 0; column < header.size(); ++column) {
            if (const auto field = textFields().find(header[column]); field != textFields().end()) {
                setLonger(metadata.*(field->second), cells[column]);
            } else if (const auto list = listFields().find(header[column]); list != listFields().end()) {
                metadata.*(list->second) = splitList(cells[column]);
            }
        }
        addEntry(entries, file.parent_path() / cells[static_cast<std::size_t>(fileColumn)], metadata, file);
    }
}

// The order in which sidecars are believed: 0 first.
int rankOf(const fs::path& file)
{
    if (file.filename() == "metadata.csv") {
        return 2;
    }
    return file.filename() == "metadata.toml" ? 1 : 0;
}

} // namespace

Sidecars Sidecars::read(const std::vector<fs::path>& files)
{
    Sidecars sidecars;
    auto ordered = files;
    std::ranges::stable_sort(ordered, {}, rankOf);
    for (const auto& file : ordered) {
        std::error_code unreadable;
        if (fs::file_size(file, unreadable) > kMaxSidecarBytes || unreadable) {
            sidecars._problems.push_back({file.string(), "cannot be read, or is larger than 16 MiB"});
            continue;
        }
        std::ifstream in{file, std::ios::binary};
        std::stringstream bytes;
        bytes << in.rdbuf();
        if (!in) {
            sidecars._problems.push_back({file.string(), "cannot be read"});
            continue;
        }
        const auto content = text::clean(bytes.str());
        if (file.extension() == ".csv") {
            readCsv(file, content, sidecars._entries, sidecars._problems);
        } else {
            readToml(file, content, sidecars._entries, sidecars._problems);
        }
    }
    return sidecars;
}

const SidecarEntry* Sidecars::find(const fs::path& document) const
{
    const auto entry = _entries.find(keyOf(document));
    return entry == _entries.end() ? nullptr : &entry->second;
}

} // namespace acervo::crawl
