#include "searchd/search/detail/matching.h"

#include <algorithm>
#include <utility>

namespace acervo::search::detail {

namespace {

using index::DocumentSet;
using query::Tree;
using Kind = query::Tree::Kind;

// Collects every docid the matcher looks at; with check_at_least = all documents that is every match.
class DocidCollector : public Xapian::MatchSpy {
public:
    void operator()(const Xapian::Document& document, double) override { docids.push_back(document.get_docid()); }

    std::vector<Xapian::docid> docids;
};

} // namespace

const DocumentSet& Matcher::matching(const Tree& tree)
{
    auto key = query::describe(tree);
    const auto known = _known.find(key);
    return known != _known.end() ? known->second : _known.emplace(std::move(key), find(tree)).first->second;
}

DocumentSet Matcher::find(const Tree& tree)
{
    switch (tree.kind) {
    case Kind::everything:
        return _columns.documents;
    case Kind::all:
        return allOf(tree);
    case Kind::phrase:
        return phrase(tree);
    case Kind::maybe: // what comes after the first only weighs
        return matching(tree.parts.front());
    case Kind::without: {
        auto set = matching(tree.parts.front());
        for (std::size_t i = 1; i < tree.parts.size(); ++i) {
            set -= matching(tree.parts[i]);
        }
        return set;
    }
    case Kind::nothing:
    case Kind::word:
    case Kind::beginning:
    case Kind::years:
    case Kind::any:
    case Kind::best:
    case Kind::synonym:
        break;
    }
    DocumentSet set{_columns.lastDocid};
    addMatching(tree, set);
    return set;
}

void Matcher::addMatching(const Tree& tree, DocumentSet& set)
{
    switch (tree.kind) {
    case Kind::nothing:
        break;
    case Kind::word:
        add(_postings.of(tree.term), set);
        break;
    case Kind::beginning:
        for (const auto& term : _postings.beginningWith(tree.term, tree.most)) {
            add(_postings.of(term), set);
        }
        break;
    case Kind::years:
        addYears(tree, set);
        break;
    case Kind::any:
    case Kind::best:
    case Kind::synonym:
        for (const auto& part : tree.parts) {
            addMatching(part, set);
        }
        break;
    case Kind::everything:
    case Kind::all:
    case Kind::phrase:
    case Kind::maybe:
    case Kind::without:
        set |= matching(tree);
        break;
    }
}

void Matcher::addYears(const Tree& years, DocumentSet& set)
{
    const auto& column = _columns.column(schema::Facet::year);
    for (std::size_t value = 0; value < column.values.size(); ++value) {
        if (column.values[value] >= years.term && column.values[value] <= years.to) {
            index::add(column.holders[value], set);
        }
    }
}

DocumentSet Matcher::allOf(const Tree& tree)
{
    auto set = matching(tree.parts.front());
    for (const auto& part : tree.parts) {
        set &= matching(part);
    }
    return set;
}

// Over combined databases Xapian 1.4.22 tells a spy the docid within the part, so each part is matched by itself.
DocumentSet Matcher::phrase(const Tree& tree)
{
    std::vector<std::string> words;
    std::ranges::transform(tree.parts, std::back_inserter(words), &Tree::term);
    const Xapian::Query query{
        Xapian::Query::OP_FILTER,
        {Xapian::Query::OP_PHRASE, words.begin(), words.end(), static_cast<Xapian::termcount>(words.size())},
        Xapian::Query{(new DeadlineSource{_postings.deadline()})->release()}};
    DocumentSet set{_columns.lastDocid};
    const auto& parts = _postings.index().parts();
    for (std::size_t part = 0; part < parts.size(); ++part) {
        Xapian::Enquire enquire{parts[part]};
        enquire.set_query(query);
        enquire.set_weighting_scheme(Xapian::BoolWeight{});
        enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
        DocidCollector collector;
        enquire.add_matchspy(&collector);
        (void)enquire.get_mset(0, 1, parts[part].get_doccount());
        for (const auto id : collector.docids) {
            set.add(_postings.index().docidOf(part, id));
        }
    }
    return set;
}

} // namespace acervo::search::detail
