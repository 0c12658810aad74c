// A small lexicon of concepts, compiled for a test.
#pragma once

#include "analyzers/lexicon/compiler.h"
#include "analyzers/lexicon/lexicon.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace acervo::support {

class ConceptLexicon {
public:
    ConceptLexicon()
    {
        using lexicon::LabelKind;
        using text::Language;
        lexicon::Source source;
        source.name = "house";
        source.origin = lexicon::Origin::glossary;
        source.labels = {
            {"urn:x:council", Language::en, "council", LabelKind::preferred},
            {"urn:x:council", Language::fr, "conseil municipal", LabelKind::preferred},
            {"urn:x:council-housing", Language::en, "council housing", LabelKind::preferred},
            {"urn:x:council-housing", Language::fr, "logement social", LabelKind::preferred},
            {"urn:x:council-housing", Language::es, "vivienda social", LabelKind::preferred},
            {"urn:x:council-housing", Language::en, "social housing", LabelKind::alternative},
            {"urn:x:tenant", Language::en, "tenant", LabelKind::preferred},
            {"urn:x:tenant", Language::fr, "locataire", LabelKind::preferred},
            {"urn:x:led", Language::en, "local economic development", LabelKind::preferred},
            {"urn:x:led", Language::en, "LED", LabelKind::alternative},
            {"urn:x:tax", Language::en, "property tax", LabelKind::preferred},
            {"urn:acervo:types:report", Language::en, "report", LabelKind::preferred},
        };
        source.themes = {{"urn:x:council-housing", "housing"},
                         {"urn:x:tenant", "housing"},
                         {"urn:x:led", "local-economic-development"},
                         {"urn:x:tax", "local-taxation"},
                         {"urn:x:council", "governance"}};
        const auto compiled = lexicon::compile({source}, file());
        EXPECT_TRUE(compiled) << compiled.error().message;
    }

    std::filesystem::path file() const { return _folder.path() / "lexicon.bin"; }
    lexicon::Lexicon open() const { return lexicon::Lexicon::open(file()).value(); }

private:
    TemporaryFolder _folder;
};

} // namespace acervo::support
