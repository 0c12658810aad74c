// A catalogue in a folder of its own, and documents to put in it.
#pragma once

#include "corpus/catalogue/catalogue.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace acervo::catalogue {

class TemporaryFolder {
public:
    TemporaryFolder()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "acervo-catalogue-XXXXXX").string();
        _path = ::mkdtemp(pattern.data());
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(_path, ignored);
    }
    const std::filesystem::path& path() const { return _path; }

private:
    std::filesystem::path _path;
};

// A one-page document; `bytes` stands for the file's content and also shows in its text.
inline NewDocument makeDocument(std::string uri, std::string bytes, std::string language = "fr", std::string key = {})
{
    NewDocument document;
    document.location.source = "reports";
    document.location.uri = std::move(uri);
    document.location.byteSize = bytes.size();
    document.location.sha256 = "sha-" + bytes;
    document.location.outcome = Outcome::indexed;
    document.audience = "public";
    document.mediaType = "application/pdf";
    document.metadata.workKey = std::move(key);
    document.metadata.language = language;
    document.metadata.date = "2021-06";
    document.metadata.title = "Title of " + bytes;
    document.pages.push_back({1, "i", "", std::move(language), "Text of " + bytes});
    return document;
}

class WithCatalogue : public testing::Test {
protected:
    void SetUp() override { reopen(); }

    void reopen()
    {
        catalogue.reset();
        auto opened = Catalogue::open(file(), Mode::readWrite);
        ASSERT_TRUE(opened) << opened.error().message;
        catalogue.emplace(std::move(*opened));
    }

    std::filesystem::path file() const { return folder.path() / "catalogue.sqlite"; }

    Stored store(const NewDocument& document)
    {
        auto stored = catalogue->store(document);
        EXPECT_TRUE(stored) << stored.error().message;
        return stored ? *stored : Stored{};
    }

    model::Edition edition(std::int64_t id)
    {
        auto found = catalogue->edition(id);
        EXPECT_TRUE(found) << found.error().message;
        EXPECT_TRUE(*found);
        return **found;
    }

    void expectSound()
    {
        const auto problems = catalogue->integrityProblems();
        ASSERT_TRUE(problems) << problems.error().message;
        for (const auto& problem : *problems) {
            ADD_FAILURE() << problem;
        }
    }

    TemporaryFolder folder;
    std::optional<Catalogue> catalogue;
};

} // namespace acervo::catalogue
