#include "corpus/index/document_builder.h"

#include "analyzers/text/normalise.h"
#include "corpus/index/detail/automatic_themes.h"
#include "corpus/index/detail/best_pages.h"
#include "corpus/index/detail/concept_finder.h"
#include "corpus/index/document_data.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace acervo::index {

namespace {

// How much a word counts beyond its place in the text, as further occurrences of its term.
constexpr Xapian::termcount kHeadingWeight = 2;
constexpr Xapian::termcount kKeywordWeight = 3;
constexpr Xapian::termcount kAuthorWeight = 3;
constexpr Xapian::termcount kAbstractWeight = 1;

// A concept named more often than this is a subject of the document anyway.
constexpr Xapian::termcount kMaxConceptUses = 30;

constexpr std::size_t kMaxTitleWords = kBodyStart - 100;
constexpr std::size_t kMaxAbstractBytes = 600;
constexpr std::size_t kMaxTitleKeyBytes = 64;

// Counts the words of one document as they are ranked. A report is as good as its best page: a word counts as often as
// it stands on the page that has it most, and a little, by the logarithm, for the others. Else a long report, whose
// words are diluted in its length, would lose to every short note (BM25's b), or win by mere size (without b).
class WordCounts {
public:
    explicit WordCounts(Xapian::Document& document) : _document(document) {}

    // Words of the title, of keywords and their like: each counts as `weight` words of the text.
    void addField(const text::Token& token, Xapian::termcount weight)
    {
        eachTerm(token, [&](const std::string& term) { _counts[term].field += weight; });
    }

    void addToPage(const text::Token& token)
    {
        eachTerm(token, [&](const std::string& term) {
            auto& count = _counts[term];
            if (count.page++ == 0) {
                _onPage.push_back(&count);
            }
        });
    }

    void endPage()
    {
        for (auto* count : _onPage) {
            count->all += count->page;
            count->best = std::max(count->best, count->page);
            count->page = 0;
        }
        _onPage.clear();
    }

    void place(const text::Token& token, Xapian::termpos position)
    {
        if (const auto stem = schema::wordTerm(schema::kStem, token.stem); !stem.empty()) {
            _document.add_posting(stem, position, 0);
        }
    }

    void write()
    {
        for (const auto& [term, count] : _counts) {
            const auto others = static_cast<Xapian::termcount>(std::bit_width(count.all - count.best));
            _document.add_term(term, count.field + count.best + others);
        }
    }

private:
    struct Count {
        Xapian::termcount field = 0;
        Xapian::termcount page = 0; // of the page being read
        Xapian::termcount best = 0; // of one page
        Xapian::termcount all = 0;
    };

    template <class Take>
    static void eachTerm(const text::Token& token, Take&& take)
    {
        for (const auto& term : {schema::wordTerm(schema::kStem, token.stem), schema::wordTerm("", token.folded)}) {
            if (!term.empty()) {
                take(term);
            }
        }
        if (token.exact != token.folded) {
            if (const auto term = schema::exactTerm(token.folded, token.exact); !term.empty()) {
                take(term);
            }
        }
    }

    Xapian::Document& _document;
    std::unordered_map<std::string, Count> _counts;
    std::vector<Count*> _onPage;
};

std::vector<std::string> withAncestors(const vocabulary::Scheme& scheme, const std::vector<std::string>& notations)
{
    std::vector<std::string> all;
    const auto add = [&](const std::string& notation) {
        if (!notation.empty() && std::ranges::find(all, notation) == all.end()) {
            all.push_back(notation);
        }
    };
    for (const auto& notation : notations) {
        add(notation);
        for (const auto* ancestor : scheme.ancestors(notation)) {
            add(ancestor->notation);
        }
    }
    return all;
}

// A compound is counted and placed like the word it stands at.
text::Token tokenOf(text::CompoundForm compound)
{
    return {{}, 0, compound.folded, compound.folded, std::move(compound.stem)};
}

std::vector<std::string> oneOrNone(const std::string& value)
{
    return value.empty() ? std::vector<std::string>{} : std::vector{value};
}

// "2021-06" -> "20210600"; "" stays "".
std::string sortableDate(const model::PartialDate& date)
{
    std::string digits;
    std::ranges::copy_if(date, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    if (digits.size() < 4) {
        return {};
    }
    digits.resize(8, '0');
    return digits;
}

} // namespace

DocumentBuilder::DocumentBuilder(const vocabulary::Vocabularies& vocabularies, const lexicon::Lexicon* lexicon)
    : _vocabularies(vocabularies),
      _concepts(lexicon == nullptr ? nullptr : std::make_unique<detail::ConceptFinder>(*lexicon))
{
    for (const auto language : {text::Language::other, text::Language::en, text::Language::fr, text::Language::es}) {
        _analyzers.emplace(language, text::Analyzer{language});
    }
}

DocumentBuilder::DocumentBuilder(DocumentBuilder&&) noexcept = default;
DocumentBuilder::~DocumentBuilder() = default;

const text::Analyzer& DocumentBuilder::analyzerFor(const std::string& language)
{
    return _analyzers.at(text::languageOf(language));
}

text::Analysis DocumentBuilder::read(const std::string& text, const std::string& language, detail::Part part)
{
    auto analysis = analyzerFor(language).analyzeWithCompounds(text);
    if (_concepts) {
        _concepts->read(analysis.tokens, text, text::languageOf(language), part);
    }
    return analysis;
}

std::string DocumentBuilder::uniqueTerm(std::int64_t editionId)
{
    return schema::wordTerm(schema::kEdition, std::to_string(editionId));
}

Xapian::Document DocumentBuilder::build(const model::Edition& edition, const std::vector<model::Page>& pages)
{
    const auto& metadata = edition.metadata;
    Xapian::Document document;
    document.add_boolean_term(uniqueTerm(edition.editionId));
    document.add_boolean_term(schema::wordTerm(schema::kWork, edition.citableId));

    WordCounts counts{document};
    const auto addUnplaced = [&](const std::string& text, const std::string& language, Xapian::termcount weight) {
        const auto analysis = read(text, language, detail::Part::text);
        for (const auto& token : analysis.tokens) {
            counts.addField(token, weight);
        }
        for (const auto& compound : analysis.compounds) {
            counts.addField(tokenOf(compound), weight);
        }
    };

    std::uint32_t words = 0;
    for (const auto& part : {metadata.title, metadata.subtitle}) {
        const auto addToTitle = [&](const text::Token& token, Xapian::termpos at) {
            counts.addField(token, kTitleWeight);
            counts.place(token, at);
            if (const auto term = schema::fieldTerm(schema::kTitleStem, token.stem); !term.empty()) {
                document.add_posting(term, at);
            }
        };
        const auto first = words + 1;
        const auto analysis = read(part, metadata.language, detail::Part::title);
        for (const auto& token : analysis.tokens) {
            if (words < kMaxTitleWords) {
                addToTitle(token, ++words);
            }
        }
        for (const auto& compound : analysis.compounds) {
            if (const auto at = first + static_cast<Xapian::termpos>(compound.token); at <= words) {
                addToTitle(tokenOf(compound), at);
            }
        }
    }
    Xapian::termpos authorPosition = 0;
    for (const auto& author : metadata.authors) {
        for (const auto& token : analyzerFor("").analyze(author)) {
            counts.addField(token, kAuthorWeight);
            if (const auto term = schema::fieldTerm(schema::kAuthor, token.folded); !term.empty()) {
                document.add_posting(term, ++authorPosition, 0);
            }
        }
        authorPosition += 10; // a phrase never runs from one name into the next
    }
    for (const auto& keyword : metadata.keywords) {
        addUnplaced(keyword, metadata.language, kKeywordWeight);
    }
    addUnplaced(metadata.abstractText, metadata.language, kAbstractWeight);

    DocumentData data;
    std::uint32_t position = kBodyStart;
    for (const auto& page : pages) {
        const auto first = position;
        const auto analysis = read(page.text, page.language, detail::Part::text);
        for (const auto& token : analysis.tokens) {
            counts.addToPage(token);
            counts.place(token, position++);
        }
        for (const auto& compound : analysis.compounds) {
            const auto token = tokenOf(compound);
            counts.addToPage(token);
            counts.place(token, first + static_cast<Xapian::termpos>(compound.token));
        }
        counts.endPage();
        if (!page.heading.empty()) {
            addUnplaced(page.heading, page.language, kHeadingWeight);
        }
        if (position > first) {
            data.pages.add({page.number, first, page.label});
        }
    }

    counts.write();
    detail::addBestPages(document, data.pages, position);
    auto themes = metadata.themes;
    if (_concepts) {
        const auto uses = _concepts->take();
        for (const auto& use : uses) {
            if (const auto term = schema::fieldTerm(schema::kConcept, use.id); !term.empty()) {
                document.add_term(term, std::min(use.inText + kTitleWeight * use.inTitle, kMaxConceptUses));
            }
        }
        if (themes.empty()) {
            themes = detail::automaticThemes(uses, position - kBodyStart, _vocabularies.themes);
            data.automaticThemes = themes;
        }
    }

    data.endPosition = position;
    data.editionId = edition.editionId;
    data.versionId = edition.versionId;
    data.citableId = edition.citableId;
    data.title = metadata.title;
    data.language = metadata.language;
    data.type = metadata.type;
    data.section = metadata.section;
    data.date = metadata.date;
    data.authors = metadata.authors;
    data.mediaType = edition.mediaType;
    data.abstractText = text::truncateUtf8(metadata.abstractText, kMaxAbstractBytes);
    data.pageCount = edition.pageCount;
    document.set_data(encode(data));

    const auto setValue = [&](schema::Slot slot, const std::string& value) {
        if (!value.empty()) {
            document.add_value(static_cast<Xapian::valueno>(slot), value);
        }
    };
    setValue(schema::Slot::work, std::to_string(edition.workId));
    setValue(schema::Slot::published, sortableDate(metadata.date));
    setValue(schema::Slot::titleKey, std::string{text::truncateUtf8(text::fold(metadata.title), kMaxTitleKeyBytes)});

    const auto setFacet = [&](schema::Facet facet, std::vector<std::string> values) {
        for (auto& value : values) {
            value = schema::filterValue(facet, value); // what is counted is what a filter finds
        }
        setValue(schema::infoOf(facet).slot, schema::joinValues(values));
        for (const auto& value : values) {
            document.add_boolean_term(schema::filterTerm(facet, value));
        }
    };
    setFacet(schema::Facet::section, oneOrNone(metadata.section));
    setFacet(schema::Facet::type, withAncestors(_vocabularies.types, oneOrNone(metadata.type)));
    setFacet(schema::Facet::theme, withAncestors(_vocabularies.themes, themes));
    setFacet(schema::Facet::year, oneOrNone(metadata.date.substr(0, 4)));
    setFacet(schema::Facet::country, withAncestors(_vocabularies.countries, metadata.countries));
    setFacet(schema::Facet::language, oneOrNone(metadata.language));
    setFacet(schema::Facet::sdg, metadata.sdgs);
    return document;
}

} // namespace acervo::index
