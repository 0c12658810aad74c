#include "searchd/cli/evaluation.h"

#include "analyzers/text/normalise.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/index/writer.h"
#include "searchd/search/engine.h"

#include <nlohmann/json.hpp>

#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace acervo::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t kRanksForGain = 10;
constexpr std::uint32_t kRanksForRecall = 100;
constexpr std::size_t kStoresPerCommit = 1000;

struct Query {
    std::string id;
    std::string language;
    std::string text;
};

using Judgements = std::map<std::string, std::map<std::string, int>>; // query -> document -> grade

class TemporaryFolder {
public:
    static Result<TemporaryFolder> make()
    {
        std::string pattern = (fs::temp_directory_path() / "acervo-evaluate-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            return errorFromErrno(errno, "make a temporary folder");
        }
        return TemporaryFolder{pattern};
    }
    TemporaryFolder(TemporaryFolder&& other) noexcept : _path(std::exchange(other._path, {})) {}
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        if (!_path.empty()) {
            fs::remove_all(_path, ignored);
        }
    }
    const fs::path& path() const { return _path; }

private:
    explicit TemporaryFolder(fs::path path) : _path(std::move(path)) {}
    fs::path _path;
};

std::vector<std::string> cellsOf(const std::string& line, char separator)
{
    std::vector<std::string> cells;
    std::size_t begin = 0;
    for (;;) {
        const auto end = line.find(separator, begin);
        cells.push_back(line.substr(begin, end == std::string::npos ? end : end - begin));
        if (end == std::string::npos) {
            return cells;
        }
        begin = end + 1;
    }
}

// Calls `take` with each line and its number; what it returns false for is a malformed line.
template <class Take>
Result<void> eachLine(const fs::path& file, Take&& take)
{
    errno = 0;
    std::ifstream in{file};
    if (!in) {
        return errorFromErrno(errno, "open " + file.string());
    }
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (!line.empty() && !take(line)) {
            return Error{ErrorCode::corruptInput, file.string() + ":" + std::to_string(number) + ": malformed line"};
        }
    }
    return {};
}

class Evaluation {
public:
    Evaluation(const Collection& collection, const vocabulary::Vocabularies& vocabularies, fs::path folder)
        : _collection(collection), _vocabularies(vocabularies), _folder(std::move(folder))
    {
    }

    Result<Scores> run()
    {
        for (const auto step : {&Evaluation::readQueries, &Evaluation::readJudgements, &Evaluation::build}) {
            if (auto done = (this->*step)(); !done) {
                return done.error();
            }
        }
        return score();
    }

private:
    Result<void> readQueries()
    {
        return eachLine(_collection.folder / "queries.tsv", [&](const std::string& line) {
            auto cells = cellsOf(line, '\t');
            if (cells.size() < 3) {
                return false;
            }
            _queries.push_back({cells[0], cells[1], text::clean(cells[2])});
            return true;
        });
    }

    Result<void> readJudgements()
    {
        const auto file = _collection.judgements.empty() ? _collection.folder / "qrels.tsv" : _collection.judgements;
        return eachLine(file, [&](std::string line) {
            std::ranges::replace(line, '\t', ' ');
            const auto cells = cellsOf(line, ' ');
            if (cells.size() != 4) {
                return false;
            }
            if (const int grade = std::atoi(cells[3].c_str()); grade > 0) {
                _judgements[cells[0]][cells[2]] = grade;
            }
            return true;
        });
    }

    Result<void> build()
    {
        auto catalogue = catalogue::Catalogue::open(_folder / "catalogue.sqlite", catalogue::Mode::readWrite);
        if (!catalogue) {
            return catalogue.error();
        }
        if (auto stored = storeDocuments(*catalogue); !stored) {
            return stored;
        }
        index::WriterOptions options;
        options.root = _folder / "index";
        const auto indexed = index::catchUp(options, *catalogue, _vocabularies);
        if (!indexed) {
            return indexed.error();
        }
        return {};
    }

    Result<void> storeDocuments(catalogue::Catalogue& catalogue)
    {
        Result<void> outcome = catalogue.begin();
        if (!outcome) {
            return outcome;
        }
        auto read = eachLine(_collection.folder / "docs.jsonl", [&](const std::string& line) {
            const auto object = json::parse(line, nullptr, false);
            if (!object.is_object() || !object.contains("id") || !object["id"].is_string()) {
                return false;
            }
            if (outcome) {
                outcome = storeOne(catalogue, object);
            }
            return true;
        });
        if (!read) {
            return read;
        }
        return outcome ? catalogue.commit() : outcome;
    }

    Result<void> storeOne(catalogue::Catalogue& catalogue, const json& object)
    {
        const auto language = object.value("lang", std::string{});
        if (!_collection.documentLanguage.empty() && language != _collection.documentLanguage) {
            return {};
        }
        catalogue::NewDocument document;
        document.location.source = "collection";
        document.location.uri = object["id"].get<std::string>();
        document.location.sha256 = document.location.uri; // every document of a collection is one of its own
        document.location.outcome = catalogue::Outcome::indexed;
        document.audience = access::kPublic;
        document.mediaType = "text/plain";
        document.metadata.language = language;
        document.metadata.title = text::clean(object.value("title", std::string{}));
        model::Page page;
        page.number = 1;
        page.language = language;
        page.text = text::clean(object.value("text", std::string{}));
        document.pages.push_back(std::move(page));
        const auto stored = catalogue.store(document);
        if (!stored) {
            return stored.error();
        }
        _documents.emplace(stored->editionId, document.location.uri);
        if (_documents.size() % kStoresPerCommit == 0) {
            if (auto committed = catalogue.commit(); !committed) {
                return committed;
            }
            return catalogue.begin();
        }
        return {};
    }

    Result<Scores> score()
    {
        search::EngineOptions options;
        options.indexRoot = _folder / "index";
        options.catalogueFile = _folder / "catalogue.sqlite";
        // Test queries are whole paragraphs: the budget that protects the public door would cut them.
        options.budget.maxBytes = 1U << 20U;
        options.budget.maxTerms = 10'000;
        options.budget.cpu = std::chrono::minutes{5};
        auto engine =
            search::Engine::open(options, access::Filter::publicOnly(), _vocabularies, search::makeSharedState());
        if (!engine) {
            return engine.error();
        }
        std::set<std::string> present;
        for (const auto& [edition, id] : _documents) {
            present.insert(id);
        }
        Scores scores;
        scores.documents = _documents.size();
        for (const auto& query : _queries) {
            auto judged = _judgements.find(query.id);
            if (judged == _judgements.end()) {
                continue;
            }
            std::erase_if(judged->second, [&](const auto& entry) { return !present.contains(entry.first); });
            if (judged->second.empty()) {
                continue;
            }
            search::SearchRequest request;
            request.q = query.text;
            request.size = kRanksForRecall;
            request.interfaceLanguage = text::languageOf(query.language);
            request.facets = false;
            request.snippets = false;
            const auto answer = engine->search(request);
            if (!answer) {
                return answer.error().within("query " + query.id);
            }
            add(scores, *answer, judged->second);
        }
        if (scores.queries > 0) {
            const auto count = static_cast<double>(scores.queries);
            scores.ndcg10 /= count;
            scores.mrr10 /= count;
            scores.recall100 /= count;
        }
        return scores;
    }

    void add(Scores& scores, const search::SearchAnswer& answer, const std::map<std::string, int>& judged) const
    {
        const auto discount = [](std::size_t rank) { return 1.0 / std::log2(static_cast<double>(rank) + 1.0); };
        double gain = 0.0;
        double firstRelevant = 0.0;
        std::size_t found = 0;
        for (std::size_t i = 0; i < answer.hits.size(); ++i) {
            const auto grade = judged.find(_documents.at(answer.hits[i].editionId));
            if (grade == judged.end()) {
                continue;
            }
            ++found;
            if (i < kRanksForGain) {
                gain += grade->second * discount(i + 1);
                firstRelevant = std::max(firstRelevant, 1.0 / static_cast<double>(i + 1));
            }
        }
        std::vector<int> grades;
        grades.reserve(judged.size());
        for (const auto& [document, grade] : judged) {
            grades.push_back(grade);
        }
        std::ranges::sort(grades, std::greater{});
        double best = 0.0;
        for (std::size_t i = 0; i < grades.size() && i < kRanksForGain; ++i) {
            best += grades[i] * discount(i + 1);
        }
        ++scores.queries;
        scores.ndcg10 += gain / best;
        scores.mrr10 += firstRelevant;
        scores.recall100 += static_cast<double>(found) / static_cast<double>(judged.size());
    }

    const Collection& _collection;
    const vocabulary::Vocabularies& _vocabularies;
    fs::path _folder;
    std::vector<Query> _queries;
    Judgements _judgements;
    std::unordered_map<std::int64_t, std::string> _documents; // edition -> id in the collection
};

} // namespace

Result<Scores> evaluate(const Collection& collection, const vocabulary::Vocabularies& vocabularies)
{
    const auto folder = TemporaryFolder::make();
    if (!folder) {
        return folder.error();
    }
    return Evaluation{collection, vocabularies, folder->path()}.run();
}

} // namespace acervo::cli
