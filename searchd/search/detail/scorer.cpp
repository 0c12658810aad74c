#include "searchd/search/detail/scorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace acervo::search::detail {

namespace {

using query::Tree;
using Kind = query::Tree::Kind;

} // namespace

Scorer::Scorer(PostingReader& postings, Matcher& matcher, const index::Columns& columns, const query::Ranking& ranking)
    : _postings(postings),
      _matcher(matcher),
      _columns(columns),
      _ranking(ranking),
      _documents(postings.index().database().get_doccount()),
      _perLength(1.0 / std::max(1.0, postings.index().database().get_avlength()))
{
}

std::vector<float> Scorer::scores(const Tree& tree, const index::DocumentSet& results)
{
    auto sums = borrow();
    add(tree, {1.0, results}, sums);
    return std::move(sums.values);
}

void Scorer::add(const Tree& tree, Asked asked, Sums& sums)
{
    asked.share *= tree.share;
    switch (tree.kind) {
    case Kind::nothing:
    case Kind::everything:
    case Kind::years:
        break;
    case Kind::word:
        addWord(_postings.of(tree.term), asked, sums);
        break;
    case Kind::beginning:
    case Kind::synonym:
        addSynonym(wordsOf(tree), asked, sums);
        break;
    case Kind::any:
    case Kind::maybe: // the form of a word never stands without the word
        addAll(tree.parts, asked, sums);
        break;
    case Kind::all:
    case Kind::phrase: {
        auto matched = _matcher.matching(tree);
        matched &= asked.within;
        addAll(tree.parts, {asked.share, matched}, sums);
        break;
    }
    case Kind::without: {
        auto matched = _matcher.matching(tree);
        matched &= asked.within;
        add(tree.parts.front(), {asked.share, matched}, sums);
        break;
    }
    case Kind::best:
        addBest(tree, asked, sums);
        break;
    }
}

void Scorer::addAll(const std::vector<Tree>& parts, Asked asked, Sums& sums)
{
    for (const auto& part : parts) {
        add(part, asked, sums);
    }
}

double Scorer::weightOf(double documents) const
{
    auto odds = (_documents - documents + 0.5) / (documents + 0.5);
    if (odds < 2.0) { // never negative, however common the word
        odds = odds * 0.5 + 1.0;
    }
    return std::log(odds) * (_ranking.k1 + 1.0);
}

float Scorer::saturated(double weight, double count, Xapian::docid id) const
{
    const auto length = std::max(_columns.lengths[id] * _perLength, _ranking.minLength);
    return static_cast<float>(weight * count / (count + _ranking.k1 * (length * _ranking.b + 1.0 - _ranking.b)));
}

void Scorer::addWord(const Postings& postings, Asked asked, Sums& sums)
{
    const auto weight = asked.share * weightOf(static_cast<double>(postings.ids.size()));
    _postings.deadline().check();
    for (std::size_t i = 0; i < postings.ids.size(); ++i) {
        if (const auto id = postings.ids[i]; postings.counts[i] > 0 && asked.within.has(id)) {
            sums.add(id, saturated(weight, postings.counts[i], id));
        }
    }
}

std::vector<const Postings*> Scorer::wordsOf(const Tree& synonym)
{
    std::vector<const Postings*> words;
    if (synonym.kind == Kind::beginning) {
        for (const auto& term : _postings.beginningWith(synonym.term, synonym.most)) {
            words.push_back(&_postings.of(term));
        }
    }
    for (const auto& part : synonym.parts) {
        words.push_back(&_postings.of(part.term));
    }
    std::erase_if(words, [](const Postings* word) { return word->ids.empty(); });
    return words;
}

void Scorer::addSynonym(const std::vector<const Postings*>& words, Asked asked, Sums& sums)
{
    if (words.size() == 1) {
        addWord(*words.front(), asked, sums);
        return;
    }
    double without = 1.0; // share of the documents that have none of them
    auto counts = borrow();
    for (const auto* word : words) {
        without *= 1.0 - static_cast<double>(word->ids.size()) / _documents;
        _postings.deadline().check();
        for (std::size_t i = 0; i < word->ids.size(); ++i) {
            if (asked.within.has(word->ids[i])) {
                counts.add(word->ids[i], word->counts[i]);
            }
        }
    }
    const auto weight = asked.share * weightOf(std::round(_documents * (1.0 - without)));
    for (const auto id : counts.touched) {
        sums.add(id, saturated(weight, counts.values[id], id));
    }
    giveBack(std::move(counts));
}

void Scorer::addBest(const Tree& tree, Asked asked, Sums& sums)
{
    auto best = borrow();
    for (const auto& part : tree.parts) {
        auto one = borrow();
        add(part, asked, one);
        for (const auto id : one.touched) {
            if (best.values[id] == 0.0F) {
                best.touched.push_back(id);
            }
            best.values[id] = std::max(best.values[id], one.values[id]);
        }
        giveBack(std::move(one));
    }
    for (const auto id : best.touched) {
        sums.add(id, best.values[id]);
    }
    giveBack(std::move(best));
}

Scorer::Sums Scorer::borrow()
{
    if (_idle.empty()) {
        return {std::vector<float>(_columns.lastDocid + 1, 0.0F), {}};
    }
    auto sums = std::move(_idle.back());
    _idle.pop_back();
    return sums;
}

void Scorer::giveBack(Sums sums)
{
    for (const auto id : sums.touched) {
        sums.values[id] = 0.0F;
    }
    sums.touched.clear();
    _idle.push_back(std::move(sums));
}

} // namespace acervo::search::detail
