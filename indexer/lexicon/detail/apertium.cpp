// Bilingual dictionaries of Apertium, as lt-print writes their transducers: arcs between states, one a line.
#include "indexer/lexicon/detail/formats.h"

#include "analyzers/lexicon/compiler.h"
#include "indexer/lexicon/detail/input.h"
#include "indexer/lexicon/detail/phrase_text.h"
#include "indexer/lexicon/source_file.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace acervo::lexicon {

namespace {

constexpr std::string_view kNothing = "\xCE\xB5"; // ε: nothing on this side
constexpr std::size_t kMostArcs = 20'000'000;
constexpr std::size_t kMostPaths = 5'000'000;
constexpr std::size_t kMostSteps = 400'000'000; // of walking all paths
constexpr std::size_t kLongestPath = 200;       // arcs
constexpr double kSecond = 0.9; // times, for each further translation of a word; the dictionary gives no order
constexpr double kLeast = 0.5;

struct Arc {
    std::uint32_t to = 0;
    std::uint32_t left = 0; // place in _symbols
    std::uint32_t right = 0;
};

// One entry: lemmas and their first tag ("n", "adj", "vblex").
struct Entry {
    std::string left;
    std::string right;
    std::string kind; // part of speech, and for names what they name: "np.loc"
};

class Transducer {
public:
    // errors  corruptInput with the line; resourceLimit.
    static Result<Transducer> read(const std::filesystem::path& file)
    {
        const auto text = readText(file);
        if (!text) {
            return text.error();
        }
        Transducer transducer;
        std::string_view line;
        std::uint32_t offset = 0; // of the states of the section being read
        for (Lines lines{*text}; lines.next(line);) {
            if (line == "--") { // another section: its states are numbered from 0 again
                offset = static_cast<std::uint32_t>(transducer._arcs.size());
                transducer._starts.push_back(offset);
            } else if (!line.empty() && !transducer.take(split(line, '\t'), offset)) {
                return Error{ErrorCode::corruptInput, file.string() + ":" + std::to_string(lines.number()) +
                                                          ": no arc or final state as lt-print writes them"};
            }
            if (transducer._count > kMostArcs) {
                return Error{ErrorCode::resourceLimit, file.string() + " has too many arcs"};
            }
        }
        if (transducer._count == 0) {
            return Error{ErrorCode::corruptInput, file.string() + " holds no arcs"};
        }
        transducer.dropLoops();
        return transducer;
    }

    // Calls `take` with each path; false when a limit was met.
    bool walk(const std::function<void(const std::vector<const Arc*>&)>& take) const
    {
        std::size_t steps = 0;
        std::size_t paths = 0;
        for (const auto start : _starts) {
            if (!walkFrom(start, steps, paths, take)) {
                return false;
            }
        }
        return true;
    }

    std::string_view symbol(std::uint32_t place) const { return _symbols[place]; }

private:
    // An arc or, with one or two columns, a final state.
    bool take(const std::vector<std::string_view>& columns, std::uint32_t offset)
    {
        std::uint32_t from = 0;
        if (!number(columns[0], from)) {
            return false;
        }
        if (columns.size() < 4) {
            stateAt(from + offset);
            _isFinal[from + offset] = true;
            return true;
        }
        Arc arc;
        if (!number(columns[1], arc.to)) {
            return false;
        }
        arc.to += offset;
        arc.left = symbolOf(columns[2]);
        arc.right = symbolOf(columns[3]);
        stateAt(std::max(from + offset, arc.to));
        _arcs[from + offset].push_back(arc);
        ++_count;
        return true;
    }

    static bool number(std::string_view text, std::uint32_t& number)
    {
        constexpr std::uint32_t kMostStates = 20'000'000;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        return read.ec == std::errc{} && read.ptr == text.data() + text.size() && number < kMostStates;
    }

    void stateAt(std::uint32_t state)
    {
        if (state >= _arcs.size()) {
            _arcs.resize(state + 1);
            _isFinal.resize(state + 1);
        }
    }

    std::uint32_t symbolOf(std::string_view text)
    {
        if (text == kNothing || text == "@0@") {
            text = {};
        } else if (text == "@_SPACE_@") {
            text = " ";
        }
        const auto [known, isNew] = _places.try_emplace(std::string{text}, static_cast<std::uint32_t>(_symbols.size()));
        if (isNew) {
            _symbols.emplace_back(text);
        }
        return known->second;
    }

    // States that nothing leads to, but for those that only loops lead to: what is left over when they are taken away
    // one after the other lies on a loop or behind one.
    std::vector<bool> onOrBehindLoops(const std::vector<std::vector<std::uint32_t>>& next) const
    {
        std::vector<std::uint32_t> incoming(next.size());
        for (const auto& targets : next) {
            for (const auto target : targets) {
                ++incoming[target];
            }
        }
        std::vector<bool> remains(next.size(), true);
        std::vector<std::uint32_t> free;
        for (std::uint32_t state = 0; state < next.size(); ++state) {
            if (incoming[state] == 0) {
                free.push_back(state);
            }
        }
        while (!free.empty()) {
            const auto state = free.back();
            free.pop_back();
            remains[state] = false;
            for (const auto target : next[state]) {
                if (--incoming[target] == 0) {
                    free.push_back(target);
                }
            }
        }
        return remains;
    }

    // Loops read numbers and addresses of any length; through them there is no end of paths. Without them there are as
    // many paths as entries.
    void dropLoops()
    {
        std::vector<std::vector<std::uint32_t>> forwards(_arcs.size());
        std::vector<std::vector<std::uint32_t>> backwards(_arcs.size());
        for (std::uint32_t state = 0; state < _arcs.size(); ++state) {
            for (const auto& arc : _arcs[state]) {
                forwards[state].push_back(arc.to);
                backwards[arc.to].push_back(state);
            }
        }
        const auto behind = onOrBehindLoops(forwards);
        const auto before = onOrBehindLoops(backwards);
        for (auto& arcs : _arcs) {
            std::erase_if(arcs, [&](const Arc& arc) { return behind[arc.to] && before[arc.to]; });
        }
    }

    // Depth first, with a list of its own: a path may be longer than the stack is deep.
    bool walkFrom(std::uint32_t start, std::size_t& steps, std::size_t& paths,
                  const std::function<void(const std::vector<const Arc*>&)>& take) const
    {
        if (start >= _arcs.size()) {
            return true;
        }
        struct Step {
            std::uint32_t state = 0;
            std::size_t next = 0;
        };
        std::vector<Step> pending{{start, 0}};
        std::vector<const Arc*> path;
        while (!pending.empty()) {
            if (++steps > kMostSteps) {
                return false;
            }
            auto& here = pending.back();
            if (here.next == 0 && _isFinal[here.state]) {
                if (++paths > kMostPaths) {
                    return false;
                }
                take(path);
            }
            if (here.next == _arcs[here.state].size()) {
                pending.pop_back();
                if (!path.empty()) {
                    path.pop_back();
                }
                continue;
            }
            const auto& arc = _arcs[here.state][here.next++];
            if (path.size() < kLongestPath) {
                path.push_back(&arc);
                pending.push_back({arc.to, 0});
            }
        }
        return true;
    }

    std::vector<std::vector<Arc>> _arcs; // by state
    std::vector<bool> _isFinal;
    std::vector<std::uint32_t> _starts{0};
    std::size_t _count = 0;
    std::vector<std::string> _symbols;
    std::unordered_map<std::string, std::uint32_t> _places;
};

bool isTag(std::string_view symbol)
{
    return symbol.size() > 2 && symbol.front() == '<' && symbol.back() == '>';
}

// What of a name is kept: places; not persons, organisations and what the dictionary does not tell.
bool isPlace(std::string_view tag)
{
    return tag == "<loc>" || tag == "<top>";
}

bool isContentKind(std::string_view kind)
{
    static const std::set<std::string_view> kinds{"n", "adj", "adv", "vblex", "np.loc", "acr"};
    return kinds.contains(kind);
}

Entry entryOf(const Transducer& transducer, const std::vector<const Arc*>& path)
{
    Entry entry;
    bool isPlaceName = false;
    std::string second;
    bool leftHasTag = false;
    bool rightHasTag = false;
    for (const auto* arc : path) {
        const auto left = transducer.symbol(arc->left);
        const auto right = transducer.symbol(arc->right);
        if (isTag(left)) {
            isPlaceName = isPlaceName || isPlace(left);
            if (!leftHasTag) {
                entry.kind = left.substr(1, left.size() - 2);
            } else if (second.empty()) {
                second = left.substr(1, left.size() - 2);
            }
            leftHasTag = true;
        } else if (!leftHasTag) {
            entry.left += left;
        }
        if (isTag(right)) {
            rightHasTag = true;
        } else if (!rightHasTag) {
            entry.right += right;
        }
    }
    if (entry.kind == "np" && isPlaceName) {
        entry.kind = "np.loc";
    } else if (entry.kind == "n" && second == "acr") {
        entry.kind = "acr";
    }
    return entry;
}

// Lemmas write the part that is inflected with a mark and blanks as they are; names and marks are taken off.
std::string lemma(std::string_view text)
{
    std::string plain;
    for (const char c : text) {
        if (c == '#' || c == '_') {
            plain += c == '_' ? " " : "";
        } else {
            plain += c;
        }
    }
    return withoutBrackets(plain);
}

// "18th and 19th centuries": dictionaries spell out all of them.
bool hasDigit(std::string_view text)
{
    return text.find_first_of("0123456789") != std::string_view::npos;
}

using Renderings = std::map<std::pair<std::string, std::string>, std::vector<std::string>>; // lemma, kind -> lemmas

Result<Renderings> renderingsIn(const std::filesystem::path& file, std::map<std::string, std::size_t>& skipped)
{
    const auto transducer = Transducer::read(file);
    if (!transducer) {
        return transducer.error();
    }
    Renderings renderings;
    const bool isWhole = transducer->walk([&](const std::vector<const Arc*>& path) {
        const auto entry = entryOf(*transducer, path);
        const auto left = lemma(entry.left);
        const auto right = lemma(entry.right);
        if (!isContentKind(entry.kind)) {
            ++skipped[entry.kind == "np" ? "names of persons and organisations" : "function words, numbers and others"];
        } else if (!isShortPhrase(left) || !isShortPhrase(right) || hasDigit(left) || hasDigit(right)) {
            ++skipped["long, not a phrase, or with numbers"];
        } else if (entry.kind == "np.loc" && left == right) {
            ++skipped["names that stay the same"];
        } else {
            auto& list = renderings[{left, entry.kind}];
            if (std::ranges::find(list, right) == list.end()) {
                list.push_back(right);
            }
        }
    });
    if (!isWhole) {
        return Error{ErrorCode::resourceLimit, file.string() + " has too many paths"};
    }
    return renderings;
}

// left -> between -> right, where the word between has the same part of speech and few translations.
Renderings composed(const Renderings& first, const Renderings& second, std::map<std::string, std::size_t>& skipped)
{
    Renderings renderings;
    for (const auto& [word, betweens] : first) {
        if (betweens.size() > rules::kMostOfPivot) {
            ++skipped["ambiguous in the language between"];
            continue;
        }
        auto& list = renderings[word];
        for (const auto& between : betweens) {
            const auto onwards = second.find({between, word.second});
            if (onwards == second.end()) {
                ++skipped["unknown in the language between"];
            } else if (onwards->second.size() > rules::kMostOfPivot) {
                ++skipped["ambiguous in the language between"];
            } else {
                for (const auto& right : onwards->second) {
                    if (std::ranges::find(list, right) == list.end()) {
                        list.push_back(right);
                    }
                }
            }
        }
    }
    return renderings;
}

} // namespace

Result<Imported> readApertium(const ImportRequest& request)
{
    if (request.from == text::Language::other || request.to == text::Language::other) {
        return Error{ErrorCode::invalidArgument,
                     "a transducer does not say its languages: name them with --from and --to (en, fr, es)"};
    }
    Imported imported;
    imported.source.origin = Origin::dictionary;
    auto renderings = renderingsIn(request.file, imported.skipped);
    if (!renderings) {
        return renderings.error();
    }
    double best = 1.0;
    if (!request.via.empty()) {
        const auto onwards = renderingsIn(request.via, imported.skipped);
        if (!onwards) {
            return onwards.error();
        }
        renderings = composed(*renderings, *onwards, imported.skipped);
        best = rules::kPivot;
    }
    for (const auto& [word, list] : *renderings) {
        double weight = best;
        for (const auto& rendering : list) {
            imported.source.pairs.push_back(
                {request.from, word.first, request.to, rendering, std::max(kLeast * best, weight)});
            weight *= kSecond;
        }
    }
    return imported;
}

} // namespace acervo::lexicon
