// A catalogue and its index in a temporary folder, filled through the corpus' own calls.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "corpus/index/writer.h"
#include "corpus/vocabulary/vocabulary.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acervo::support {

// The vocabularies that come with Acervo: read once, they are only read.
inline const vocabulary::Vocabularies& shippedVocabularies()
{
    static const vocabulary::Vocabularies all = vocabulary::load(ACERVO_SOURCE_DIR "/corpus/vocabulary").value();
    return all;
}

// A document of one work in one language; the pages stand for its file.
inline catalogue::NewDocument makeDocument(const std::string& work, const std::string& language,
                                           std::vector<std::string> pages)
{
    catalogue::NewDocument document;
    document.location.source = "tests";
    document.location.uri = work + "." + language + ".pdf";
    document.location.sha256 = "sha-" + document.location.uri;
    document.location.outcome = catalogue::Outcome::indexed;
    document.audience = "public";
    document.mediaType = "application/pdf";
    document.metadata.workKey = work;
    document.metadata.language = language;
    document.metadata.title = work;
    for (auto& text : pages) {
        model::Page page;
        page.number = static_cast<std::uint32_t>(document.pages.size() + 1);
        page.label = std::to_string(page.number + 100);
        page.language = language;
        document.location.sha256 += text;
        document.location.byteSize += text.size();
        page.text = std::move(text);
        document.pages.push_back(std::move(page));
    }
    return document;
}

class IndexedCatalogue {
public:
    explicit IndexedCatalogue(std::vector<std::string> audiences = {"public", "members", "staff"})
    {
        _options.root = _folder.path() / "index";
        _options.audiences.names = std::move(audiences);
        reopen();
    }

    const TemporaryFolder& folder() const { return _folder; }
    std::filesystem::path catalogueFile() const { return _folder.path() / "catalogue.sqlite"; }
    catalogue::Catalogue& catalogue() { return *_catalogue; }
    index::WriterOptions& options() { return _options; }

    void reopen()
    {
        _catalogue.reset();
        auto opened = catalogue::Catalogue::open(catalogueFile(), catalogue::Mode::readWrite);
        ASSERT_TRUE(opened) << opened.error().message;
        _catalogue.emplace(std::move(*opened));
    }

    catalogue::Stored store(const catalogue::NewDocument& document)
    {
        auto stored = _catalogue->store(document);
        EXPECT_TRUE(stored) << stored.error().message;
        return stored ? *stored : catalogue::Stored{};
    }

    index::CatchUp catchUp() { return checked(index::catchUp(_options, *_catalogue, shippedVocabularies())); }
    index::CatchUp rebuild() { return checked(index::rebuild(_options, *_catalogue, shippedVocabularies())); }

    std::vector<std::string> problems()
    {
        auto found = index::problems(_options, *_catalogue);
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : std::vector<std::string>{};
    }

    // Every edition with its latest state, by edition id.
    std::map<std::int64_t, model::Edition> editions()
    {
        std::map<std::int64_t, model::Edition> all;
        auto changes = _catalogue->changesAfter(0, 1'000'000);
        EXPECT_TRUE(changes);
        for (auto& change : *changes) {
            all[change.edition.editionId] = std::move(change.edition);
        }
        return all;
    }

private:
    static index::CatchUp checked(Result<index::CatchUp> done)
    {
        EXPECT_TRUE(done) << done.error().message;
        return done ? *done : index::CatchUp{};
    }

    TemporaryFolder _folder;
    index::WriterOptions _options;
    std::optional<catalogue::Catalogue> _catalogue;
};

} // namespace acervo::support
