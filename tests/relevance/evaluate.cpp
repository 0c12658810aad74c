// Prints how well searches are answered on test collections: ./dev eval.
//
//   acervo-evaluate [--only NAME]... [--own-only] [--lexicon NAME=FILE]... [--ranking NAME=NUMBER]... FOLDER
//
// FOLDER holds the collections, a folder each. --own-only leaves the second table out; --ranking tries another number
// of query::Ranking.
//
// Two tables: queries in the documents' language, with Xapian's own path beside; and queries in another language, as a
// share of what the documents' own language reaches on the same documents.
#include "analyzers/text/language.h"
#include "corpus/config/config.h"
#include "tests/relevance/path.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace {

using namespace acervo;
using namespace acervo::relevance;
namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& message)
{
    std::fprintf(stderr, "acervo-evaluate: %s\n", message.c_str());
    std::exit(1);
}

constexpr const char* kUsage =
    "usage: acervo-evaluate [--only NAME]... [--own-only] [--lexicon NAME=FILE]... [--ranking NAME=NUMBER]... FOLDER";

struct Arguments {
    fs::path folder;
    std::set<std::string> only;
    bool ownOnly = false;
    std::vector<std::pair<std::string, fs::path>> lexicons; // name, file
    search::EngineOptions options;
};

void setNumber(query::Ranking& ranking, const std::string& assignment)
{
    const std::map<std::string, double query::Ranking::*> numbers{
        {"k1", &query::Ranking::k1},
        {"b", &query::Ranking::b},
        {"minLength", &query::Ranking::minLength},
        {"exactForm", &query::Ranking::exactForm},
        {"minorRendering", &query::Ranking::minorRendering},
        {"minorBelow", &query::Ranking::minorBelow},
        {"byMeaning", &query::Ranking::byMeaning},
        {"mostWords", &query::Ranking::mostWords},
        {"bestPage", &query::Ranking::bestPage},
        {"proximity", &query::Ranking::proximity},
        {"freshness", &query::Ranking::freshness},
    };
    const auto equals = assignment.find('=');
    const auto name = assignment.substr(0, equals);
    const auto value = equals == std::string::npos ? "" : assignment.substr(equals + 1);
    if (const auto number = numbers.find(name); number != numbers.end()) {
        ranking.*number->second = std::atof(value.c_str());
    } else if (name == "reranked") {
        ranking.reranked = static_cast<std::size_t>(std::atoi(value.c_str()));
    } else if (name == "enough") {
        ranking.enough = static_cast<std::uint64_t>(std::atoi(value.c_str()));
    } else {
        fail("no number of the ranking is named " + name);
    }
}

Arguments readArguments(int count, char** words)
{
    Arguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--only" && i + 1 < count) {
            arguments.only.insert(words[++i]);
        } else if (word == "--lexicon" && i + 1 < count) {
            const std::string given = words[++i];
            const auto equals = std::min(given.find('='), given.size());
            arguments.lexicons.emplace_back(given.substr(0, equals), given.substr(std::min(equals + 1, given.size())));
        } else if (word == "--ranking" && i + 1 < count) {
            setNumber(arguments.options.ranking, words[++i]);
        } else if (word == "--own-only") {
            arguments.ownOnly = true;
        } else if (!word.starts_with("-") && arguments.folder.empty()) {
            arguments.folder = word;
        } else {
            fail(kUsage);
        }
    }
    if (arguments.folder.empty()) {
        fail(kUsage);
    }
    return arguments;
}

// Documents of one language of one collection, searched in every way.
class Bench {
public:
    Bench(const Collection& collection, const std::string& language, const vocabulary::Vocabularies& vocabularies,
          const search::EngineOptions& options)
        : _collection(collection), _language(language)
    {
        for (const auto& document : collection.documents) {
            if (document.language == language) {
                _documents.push_back(&document);
                _present.insert(document.id);
            }
        }
        auto built = AcervoPath::build(_documents, _folder.path(), vocabularies, options);
        if (!built) {
            fail(collection.name + ": " + built.error().message);
        }
        _acervo.emplace(std::move(*built));
        _plain.emplace(PlainPath::build(_documents));
    }

    void use(const vocabulary::Vocabularies& vocabularies, const search::EngineOptions& options)
    {
        if (auto opened = _acervo->reopen(vocabularies, options); !opened) {
            fail(_collection.name + ": " + opened.error().message);
        }
    }

    Measures acervo(const std::string& queryLanguage, const Asked& asked)
    {
        return measure(queryLanguage, [&](const Query& query) {
            auto ranking = _acervo->rank(query, asked);
            if (!ranking) {
                fail(_collection.name + ": " + ranking.error().message);
            }
            return std::move(*ranking);
        });
    }

    Measures plain(const std::string& queryLanguage)
    {
        return measure(queryLanguage, [&](const Query& query) { return _plain->rank(query); });
    }

private:
    template <class Rank>
    Measures measure(const std::string& queryLanguage, Rank&& rank)
    {
        Scorer scorer;
        const auto& judgements = _collection.judgements.at({queryLanguage, _language});
        for (const auto& query : _collection.queries) {
            const auto found = judgements.find(query.id);
            if (found == judgements.end()) {
                continue;
            }
            auto judged = found->second;
            std::erase_if(judged, [&](const auto& entry) { return !_present.contains(entry.first); });
            if (judged.empty()) {
                continue;
            }
            const auto began = std::chrono::steady_clock::now();
            const auto ranking = rank(query);
            const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - began;
            scorer.add(ranking, judged, spent.count());
        }
        return scorer.means();
    }

    const Collection& _collection;
    std::string _language;
    support::TemporaryFolder _folder;
    std::vector<const Document*> _documents;
    std::set<std::string> _present;
    std::optional<AcervoPath> _acervo;
    std::optional<PlainPath> _plain;
};

struct OwnRow {
    std::string name;
    Measures acervo;
    Measures unaccented;
    Measures plain;
};

struct CrossRow {
    std::string name;
    double own = 0.0; // MRR@10 of the documents' own language
    double ownMedianMilliseconds = 0.0;
    std::vector<Measures> lexicons; // one each
    Measures off;
    Measures plain;
};

struct Tables {
    std::vector<OwnRow> own;
    std::vector<CrossRow> cross;
};

void evaluate(const Collection& collection, const vocabulary::Vocabularies& vocabularies, const Arguments& arguments,
              Tables& tables)
{
    std::set<std::string> languages;
    for (const auto& [direction, judgements] : collection.judgements) {
        languages.insert(direction.second);
    }
    for (const auto& language : languages) {
        Bench bench{collection, language, vocabularies, arguments.options};
        const auto name = languages.size() == 1 ? collection.name : collection.name + " " + language;
        OwnRow own{name, bench.acervo(language, {}), bench.acervo(language, {.withoutAccents = true}),
                   bench.plain(language)};
        std::fprintf(stderr, "%s: %zu queries\n", name.c_str(), own.acervo.queries);
        for (const auto& [direction, judgements] : collection.judgements) {
            if (direction.second != language || direction.first == language || arguments.ownOnly) {
                continue;
            }
            CrossRow row;
            row.name = collection.name + " " + direction.first + ">" + language;
            row.own = own.acervo.mrr10;
            row.ownMedianMilliseconds = own.acervo.medianMilliseconds;
            row.off = bench.acervo(direction.first, {});
            row.plain = bench.plain(direction.first);
            for (const auto& [title, file] : arguments.lexicons) {
                auto options = arguments.options;
                options.lexiconFile = file;
                bench.use(vocabularies, options);
                row.lexicons.push_back(bench.acervo(direction.first, {.translate = true}));
            }
            bench.use(vocabularies, arguments.options);
            tables.cross.push_back(std::move(row));
        }
        tables.own.push_back(std::move(own));
    }
}

double percent(double part, double whole)
{
    return whole == 0.0 ? 0.0 : 100.0 * part / whole;
}

void print(const Tables& tables, const Arguments& arguments)
{
    std::printf("Queries in the language of the documents. Plain: Xapian's TermGenerator, QueryParser and defaults.\n");
    std::printf("%-22s %7s %8s %8s %7s %8s %7s %8s %8s %8s\n", "collection", "queries", "nDCG@10", "plain", "change",
                "no acc.", "loss", "MRR@10", "R@100", "p50 ms");
    OwnRow mean;
    for (const auto& row : tables.own) {
        std::printf("%-22s %7zu %8.4f %8.4f %+6.1f%% %8.4f %+6.1f%% %8.4f %8.4f %8.2f\n", row.name.c_str(),
                    row.acervo.queries, row.acervo.ndcg10, row.plain.ndcg10,
                    percent(row.acervo.ndcg10, row.plain.ndcg10) - 100.0, row.unaccented.ndcg10,
                    percent(row.unaccented.ndcg10, row.acervo.ndcg10) - 100.0, row.acervo.mrr10, row.acervo.recall100,
                    row.acervo.medianMilliseconds);
        const auto count = static_cast<double>(tables.own.size());
        mean.acervo.ndcg10 += row.acervo.ndcg10 / count;
        mean.unaccented.ndcg10 += row.unaccented.ndcg10 / count;
        mean.plain.ndcg10 += row.plain.ndcg10 / count;
        mean.acervo.mrr10 += row.acervo.mrr10 / count;
        mean.acervo.recall100 += row.acervo.recall100 / count;
    }
    std::printf("%-22s %7s %8.4f %8.4f %+6.1f%% %8.4f %+6.1f%% %8.4f %8.4f\n", "mean", "", mean.acervo.ndcg10,
                mean.plain.ndcg10, percent(mean.acervo.ndcg10, mean.plain.ndcg10) - 100.0, mean.unaccented.ndcg10,
                percent(mean.unaccented.ndcg10, mean.acervo.ndcg10) - 100.0, mean.acervo.mrr10, mean.acervo.recall100);
    if (tables.cross.empty()) {
        return;
    }
    std::printf(
        "\nQueries in another language: MRR@10, and as a share of the documents' own language; time: median, as a "
        "multiple of the documents' own language.\n%-24s %7s %7s %8s %7s %8s %7s",
        "collection", "queries", "own", "plain", "share", "off", "share");
    for (const auto& [title, file] : arguments.lexicons) {
        std::printf(" %8s %7s %5s", title.c_str(), "share", "time");
    }
    for (const auto& row : tables.cross) {
        std::printf("\n%-24s %7zu %7.4f %8.4f %6.1f%% %8.4f %6.1f%%", row.name.c_str(), row.off.queries, row.own,
                    row.plain.mrr10, percent(row.plain.mrr10, row.own), row.off.mrr10, percent(row.off.mrr10, row.own));
        for (const auto& measures : row.lexicons) {
            std::printf(" %8.4f %6.1f%% %5.2f", measures.mrr10, percent(measures.mrr10, row.own),
                        measures.medianMilliseconds / row.ownMedianMilliseconds);
        }
    }
    std::printf("\n\n");
}

} // namespace

int main(int count, char** words)
{
    const auto arguments = readArguments(count, words);
    const auto vocabularies = vocabulary::load(config::sharedFolder() / "corpus" / "vocabulary");
    if (!vocabularies) {
        fail(vocabularies.error().message);
    }
    std::set<fs::path> folders;
    for (const auto& entry : fs::directory_iterator{arguments.folder}) {
        const bool wanted = arguments.only.empty() || arguments.only.contains(entry.path().filename().string());
        if (wanted && fs::exists(entry.path() / "docs.jsonl")) {
            folders.insert(entry.path());
        }
    }
    if (folders.empty()) {
        fail("no collections in " + arguments.folder.string() +
             ": a collection is a folder with docs.jsonl, queries.tsv and qrels.tsv");
    }
    Tables tables;
    for (const auto& folder : folders) {
        const auto collection = loadCollection(folder);
        if (!collection) {
            fail(collection.error().message);
        }
        evaluate(*collection, *vocabularies, arguments, tables);
    }
    print(tables, arguments);
    return 0;
}
