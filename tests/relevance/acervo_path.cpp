#include "tests/relevance/path.h"

#include "analyzers/text/normalise.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/index/writer.h"

namespace acervo::relevance {

namespace {

constexpr std::size_t kStoresPerCommit = 1000;

catalogue::NewDocument newDocument(const Document& source)
{
    catalogue::NewDocument document;
    document.location.source = "collection";
    document.location.uri = source.id;
    document.location.sha256 = source.id; // every document of a collection is one of its own
    document.location.outcome = catalogue::Outcome::indexed;
    document.audience = access::kPublic;
    document.mediaType = "text/plain";
    document.metadata.language = source.language;
    document.metadata.title = source.title;
    model::Page page;
    page.number = 1;
    page.language = source.language;
    page.text = source.text;
    document.pages.push_back(std::move(page));
    return document;
}

Result<std::map<std::int64_t, std::string>> storeAll(const std::vector<const Document*>& documents,
                                                     catalogue::Catalogue& catalogue)
{
    std::map<std::int64_t, std::string> ids;
    if (auto begun = catalogue.begin(); !begun) {
        return begun.error();
    }
    for (const auto* source : documents) {
        const auto stored = catalogue.store(newDocument(*source));
        if (!stored) {
            return stored.error();
        }
        ids.emplace(stored->editionId, source->id);
        if (ids.size() % kStoresPerCommit == 0) {
            if (auto done = catalogue.commit(); !done) {
                return done.error();
            }
            if (auto begun = catalogue.begin(); !begun) {
                return begun.error();
            }
        }
    }
    if (auto done = catalogue.commit(); !done) {
        return done.error();
    }
    return ids;
}

} // namespace

Result<AcervoPath> AcervoPath::build(const std::vector<const Document*>& documents, const std::filesystem::path& folder,
                                     const vocabulary::Vocabularies& vocabularies, const search::EngineOptions& given)
{
    auto options = given;
    options.indexRoot = folder / "index";
    options.catalogueFile = folder / "catalogue.sqlite";
    // Test queries are whole paragraphs: the budget that protects the public door would cut them.
    options.budget.maxBytes = 1U << 20U;
    options.budget.maxTerms = 10'000;
    options.budget.cpu = std::chrono::minutes{5};

    auto catalogue = catalogue::Catalogue::open(options.catalogueFile, catalogue::Mode::readWrite);
    if (!catalogue) {
        return catalogue.error();
    }
    auto ids = storeAll(documents, *catalogue);
    if (!ids) {
        return ids.error();
    }
    index::WriterOptions writer;
    writer.root = options.indexRoot;
    if (const auto indexed = index::catchUp(writer, *catalogue, vocabularies); !indexed) {
        return indexed.error();
    }
    auto engine = search::Engine::open(options, access::Filter::publicOnly(), vocabularies, search::makeSharedState());
    if (!engine) {
        return engine.error();
    }
    AcervoPath path{std::move(*engine), options};
    path._ids = std::move(*ids);
    return path;
}

Result<void> AcervoPath::reopen(const vocabulary::Vocabularies& vocabularies, const search::EngineOptions& options)
{
    _options.ranking = options.ranking;
    _options.lexiconFile = options.lexiconFile;
    auto engine = search::Engine::open(_options, access::Filter::publicOnly(), vocabularies, search::makeSharedState());
    if (!engine) {
        return engine.error();
    }
    _engine = std::move(*engine);
    return {};
}

Result<std::vector<std::string>> AcervoPath::rank(const Query& query, const Asked& asked)
{
    search::SearchRequest request;
    request.q = asked.withoutAccents ? text::fold(query.text) : query.text;
    request.size = asked.hits;
    request.interfaceLanguage = text::languageOf(query.language);
    request.translate = asked.translate ? query::Translate::yes : query::Translate::no;
    request.facets = false;
    request.snippets = false;
    request.spelling = false;
    const auto answer = _engine.search(request);
    if (!answer) {
        return answer.error().within("query " + query.id);
    }
    std::vector<std::string> ranking;
    for (const auto& hit : answer->hits) {
        ranking.push_back(_ids.at(hit.editionId));
    }
    return ranking;
}

} // namespace acervo::relevance
