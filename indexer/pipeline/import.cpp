#include "indexer/pipeline/import.h"

#include "analyzers/text/normalise.h"
#include "indexer/pipeline/detail/index_update.h"
#include "indexer/pipeline/detail/reading.h"
#include "indexer/pipeline/metadata_rules.h"

#include <nlohmann/json.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

namespace acervo::pipeline {

using catalogue::Outcome;
using nlohmann::json;

namespace {

constexpr std::size_t kCommitEvery = 2000;       // lines
constexpr std::size_t kMaxReportedRows = 10'000; // of failures; the counts go on
constexpr std::size_t kMaxPages = 20'000;

struct FileClose {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

// Lines of a file, one at a time; a line that is too long is reported as such and passed over.
class Lines {
public:
    static Result<Lines> open(const std::filesystem::path& path)
    {
        Lines lines;
        lines._file.reset(std::fopen(path.c_str(), "rbe"));
        struct stat facts {};
        if (!lines._file || ::fstat(::fileno(lines._file.get()), &facts) != 0) {
            return errorFromErrno(errno, "open " + path.string());
        }
        if (!S_ISREG(facts.st_mode) && !S_ISFIFO(facts.st_mode)) {
            return Error{ErrorCode::invalidArgument, path.string() + " is not a file of JSON lines"};
        }
        lines._total = static_cast<std::uint64_t>(facts.st_size);
        return lines;
    }

    // Nothing at the end, or when reading fails; see failed().
    std::optional<std::string_view> next()
    {
        _line.clear();
        _tooLong = false;
        bool any = false;
        for (;;) {
            const auto c = ::getc_unlocked(_file.get());
            if (c == EOF) {
                break;
            }
            any = true;
            ++_done;
            if (c == '\n') {
                break;
            }
            if (_line.size() < kMaxLineBytes) {
                _line.push_back(static_cast<char>(c));
            } else {
                _tooLong = true;
            }
        }
        return any ? std::optional<std::string_view>{_line} : std::nullopt;
    }

    bool tooLong() const { return _tooLong; }
    bool failed() const { return std::ferror(_file.get()) != 0; }
    std::uint64_t bytesDone() const { return _done; }
    std::uint64_t bytesTotal() const { return _total; }

private:
    std::unique_ptr<std::FILE, FileClose> _file;
    std::string _line;
    std::uint64_t _done = 0;
    std::uint64_t _total = 0;
    bool _tooLong = false;
};

std::string textOf(const json& object, const char* name)
{
    const auto entry = object.find(name);
    if (entry == object.end()) {
        return {};
    }
    if (entry->is_string()) {
        return text::clean(entry->get_ref<const std::string&>());
    }
    return entry->is_number() ? entry->dump() : std::string{};
}

std::vector<std::string> listOf(const json& object, const char* name)
{
    std::vector<std::string> values;
    const auto entry = object.find(name);
    if (entry == object.end()) {
        return values;
    }
    if (!entry->is_array()) {
        if (auto value = textOf(object, name); !value.empty()) {
            values.push_back(std::move(value));
        }
        return values;
    }
    for (const auto& value : *entry) {
        if (value.is_string()) {
            values.push_back(text::clean(value.get_ref<const std::string&>()));
        } else if (value.is_number()) {
            values.push_back(value.dump());
        }
    }
    return values;
}

model::Metadata metadataOf(const json& object)
{
    model::Metadata metadata;
    metadata.workKey = textOf(object, "work");
    metadata.title = textOf(object, "title");
    metadata.subtitle = textOf(object, "subtitle");
    metadata.language = textOf(object, "language");
    metadata.type = textOf(object, "type");
    metadata.section = textOf(object, "section");
    metadata.date = textOf(object, "date");
    if (metadata.date.empty()) {
        metadata.date = textOf(object, "year");
    }
    metadata.series = textOf(object, "series");
    metadata.number = textOf(object, "number");
    metadata.isbn = textOf(object, "isbn");
    metadata.doi = textOf(object, "doi");
    metadata.license = textOf(object, "license");
    metadata.abstractText = textOf(object, "abstract");
    metadata.themes = listOf(object, "themes");
    metadata.countries = listOf(object, "countries");
    metadata.sdgs = listOf(object, "sdgs");
    metadata.keywords = listOf(object, "keywords");
    metadata.authors = listOf(object, "authors");
    return metadata;
}

std::vector<model::Page> pagesOf(const json& object)
{
    std::vector<model::Page> pages;
    const auto add = [&](model::Page page) {
        page.number = static_cast<std::uint32_t>(pages.size() + 1);
        pages.push_back(std::move(page));
    };
    if (const auto list = object.find("pages"); list != object.end() && list->is_array()) {
        for (const auto& entry : *list) {
            if (pages.size() == kMaxPages) {
                break;
            }
            model::Page page;
            if (entry.is_string()) {
                page.text = text::clean(entry.get_ref<const std::string&>());
            } else if (entry.is_object()) {
                page.text = textOf(entry, "text");
                page.label = textOf(entry, "label");
                page.heading = textOf(entry, "heading");
                page.language = textOf(entry, "language");
            }
            add(std::move(page));
        }
    } else if (auto whole = textOf(object, "text"); !whole.empty()) {
        model::Page page;
        page.text = std::move(whole);
        add(std::move(page));
    }
    return pages;
}

class Import {
public:
    Import(const config::Config& config, std::string source, std::string audience, catalogue::Catalogue& catalogue,
           const vocabulary::Vocabularies& vocabularies, const Control& control)
        : _config(config),
          _source(std::move(source)),
          _audience(std::move(audience)),
          _catalogue(catalogue),
          _vocabularies(vocabularies),
          _control(control)
    {
        _report.source = _source;
        _defaults.name = _source;
    }

    Result<RunReport> run(Lines lines)
    {
        const auto started = std::chrono::steady_clock::now();
        const auto runId = _catalogue.beginRun(_source);
        if (!runId) {
            return runId.error();
        }
        _runId = *runId;
        if (auto done = work(lines); !done) {
            (void)_catalogue.rollback();
            return done.error();
        }
        _report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        return std::move(_report);
    }

private:
    Result<void> work(Lines& lines)
    {
        if (auto begun = _catalogue.begin(); !begun) {
            return begun;
        }
        std::uint64_t number = 0;
        while (const auto line = lines.next()) {
            ++number;
            if (auto taken = take(number, *line, lines.tooLong()); !taken) {
                return taken;
            }
            if (number % kCommitEvery == 0) {
                if (auto committed = commitAndGoOn(); !committed) {
                    return committed;
                }
            }
            if (_control.progress) {
                _control.progress({lines.bytesDone(), lines.bytesTotal(), "line " + std::to_string(number)});
            }
            if (_control.stopRequested && _control.stopRequested()) {
                _report.stopped = true;
                break;
            }
        }
        if (lines.failed()) {
            return Error{ErrorCode::ioFailure, "reading failed after line " + std::to_string(number)};
        }
        if (auto finished = _catalogue.finishRun(_runId, _report.counts); !finished) {
            return finished;
        }
        if (auto committed = _catalogue.commit(); !committed) {
            return committed;
        }
        return detail::updateIndex(_config, _catalogue, _vocabularies, _control, _report);
    }

    Result<void> commitAndGoOn()
    {
        if (auto committed = _catalogue.commit(); !committed) {
            return committed;
        }
        return _catalogue.begin();
    }

    Result<void> take(std::uint64_t number, std::string_view line, bool tooLong)
    {
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            return {};
        }
        ++_report.counts.seen;
        if (tooLong) {
            return fail(number, "", "the line is longer than " + std::to_string(kMaxLineBytes >> 20U) + " MiB");
        }
        const auto object = json::parse(line, nullptr, false);
        if (!object.is_object()) {
            return fail(number, "", "the line is not a JSON object");
        }
        const auto id = textOf(object, "id");
        if (id.empty()) {
            return fail(number, "", "\"id\" is missing or empty");
        }
        auto sha256 = detail::sha256OfText(line);
        const auto known = _catalogue.location(_source, id);
        if (!known) {
            return known.error();
        }
        if (*known && (*known)->sha256 == sha256 && (*known)->inputsHash == _audience &&
            (*known)->outcome != Outcome::withdrawn) {
            ++_report.counts.unchanged;
            return {};
        }
        return store(object, id, std::move(sha256), line.size());
    }

    Result<void> store(const json& object, const std::string& id, std::string sha256, std::size_t bytes)
    {
        catalogue::NewDocument document;
        document.pages = pagesOf(object);
        detectLanguages(document.pages);
        const auto stated = metadataOf(object);
        auto merged = mergeMetadata(&stated, {}, id, document.pages, _defaults, _vocabularies);
        for (const auto& unknown : merged.unknownValues) {
            warn(id, "not in the vocabulary, kept as written: " + unknown);
        }
        document.metadata = std::move(merged.metadata);
        document.audience = audienceOf(object, id);
        document.mediaType = "text/plain";
        document.location.source = _source;
        document.location.uri = id;
        document.location.byteSize = bytes;
        document.location.sha256 = std::move(sha256);
        document.location.inputsHash = _audience;
        const bool hasText = std::ranges::any_of(document.pages, [](const auto& page) { return !page.text.empty(); });
        document.location.outcome = hasText ? Outcome::indexed : Outcome::partial;
        document.location.reason = hasText ? "" : "no text: indexed by its metadata";
        const auto stored = _catalogue.store(document);
        if (!stored) {
            return stored.error().within("store " + id);
        }
        for (const auto& warning : stored->warnings) {
            warn(id, warning);
        }
        if (hasText) {
            ++_report.counts.indexed;
            return {};
        }
        ++_report.counts.partial;
        return addRow({id, Outcome::partial, document.location.reason});
    }

    // An audience that is not configured must not make a document readable for more people than it should be.
    std::string audienceOf(const json& object, const std::string& id)
    {
        auto stated = textOf(object, "audience");
        if (!object.contains("audience")) {
            return _audience;
        }
        if (std::ranges::find(_config.audiences, stated) == _config.audiences.end()) {
            warn(id, "unknown audience \"" + stated + "\": kept for " + _config.audiences.back());
            return _config.audiences.back();
        }
        return stated;
    }

    Result<void> fail(std::uint64_t number, const std::string& id, const std::string& reason)
    {
        ++_report.counts.failed;
        return addRow({id.empty() ? "line " + std::to_string(number) : id, Outcome::failed, "corruptInput: " + reason});
    }

    Result<void> addRow(catalogue::RunRow row)
    {
        if (auto added = _catalogue.addRunRow(_runId, row); !added) {
            return added;
        }
        if (_report.rows.size() < kMaxReportedRows) {
            _report.rows.push_back(std::move(row));
        }
        return {};
    }

    void warn(const std::string& uri, const std::string& message)
    {
        if (_report.warnings.size() < kMaxReportedRows) {
            _report.warnings.push_back({uri, message});
        }
    }

    const config::Config& _config;
    std::string _source;
    std::string _audience;
    catalogue::Catalogue& _catalogue;
    const vocabulary::Vocabularies& _vocabularies;
    const Control& _control;
    config::Source _defaults;
    RunReport _report;
    std::int64_t _runId = 0;
};

} // namespace

Result<RunReport> importJsonLines(const config::Config& config, const std::filesystem::path& file,
                                  const std::string& source, const std::string& audience,
                                  catalogue::Catalogue& catalogue, const vocabulary::Vocabularies& vocabularies,
                                  const Control& control)
{
    auto lines = Lines::open(file);
    if (!lines) {
        return lines.error();
    }
    return Import{config, source, audience, catalogue, vocabularies, control}.run(std::move(*lines));
}

} // namespace acervo::pipeline
