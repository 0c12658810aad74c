#include "tests/relevance/collection.h"

#include "analyzers/text/normalise.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace acervo::relevance {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kRanksForGain = 10;

// Calls `take` with each line; what it returns false for is malformed.
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
        if (!line.empty() && !take(line)) {
            return Error{ErrorCode::corruptInput, file.string() + ":" + std::to_string(number) + ": malformed line"};
        }
    }
    return {};
}

Result<void> readDocuments(const fs::path& folder, Collection& collection)
{
    return eachLine(folder / "docs.jsonl", [&](const std::string& line) {
        const auto row = nlohmann::json::parse(line, nullptr, false);
        if (!row.is_object() || !row.contains("id")) {
            return false;
        }
        collection.documents.push_back({row.at("id").get<std::string>(), row.value("lang", std::string{}),
                                        text::clean(row.value("title", std::string{})),
                                        text::clean(row.value("text", std::string{}))});
        return true;
    });
}

Result<void> readQueries(const fs::path& folder, Collection& collection)
{
    return eachLine(folder / "queries.tsv", [&](const std::string& line) {
        const auto first = line.find('\t');
        const auto second = first == std::string::npos ? first : line.find('\t', first + 1);
        if (second == std::string::npos) {
            return false;
        }
        collection.queries.push_back(
            {line.substr(0, first), line.substr(first + 1, second - first - 1), text::clean(line.substr(second + 1))});
        return true;
    });
}

Result<void> readJudgements(const fs::path& file, Judgements& judgements)
{
    return eachLine(file, [&](const std::string& line) {
        std::istringstream in{line};
        std::string query;
        std::string iteration;
        std::string document;
        int grade = 0;
        if (!(in >> query >> iteration >> document >> grade)) {
            return false;
        }
        if (grade > 0) {
            judgements[query][document] = grade;
        }
        return true;
    });
}

} // namespace

Result<Collection> loadCollection(const fs::path& folder)
{
    Collection collection;
    collection.name = folder.filename().string();
    if (auto read = readDocuments(folder, collection); !read) {
        return read.error();
    }
    if (auto read = readQueries(folder, collection); !read) {
        return read.error();
    }
    constexpr std::string_view kPrefix = "qrels.";
    for (const auto& entry : fs::directory_iterator{folder}) {
        const auto name = entry.path().filename().string(); // qrels.fr-en.tsv
        if (name.starts_with(kPrefix) && name.size() == kPrefix.size() + 9 && name[kPrefix.size() + 2] == '-') {
            auto& judgements =
                collection.judgements[{name.substr(kPrefix.size(), 2), name.substr(kPrefix.size() + 3, 2)}];
            if (auto read = readJudgements(entry.path(), judgements); !read) {
                return read.error();
            }
        }
    }
    if (collection.judgements.empty()) {
        const auto language = collection.documents.empty() ? std::string{} : collection.documents.front().language;
        if (auto read = readJudgements(folder / "qrels.tsv", collection.judgements[{language, language}]); !read) {
            return read.error();
        }
    }
    return collection;
}

void Scorer::add(const std::vector<std::string>& ranking, const Judged& judged, double milliseconds)
{
    const auto discount = [](std::size_t rank) { return 1.0 / std::log2(static_cast<double>(rank) + 1.0); };
    double gain = 0.0;
    double firstRelevant = 0.0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < ranking.size() && i < kRanks; ++i) {
        const auto grade = judged.find(ranking[i]);
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
    ++_sums.queries;
    _sums.ndcg10 += gain / best;
    _sums.mrr10 += firstRelevant;
    _sums.recall100 += static_cast<double>(found) / static_cast<double>(judged.size());
    _milliseconds.push_back(milliseconds);
}

Measures Scorer::means() const
{
    auto means = _sums;
    if (means.queries == 0) {
        return means;
    }
    const auto count = static_cast<double>(means.queries);
    means.ndcg10 /= count;
    means.mrr10 /= count;
    means.recall100 /= count;
    auto times = _milliseconds;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    means.medianMilliseconds = *middle;
    return means;
}

} // namespace acervo::relevance
