#include "corpus/config/config.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>
#include <string_view>

namespace acervo::config {

namespace fs = std::filesystem;

namespace {

// Reads the keys of one table and remembers the first thing that is wrong, with its line.
class Table {
public:
    Table(const toml::table& table, std::string name, const fs::path& file, std::string& problem)
        : _table(table), _name(std::move(name)), _file(file), _problem(problem)
    {
    }

    void text(std::string_view key, std::string& value)
    {
        if (const auto* node = take(key)) {
            if (const auto* string = node->as_string()) {
                value = string->get();
            } else {
                wrong(*node, key, "a text in quotes");
            }
        }
    }

    void path(std::string_view key, fs::path& value)
    {
        std::string written;
        text(key, written);
        if (!written.empty()) {
            value = fs::absolute(_file).parent_path() / written;
        }
    }

    void texts(std::string_view key, std::vector<std::string>& values)
    {
        const auto* node = take(key);
        if (node == nullptr) {
            return;
        }
        const auto* list = node->as_array();
        if (list == nullptr) {
            wrong(*node, key, "a list of texts: [\"a\", \"b\"]");
            return;
        }
        values.clear();
        for (const auto& entry : *list) {
            if (const auto* string = entry.as_string()) {
                values.push_back(string->get());
            } else {
                wrong(entry, key, "a list of texts: [\"a\", \"b\"]");
            }
        }
    }

    template <class Number>
    void number(std::string_view key, Number& value, std::int64_t least, std::int64_t most)
    {
        if (const auto* node = take(key)) {
            const auto* integer = node->as_integer();
            if (integer != nullptr && integer->get() >= least && integer->get() <= most) {
                value = static_cast<Number>(integer->get());
            } else {
                wrong(*node, key, "a number from " + std::to_string(least) + " to " + std::to_string(most));
            }
        }
    }

    template <class Duration>
    void duration(std::string_view key, Duration& value, std::int64_t least, std::int64_t most)
    {
        auto count = static_cast<std::int64_t>(value.count());
        number(key, count, least, most);
        value = Duration{count};
    }

    // In MiB, as a whole number.
    void megabytes(std::string_view key, std::uint64_t& bytes, std::int64_t most)
    {
        auto count = static_cast<std::int64_t>(bytes >> 20U);
        number(key, count, 1, most);
        bytes = static_cast<std::uint64_t>(count) << 20U;
    }

    const toml::node* take(std::string_view key)
    {
        _known.insert(std::string{key});
        return _table.get(key);
    }

    void require(std::string_view key, bool present)
    {
        if (!present) {
            complain(_table.source(), "[" + _name + "] lacks \"" + std::string{key} + "\"");
        }
    }

    void wrong(const toml::node& node, std::string_view key, const std::string& expected)
    {
        complain(node.source(), "\"" + std::string{key} + "\" must be " + expected);
    }

    void refuseUnknown()
    {
        for (const auto& [key, node] : _table) {
            if (!_known.contains(std::string{key.str()})) {
                std::string known;
                for (const auto& name : _known) {
                    known += (known.empty() ? "" : ", ") + name;
                }
                complain(key.source(),
                         "unknown key \"" + std::string{key.str()} + "\" in [" + _name + "]; known are: " + known);
            }
        }
    }

private:
    void complain(const toml::source_region& where, const std::string& what)
    {
        if (_problem.empty()) {
            _problem = _file.string() + ":" + std::to_string(where.begin.line) + ": " + what;
        }
    }

    const toml::table& _table;
    std::string _name;
    const fs::path& _file;
    std::string& _problem;
    std::set<std::string> _known;
};

bool isSourceName(const std::string& name)
{
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void readSource(Table table, Config& config)
{
    Source source;
    source.audience = config.audiences.back();
    table.text("name", source.name);
    table.path("folder", source.folder);
    table.text("audience", source.audience);
    table.text("section", source.section);
    table.text("type", source.type);
    table.text("language", source.language);
    table.texts("exclude", source.exclude);
    table.texts("path_patterns", source.pathPatterns);
    table.require("name", !source.name.empty());
    table.require("folder", !source.folder.empty());
    if (const auto* node = table.take("name"); node != nullptr) {
        if (!isSourceName(source.name)) {
            table.wrong(*node, "name", "of lower-case letters, digits and dashes, at most 64");
        }
        if (std::ranges::find(config.sources, source.name, &Source::name) != config.sources.end()) {
            table.wrong(*node, "name", "different from the other sources' names");
        }
    }
    if (const auto* node = table.take("audience");
        node != nullptr && std::ranges::find(config.audiences, source.audience) == config.audiences.end()) {
        table.wrong(*node, "audience", "one of the configured audiences");
    }
    table.refuseUnknown();
    config.sources.push_back(std::move(source));
}

void readIndexer(Table table, Indexer& indexer)
{
    constexpr std::int64_t kMostMegabytes = 1 << 20;
    table.number("workers", indexer.workers, 1, 64);
    table.megabytes("max_file_mb", indexer.maxFileBytes, kMostMegabytes);
    table.megabytes("max_text_mb", indexer.maxTextBytes, 1024);
    table.megabytes("worker_memory_mb", indexer.workerMemoryBytes, kMostMegabytes);
    table.megabytes("build_memory_mb", indexer.buildMemoryBytes, kMostMegabytes);
    table.duration("worker_cpu_seconds", indexer.workerCpu, 1, 86'400);
    table.duration("worker_wall_seconds", indexer.workerWall, 1, 86'400);
    table.refuseUnknown();
}

void readSearch(Table table, Search& search)
{
    table.text("address", search.address);
    table.number("port", search.port, 0, std::numeric_limits<std::uint16_t>::max());
    table.number("threads", search.threads, 1, 256);
    table.text("base_url", search.baseUrl);
    table.text("contact", search.contact);
    table.path("access_log", search.accessLog);
    table.duration("query_cpu_ms", search.queryCpu, 10, 60'000);
    table.number("kept_answers", search.keptAnswers, 0, 1'000'000);
    table.text("default_language", search.defaultLanguage);
    if (const auto* node = table.take("default_language"); node != nullptr && search.defaultLanguage != "en" &&
                                                           search.defaultLanguage != "fr" &&
                                                           search.defaultLanguage != "es") {
        table.wrong(*node, "default_language", "\"en\", \"fr\" or \"es\"");
    }
    if (const auto* node = table.take("base_url"); node != nullptr && !search.baseUrl.empty() &&
                                                   !search.baseUrl.starts_with("http://") &&
                                                   !search.baseUrl.starts_with("https://")) {
        table.wrong(*node, "base_url", "an address that begins with http:// or https://");
    }
    if (const auto* node = table.take("contact");
        node != nullptr && !search.contact.empty() &&
        (search.contact.find('@') == std::string::npos || search.contact.find_first_of(" \t<>") != std::string::npos)) {
        table.wrong(*node, "contact", "an e-mail address, without a name");
    }
    table.refuseUnknown();
}

void readAudiences(Table& table, Config& config)
{
    table.texts("audiences", config.audiences);
    if (const auto* node = table.take("audiences"); node != nullptr) {
        const bool named = !config.audiences.empty() && config.audiences.front() == "public" &&
                           std::ranges::all_of(config.audiences, isSourceName);
        if (!named || std::set(config.audiences.begin(), config.audiences.end()).size() != config.audiences.size()) {
            table.wrong(*node, "audiences", "a list of different names, from the widest, \"public\", to the strictest");
            config.audiences = {"public"};
        }
    }
}

Result<std::string> readFile(const fs::path& file)
{
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) { // opens, and reads as empty
        return errorFromErrno(EISDIR, "read the configuration " + file.string());
    }
    errno = 0;
    std::ifstream in{file};
    std::stringstream content;
    content << in.rdbuf();
    if (!in.is_open() || in.bad()) {
        return errorFromErrno(errno != 0 ? errno : EIO, "read the configuration " + file.string());
    }
    return content.str();
}

} // namespace

Result<Config> load(const fs::path& file, const fs::path& shared)
{
    const auto content = readFile(file);
    if (!content) {
        return content.error();
    }
    const auto parsed = toml::parse(*content, file.string());
    if (!parsed) {
        const auto& error = parsed.error();
        return Error{ErrorCode::invalidArgument, file.string() + ":" + std::to_string(error.source().begin.line) +
                                                     ": " + std::string{error.description()}};
    }
    Config config;
    config.file = file;
    config.data = fs::absolute(file).parent_path() / "data";
    config.vocabulary = shared / "corpus" / "vocabulary";
    config.webUi = shared / "web-ui";

    std::string problem;
    Table root{parsed.table(), "top level", file, problem};
    root.path("data", config.data);
    root.text("identifier_prefix", config.identifierPrefix);
    root.path("vocabulary", config.vocabulary);
    root.path("web_ui", config.webUi);
    readAudiences(root, config);
    if (const auto* node = root.take("indexer")) {
        if (const auto* table = node->as_table()) {
            readIndexer({*table, "indexer", file, problem}, config.indexer);
        } else {
            root.wrong(*node, "indexer", "a table: [indexer]");
        }
    }
    if (const auto* node = root.take("search")) {
        if (const auto* table = node->as_table()) {
            readSearch({*table, "search", file, problem}, config.search);
        } else {
            root.wrong(*node, "search", "a table: [search]");
        }
    }
    if (const auto* node = root.take("source")) {
        const auto* list = node->as_array();
        if (list == nullptr || !list->is_array_of_tables()) {
            root.wrong(*node, "source", "written as [[source]], once for each source");
        } else {
            for (const auto& entry : *list) {
                readSource({*entry.as_table(), "source", file, problem}, config);
            }
        }
    }
    root.refuseUnknown();
    if (!problem.empty()) {
        return Error{ErrorCode::invalidArgument, problem};
    }
    return config;
}

fs::path sharedFolder()
{
    // Installed: <prefix>/bin/program and <prefix>/share/acervo. Built: the source tree the program was made from.
    std::error_code ignored;
    const auto program = fs::read_symlink("/proc/self/exe", ignored);
    const auto installed = program.parent_path().parent_path() / "share" / "acervo";
    return fs::exists(installed / "web-ui", ignored) ? installed : fs::path{ACERVO_SOURCE_DIR};
}

std::string defaultText(const std::string& data, const std::string& sourceName, const std::string& sourceFolder)
{
    const auto quoted = [](const std::string& text) {
        std::ostringstream out;
        out << toml::value<std::string>{text};
        return out.str();
    };
    return "# Acervo's configuration. Lines that begin with # show the defaults; paths are relative to this file.\n"
           "\n"
           "# Catalogue and index live here. Back up catalogue.sqlite; the index can always be made again from it.\n"
           "data = " +
           quoted(data) +
           "\n"
           "\n"
           "# First part of every citable ID. Never change it once IDs have been given.\n"
           "# identifier_prefix = \"UCLG\"\n"
           "\n"
           "# Who may read, from the widest to the strictest. The daemon opens only \"public\".\n"
           "# audiences = [\"public\", \"members\", \"staff\"]\n"
           "\n"
           "# One [[source]] for each folder of documents.\n"
           "[[source]]\n"
           "name = " +
           quoted(sourceName) +
           "  # lower-case letters, digits, dashes; part of a document's identity: do not rename\n"
           "folder = " +
           quoted(sourceFolder) +
           "\n"
           "audience = \"public\"  # left out, documents belong to the strictest audience\n"
           "# section = \"world\"  # for documents that name none; likewise type and language\n"
           "# type = \"report\"\n"
           "# language = \"fr\"\n"
           "# exclude = [\"drafts/*\", \"*.tmp\"]  # shell patterns on the path below the folder\n"
           "# path_patterns = [\"{section}/{year}/{work}.{language}.{ext}\"]  # what paths say; the first that fits "
           "counts\n"
           "\n"
           "[indexer]\n"
           "# workers = 2              # processes that read documents\n"
           "# max_file_mb = 512        # larger files are reported as failed\n"
           "# max_text_mb = 64         # text of one document beyond this is cut, and the report says so\n"
           "# worker_memory_mb = 1024  # a document that needs more is reported as failed\n"
           "# build_memory_mb = 512    # what building a whole index takes at most; less is slower\n"
           "# worker_cpu_seconds = 60\n"
           "# worker_wall_seconds = 120\n"
           "\n"
           "[search]\n"
           "# address = \"127.0.0.1\"    # listen here; put a web server with TLS in front for the public\n"
           "# port = 8080\n"
           "# threads = 8              # requests answered at the same time\n"
           "# base_url = \"\"            # as the public sees it: https://acervo.example.org\n"
           "# contact = \"\"             # e-mail address for other libraries; left out: postmaster of the site\n"
           "# access_log = \"access.log\"  # one JSON line a request; left out: standard output\n"
           "# query_cpu_ms = 2000      # a query that needs more is ended\n"
           "# kept_answers = 1000      # answers to searches kept for who asks the same; 0 keeps none\n"
           "# default_language = \"en\"  # of the pages, for readers who say nothing: en, fr or es\n";
}

} // namespace acervo::config
