// Facets are exact: random corpora and requests, compared with counts made by hand over the catalogue's editions.
#include "analyzers/text/normalise.h"
#include "searchd/search/engine.h"
#include "tests/support/indexed_catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>

namespace acervo::search {
namespace {

using schema::Facet;
using support::IndexedCatalogue;
using support::shippedVocabularies;

// Words that begin with a digit have the same stem in every language: what matches can be said without an analyser.
const std::vector<std::string> kWords{"1kalo", "2miru", "3teno", "4basi", "5zuvo", "6peli", "7dora", "8hinu"};

// What a query asks for, as text and as a condition on a document's words in order (title apart from pages).
struct Asked {
    std::string q;
    std::vector<std::string> words;
    enum class Kind { nothing, words, without, either, both, phrase } kind = Kind::nothing;
};

struct Document {
    model::Edition edition;
    std::vector<std::string> title;
    std::vector<std::string> body;
    std::array<std::vector<std::string>, schema::kFacetCount> values;

    bool has(const std::string& word) const
    {
        return std::ranges::find(title, word) != title.end() || std::ranges::find(body, word) != body.end();
    }
    bool hasInOrder(const std::string& first, const std::string& second) const
    {
        const auto inOrder = [&](const std::vector<std::string>& words) {
            return std::ranges::adjacent_find(
                       words, [&](const auto& a, const auto& b) { return a == first && b == second; }) != words.end();
        };
        return inOrder(title) || inOrder(body);
    }
};

std::vector<std::string> split(const std::string& text)
{
    std::istringstream in{text};
    std::vector<std::string> words;
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    return words;
}

class Corpus {
public:
    Corpus(IndexedCatalogue& library, std::mt19937& random) : _library(library), _random(random) {}

    void storeWorks(std::size_t works, int round)
    {
        for (std::size_t work = 0; work < works; ++work) {
            const auto name = "work" + std::to_string(round) + "-" + std::to_string(work);
            const std::string audience = one({"public", "public", "members", "staff"});
            for (const std::string language : {"en", "fr", "es"}) {
                if (chance(60)) {
                    storeOne(name, language, chance(80) ? audience : one({"public", "members", "staff"}));
                }
            }
        }
    }

    void withdrawSome()
    {
        const auto locations = _library.catalogue().locations("tests");
        for (const auto& location : *locations) {
            if (chance(15)) {
                ASSERT_TRUE(_library.catalogue().withdraw("tests", location.uri, "test"));
            }
        }
    }

    std::vector<Document> readable(const access::Filter& reader)
    {
        std::vector<Document> documents;
        for (auto& [id, edition] : _library.editions()) {
            if (edition.state == model::EditionState::withdrawn || !reader.mayRead(edition.audience)) {
                continue;
            }
            Document document;
            document.title = split(edition.metadata.title);
            const auto pages = _library.catalogue().pages(edition.versionId);
            for (const auto& page : *pages) {
                for (auto& word : split(page.text)) {
                    document.body.push_back(std::move(word));
                }
            }
            const auto& metadata = edition.metadata;
            document.values = {
                list(metadata.section), list(metadata.type),     metadata.themes, list(metadata.date.substr(0, 4)),
                metadata.countries,     list(metadata.language), metadata.sdgs};
            addAncestors(shippedVocabularies().types, document.values[1]);
            addAncestors(shippedVocabularies().themes, document.values[2]);
            addAncestors(shippedVocabularies().countries, document.values[4]);
            document.edition = std::move(edition);
            documents.push_back(std::move(document));
        }
        return documents;
    }

    Asked ask()
    {
        using Kind = Asked::Kind;
        const auto first = one(kWords);
        auto second = one(kWords);
        while (second == first) {
            second = one(kWords);
        }
        switch (number(0, 7)) {
        case 0:
            return {};
        case 1:
            return {first, {first}, Kind::words};
        case 2:
            return {first + " " + second, {first, second}, Kind::words};
        case 3: {
            auto words = kWords;
            std::ranges::shuffle(words, _random);
            words.resize(static_cast<std::size_t>(number(3, 6)));
            std::string q;
            for (const auto& word : words) {
                q += word + " ";
            }
            return {q, words, Kind::words};
        }
        case 4:
            return {first + " -" + second, {first, second}, Kind::without};
        case 5:
            return {first + " OR " + second, {first, second}, Kind::either};
        case 6:
            return {first + " AND " + second, {first, second}, Kind::both};
        default:
            return {"\"" + first + " " + second + "\"", {first, second}, Kind::phrase};
        }
    }

    SearchRequest filtered(const std::vector<Document>& documents)
    {
        SearchRequest request;
        for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
            std::set<std::string> values;
            for (const auto& document : documents) {
                values.insert(document.values[facet].begin(), document.values[facet].end());
            }
            std::vector<std::string> choices{values.begin(), values.end()};
            choices.emplace_back("no-such-value");
            for (int n = chance(25) ? number(1, 3) : 0; n > 0; --n) {
                auto value = one(choices);
                if (std::ranges::find(request.filters[facet], value) == request.filters[facet].end()) {
                    request.filters[facet].push_back(std::move(value));
                }
            }
        }
        if (chance(20)) {
            request.yearFrom = number(2014, 2019);
        }
        if (chance(20)) {
            request.yearTo = number(2016, 2021);
        }
        return request;
    }

    int number(int least, int most) { return std::uniform_int_distribution{least, most}(_random); }
    bool chance(int percent) { return number(1, 100) <= percent; }

private:
    std::string one(const std::vector<std::string>& choices)
    {
        return choices[static_cast<std::size_t>(number(0, static_cast<int>(choices.size()) - 1))];
    }

    std::vector<std::string> some(const std::vector<std::string>& choices)
    {
        std::vector<std::string> chosen;
        std::ranges::sample(choices, std::back_inserter(chosen), number(0, 2), _random);
        return chosen;
    }

    static std::vector<std::string> list(const std::string& value)
    {
        return value.empty() ? std::vector<std::string>{} : std::vector{value};
    }

    static void addAncestors(const vocabulary::Scheme& scheme, std::vector<std::string>& values)
    {
        const auto given = values;
        for (const auto& value : given) {
            for (const auto* ancestor : scheme.ancestors(value)) {
                if (std::ranges::find(values, ancestor->notation) == values.end()) {
                    values.push_back(ancestor->notation);
                }
            }
        }
    }

    std::string randomText(int words)
    {
        std::string text;
        for (; words > 0; --words) {
            text += one(kWords) + " ";
        }
        return text;
    }

    void storeOne(const std::string& work, const std::string& language, const std::string& audience)
    {
        std::vector<std::string> pages;
        for (int n = number(1, 3); n > 0; --n) {
            pages.push_back(randomText(number(1, 3)));
        }
        auto document = support::makeDocument(work, language, std::move(pages));
        document.location.uri += audience;
        document.audience = audience;
        auto& metadata = document.metadata;
        metadata.title = work + " " + (chance(50) ? one(kWords) : "");
        metadata.section = one({"africa", "europe", "world", ""});
        metadata.type = one({"annual-report", "policy-brief", "declaration", "report", ""});
        metadata.themes = some({"local-finance", "fiscal-equalisation", "climate-adaptation", "climate-change", "own"});
        metadata.countries = some({"SN", "FR", "MA", "BR"});
        metadata.sdgs = some({"11", "16", "6"});
        metadata.date = one({"2014", "2016-03", "2018-07-01", "2018-06", "2020-12-31", "2021", ""});
        _library.store(document);
    }

    IndexedCatalogue& _library;
    std::mt19937& _random;
};

// What is expected of one request, counted the slow way.
class Oracle {
public:
    // enough  see query::Ranking.
    Oracle(const std::vector<Document>& documents, Asked asked, std::size_t enough)
        : _documents(documents), _asked(std::move(asked)), _enough(enough)
    {
    }

    // As asked; any of the words where few works have most of them, or none passes the filters.
    std::set<std::string> works(const SearchRequest& request) const
    {
        if (isFew(request)) {
            return works(request, true);
        }
        auto found = works(request, false);
        return found.empty() && canRelax() ? works(request, true) : found;
    }

    bool relaxes(const SearchRequest& request) const
    {
        return isFew(request) || (works(request, false).empty() && !works(request).empty());
    }

    // The number of a span of years: what choosing it as the years finds, by the same rule.
    std::size_t between(const SearchRequest& request, int first, int last) const
    {
        auto clicked = request;
        clicked.filter(Facet::year).clear();
        clicked.yearFrom = first;
        clicked.yearTo = last;
        return isFew(request) || works(request, false).empty() ? works(clicked).size() : works(clicked, false).size();
    }

    // The number beside a value: what choosing it alone finds. One that only a relaxed query would find is not shown
    // beside results that are as asked.
    std::size_t beside(const SearchRequest& request, std::size_t facet, const std::string& value) const
    {
        auto clicked = request;
        clicked.filters[facet] = {value};
        return isFew(request) || works(request, false).empty() ? works(clicked).size() : works(clicked, false).size();
    }

    bool shows(std::int64_t editionId, const SearchRequest& request) const
    {
        const bool relaxed = relaxes(request);
        return std::ranges::any_of(_documents, [&](const Document& document) {
            return document.edition.editionId == editionId && matches(document, relaxed) && passes(document, request);
        });
    }

    std::vector<std::string> languagesOf(const std::string& citableId) const
    {
        std::set<std::string> languages;
        for (const auto& document : _documents) {
            if (document.edition.citableId == citableId) {
                languages.insert(document.edition.metadata.language);
            }
        }
        return {languages.begin(), languages.end()};
    }

private:
    // Decided without the filters, by relevance only.
    bool isFew(const SearchRequest& request) const
    {
        SearchRequest unfiltered;
        return request.sort == Sort::relevance && canRelax() && _asked.kind != Asked::Kind::phrase &&
               works(unfiltered, false).size() < _enough &&
               works(unfiltered, true).size() > works(unfiltered, false).size();
    }

    bool canRelax() const
    {
        return _asked.kind == Asked::Kind::phrase ||
               (_asked.kind == Asked::Kind::words && _asked.words.size() > 1 && _asked.words.size() < 5);
    }

    std::set<std::string> works(const SearchRequest& request, bool relaxed) const
    {
        std::set<std::string> ids;
        for (const auto& document : _documents) {
            if (matches(document, relaxed) && passes(document, request)) {
                ids.insert(document.edition.citableId);
            }
        }
        return ids;
    }

    bool matches(const Document& document, bool relaxed) const
    {
        using Kind = Asked::Kind;
        const auto& words = _asked.words;
        const auto present = static_cast<std::size_t>(
            std::ranges::count_if(words, [&](const auto& word) { return document.has(word); }));
        if (relaxed) {
            return present > 0;
        }
        switch (_asked.kind) {
        case Kind::nothing:
            return true;
        case Kind::words: // all of one or two, all but one of three or four, any of more
            return present >= (words.size() > 4 ? 1 : words.size() > 2 ? words.size() - 1 : words.size());
        case Kind::without:
            return document.has(words[0]) && !document.has(words[1]);
        case Kind::either:
            return present > 0;
        case Kind::both:
            return present == words.size();
        case Kind::phrase:
            return document.hasInOrder(words[0], words[1]);
        }
        return false;
    }

    static bool passes(const Document& document, const SearchRequest& request)
    {
        for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
            const auto& values = document.values[facet];
            const auto& wanted = request.filters[facet];
            if (!wanted.empty() && std::ranges::find_first_of(values, wanted) == values.end()) {
                return false;
            }
        }
        if (request.yearFrom || request.yearTo) {
            const auto year = std::atoi(document.edition.metadata.date.substr(0, 4).c_str());
            return year > 0 && year >= request.yearFrom.value_or(0) && year <= request.yearTo.value_or(9999);
        }
        return true;
    }

    const std::vector<Document>& _documents;
    Asked _asked;
    std::size_t _enough;
};

std::string sortKey(const Hit& hit, Sort sort)
{
    if (sort == Sort::title) {
        return std::string{text::truncateUtf8(text::fold(hit.title), 64)};
    }
    std::string digits;
    std::ranges::copy_if(hit.date, std::back_inserter(digits), [](char c) { return c != '-'; });
    if (digits.empty()) {
        return sort == Sort::oldest ? "99999999" : "";
    }
    digits.resize(8, '0');
    return digits;
}

class FacetProperty : public testing::TestWithParam<unsigned> {};

TEST_P(FacetProperty, countsAreTheResultsAfterTheClick)
{
    std::mt19937 random{GetParam()};
    IndexedCatalogue library;
    Corpus corpus{library, random};
    corpus.storeWorks(14, 1);
    library.catchUp();
    corpus.withdrawSome();
    corpus.storeWorks(8, 2); // docids now have gaps, and the second commit is on top of the first
    library.catchUp();
    ASSERT_TRUE(library.problems().empty());

    const std::vector<std::vector<std::string>> readers{
        {"public"}, {"public", "members"}, {"public", "members", "staff"}};
    const access::Filter reader{readers[GetParam() % readers.size()]};
    const auto documents = corpus.readable(reader);
    EngineOptions options;
    options.indexRoot = library.options().root;
    options.catalogueFile = library.catalogueFile();
    options.ranking.enough = std::array{1U, 4U, 10U}[GetParam() % 3];
    auto engine = Engine::open(options, reader, shippedVocabularies(), makeSharedState());
    ASSERT_TRUE(engine) << engine.error().message;
    const auto search = [&](const SearchRequest& request) {
        auto answer = engine->search(request);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *answer : SearchAnswer{};
    };

    std::size_t compared = 0;
    for (int round = 0; round < 25 && !HasFailure(); ++round) {
        const auto asked = corpus.ask();
        const Oracle oracle{documents, asked, options.ranking.enough};
        auto request = corpus.filtered(documents);
        request.q = asked.q;
        request.size = 0;
        SCOPED_TRACE("q=" + asked.q + " round " + std::to_string(round));
        const auto answer = search(request);
        const auto expected = oracle.works(request);
        EXPECT_EQ(answer.total, expected.size());
        EXPECT_EQ(
            std::ranges::any_of(answer.notes,
                                [](const auto& n) { return n.code == "allWordsRelaxed" || n.code == "someWordsToo"; }),
            oracle.relaxes(request));

        ASSERT_EQ(answer.facets.size(), schema::kFacetCount);
        for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
            std::map<std::string, std::size_t> wanted;
            for (const auto& document : documents) {
                for (const auto& value : document.values[facet]) {
                    if (const auto works = oracle.beside(request, facet, value); works > 0) {
                        wanted[value] = works;
                    }
                }
            }
            for (const auto& value : request.filters[facet]) {
                wanted.try_emplace(value, 0);
            }
            std::map<std::string, std::size_t> shown;
            for (const auto& value : answer.facets[facet].values) {
                EXPECT_TRUE(shown.emplace(value.value, value.count).second) << value.value << " is listed twice";
                const auto& chosen = request.filters[facet];
                EXPECT_EQ(value.selected, std::ranges::find(chosen, value.value) != chosen.end());
            }
            compared += wanted.size();
            EXPECT_EQ(shown, wanted) << schema::kFacets[facet].name;
            // The click. A chosen value that adds nothing shows 0; alone it may find something with fewer words.
            for (const auto& [value, count] : shown) {
                auto clicked = request;
                clicked.filters[facet] = {value};
                clicked.facets = false;
                const auto after = search(clicked);
                ++compared;
                EXPECT_TRUE(after.total == count || (count == 0 && oracle.relaxes(clicked)))
                    << schema::kFacets[facet].name << "=" << value << ": " << count << ", after it " << after.total;
            }
        }

        const auto interval = corpus.number(1, 7);
        const auto spans = engine->yearHistogram(request, interval);
        ASSERT_TRUE(spans) << spans.error().message;
        std::map<int, std::size_t> told;
        for (const auto& span : *spans) {
            EXPECT_EQ(span.last - span.first + 1, interval);
            EXPECT_EQ(span.count, oracle.between(request, span.first, span.last)) << span.first << " to " << span.last;
            told.emplace(span.first, span.count);
            ++compared;
        }
        for (int first = 2000 - 2000 % interval; first < 2030; first += interval) {
            if (!told.contains(first)) {
                EXPECT_EQ(oracle.between(request, first, first + interval - 1), 0U) << first;
            }
            const bool isInside = !told.empty() && first > told.begin()->first && first < told.rbegin()->first;
            EXPECT_TRUE(told.contains(first) || !isInside) << first;
            ++compared;
        }
        if (!told.empty()) {
            EXPECT_GT(told.begin()->second, 0U);
            EXPECT_GT(told.rbegin()->second, 0U);
        }

        request.sort = static_cast<Sort>(corpus.number(0, 3));
        request.size = 3;
        const auto sorted = oracle.works(request);
        std::vector<std::string> paged;
        std::string previous;
        for (request.page = 1; request.page < 20; ++request.page) {
            const auto page = search(request);
            EXPECT_EQ(page.total, sorted.size());
            if (page.hits.empty()) {
                break;
            }
            for (const auto& hit : page.hits) {
                EXPECT_TRUE(oracle.shows(hit.editionId, request)) << hit.citableId << " " << hit.language;
                EXPECT_EQ(hit.languages, oracle.languagesOf(hit.citableId));
                if (request.sort != Sort::relevance && !paged.empty()) {
                    const auto key = sortKey(hit, request.sort);
                    EXPECT_TRUE(request.sort == Sort::newest ? key <= previous : key >= previous)
                        << previous << " before " << key;
                }
                previous = sortKey(hit, request.sort);
                paged.push_back(hit.citableId);
            }
        }
        EXPECT_EQ(paged.size(), sorted.size());
        EXPECT_EQ((std::set<std::string>{paged.begin(), paged.end()}), sorted);
    }
    std::cout << compared << " numbers compared\n";
    RecordProperty("compared", std::to_string(compared));
}

INSTANTIATE_TEST_SUITE_P(, FacetProperty, testing::Range(1U, 13U));

} // namespace
} // namespace acervo::search
