#include "indexer/lexicon/translation_model.h"

#include <algorithm>

namespace acervo::lexicon {

namespace {

constexpr double kMinTogether = 0.5;
// A sentence holds that many null words. What they make is not learned, it is how frequent each word is: R. C. Moore,
// "Improving IBM word-alignment Model 1", ACL 2004, sections 3.2 and 4, who found more than one null word better too.
constexpr float kNullWords = 2.0F;

// How many sentences each word occurs in, by id.
std::vector<std::uint32_t> sentencesWith(const Bitext& text, bool ofSource)
{
    std::vector<std::uint32_t> seen;
    for (std::size_t pair = 0; pair < text.size(); ++pair) {
        for (const auto word : ofSource ? text.source(pair) : text.target(pair)) {
            if (word >= seen.size()) {
                seen.resize(word + 1, 0);
            }
            ++seen[word];
        }
    }
    return seen;
}

// The model: every pair of words that met in a sentence has a cell.
class Model {
public:
    Model(const Bitext& text, std::uint32_t minSeen)
        : _sourceSeen(sentencesWith(text, true)), _targetSeen(sentencesWith(text, false))
    {
        std::vector<WordId> source;
        std::vector<WordId> target;
        std::vector<std::uint64_t> keys;
        for (std::size_t pair = 0; pair < text.size(); ++pair) {
            frequent(text.source(pair), _sourceSeen, minSeen, source);
            frequent(text.target(pair), _targetSeen, minSeen, target);
            for (const auto left : source) {
                for (const auto right : target) {
                    keys.push_back(keyOf(left, right));
                }
            }
        }
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        keys.shrink_to_fit();
        _keys = std::move(keys);
        findRows();
        for (std::size_t pair = 0; pair < text.size(); ++pair) {
            frequent(text.source(pair), _sourceSeen, minSeen, source);
            frequent(text.target(pair), _targetSeen, minSeen, target);
            if (source.empty() || target.empty()) {
                continue;
            }
            _sizes.push_back({static_cast<std::uint16_t>(source.size()), static_cast<std::uint16_t>(target.size())});
            for (const auto left : source) {
                for (const auto right : target) {
                    _cells.push_back(cellOf(left, right));
                }
            }
        }
        // To begin with a word tells nothing: what it makes is as frequent as in the whole text.
        _sourceShare = sharesOf(_sourceSeen);
        _targetShare = sharesOf(_targetSeen);
        _forward.reserve(_keys.size());
        _backward.reserve(_keys.size());
        for (const auto key : _keys) {
            _forward.push_back(_targetShare[static_cast<WordId>(key)]);
            _backward.push_back(_sourceShare[static_cast<WordId>(key >> 32U)]);
        }
    }

    enum class Belief : std::uint8_t { each, both };

    // Expectation and maximisation; with Belief::both the counts of both directions are the same.
    void round(Belief belief)
    {
        std::vector<float> made(_keys.size(), 0.0F);
        std::vector<float> madeBack(belief == Belief::each ? _keys.size() : 0, 0.0F);
        std::size_t pair = 0;
        for (std::size_t at = 0; at < _cells.size(); ++pair) {
            const std::size_t links = std::size_t{_sizes[pair].sources} * _sizes[pair].targets;
            const std::span<const std::uint32_t> cells{_cells.data() + at, links};
            expect(cells, _sizes[pair]);
            for (std::size_t k = 0; k < links; ++k) {
                if (belief == Belief::each) {
                    made[cells[k]] += _made[k];
                    madeBack[cells[k]] += _madeBack[k];
                } else {
                    made[cells[k]] += _made[k] * _madeBack[k];
                }
            }
            at += links;
        }
        maximise(made, belief == Belief::each ? madeBack : made);
        _together = std::move(made);
    }

    std::vector<Translation> translations() const
    {
        std::vector<Translation> found;
        for (std::size_t cell = 0; cell < _keys.size(); ++cell) {
            if (_together[cell] >= static_cast<float>(kMinTogether)) {
                const auto source = static_cast<WordId>(_keys[cell] >> 32U);
                const auto target = static_cast<WordId>(_keys[cell]);
                const double together = _together[cell];
                found.push_back(
                    {source, target, together, together / _sourceSeen[source], together / _targetSeen[target]});
            }
        }
        return found;
    }

private:
    struct Size {
        std::uint16_t sources = 0;
        std::uint16_t targets = 0;
    };

    static std::uint64_t keyOf(WordId source, WordId target) { return (std::uint64_t{source} << 32U) | target; }

    static void frequent(std::span<const WordId> words, const std::vector<std::uint32_t>& seen, std::uint32_t minSeen,
                         std::vector<WordId>& kept)
    {
        kept.clear();
        std::copy_if(words.begin(), words.end(), std::back_inserter(kept),
                     [&](WordId word) { return seen[word] >= minSeen; });
    }

    static std::vector<float> sharesOf(const std::vector<std::uint32_t>& seen)
    {
        double all = 0.0;
        for (const auto count : seen) {
            all += count;
        }
        std::vector<float> shares;
        shares.reserve(seen.size());
        for (const auto count : seen) {
            shares.push_back(static_cast<float>(count / all));
        }
        return shares;
    }

    void findRows()
    {
        _rows.assign(_sourceSeen.size() + 1, 0);
        for (const auto key : _keys) {
            ++_rows[(key >> 32U) + 1];
        }
        for (std::size_t row = 1; row < _rows.size(); ++row) {
            _rows[row] += _rows[row - 1];
        }
    }

    std::uint32_t cellOf(WordId source, WordId target) const
    {
        const auto* const begin = _keys.data() + _rows[source];
        const auto* const end = _keys.data() + _rows[source + 1];
        return static_cast<std::uint32_t>(std::lower_bound(begin, end, keyOf(source, target)) - _keys.data());
    }

    // Posterior of each link of one pair of sentences (rows are source words), in both directions.
    void expect(std::span<const std::uint32_t> cells, Size size)
    {
        _made.resize(cells.size());
        _madeBack.resize(cells.size());
        for (std::size_t j = 0; j < size.targets; ++j) {
            float whole = kNullWords * _targetShare[static_cast<WordId>(_keys[cells[j]])];
            for (std::size_t i = 0; i < size.sources; ++i) {
                whole += _forward[cells[i * size.targets + j]];
            }
            for (std::size_t i = 0; i < size.sources; ++i) {
                _made[i * size.targets + j] = _forward[cells[i * size.targets + j]] / whole;
            }
        }
        for (std::size_t i = 0; i < size.sources; ++i) {
            const auto row = cells.subspan(i * size.targets, size.targets);
            float whole = kNullWords * _sourceShare[static_cast<WordId>(_keys[row.front()] >> 32U)];
            for (const auto cell : row) {
                whole += _backward[cell];
            }
            for (std::size_t j = 0; j < size.targets; ++j) {
                _madeBack[i * size.targets + j] = _backward[row[j]] / whole;
            }
        }
    }

    // t(target | source) from the counts `made`, t(source | target) from `madeBack`.
    void maximise(const std::vector<float>& made, const std::vector<float>& madeBack)
    {
        std::vector<double> bySource(_sourceSeen.size(), 0.0);
        std::vector<double> byTarget(_targetSeen.size(), 0.0);
        for (std::size_t cell = 0; cell < _keys.size(); ++cell) {
            bySource[_keys[cell] >> 32U] += made[cell];
            byTarget[static_cast<WordId>(_keys[cell])] += madeBack[cell];
        }
        for (std::size_t cell = 0; cell < _keys.size(); ++cell) {
            const double source = bySource[_keys[cell] >> 32U];
            const double target = byTarget[static_cast<WordId>(_keys[cell])];
            _forward[cell] = source > 0.0 ? static_cast<float>(made[cell] / source) : 0.0F;
            _backward[cell] = target > 0.0 ? static_cast<float>(madeBack[cell] / target) : 0.0F;
        }
    }

    std::vector<std::uint64_t> _keys; // of the cells, ascending
    std::vector<std::size_t> _rows;   // where the cells of each source word begin
    std::vector<std::uint32_t> _sourceSeen;
    std::vector<std::uint32_t> _targetSeen;
    std::vector<float> _sourceShare; // of all words, by id
    std::vector<float> _targetShare;
    std::vector<Size> _sizes;          // of each pair of sentences
    std::vector<std::uint32_t> _cells; // of all pairs, one after the other
    std::vector<float> _forward;       // t(target | source) by cell
    std::vector<float> _backward;      // t(source | target) by cell
    std::vector<float> _together;      // counts of the last round
    std::vector<float> _made;
    std::vector<float> _madeBack;
};

} // namespace

bool Bitext::add(std::span<const WordId> source, std::span<const WordId> target)
{
    const auto links = std::uint64_t{source.size()} * target.size();
    if (source.empty() || target.empty() || source.size() > kMaxSentenceWords || target.size() > kMaxSentenceWords ||
        _links + links > kMaxLinks) {
        return false;
    }
    _links += links;
    _source.insert(_source.end(), source.begin(), source.end());
    _target.insert(_target.end(), target.begin(), target.end());
    _ends.push_back({_source.size(), _target.size()});
    return true;
}

std::span<const WordId> Bitext::source(std::size_t pair) const
{
    const auto begin = pair == 0 ? 0 : _ends[pair - 1].source;
    return {_source.data() + begin, _ends[pair].source - begin};
}

std::span<const WordId> Bitext::target(std::size_t pair) const
{
    const auto begin = pair == 0 ? 0 : _ends[pair - 1].target;
    return {_target.data() + begin, _ends[pair].target - begin};
}

std::vector<Translation> train(const Bitext& text, const ModelOptions& options)
{
    Model model{text, options.minSeen};
    for (unsigned i = 0; i < options.plainRounds; ++i) {
        model.round(Model::Belief::each);
    }
    for (unsigned i = 0; i < options.agreeingRounds; ++i) {
        model.round(Model::Belief::both);
    }
    return model.translations();
}

} // namespace acervo::lexicon
