// The one configuration file (TOML) of indexer, daemon and terminal search, read once into plain structs.
#pragma once

#include "analyzers/base/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acervo::config {

// A folder whose documents are indexed.
struct Source {
    std::string name; // [a-z0-9-]+, unique; part of a document's identity: do not rename
    std::filesystem::path folder;
    std::string audience;                  // who may read; the source decides, never the document
    std::string section;                   // default for documents that name none
    std::string type;                      // likewise
    std::string language;                  // likewise; "" detects
    std::vector<std::string> exclude;      // shell patterns on the path below the folder
    std::vector<std::string> pathPatterns; // "{section}/{year}/{work}.{language}.{ext}", the first that fits counts
};

struct Indexer {
    unsigned workers = 2; // extraction processes
    std::uint64_t maxFileBytes = 512ULL << 20;
    std::uint64_t maxTextBytes = 64ULL << 20; // per document
    std::uint64_t workerMemoryBytes = 1ULL << 30;
    std::uint64_t buildMemoryBytes = 512ULL << 20; // what building a whole index may take
    std::chrono::seconds workerCpu{60};
    std::chrono::seconds workerWall{120};
    std::filesystem::path workerProgram; // not in the file; "" is acervo-extract-worker beside the running program
};

struct Search {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;       // 0: any free one
    unsigned threads = 8;            // requests answered at the same time
    std::string baseUrl;             // as the public sees it; "" derives it from the request
    std::string contact;             // e-mail address for who copies the catalogue; "" is the postmaster of the site
    std::filesystem::path accessLog; // one JSON line a request; "" is standard output
    std::chrono::milliseconds queryCpu{2000};
    std::size_t keptAnswers = 1000;     // of searches, for who asks the same; 0: none
    std::string defaultLanguage = "en"; // of the pages, for readers who say nothing
};

struct Config {
    std::filesystem::path file; // where it was read from
    std::filesystem::path data; // catalogue and index; made when missing
    std::string identifierPrefix = "UCLG";
    std::vector<std::string> audiences{"public", "members", "staff"}; // from the widest to the strictest
    std::filesystem::path vocabulary;                                 // folder of the SKOS files
    std::filesystem::path webUi;                                      // folder of templates, texts and assets
    std::vector<Source> sources;
    Indexer indexer;
    Search search;

    std::filesystem::path catalogueFile() const { return data / "catalogue.sqlite"; }
    std::filesystem::path indexRoot() const { return data / "index"; }
    std::filesystem::path lockFile() const { return data / "indexer.lock"; }
    std::filesystem::path lexiconFile() const { return data / "lexicon.bin"; } // compiled; what readers map
    std::filesystem::path lexiconFolder() const { return data / "lexicon"; }   // what it is compiled from
    std::filesystem::path glossaryFolder() const { return vocabulary / "glossary"; }
};

// Paths in the file are relative to its folder. Vocabulary and web-ui default to `shared` (where the program was
// installed or built).
//
// errors  notFound, permissionDenied; invalidArgument for anything wrong in it: a syntax error, an unknown key, a value
//         of another type or out of range; the message names file, line and what is expected.
Result<Config> load(const std::filesystem::path& file, const std::filesystem::path& shared);

// The folder with `corpus/vocabulary` and `web-ui` of this build or installation.
std::filesystem::path sharedFolder();

// A commented configuration with every key at its default, for one folder source; what `init` writes.
std::string defaultText(const std::string& data, const std::string& sourceName, const std::string& sourceFolder);

} // namespace acervo::config
