#include "indexer/lexicon/learn.h"

#include "analyzers/base/durable_file.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <thread>

namespace acervo::lexicon {

namespace fs = std::filesystem;
using text::Language;

namespace {

constexpr std::size_t kTextsAtOnce = 64;     // read in parallel before they are learned, in order
constexpr std::size_t kWorksAtOnce = 8;      // whose pages are held
constexpr std::size_t kMaxFiles = 200'000;   // of one folder
constexpr std::size_t kMaxProblems = 20;     // that are named
constexpr std::size_t kChangesAtOnce = 1000; // editions asked for

using Job = std::function<Batch(ParallelReader&)>;

std::string codesOf(const LanguagePair& pair)
{
    return std::string{text::codeOf(pair.source)} + "-" + std::string{text::codeOf(pair.target)};
}

bool isName(std::string_view name)
{
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// Files of each language by their path below the folder of the language, in order.
Result<std::map<std::string, FileByLanguage>> filesOf(const fs::path& folder)
{
    std::map<std::string, FileByLanguage> files;
    std::size_t languages = 0;
    std::size_t count = 0;
    for (const auto language : text::kLanguages) {
        const auto root = folder / text::codeOf(language);
        std::error_code problem;
        if (!fs::is_directory(root, problem)) {
            continue;
        }
        ++languages;
        for (fs::recursive_directory_iterator entry{root, problem}, end; !problem && entry != end;
             entry.increment(problem)) {
            std::error_code ignored;
            if (entry->is_regular_file(ignored)) {
                if (++count > kMaxFiles) {
                    return Error{ErrorCode::resourceLimit,
                                 folder.string() + " holds more than " + std::to_string(kMaxFiles) + " files"};
                }
                files[entry->path().lexically_relative(root).string()].emplace(language, entry->path());
            }
        }
        if (problem) {
            return errorFromErrno(problem.value(), "read " + root.string());
        }
    }
    if (languages < 2) {
        return Error{ErrorCode::invalidArgument, folder.string() + " lacks folders of two languages: en, fr, es"};
    }
    return files;
}

// Reads and learns: the parts that both need.
class Lesson {
public:
    explicit Lesson(const LearnRequest& request)
        : _workers(request.workerProgram, std::max(1U, request.threads), {}, {})
    {
        for (unsigned i = 0; i < std::max(1U, request.threads); ++i) {
            _readers.push_back(std::make_unique<ParallelReader>(_workers));
        }
        for (const auto& [source, target] : kLanguagePairs) {
            _learners.emplace_back(source, target);
        }
    }

    // Does the jobs, several at once, and learns what they yield in their order.
    void take(const std::vector<Job>& jobs, SourceReport& report, std::vector<std::string>& problems)
    {
        for (std::size_t begin = 0; begin < jobs.size(); begin += kTextsAtOnce) {
            const auto end = std::min(jobs.size(), begin + kTextsAtOnce);
            std::vector<Batch> batches(end - begin);
            read({jobs.data() + begin, end - begin}, batches);
            for (auto& batch : batches) {
                learn(batch, report, problems);
            }
        }
    }

    const std::vector<Learner>& learners() const { return _learners; }

private:
    void read(std::span<const Job> jobs, std::vector<Batch>& batches)
    {
        std::atomic<std::size_t> next{0};
        std::vector<std::exception_ptr> thrown(_readers.size());
        const auto readSome = [&](std::size_t reader) {
            try {
                for (auto i = next++; i < jobs.size(); i = next++) {
                    batches[i] = jobs[i](*_readers[reader]);
                }
            } catch (const std::exception&) { // rethrown by the thread that waits
                thrown[reader] = std::current_exception();
                next = jobs.size();
            }
        };
        std::vector<std::thread> threads;
        for (std::size_t reader = 1; reader < _readers.size(); ++reader) {
            threads.emplace_back(readSome, reader);
        }
        readSome(0);
        for (auto& thread : threads) {
            thread.join();
        }
        for (const auto& exception : thrown) {
            if (exception) {
                std::rethrow_exception(exception);
            }
        }
    }

    void learn(Batch& batch, SourceReport& report, std::vector<std::string>& problems)
    {
        ++report.texts;
        report.unreadable += batch.problems.size();
        report.counts += batch.counts;
        for (auto& problem : batch.problems) {
            if (problems.size() < kMaxProblems) {
                problems.push_back(std::move(problem));
            }
        }
        for (std::size_t i = 0; i < _learners.size(); ++i) {
            for (const auto& pair : batch.pairs[i]) {
                _learners[i].add(pair);
            }
        }
    }

    worker::WorkerPool _workers;
    std::vector<std::unique_ptr<ParallelReader>> _readers; // one for each thread
    std::vector<Learner> _learners;                        // as kLanguagePairs
};

Result<void> takeFolder(const fs::path& folder, Lesson& lesson, LearnReport& report)
{
    const auto files = filesOf(folder);
    if (!files) {
        return files.error();
    }
    std::vector<Job> jobs;
    for (const auto& [name, byLanguage] : *files) {
        const bool messages = fs::path{name}.extension() == ".mo";
        if (messages) {
            jobs.push_back(
                [&files = byLanguage](ParallelReader& reader) { return reader.readCatalogues(Language::en, files); });
        } else if (byLanguage.size() >= 2) {
            jobs.push_back([&files = byLanguage](ParallelReader& reader) { return reader.readDocuments(files); });
        }
    }
    lesson.take(jobs, report.sources.emplace_back(SourceReport{folder.string(), 0, 0, {}}), report.problems);
    return {};
}

// Current editions that everybody may read, by work.
Result<std::map<std::int64_t, std::map<Language, std::int64_t>>> editionsByWork(const LearnRequest& request)
{
    std::map<std::int64_t, std::map<Language, std::int64_t>> works;
    std::int64_t after = 0;
    while (true) {
        const auto changes = request.works->changesAfter(after, kChangesAtOnce);
        if (!changes) {
            return changes.error();
        }
        if (changes->empty()) {
            return works;
        }
        for (const auto& [number, edition] : *changes) {
            after = number;
            const auto language = text::languageOf(edition.metadata.language);
            if (edition.state == model::EditionState::current && edition.audience == request.audience &&
                language != Language::other) {
                works[edition.workId].emplace(language, edition.versionId);
            }
        }
    }
}

Result<void> takeWorks(const LearnRequest& request, Lesson& lesson, LearnReport& report)
{
    const auto works = editionsByWork(request);
    if (!works) {
        return works.error();
    }
    auto& source = report.sources.emplace_back(SourceReport{"works", 0, 0, {}});
    std::vector<Job> jobs;
    const auto finish = [&] {
        lesson.take(jobs, source, report.problems);
        jobs.clear();
    };
    for (const auto& [work, editions] : *works) {
        if (editions.size() < 2) {
            continue;
        }
        TextByLanguage texts;
        for (const auto& [language, version] : editions) {
            const auto pages = request.works->pages(version);
            if (!pages) {
                return pages.error();
            }
            for (const auto& page : *pages) {
                texts[language] += page.text + "\n\n";
            }
        }
        jobs.push_back([texts = std::move(texts)](ParallelReader& reader) { return reader.readTexts(texts); });
        if (jobs.size() == kWorksAtOnce) {
            finish();
        }
    }
    finish();
    return {};
}

Result<void> takeGettextFiles(const LearnRequest& request, Lesson& lesson, LearnReport& report)
{
    for (const auto& [file, from, to] : request.gettextFiles) {
        std::error_code problem;
        if (!fs::is_regular_file(file, problem)) {
            return Error{ErrorCode::notFound, "there is no file " + file.string()};
        }
        const Job job = [&file = file, from = from, to = to](ParallelReader& reader) {
            return reader.readCatalogues(from, {{to, file}});
        };
        lesson.take({job}, report.sources.emplace_back(SourceReport{file.string(), 0, 0, {}}), report.problems);
    }
    return {};
}

std::string tableText(const std::string& name, const std::vector<LearnedPair>& rows)
{
    std::string table =
        "# acervo lexicon source 1\n# name: " + name + "\n# origin: learned\n# title: Learned from parallel texts\n";
    char weight[16];
    for (const auto& row : rows) {
        std::snprintf(weight, sizeof weight, "%.3f", row.weight);
        table += "pair\t" + std::string{text::codeOf(row.from)} + '\t' + row.word + '\t' +
                 std::string{text::codeOf(row.to)} + '\t' + row.rendering + '\t' + weight + '\n';
    }
    return table;
}

Result<void> writeTables(const LearnRequest& request, const Lesson& lesson, LearnReport& report)
{
    std::error_code problem;
    fs::create_directories(request.output, problem);
    if (problem) {
        return errorFromErrno(problem.value(), "create " + request.output.string());
    }
    for (std::size_t i = 0; i < kLanguagePairs.size(); ++i) {
        const auto& learner = lesson.learners()[i];
        const auto name = request.name + "-" + codesOf(kLanguagePairs[i]);
        const auto file = request.output / (name + ".tsv");
        const auto rows = learner.learn(request.rules);
        report.tables.push_back(
            {kLanguagePairs[i], learner.pairs(), learner.repeated(), learner.leftOut(), rows.size(), {}});
        if (rows.empty()) {
            fs::remove(file, problem);
            continue;
        }
        if (auto written = replaceDurably(file, tableText(name, rows)); !written) {
            return written;
        }
        report.tables.back().file = file;
    }
    return {};
}

} // namespace

Result<LearnReport> learn(const LearnRequest& request)
{
    if (!isName(request.name)) {
        return Error{ErrorCode::invalidArgument, "a name is made of a-z, 0-9 and -: \"" + request.name + "\""};
    }
    if (request.folders.empty() && request.gettextFiles.empty() && request.works == nullptr) {
        return Error{ErrorCode::invalidArgument, "there is nothing to learn from"};
    }
    LearnReport report;
    Lesson lesson{request};
    for (const auto& folder : request.folders) {
        if (auto taken = takeFolder(folder, lesson, report); !taken) {
            return taken.error();
        }
    }
    if (auto taken = takeGettextFiles(request, lesson, report); !taken) {
        return taken.error();
    }
    if (request.works != nullptr) {
        if (auto taken = takeWorks(request, lesson, report); !taken) {
            return taken.error();
        }
    }
    if (auto written = writeTables(request, lesson, report); !written) {
        return written.error();
    }
    return report;
}

} // namespace acervo::lexicon
