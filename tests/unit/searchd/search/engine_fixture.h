// An engine over a small library of the test's own.
#pragma once

#include "analyzers/lexicon/compiler.h"
#include "searchd/search/engine.h"
#include "tests/support/indexed_catalogue.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace acervo::search {

class EngineFixture : public testing::Test {
protected:
    Engine open(const access::Filter& reader = access::Filter::publicOnly())
    {
        EngineOptions options;
        options.indexRoot = library.options().root;
        options.catalogueFile = library.catalogueFile();
        options.lexiconFile = lexiconFile();
        auto engine = Engine::open(options, reader, support::shippedVocabularies(), makeSharedState());
        EXPECT_TRUE(engine) << engine.error().message;
        return std::move(*engine);
    }

    std::filesystem::path lexiconFile() const { return library.folder().path() / "lexicon.bin"; }

    void compileLexicon(const std::vector<lexicon::Source>& sources)
    {
        const auto compiled = lexicon::compile(sources, lexiconFile());
        ASSERT_TRUE(compiled) << compiled.error().message;
    }

    // A work of one edition; returns its citable ID.
    std::string store(const std::string& key, const std::string& language, const std::string& title,
                      std::vector<std::string> pages = {}, const std::string& audience = "public")
    {
        auto document = support::makeDocument(key, language, std::move(pages));
        document.metadata.title = title;
        document.audience = audience;
        return library.store(document).citableId;
    }

    static std::vector<Suggestion> suggest(Engine& engine, const std::string& typed,
                                           text::Language language = text::Language::en, std::size_t limit = 8)
    {
        auto suggestions = engine.suggest(typed, language, limit);
        EXPECT_TRUE(suggestions) << suggestions.error().message;
        return suggestions ? *suggestions : std::vector<Suggestion>{};
    }

    // The proposal of a search, "" when there is none.
    static std::string didYouMean(Engine& engine, const std::string& q, text::Language language = text::Language::en)
    {
        SearchRequest request;
        request.q = q;
        request.interfaceLanguage = language;
        const auto answer = engine.search(request);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer && answer->didYouMean ? answer->didYouMean->text : "";
    }

    support::IndexedCatalogue library;
};

} // namespace acervo::search
