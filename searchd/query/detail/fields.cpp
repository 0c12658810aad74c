#include "searchd/query/detail/fields.h"

#include "analyzers/text/normalise.h"
#include "corpus/identifier/citable_id.h"
#include "searchd/query/concepts.h"
#include "searchd/query/detail/combine.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

namespace acervo::query {

namespace {

struct YearRange {
    int from = 0;
    int to = 0;
};

// "2019", "2015-2019", "2015..2019"
std::optional<YearRange> parseYears(std::string_view text)
{
    const auto number = [](std::string_view digits) -> std::optional<int> {
        int value = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool good = problem == std::errc{} && end == digits.data() + digits.size() && digits.size() == 4;
        return good ? std::optional{value} : std::nullopt;
    };
    const auto from = number(text.substr(0, 4));
    if (!from) {
        return std::nullopt;
    }
    if (text.size() == 4) {
        return YearRange{*from, *from};
    }
    const auto rest = text.substr(4);
    const auto dash = rest.starts_with("..") ? 2U : rest.starts_with("-") ? 1U : 0U;
    const auto to = dash > 0 ? number(rest.substr(dash)) : std::nullopt;
    return to ? std::optional{YearRange{*from, *to}} : std::nullopt;
}

Tree authors(const std::string& typed, const Reading& reading)
{
    std::vector<Tree> names;
    for (const auto& token : reading.words.analyzers().at(text::Language::other).analyze(typed)) {
        names.push_back(lookFor(schema::fieldTerm(schema::kAuthor, token.folded)));
    }
    return names.empty() ? matchNothing() : combine(Tree::Kind::all, names);
}

Tree citableId(const std::string& typed, const Reading& reading)
{
    const auto id = reading.asked.resolveId ? reading.asked.resolveId(typed) : identifier::parse(typed);
    if (!id) {
        say(reading.notes, "badId", {typed});
        return matchNothingButAsked();
    }
    return lookFor(schema::wordTerm(schema::kWork, *id));
}

Tree years(const std::string& typed, const Reading& reading)
{
    const auto range = parseYears(typed);
    if (!range || range->from > range->to) {
        say(reading.notes, "badYear", {typed});
        return matchNothingButAsked();
    }
    Tree years;
    years.kind = Tree::Kind::years;
    years.term = std::to_string(range->from);
    years.to = std::to_string(range->to);
    return years;
}

// By its id, or by any of its labels in any language; a label that several concepts have means any of them.
Tree concepts(const std::string& typed, const Reading& reading)
{
    auto ids = reading.asked.lexicon == nullptr
                   ? std::vector<std::string>{}
                   : conceptsNamed(*reading.asked.lexicon, typed, reading.words.analyzers());
    if (ids.empty()) {
        say(reading.notes, "unknownValue", {"concept", typed});
        ids.push_back(typed);
    }
    std::vector<Tree> terms;
    for (const auto& id : ids) {
        if (const auto term = schema::fieldTerm(schema::kConcept, id); !term.empty()) {
            terms.push_back(lookFor(term));
        }
    }
    return terms.empty() ? matchNothingButAsked() : combine(Tree::Kind::any, terms);
}

} // namespace

Tree Fields::query(const std::string& field, const std::string& typed) const
{
    if (field == "title" || field == "author") {
        auto words = field == "title" ? phraseIn(schema::kTitleStem, typed, _reading) : authors(typed, _reading);
        if (words.empty()) {
            say(_reading.notes, "nothingToSearch", {typed});
            return matchNothingButAsked();
        }
        return words;
    }
    if (field == "id") {
        return citableId(typed, _reading);
    }
    if (field == "year") {
        return years(typed, _reading);
    }
    if (field == "concept") {
        return concepts(typed, _reading);
    }
    return facetValue(*schema::facetNamed(field), typed);
}

Tree Fields::prefix(const std::string& field, const std::string& typed) const
{
    if (field != "title" && field != "author") {
        return query(field, typed);
    }
    const auto folded = text::fold(typed);
    if (!isLongEnough(folded, _reading.asked.budget)) { // of combining marks nothing is left
        return query(field, typed);
    }
    const auto prefix = field == "title" ? schema::kTitleStem : schema::kAuthor;
    return beginningWith(schema::fieldTerm(prefix, folded), _reading.asked.budget);
}

Tree Fields::facetValue(schema::Facet facet, const std::string& typed) const
{
    std::string value = typed;
    if (const auto* scheme = vocabulary::schemeOf(_vocabularies, schema::infoOf(facet).name); scheme != nullptr) {
        if (scheme->find(typed) == nullptr) {
            if (const auto* labelled = scheme->findByLabel(typed); labelled != nullptr) {
                value = labelled->notation;
            } else {
                say(_reading.notes, "unknownValue", {std::string{schema::infoOf(facet).name}, typed});
            }
        }
    }
    return lookFor(schema::filterTerm(facet, value));
}

} // namespace acervo::query
