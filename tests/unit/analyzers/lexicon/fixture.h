// Compiles sources written in a test and looks phrases up.
#pragma once

#include "analyzers/lexicon/compiler.h"
#include "analyzers/lexicon/lexicon.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace acervo::lexicon {

using text::Language;

inline Source sourceOf(std::string name, Origin origin, std::vector<Pair> pairs, std::vector<Label> labels = {})
{
    Source source;
    source.name = std::move(name);
    source.origin = origin;
    source.pairs = std::move(pairs);
    source.labels = std::move(labels);
    return source;
}

class CompiledLexicon {
public:
    explicit CompiledLexicon(const std::vector<Source>& sources)
    {
        const auto report = compile(sources, file());
        EXPECT_TRUE(report) << report.error().message;
        _report = report.value_or(CompileReport{});
    }

    std::filesystem::path file() const { return _folder.path() / "lexicon.bin"; }
    const CompileReport& report() const { return _report; }

    Lexicon open() const { return Lexicon::open(file()).value(); }

    Match match(Language language, std::string_view text) const
    {
        return open().longestMatch(text::Analyzer{language}.analyze(text), language);
    }

    // The texts of the renderings in `to`, in their order.
    std::vector<std::string> renderings(Language from, std::string_view text, Language to) const
    {
        std::vector<std::string> texts;
        for (const auto& rendering : match(from, text).renderings) {
            if (rendering.language == to) {
                texts.push_back(rendering.text);
            }
        }
        return texts;
    }

    // 0 when it is no rendering.
    double weight(Language from, std::string_view text, Language to, std::string_view rendering) const
    {
        for (const auto& each : match(from, text).renderings) {
            if (each.language == to && each.text == rendering) {
                return each.weight;
            }
        }
        return 0;
    }

private:
    support::TemporaryFolder _folder;
    CompileReport _report;
};

} // namespace acervo::lexicon
