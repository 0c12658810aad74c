#include "indexer/lexicon/align.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace acervo::lexicon {

namespace {

struct Step {
    std::uint8_t sources;
    std::uint8_t targets;
    double cost; // -ln of the share of such beads, relative to 1-1
};

// Shares measured by Gale and Church: 1-1 .89, 1-0 and 0-1 .0099, 2-1 and 1-2 .089, 2-2 .011.
const std::array<Step, 6>& steps()
{
    static const std::array<Step, 6> all{{{1, 1, 0.0},
                                          {1, 0, -std::log(0.0099 / 0.89)},
                                          {0, 1, -std::log(0.0099 / 0.89)},
                                          {2, 1, -std::log(0.089 / 0.89)},
                                          {1, 2, -std::log(0.089 / 0.89)},
                                          {2, 2, -std::log(0.011 / 0.89)}}};
    return all;
}

constexpr double kVariance = 6.8; // of the target's characters for each of source, in characters
constexpr double kMinRatio = 0.5; // of lengths, at all
constexpr double kMaxRatio = 2.0;
constexpr double kUsualChars = 1000.0; // of equal length, added to both texts: a short one proves little
constexpr double kMaxCost = 50.0;      // erfc would reach zero
constexpr std::size_t kMinBand = 64;   // pieces to either side of the diagonal
constexpr std::size_t kBandShare = 12; // and at least this fraction of the text

double total(std::span<const std::uint32_t> lengths)
{
    double sum = kUsualChars;
    for (const auto length : lengths) {
        sum += length;
    }
    return sum;
}

// Rows of the table are positions in source; each holds the positions in target near the diagonal.
class Table {
public:
    Table(std::size_t sources, std::size_t targets)
        : _sources(sources),
          _targets(targets),
          _half(std::max(kMinBand, std::max(sources, targets) / kBandShare)),
          _width(2 * _half + 1)
    {
    }

    std::size_t cells() const { return (_sources + 1) * _width; }

    void allocate()
    {
        _costs.assign(cells(), std::numeric_limits<float>::infinity());
        _cameBy.assign(cells(), 0);
    }

    std::size_t first(std::size_t source) const
    {
        const auto middle = centre(source);
        return middle > _half ? middle - _half : 0;
    }
    std::size_t last(std::size_t source) const { return std::min(_targets, centre(source) + _half); }
    bool holds(std::size_t source, std::size_t target) const
    {
        return target >= first(source) && target <= last(source);
    }

    float& cost(std::size_t source, std::size_t target) { return _costs[at(source, target)]; }
    std::uint8_t& cameBy(std::size_t source, std::size_t target) { return _cameBy[at(source, target)]; }

private:
    std::size_t centre(std::size_t source) const { return _sources == 0 ? 0 : source * _targets / _sources; }
    std::size_t at(std::size_t source, std::size_t target) const { return source * _width + (target - first(source)); }

    std::size_t _sources;
    std::size_t _targets;
    std::size_t _half;
    std::size_t _width;
    std::vector<float> _costs;
    std::vector<std::uint8_t> _cameBy;
};

// What a step costs beyond what came before. A piece without a partner costs its share alone: by the rule for lengths,
// as in the article, leaving out a long sentence would cost more than pairing it wrongly.
double costOf(const Step& step, double sourceChars, double targetChars, double ratio)
{
    return step.cost + (step.sources == 0 || step.targets == 0 ? 0.0 : lengthCost(sourceChars, targetChars, ratio));
}

double sumBefore(std::span<const std::uint32_t> lengths, std::size_t end, std::size_t count)
{
    double sum = 0.0;
    for (std::size_t i = 1; i <= count; ++i) {
        sum += lengths[end - i];
    }
    return sum;
}

} // namespace

double expectedRatio(std::span<const std::uint32_t> source, std::span<const std::uint32_t> target)
{
    return std::clamp(total(target) / total(source), kMinRatio, kMaxRatio);
}

double lengthCost(double sourceChars, double targetChars, double ratio)
{
    if (sourceChars <= 0.0 && targetChars <= 0.0) {
        return 0.0;
    }
    const double mean = (sourceChars + targetChars / ratio) / 2.0;
    const double deviation = std::abs(targetChars - sourceChars * ratio) / std::sqrt(kVariance * mean);
    const double tail = std::erfc(deviation / std::sqrt(2.0)); // both tails of the normal distribution
    return tail <= 0.0 ? kMaxCost : std::min(kMaxCost, -std::log(tail));
}

std::vector<Bead> alignByLength(std::span<const std::uint32_t> source, std::span<const std::uint32_t> target)
{
    Table table{source.size(), target.size()};
    if (source.empty() || target.empty() || table.cells() > kMaxAlignedCells) {
        return {};
    }
    const double ratio = expectedRatio(source, target);
    table.allocate();
    table.cost(0, 0) = 0.0F;
    for (std::size_t i = 0; i <= source.size(); ++i) {
        for (std::size_t j = table.first(i); j <= table.last(i); ++j) {
            for (std::uint8_t kind = 0; kind < steps().size(); ++kind) {
                const auto& step = steps()[kind];
                if (step.sources > i || step.targets > j || !table.holds(i - step.sources, j - step.targets)) {
                    continue;
                }
                const double before = table.cost(i - step.sources, j - step.targets);
                const double cost = before + costOf(step, sumBefore(source, i, step.sources),
                                                    sumBefore(target, j, step.targets), ratio);
                if (static_cast<float>(cost) < table.cost(i, j)) {
                    table.cost(i, j) = static_cast<float>(cost);
                    table.cameBy(i, j) = kind;
                }
            }
        }
    }
    std::vector<Bead> beads;
    if (!std::isfinite(table.cost(source.size(), target.size()))) {
        return beads;
    }
    for (std::size_t i = source.size(), j = target.size(); i > 0 || j > 0;) {
        const auto& step = steps()[table.cameBy(i, j)];
        const double cost = lengthCost(sumBefore(source, i, step.sources), sumBefore(target, j, step.targets), ratio);
        beads.push_back({i - step.sources, i, j - step.targets, j, cost});
        i -= step.sources;
        j -= step.targets;
    }
    std::reverse(beads.begin(), beads.end());
    return beads;
}

} // namespace acervo::lexicon
