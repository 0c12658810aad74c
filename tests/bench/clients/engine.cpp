#include "tests/bench/clients/client.h"

#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/engine.h"

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace acervo::bench {

namespace {

class EngineClient : public Client {
public:
    EngineClient(search::Engine engine, query::Translate translate) : _engine(std::move(engine)), _translate(translate)
    {
    }

    Answered ask(const Question& question) override
    {
        const auto language = text::languageOf(question.language);
        if (question.kind == "suggest") {
            return {checked(_engine.suggest(question.text, language, 8)).size()};
        }
        search::SearchRequest request;
        request.q = question.text;
        request.interfaceLanguage = language;
        request.translate = _translate;
        request.facets = question.kind == "three_facets" || question.kind == "all_facets" || question.kind == "page";
        request.snippets = question.kind == "page";
        request.spelling = request.snippets;
        request.size = question.kind == "all_facets" ? 0 : 10;
        if (!question.section.empty()) {
            request.filter(schema::Facet::section) = {question.section};
            request.filter(schema::Facet::type) = {question.type};
            request.yearFrom = question.yearFrom;
            request.yearTo = question.yearTo;
        }
        const auto answer = checked(_engine.search(request));
        return {request.size == 0 ? answer.facets.size() : answer.hits.size(), answer.total};
    }

private:
    template <class T>
    static T checked(Result<T> result)
    {
        if (!result) {
            throw std::runtime_error{"engine: " + result.error().message};
        }
        return std::move(*result);
    }

    search::Engine _engine;
    query::Translate _translate;
};

} // namespace

System engineSystem(const std::string& name, const std::string& data, const std::string& lexicon)
{
    // Kept by the function that connects: engines refer to the vocabularies and share the columns.
    const auto vocabularies =
        std::make_shared<Result<vocabulary::Vocabularies>>(vocabulary::load(ACERVO_SOURCE_DIR "/corpus/vocabulary"));
    const auto shared = search::makeSharedState();
    search::EngineOptions options;
    options.indexRoot = std::filesystem::path{data} / "index";
    options.catalogueFile = std::filesystem::path{data} / "catalogue.sqlite";
    options.lexiconFile = lexicon;
    const auto connect = [=]() -> std::unique_ptr<Client> {
        auto engine = search::Engine::open(options, access::Filter::publicOnly(), vocabularies->value(), shared);
        if (!engine) {
            throw std::runtime_error{"no index in " + data + ": " + engine.error().message};
        }
        return std::make_unique<EngineClient>(std::move(*engine),
                                              lexicon.empty() ? query::Translate::no : query::Translate::yes);
    };
    return {name, searchClasses(), connect, threadMilliseconds};
}

} // namespace acervo::bench
