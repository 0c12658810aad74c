#include "searchd/query/plan.h"

#include "analyzers/text/detect.h"
#include "corpus/schema/fields.h"
#include "searchd/query/detail/combine.h"
#include "searchd/query/detail/fields.h"
#include "searchd/query/detail/marking.h"
#include "searchd/query/detail/reading.h"
#include "searchd/query/detail/run.h"
#include "searchd/query/detail/weighing.h"

#include <algorithm>
#include <optional>

namespace acervo::query {

namespace {

// A query's own language is believed from this confidence on; below it the interface's counts.
constexpr double kSureOfLanguage = 0.85;

void collectText(const Node& node, std::string& text)
{
    if (node.kind == NodeKind::word || node.kind == NodeKind::phrase) {
        text += node.text;
        text += ' ';
    }
    for (const auto& child : node.children) {
        collectText(child, text);
    }
}

} // namespace

// Walks the tree.
class Planner::Builder {
public:
    Builder(const Planner& planner, const Asked& asked, text::Language leading, Plan& plan)
        : _reading{*planner._words, asked, leading, plan.notes},
          _fields(planner._vocabularies, _reading),
          _runs(_reading, plan),
          _weighing(planner._ranking, asked.database),
          _plan(plan)
    {
    }

    // Whether something in quotation marks is meant to the letter: not in running text, which quotes.
    bool insists() const { return _hasPhrase && _runs.wordsRead() <= kFewWords; }

    void aimAt(Weighing::Purpose purpose) { _weighing.aimAt(purpose); }

    Tree sequence(const Node& node, bool relaxed)
    {
        std::vector<Tree> required;
        std::vector<Tree> excluded;
        std::string bare;   // words side by side, together: phrases of the lexicon may span several
        std::string quoted; // words of a phrase that need not stand together any more; meant as typed
        for (const auto& child : node.children) {
            const bool isText = child.field.empty() && !child.negated;
            if (child.negated) {
                if (auto query = positive(child, relaxed, Marking::off)) {
                    excluded.push_back(*query);
                }
            } else if (isText && (child.kind == NodeKind::word || (relaxed && child.kind == NodeKind::phrase))) {
                if (_reading.words.read(child.text, _reading.leading).empty()) {
                    say(_plan.notes, "nothingToSearch", {child.text});
                }
                (child.kind == NodeKind::word ? bare : quoted) += child.text + ' ';
            } else if (auto query = positive(child, relaxed, Marking::on)) {
                if (isText && child.kind == NodeKind::phrase) {
                    _plan.canRelax = true;
                    _hasPhrase = true;
                }
                required.push_back(*query);
            }
        }
        return combined(required, _runs.read(bare, quoted), excluded, relaxed);
    }

private:
    enum class Marking : bool { off, on };

    // Strict: everything required, and most of the words. Relaxed: the words only rank where something is required.
    Tree combined(std::vector<Tree>& required, const Run& run,
                           const std::vector<Tree>& excluded, bool relaxed)
    {
        Tree query;
        if (!run.words.empty() && !required.empty() && relaxed) {
            query = combine(Tree::Kind::maybe, {combine(Tree::Kind::all, required), _weighing.anyOf(run)});
        } else if (!run.words.empty() && !required.empty()) {
            _plan.canRelax = true;
            required.push_back(mostOf(run));
            query = combine(Tree::Kind::all, required);
        } else if (!required.empty()) {
            query = combine(Tree::Kind::all, required);
        } else if (!run.words.empty()) {
            query = relaxed ? _weighing.anyOf(run) : mostOf(run);
        } else if (!excluded.empty()) {
            query = matchEverything();
        } else {
            return matchNothing();
        }
        if (!excluded.empty()) {
            query = combine(Tree::Kind::without, {query, combine(Tree::Kind::any, excluded)});
        }
        return query;
    }

    Tree mostOf(const Run& run)
    {
        _plan.canRelax = _plan.canRelax || asksForMost(run);
        return _weighing.mostOf(run);
    }

    // What a node asks for, its own negation left aside; nothing when it asks for nothing that can be searched.
    std::optional<Tree> positive(const Node& node, bool relaxed, Marking marking)
    {
        switch (node.kind) {
        case NodeKind::sequence: {
            auto query = sequence(node, relaxed);
            return query.empty() ? std::nullopt : std::optional{query};
        }
        case NodeKind::all:
        case NodeKind::any:
            return combination(node, relaxed);
        case NodeKind::prefix:
            return node.field.empty() ? prefix(node, marking) : _fields.prefix(node.field, node.text);
        case NodeKind::word:
        case NodeKind::phrase:
            break;
        }
        return node.field.empty() ? words(node, marking) : _fields.query(node.field, node.text);
    }

    std::optional<Tree> combination(const Node& node, bool relaxed)
    {
        std::vector<Tree> wanted;
        std::vector<Tree> unwanted;
        for (const auto& child : node.children) {
            if (auto query = positive(child, relaxed, child.negated ? Marking::off : Marking::on)) {
                (child.negated ? unwanted : wanted).push_back(*query);
            }
        }
        if (node.kind == NodeKind::any) {
            for (const auto& query : unwanted) {
                wanted.push_back(combine(Tree::Kind::without, {matchEverything(), query}));
            }
            unwanted.clear();
        }
        if (wanted.empty() && unwanted.empty()) {
            return std::nullopt;
        }
        auto query = wanted.empty()
                         ? matchEverything()
                         : combine(node.kind == NodeKind::any ? Tree::Kind::any : Tree::Kind::all, wanted);
        if (!unwanted.empty()) {
            query = combine(Tree::Kind::without, {query, combine(Tree::Kind::any, unwanted)});
        }
        return query;
    }

    std::optional<Tree> prefix(const Node& node, Marking marking)
    {
        const auto& budget = _reading.asked.budget;
        // Cut like any text ("l'urbani*", "sub-nat*"): the last word is the beginning, those before it are whole.
        auto whole = _reading.words.read(node.text, _reading.leading);
        if (whole.empty()) {
            say(_plan.notes, "nothingToSearch", {node.text});
            return std::nullopt;
        }
        const auto folded = whole.back().token.folded;
        if (!isLongEnough(folded, budget)) {
            say(_plan.notes, "wildcardTooShort", {folded});
            return words(node, marking);
        }
        whole.pop_back();
        keepToBudget(whole, _reading);
        if (marking == Marking::on) {
            _plan.marks.prefixes.insert(folded);
            std::ranges::for_each(whole, [&](const Word& word) { mark(word.stems, _plan.marks); });
        }
        std::vector<Tree> parts{beginningWith(folded, budget)};
        for (const auto& word : whole) {
            parts.push_back(_weighing.oneOf(word, {}));
        }
        return combine(Tree::Kind::all, parts);
    }

    // A word that an operator stands beside, and a phrase. What is excluded is meant as typed.
    std::optional<Tree> words(const Node& node, Marking marking)
    {
        const auto typed = _reading.words.read(node.text, _reading.leading);
        if (typed.empty()) {
            say(_plan.notes, "nothingToSearch", {node.text});
            return std::nullopt;
        }
        if (node.kind == NodeKind::word && typed.size() == 1 && marking == Marking::on) {
            return _weighing.anyOf(_runs.read(node.text));
        }
        if (marking == Marking::on) {
            std::ranges::for_each(typed, [&](const Word& word) { mark(word.stems, _plan.marks); });
        }
        if (typed.size() == 1) {
            return _weighing.oneOf(typed.front(), {});
        }
        _plan.marks.hasPhrases = _plan.marks.hasPhrases || marking == Marking::on;
        auto phrase = phraseIn(schema::kStem, node.text, _reading);
        return phrase.empty() ? std::nullopt : std::optional{phrase};
    }

    Reading _reading;
    Fields _fields;
    RunReader _runs;
    Weighing _weighing;
    Plan& _plan;
    bool _hasPhrase = false;
};

Planner::Planner(const vocabulary::Vocabularies& vocabularies, const Ranking& ranking)
    : _vocabularies(vocabularies), _ranking(ranking), _words(std::make_unique<WordReader>())
{
}
Planner::Planner(Planner&&) noexcept = default;
Planner::~Planner() = default;

Plan Planner::plan(const ParsedQuery& parsed, const Asked& asked)
{
    std::string typed;
    collectText(parsed.root, typed);
    auto leading = asked.language == text::Language::other ? text::Language::en : asked.language;
    if (const auto guess = text::detectLanguage(typed);
        guess.language != text::Language::other && guess.confidence >= kSureOfLanguage) {
        leading = guess.language;
    }
    Plan plan;
    plan.notes = parsed.notes;
    Builder builder{*this, asked, leading, plan};
    plan.strict = builder.sequence(parsed.root, false);
    plan.relaxesWhenFew = plan.canRelax && !builder.insists();
    plan.relaxed = plan.canRelax ? builder.sequence(parsed.root, true) : plan.strict;
    builder.aimAt(Weighing::Purpose::match);
    plan.strictMatch = builder.sequence(parsed.root, false);
    plan.relaxedMatch = plan.canRelax ? builder.sequence(parsed.root, true) : plan.strictMatch;
    if (plan.strict.empty()) {
        plan.matchesAll = true;
        plan.strict = matchEverything();
        plan.relaxed = plan.strict;
    }
    return plan;
}

} // namespace acervo::query
