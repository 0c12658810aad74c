// Reads parallel texts, learns translations from them and writes them as sources of the lexicon.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/text/language.h"
#include "corpus/catalogue/catalogue.h"
#include "indexer/lexicon/learner.h"
#include "indexer/lexicon/parallel_reader.h"
#include "indexer/lexicon/parallel_text.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acervo::lexicon {

// One compiled gettext catalogue: messages in `from`, translations in `to`.
struct GettextFile {
    std::filesystem::path file;
    text::Language from = text::Language::en;
    text::Language to = text::Language::other;
};

struct LearnRequest {
    // Each laid out DIR/en, DIR/fr, DIR/es with the same names below. Documents of all formats that Acervo reads, and
    // gettext catalogues (*.mo, below fr and es; their messages are English).
    std::vector<std::filesystem::path> folders;
    std::vector<GettextFile> gettextFiles;
    // Editions of the same work; nullptr: none. Only those that `audience` may read without being anybody: what is
    // learned is shown to everybody.
    const catalogue::Catalogue* works = nullptr;
    std::string audience = "public";

    std::filesystem::path output;        // folder of the tables, made when missing
    std::string name = "learned";        // [a-z0-9-]+
    std::filesystem::path workerProgram; // acervo-extract-worker
    unsigned threads = 2;
    LearningRules rules;
};

struct SourceReport {
    std::string name; // of the folder, the file, or "works"
    std::uint64_t texts = 0;
    std::uint64_t unreadable = 0;
    AlignmentCounts counts;
};

struct TableReport {
    LanguagePair languages;
    std::uint64_t pairs = 0;    // of sentences learned from
    std::uint64_t repeated = 0; // and left out because they were there already
    std::uint64_t leftOut = 0;  // and left out because a limit was reached
    std::uint64_t rows = 0;     // of both directions
    std::filesystem::path file; // "" when there was nothing to learn from
};

struct LearnReport {
    std::vector<SourceReport> sources;
    std::vector<TableReport> tables;
    std::vector<std::string> problems; // the first ones; what could not be read
};

// Writes <output>/<name>-<en-fr|en-es|es-fr>.tsv, each replaced whole; a table with nothing to learn from is removed.
// The same input gives the same files, whatever the number of threads.
//
// errors  invalidArgument (nothing to read, a bad name, a folder without two languages), notFound, ioFailure, diskFull,
//         those of the catalogue.
// cost    memory: at most about 1.2 GB: three texts of kMaxSentencePairs as numbers of words (100 MB each) and one
//         model at a time (600 MB).
Result<LearnReport> learn(const LearnRequest& request);

} // namespace acervo::lexicon
