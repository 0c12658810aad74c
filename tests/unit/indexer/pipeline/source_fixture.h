// A source folder with its catalogue and index, and the runs over it.
#pragma once

#include "corpus/config/config.h"
#include "indexer/pipeline/run.h"
#include "tests/support/indexed_catalogue.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace acervo::pipeline {

class WithSource : public testing::Test {
protected:
    WithSource()
    {
        config.data = library.folder().path();
        config.indexer.workers = 2;
        config.indexer.workerProgram = ACERVO_EXTRACT_WORKER;
        source.name = "reports";
        source.folder = library.folder().path() / "documents";
        source.audience = "public";
        std::filesystem::create_directories(source.folder);
    }

    std::filesystem::path write(const std::string& name, std::string_view content) const
    {
        return library.folder().write("documents/" + name, content);
    }

    void remove(const std::string& name) const { std::filesystem::remove(source.folder / name); }

    RunReport run(const Control& control = {})
    {
        auto report = runSource(config, source, library.catalogue(), support::shippedVocabularies(), control);
        EXPECT_TRUE(report) << report.error().message;
        if (!report) {
            return {};
        }
        EXPECT_TRUE(sumsUp(report->counts));
        EXPECT_EQ(library.problems(), std::vector<std::string>{});
        return *report;
    }

    // By uri.
    std::map<std::string, model::Edition> current()
    {
        std::map<std::string, model::Edition> found;
        for (auto& [id, edition] : library.editions()) {
            if (edition.state == model::EditionState::current) {
                found[edition.sourceUri] = std::move(edition);
            }
        }
        return found;
    }

    support::IndexedCatalogue library;
    config::Config config;
    config::Source source;
};

} // namespace acervo::pipeline
