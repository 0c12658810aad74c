#include "analyzers/lexicon/compiler.h"

#include "analyzers/lexicon/detail/candidates.h"
#include "analyzers/lexicon/detail/image_writer.h"
#include "analyzers/lexicon/detail/phrases.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace acervo::lexicon {

namespace {

// Shares of the whole, for progress: reading and analysing takes most of the time.
constexpr double kGathered = 0.7;
constexpr double kComposed = 0.8;
constexpr std::size_t kProgressStep = 5000;

constexpr std::size_t kMostLabels = 200; // of a concept that are paired with each other; the first

struct ConceptLabel {
    PhraseId phrase = kNoPhrase;
    LabelKind kind = LabelKind::preferred;
};

struct ConceptDraft {
    std::vector<ConceptLabel> labels;
    std::array<std::string, 3> preferred; // en, fr, es
    std::vector<std::string> broader;
    std::vector<std::string> themes;
    Origin origin = Origin::learned;
    std::uint16_t source = 0;
};

double weightBetween(LabelKind from, LabelKind to)
{
    if (from == LabelKind::preferred) {
        return to == LabelKind::preferred ? rules::kPreferredToPreferred : rules::kPreferredToAlternative;
    }
    return to == LabelKind::preferred ? rules::kAlternativeToPreferred : rules::kAlternativeToAlternative;
}

class Compiler {
public:
    Compiler(const std::vector<Source>& sources, const std::function<void(double)>& progress) : _progress(progress)
    {
        for (const auto& source : sources) {
            _sources.push_back(&source);
            _total += source.pairs.size() + source.labels.size();
        }
        std::ranges::stable_sort(_sources, {}, &Source::origin);
    }

    void gather()
    {
        for (const auto* source : _sources) {
            const auto number = static_cast<std::uint16_t>(_names.size());
            _names.push_back({source->name, source->origin, source->title, source->licence});
            gatherPairs(*source, number);
            gatherConcepts(*source, number);
        }
        for (const auto& [id, draft] : _concepts) {
            pairLabels(draft);
        }
        _candidates.addReversed();
        _candidates.addPivoted([this](std::uint16_t source, text::Language via) { return viaSource(source, via); });
        tell(kComposed);
    }

    Result<CompileReport> write(const std::filesystem::path& file)
    {
        writeConcepts();
        writePhrases();
        for (const auto& name : _names) {
            _writer.add(Section::sources,
                        SourceRecord{_writer.string(name.name), _writer.string(name.title),
                                     _writer.string(name.licence), static_cast<std::uint32_t>(name.origin)});
        }
        CompileReport report;
        for (const auto& [key, count] : _counts) {
            const auto& [from, to, origin] = key;
            _writer.add(Section::pairCounts,
                        PairCountRecord{static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(to),
                                        static_cast<std::uint8_t>(origin), 0, static_cast<std::uint32_t>(count)});
            report.statistics.pairs.push_back({from, to, origin, count});
        }
        auto bytes = _writer.write(file);
        if (!bytes) {
            return bytes.error().within("write the lexicon");
        }
        tell(1);
        report.statistics.phrases = _writer.count(Section::surfaces) - 1;
        report.statistics.renderings = _writer.count(Section::renderings);
        report.statistics.concepts = _writer.count(Section::concepts) - 1;
        report.statistics.fileBytes = *bytes;
        report.statistics.sources = _names;
        report.leftOut = _leftOut;
        return report;
    }

private:
    void tell(double share) const
    {
        if (_progress) {
            _progress(share);
        }
    }

    void tellGathered()
    {
        if (++_done % kProgressStep == 0) {
            tell(kGathered * static_cast<double>(_done) / static_cast<double>(_total));
        }
    }

    void gatherPairs(const Source& source, std::uint16_t number)
    {
        for (const auto& pair : source.pairs) {
            tellGathered();
            const auto from = _phrases.intern(pair.from, pair.phrase);
            const auto to = _phrases.intern(pair.to, pair.rendering);
            const bool refuses = pair.weight == 0 && source.origin == Origin::staff;
            if (from == kNoPhrase || to == kNoPhrase || (!refuses && !(pair.weight > 0))) {
                ++_leftOut;
            } else if (refuses) {
                _candidates.refuse(from, to);
            } else {
                _candidates.add(from, {to, std::min(pair.weight, 1.0), source.origin, number});
            }
        }
    }

    // The draft of a concept, made when it is new.
    ConceptDraft& draftOf(const std::string& id, const Source& source, std::uint16_t number)
    {
        const auto [known, isNew] = _concepts.try_emplace(id);
        if (isNew) {
            known->second.origin = source.origin;
            known->second.source = number;
        }
        return known->second;
    }

    void gatherConcepts(const Source& source, std::uint16_t number)
    {
        for (const auto& label : source.labels) {
            tellGathered();
            const auto phrase = _phrases.intern(label.language, label.text);
            if (phrase == kNoPhrase) {
                ++_leftOut;
                continue;
            }
            auto& draft = draftOf(label.conceptId, source, number);
            if (draft.labels.size() == kMostLabels) {
                ++_leftOut;
                continue;
            }
            draft.labels.push_back({phrase, label.kind});
            const auto place = std::ranges::find(text::kLanguages, label.language) - text::kLanguages.begin();
            auto& preferred = draft.preferred[static_cast<std::size_t>(place)];
            if (label.kind == LabelKind::preferred && preferred.empty()) {
                preferred = label.text;
            }
        }
        for (const auto& link : source.broader) {
            if (const auto known = _concepts.find(link.conceptId); known != _concepts.end()) {
                known->second.broader.push_back(link.target);
            }
        }
        for (const auto& link : source.themes) {
            if (const auto known = _concepts.find(link.conceptId); known != _concepts.end()) {
                known->second.themes.push_back(link.target);
            }
        }
    }

    void pairLabels(const ConceptDraft& draft)
    {
        for (const auto& from : draft.labels) {
            for (const auto& to : draft.labels) {
                const bool isName = to.kind == LabelKind::preferred || to.kind == LabelKind::alternative;
                if (from.phrase != to.phrase && isName && from.kind != LabelKind::narrower) {
                    _candidates.add(from.phrase,
                                    {to.phrase, weightBetween(from.kind, to.kind), draft.origin, draft.source});
                }
            }
        }
    }

    std::uint16_t viaSource(std::uint16_t source, text::Language via)
    {
        const auto name = _names[source].name + " via " + std::string{text::codeOf(via)};
        const auto known = std::ranges::find(_names, name, &SourceInfo::name);
        if (known != _names.end()) {
            return static_cast<std::uint16_t>(known - _names.begin());
        }
        auto info = _names[source];
        info.name = name;
        _names.push_back(std::move(info));
        return static_cast<std::uint16_t>(_names.size() - 1);
    }

    void writeConcepts()
    {
        std::uint32_t number = 0;
        for (auto& [id, draft] : _concepts) {
            ConceptRecord record;
            record.id = _writer.string(id);
            for (std::size_t i = 0; i < record.labels.size(); ++i) {
                record.labels[i] = draft.preferred[i].empty() ? kNoString : _writer.string(draft.preferred[i]);
            }
            record.firstBroader = addReferences(draft.broader);
            record.firstTheme = addReferences(draft.themes);
            record.source = draft.source;
            record.origin = static_cast<std::uint16_t>(draft.origin);
            _writer.add(Section::concepts, record);
            for (const auto& label : draft.labels) {
                _conceptsOf[label.phrase].emplace_back(draft.origin, number);
            }
            ++number;
        }
        ConceptRecord last;
        last.firstBroader = last.firstTheme = _writer.count(Section::references);
        _writer.add(Section::concepts, last);
    }

    std::uint32_t addReferences(std::vector<std::string>& targets)
    {
        const auto first = _writer.count(Section::references);
        std::ranges::sort(targets);
        targets.erase(std::unique(targets.begin(), targets.end()),
                      targets.end()); // clang 14 cannot read ranges::unique
        for (const auto& target : targets) {
            _writer.add(Section::references, _writer.string(target));
        }
        return first;
    }

    void writePhrases()
    {
        // Sorted by key, then by the folded words.
        std::vector<std::pair<std::string, PhraseId>> keys;
        for (PhraseId id = 0; id < _phrases.size(); ++id) {
            if (_phrases[id].words <= kMaxPhraseTokens) {
                keys.emplace_back(letterOf(static_cast<std::uint8_t>(_phrases[id].language)) + _phrases[id].stems, id);
            }
        }
        std::ranges::sort(keys, [this](const auto& a, const auto& b) {
            return std::tie(a.first, _phrases[a.second].folded) < std::tie(b.first, _phrases[b.second].folded);
        });
        std::string last;
        for (const auto& [key, id] : keys) {
            const auto renderings = _candidates.weighed(id);
            const auto concepts = _conceptsOf.find(id);
            if (renderings.empty() && concepts == _conceptsOf.end()) {
                continue;
            }
            if (key != last) {
                _writer.add(Section::keys, KeyRecord{_writer.string(key), _writer.count(Section::surfaces)});
                last = key;
            }
            writeSurface(id, renderings);
        }
        _writer.add(Section::keys, KeyRecord{_writer.string(""), _writer.count(Section::surfaces)});
        _writer.add(Section::surfaces, SurfaceRecord{_writer.string(""), _writer.count(Section::renderings),
                                                     _writer.count(Section::surfaceConcepts)});
    }

    void writeSurface(PhraseId id, const std::vector<Candidate>& renderings)
    {
        _writer.add(Section::surfaces,
                    SurfaceRecord{_writer.string(_phrases[id].folded), _writer.count(Section::renderings),
                                  _writer.count(Section::surfaceConcepts)});
        for (const auto& rendering : renderings) {
            const auto& to = _phrases[rendering.to];
            _writer.add(Section::renderings, RenderingRecord{_writer.string(to.text), _writer.string(to.stems),
                                                             static_cast<float>(rendering.weight), rendering.source,
                                                             static_cast<std::uint8_t>(to.language),
                                                             static_cast<std::uint8_t>(rendering.origin)});
            ++_counts[{_phrases[id].language, to.language, rendering.origin}];
        }
        auto concepts = _conceptsOf.find(id);
        if (concepts == _conceptsOf.end()) {
            return;
        }
        std::ranges::sort(concepts->second);
        concepts->second.erase(std::unique(concepts->second.begin(), concepts->second.end()), concepts->second.end());
        for (const auto& [origin, number] : concepts->second) {
            _writer.add(Section::surfaceConcepts, number);
        }
    }

    const std::function<void(double)>& _progress;
    std::vector<const Source*> _sources; // most trusted first
    std::size_t _total = 0;
    std::size_t _done = 0;
    std::size_t _leftOut = 0;
    std::vector<SourceInfo> _names; // a candidate's source is a place in it
    Phrases _phrases;
    Candidates _candidates{_phrases};
    std::map<std::string, ConceptDraft> _concepts;
    std::unordered_map<PhraseId, std::vector<std::pair<Origin, std::uint32_t>>> _conceptsOf;
    std::map<std::tuple<text::Language, text::Language, Origin>, std::size_t> _counts;
    ImageWriter _writer;
};

} // namespace

Result<CompileReport> compile(const std::vector<Source>& sources, const std::filesystem::path& file,
                              const std::function<void(double)>& progress)
{
    constexpr std::size_t kMostSources = 10'000; // numbered in 16 bits, with " via " names beside them
    if (sources.size() > kMostSources) {
        return Error{ErrorCode::resourceLimit, "more than " + std::to_string(kMostSources) + " sources of the lexicon"};
    }
    Compiler compiler{sources, progress};
    compiler.gather();
    return compiler.write(file);
}

} // namespace acervo::lexicon
