// The scorer weighs as Xapian's own matcher does: random trees over a random index, compared document by document.
#include "searchd/search/detail/scorer.h"

#include "corpus/index/columns.h"
#include "searchd/query/detail/combine.h"
#include "searchd/search/engine.h"
#include "tests/support/indexed_catalogue.h"

#include <gtest/gtest.h>

#include <random>

namespace acervo::search::detail {
namespace {

using query::combine;
using query::lookFor;
using query::scaled;
using query::Tree;
using Kind = Tree::Kind;

// The same tree as a query of Xapian's.
Xapian::Query asXapian(const Tree& tree)
{
    std::vector<Xapian::Query> parts;
    for (const auto& part : tree.parts) {
        parts.push_back(asXapian(part));
    }
    const auto combined = [&](Xapian::Query::op op) { return Xapian::Query{op, parts.begin(), parts.end()}; };
    Xapian::Query query;
    switch (tree.kind) {
    case Kind::word:
        query = Xapian::Query{tree.term};
        break;
    case Kind::any:
        query = combined(Xapian::Query::OP_OR);
        break;
    case Kind::all:
        query = combined(Xapian::Query::OP_AND);
        break;
    case Kind::best:
        query = combined(Xapian::Query::OP_MAX);
        break;
    case Kind::synonym:
        query = combined(Xapian::Query::OP_SYNONYM);
        break;
    case Kind::without:
        query = combined(Xapian::Query::OP_AND_NOT);
        break;
    case Kind::phrase:
        query = Xapian::Query{Xapian::Query::OP_PHRASE, parts.begin(), parts.end(),
                              static_cast<Xapian::termcount>(parts.size())};
        break;
    default:
        ADD_FAILURE() << "not made by this test";
    }
    return tree.share == 1.0 ? query : Xapian::Query{Xapian::Query::OP_SCALE_WEIGHT, query, tree.share};
}

class Trees {
public:
    explicit Trees(std::mt19937& random) : _random(random) {}

    Tree make(int depth)
    {
        const auto kind = depth == 0 ? Kind::word : pick({Kind::word, Kind::any, Kind::any, Kind::all, Kind::best,
                                                           Kind::synonym, Kind::without, Kind::phrase});
        if (kind == Kind::word) {
            return scaled(word(), pick({1.0, 1.0, 0.5, 0.2}));
        }
        const bool isOfWords = kind == Kind::synonym || kind == Kind::phrase;
        std::vector<Tree> parts;
        for (int i = 0; i < pick({2, 2, 3}); ++i) {
            auto part = isOfWords ? word() : make(depth - 1);
            // Xapian 1.4.22 takes the parts of an OR below a MAX for parts of the MAX.
            const bool isMixed = kind == Kind::best && (part.kind == Kind::any || part.kind == Kind::best);
            parts.push_back(isMixed ? word() : std::move(part));
        }
        if (parts.size() < 2) {
            parts.push_back(word());
        }
        return scaled(combine(kind, std::move(parts)), pick({1.0, 1.0, 0.5}));
    }

private:
    Tree word() { return lookFor("Z" + pick<std::string>({"1kalo", "2miru", "3teno", "4basi", "5zuvo", "6peli"})); }

    template <class T>
    T pick(std::initializer_list<T> choices)
    {
        return choices.begin()[std::uniform_int_distribution<std::size_t>{0, choices.size() - 1}(_random)];
    }

    std::mt19937& _random;
};

TEST(Scorer, WeighsAsXapianDoes)
{
    std::mt19937 random{7};
    support::IndexedCatalogue library;
    const std::vector<std::string> words{"1kalo", "2miru", "3teno", "4basi", "5zuvo", "6peli", "autre", "palabra"};
    for (int work = 0; work < 200; ++work) {
        std::string text;
        const auto length = std::uniform_int_distribution<int>{1, 60}(random);
        for (int i = 0; i < length; ++i) {
            // The first words are common, the last are rare.
            const auto at = std::min(std::uniform_int_distribution<std::size_t>{0, 7}(random),
                                     std::uniform_int_distribution<std::size_t>{0, 7}(random));
            text += words[at] + ' ';
        }
        library.store(support::makeDocument("work" + std::to_string(work), "en", {text}));
    }
    library.catchUp();
    const auto opened = index::Reader::open(library.options().root, access::Filter::publicOnly());
    ASSERT_TRUE(opened);
    const auto& reader = *opened;
    const auto columns = index::loadColumns(reader.database());
    const query::Ranking ranking;
    std::size_t compared = 0;
    for (int round = 0; round < 300; ++round) {
        const auto tree = Trees{random}.make(2);
        PostingsCache cache;
        PostingReader postings{reader, columns.lastDocid, cache, Deadline{std::chrono::seconds{10}}};
        Matcher matcher{postings, columns};
        Scorer scorer{postings, matcher, columns, ranking};
        const auto& matched = matcher.matching(tree);
        const auto scores = scorer.scores(tree, matched);

        Xapian::Enquire enquire{reader.database()};
        enquire.set_query(asXapian(tree));
        enquire.set_weighting_scheme(Xapian::BM25Weight{ranking.k1, 0.0, 1.0, ranking.b, ranking.minLength});
        const auto all = reader.database().get_doccount();
        const auto matches = enquire.get_mset(0, all, all);
        ASSERT_EQ(matched.size(), matches.size()) << query::describe(tree);
        for (auto match = matches.begin(); match != matches.end(); ++match) {
            ASSERT_TRUE(matched.has(*match)) << query::describe(tree);
            ASSERT_NEAR(scores[*match], match.get_weight(), 1e-3) << query::describe(tree) << " document " << *match;
            ++compared;
        }
    }
    RecordProperty("compared", static_cast<int>(compared));
    EXPECT_GT(compared, 10'000U);
}

} // namespace
} // namespace acervo::search::detail
