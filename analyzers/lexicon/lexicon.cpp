#include "analyzers/lexicon/lexicon.h"

#include "analyzers/lexicon/compiler.h"
#include "analyzers/lexicon/detail/image.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <tuple>

namespace acervo::lexicon {

namespace {

constexpr std::array<std::string_view, kOrigins> kOriginNames{"staff", "glossary", "thesaurus", "dictionary",
                                                              "learned"};

// How other phrases with the same stems help out (see longestMatch).
constexpr std::size_t kFew = 2;           // fewer renderings than these in a language call for help
constexpr double kHelping = 0.5;          // beside its own
constexpr double kReplacing = 0.8;        // when it has none of its own
constexpr std::size_t kMostSurfaces = 16; // looked at

std::vector<std::string> split(std::string_view words)
{
    std::vector<std::string> parts;
    while (!words.empty()) {
        const auto space = words.find(' ');
        parts.emplace_back(words.substr(0, space));
        words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
    }
    return parts;
}

std::size_t commonPrefix(std::string_view a, std::string_view b)
{
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

// Endings by which number and gender differ in the three languages: city/cities, local/locaux, pública/públicas. Verbs
// are left out: "houses" is no "housing".
bool isEnding(std::string_view text)
{
    constexpr std::array<std::string_view, 18> kEndings{"",  "s",   "es", "e",  "x",   "y", "ies", "al", "aux",
                                                        "l", "als", "ux", "le", "les", "a", "o",   "as", "os"};
    return std::ranges::find(kEndings, text) != kEndings.end();
}

bool isInflection(std::string_view a, std::string_view b)
{
    while (!a.empty() && !b.empty()) {
        const auto first = a.substr(0, a.find(' '));
        const auto second = b.substr(0, b.find(' '));
        const auto shared = commonPrefix(first, second);
        if (!isEnding(first.substr(shared)) || !isEnding(second.substr(shared))) {
            return false;
        }
        a.remove_prefix(std::min(a.size(), first.size() + 1));
        b.remove_prefix(std::min(b.size(), second.size() + 1));
    }
    return a.empty() && b.empty();
}

} // namespace

std::string_view nameOf(Origin origin)
{
    const auto number = static_cast<std::size_t>(origin);
    return number < kOrigins ? kOriginNames[number] : "learned";
}

std::optional<Origin> originOf(std::string_view name)
{
    const auto found = std::ranges::find(kOriginNames, name);
    if (found == kOriginNames.end()) {
        return std::nullopt;
    }
    return static_cast<Origin>(found - kOriginNames.begin());
}

class Lexicon::Reader {
public:
    explicit Reader(Image image) : _image(std::move(image)) {}

    const Image& image() const { return _image; }

    // Phrases of the longest key, and how many tokens it has; 0 when there is none.
    struct Found {
        std::size_t tokens = 0;
        std::size_t firstSurface = 0;
        std::size_t endSurface = 0;
    };

    Found longest(std::span<const text::Token> tokens, text::Language language) const
    {
        Found found;
        std::string key;
        key += letterOf(static_cast<std::uint8_t>(language));
        auto begin = std::size_t{0};
        const auto end = ended(Section::keys);
        for (std::size_t i = 0; i < tokens.size() && i < kMaxPhraseTokens; ++i) {
            key += i == 0 ? "" : " ";
            key += tokens[i].stem;
            begin = lowerBound(key, begin, end);
            const auto record = _image.at<KeyRecord>(Section::keys, begin);
            const auto text = begin < end ? _image.string(record.text) : std::string_view{};
            if (!text.starts_with(key)) {
                break; // and so does no longer key
            }
            if (text == key) {
                found = {i + 1, record.firstSurface, _image.at<KeyRecord>(Section::keys, begin + 1).firstSurface};
            }
        }
        found.endSurface = std::min(found.endSurface, ended(Section::surfaces));
        return found;
    }

    LabelMatch longestLabel(std::span<const text::Token> tokens, text::Language language) const
    {
        LabelMatch match;
        std::string key;
        key += letterOf(static_cast<std::uint8_t>(language));
        std::string folded;
        auto begin = std::size_t{0};
        const auto end = ended(Section::keys);
        for (std::size_t i = 0; i < tokens.size() && i < kMaxPhraseTokens; ++i) {
            key += i == 0 ? "" : " ";
            key += tokens[i].stem;
            folded += i == 0 ? "" : " ";
            folded += tokens[i].folded;
            begin = lowerBound(key, begin, end);
            const auto text = begin < end ? keyAt(begin) : std::string_view{};
            if (!text.starts_with(key)) {
                break; // and so does no longer key
            }
            if (text != key) {
                continue;
            }
            if (auto concepts = labelled(begin, folded); !concepts.empty()) {
                match = {i + 1, std::move(concepts)};
            }
        }
        return match;
    }

    bool beginsLabel(std::string_view stem, text::Language language) const
    {
        std::string key;
        key += letterOf(static_cast<std::uint8_t>(language));
        key += stem;
        const auto end = ended(Section::keys);
        for (auto place = lowerBound(key, 0, end); place < end; ++place) {
            const auto text = keyAt(place);
            if (!text.starts_with(key) || (text.size() > key.size() && text[key.size()] != ' ')) {
                return false; // a space comes before all that is in words
            }
            const auto first = _image.at<KeyRecord>(Section::keys, place).firstSurface;
            const auto next = _image.at<KeyRecord>(Section::keys, place + 1).firstSurface;
            if (_image.at<SurfaceRecord>(Section::surfaces, first).firstConcept !=
                _image.at<SurfaceRecord>(Section::surfaces, next).firstConcept) {
                return true;
            }
        }
        return false;
    }

    // Of the surfaces of a key the nearest to `folded` first.
    std::vector<std::size_t> nearest(const Found& found, std::string_view folded) const
    {
        std::vector<std::pair<std::tuple<bool, std::size_t, std::size_t>, std::size_t>> ranked;
        const auto end = std::min(found.endSurface, found.firstSurface + kMostSurfaces);
        for (auto place = found.firstSurface; place < end; ++place) {
            const auto surface = foldedOf(place);
            const auto longer = std::max(surface.size(), folded.size()) - std::min(surface.size(), folded.size());
            ranked.push_back({{surface != folded, folded.size() - commonPrefix(surface, folded), longer}, place});
        }
        std::ranges::sort(ranked);
        std::vector<std::size_t> places;
        places.reserve(ranked.size());
        for (const auto& [rank, place] : ranked) {
            places.push_back(place);
        }
        return places;
    }

    std::string_view foldedOf(std::size_t surface) const
    {
        return _image.string(_image.at<SurfaceRecord>(Section::surfaces, surface).folded);
    }

    // Adds what one surface says; `isFirst` for the nearest.
    void addRenderings(std::size_t surface, bool isFirst, bool isSameWord, std::vector<Rendering>& renderings,
                       text::Language language) const
    {
        std::array<std::size_t, 4> had{};
        for (const auto& rendering : renderings) {
            ++had[static_cast<std::size_t>(rendering.language)];
        }
        const auto end = std::min<std::size_t>(_image.at<SurfaceRecord>(Section::surfaces, surface + 1).firstRendering,
                                               _image.count(Section::renderings));
        for (auto place = std::size_t{_image.at<SurfaceRecord>(Section::surfaces, surface).firstRendering}; place < end;
             ++place) {
            const auto record = _image.at<RenderingRecord>(Section::renderings, place);
            if (letterOf(record.language) == 0 || had[record.language] >= (isFirst ? SIZE_MAX : kFew) ||
                (!isSameWord && record.language == static_cast<std::uint8_t>(language))) {
                continue;
            }
            auto rendering = renderingOf(record);
            rendering.weight *= isFirst ? 1.0 : had[record.language] == 0 ? kReplacing : kHelping;
            const bool isKnown = std::ranges::any_of(renderings, [&](const Rendering& known) {
                return known.language == rendering.language && known.stems == rendering.stems;
            });
            if (!isKnown) {
                renderings.push_back(std::move(rendering));
            }
        }
    }

    void addConcepts(std::size_t surface, std::vector<std::string>& concepts) const
    {
        const auto end = std::min<std::size_t>(_image.at<SurfaceRecord>(Section::surfaces, surface + 1).firstConcept,
                                               _image.count(Section::surfaceConcepts));
        for (auto place = std::size_t{_image.at<SurfaceRecord>(Section::surfaces, surface).firstConcept}; place < end;
             ++place) {
            const auto number = _image.at<std::uint32_t>(Section::surfaceConcepts, place);
            std::string id{_image.string(_image.at<ConceptRecord>(Section::concepts, number).id)};
            if (number < ended(Section::concepts) && std::ranges::find(concepts, id) == concepts.end()) {
                concepts.push_back(std::move(id));
            }
        }
    }

    ConceptInfo conceptAt(std::size_t place) const
    {
        ConceptInfo info;
        if (place >= ended(Section::concepts)) {
            return info;
        }
        const auto record = _image.at<ConceptRecord>(Section::concepts, place);
        info.id = _image.string(record.id);
        for (std::size_t i = 0; i < record.labels.size(); ++i) {
            if (const auto label = _image.string(record.labels[i]); !label.empty()) {
                info.labels.emplace(text::codeOf(text::kLanguages[i]), label);
            }
        }
        const auto next = _image.at<ConceptRecord>(Section::concepts, place + 1).firstBroader;
        info.broader = strings(record.firstBroader, record.firstTheme);
        info.themes = strings(record.firstTheme, next);
        info.origin = record.origin < kOrigins ? static_cast<Origin>(record.origin) : Origin::learned;
        info.source = _image.string(_image.at<SourceRecord>(Section::sources, record.source).name);
        return info;
    }

    // Of a section that ends in one record more.
    std::size_t ended(Section section) const
    {
        const auto count = _image.count(section);
        return count == 0 ? 0 : count - 1;
    }

    std::string_view conceptId(std::size_t place) const
    {
        return _image.string(_image.at<ConceptRecord>(Section::concepts, place).id);
    }

private:
    std::string_view keyAt(std::size_t place) const
    {
        return _image.string(_image.at<KeyRecord>(Section::keys, place).text);
    }

    // The concepts that carry the words, or an inflection of them, as a label: those of the same words first.
    std::vector<std::uint32_t> labelled(std::size_t key, std::string_view folded) const
    {
        std::vector<std::uint32_t> concepts;
        const Found surfaces{
            0, _image.at<KeyRecord>(Section::keys, key).firstSurface,
            std::min<std::size_t>(_image.at<KeyRecord>(Section::keys, key + 1).firstSurface, ended(Section::surfaces))};
        if (surfaces.firstSurface >= surfaces.endSurface ||
            _image.at<SurfaceRecord>(Section::surfaces, surfaces.firstSurface).firstConcept ==
                _image.at<SurfaceRecord>(Section::surfaces, surfaces.endSurface).firstConcept) {
            return concepts;
        }
        for (const auto surface : nearest(surfaces, folded)) {
            if (!isInflection(foldedOf(surface), folded)) {
                continue;
            }
            const auto end =
                std::min<std::size_t>(_image.at<SurfaceRecord>(Section::surfaces, surface + 1).firstConcept,
                                      _image.count(Section::surfaceConcepts));
            for (auto place = std::size_t{_image.at<SurfaceRecord>(Section::surfaces, surface).firstConcept};
                 place < end; ++place) {
                const auto number = _image.at<std::uint32_t>(Section::surfaceConcepts, place);
                if (number < ended(Section::concepts) && std::ranges::find(concepts, number) == concepts.end()) {
                    concepts.push_back(number);
                }
            }
        }
        return concepts;
    }

    std::size_t lowerBound(std::string_view key, std::size_t begin, std::size_t end) const
    {
        while (begin < end) {
            const auto middle = begin + (end - begin) / 2;
            if (_image.string(_image.at<KeyRecord>(Section::keys, middle).text) < key) {
                begin = middle + 1;
            } else {
                end = middle;
            }
        }
        return begin;
    }

    Rendering renderingOf(const RenderingRecord& record) const
    {
        Rendering rendering;
        rendering.language = static_cast<text::Language>(record.language);
        rendering.text = _image.string(record.text);
        rendering.stems = split(_image.string(record.stems));
        rendering.weight = record.weight > 0 && record.weight <= 1 ? record.weight : 0;
        rendering.origin = record.origin < kOrigins ? static_cast<Origin>(record.origin) : Origin::learned;
        rendering.source = _image.string(_image.at<SourceRecord>(Section::sources, record.source).name);
        return rendering;
    }

    std::vector<std::string> strings(std::size_t begin, std::size_t end) const
    {
        std::vector<std::string> list;
        end = std::min(end, _image.count(Section::references));
        for (auto place = begin; place < end; ++place) {
            list.emplace_back(_image.string(_image.at<std::uint32_t>(Section::references, place)));
        }
        return list;
    }

    Image _image;
};

Lexicon::Lexicon(std::unique_ptr<const Reader> reader) : _reader(std::move(reader)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::open(const std::filesystem::path& file)
{
    auto image = Image::map(file);
    if (!image) {
        return image.error();
    }
    return Lexicon{std::make_unique<const Reader>(std::move(*image))};
}

Match Lexicon::longestMatch(std::span<const text::Token> tokens, text::Language language) const
{
    Match match;
    const auto found = _reader->longest(tokens, language);
    if (found.tokens == 0) {
        return match;
    }
    match.tokens = found.tokens;
    std::string folded;
    for (const auto& token : tokens.first(found.tokens)) {
        folded += folded.empty() ? "" : " ";
        folded += token.folded;
    }
    bool isFirst = true;
    for (const auto surface : _reader->nearest(found, folded)) {
        const bool isSameWord = isInflection(_reader->foldedOf(surface), folded);
        _reader->addRenderings(surface, isFirst, isSameWord, match.renderings, language);
        if (isSameWord) {
            _reader->addConcepts(surface, match.concepts);
        }
        isFirst = false;
    }
    std::ranges::stable_sort(match.renderings, [](const Rendering& a, const Rendering& b) {
        return std::tuple{a.language, -a.weight} < std::tuple{b.language, -b.weight};
    });
    std::array<std::size_t, 4> kept{};
    std::erase_if(match.renderings, [&](const Rendering& rendering) {
        return ++kept[static_cast<std::size_t>(rendering.language)] > rules::kMostALanguage;
    });
    return match;
}

LabelMatch Lexicon::longestLabel(std::span<const text::Token> tokens, text::Language language) const
{
    return _reader->longestLabel(tokens, language);
}

bool Lexicon::beginsLabel(std::string_view stem, text::Language language) const
{
    return _reader->beginsLabel(stem, language);
}

std::optional<ConceptInfo> Lexicon::conceptInfo(std::string_view id) const
{
    std::size_t begin = 0;
    auto end = conceptCount();
    while (begin < end) {
        const auto middle = begin + (end - begin) / 2;
        if (_reader->conceptId(middle) < id) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    if (begin == conceptCount() || _reader->conceptId(begin) != id) {
        return std::nullopt;
    }
    return _reader->conceptAt(begin);
}

std::size_t Lexicon::conceptCount() const
{
    return _reader->ended(Section::concepts);
}

ConceptInfo Lexicon::conceptAt(std::size_t place) const
{
    return _reader->conceptAt(place);
}

std::string Lexicon::fingerprint() const
{
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx",
                  static_cast<unsigned long long>(_reader->image().header().checksum));
    return digits.data();
}

Statistics Lexicon::statistics() const
{
    const auto& image = _reader->image();
    Statistics statistics;
    statistics.phrases = _reader->ended(Section::surfaces);
    statistics.renderings = image.count(Section::renderings);
    statistics.concepts = conceptCount();
    statistics.fileBytes = image.header().fileBytes;
    for (std::size_t i = 0; i < image.count(Section::pairCounts); ++i) {
        const auto record = image.at<PairCountRecord>(Section::pairCounts, i);
        if (letterOf(record.from) != 0 && letterOf(record.to) != 0 && record.origin < kOrigins) {
            statistics.pairs.push_back({static_cast<text::Language>(record.from),
                                        static_cast<text::Language>(record.to), static_cast<Origin>(record.origin),
                                        record.count});
        }
    }
    for (std::size_t i = 0; i < image.count(Section::sources); ++i) {
        const auto record = image.at<SourceRecord>(Section::sources, i);
        statistics.sources.push_back({std::string{image.string(record.name)},
                                      record.origin < kOrigins ? static_cast<Origin>(record.origin) : Origin::learned,
                                      std::string{image.string(record.title)},
                                      std::string{image.string(record.licence)}});
    }
    return statistics;
}

} // namespace acervo::lexicon
