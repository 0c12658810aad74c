// acervo-indexer: brings documents in.
#include "indexer/cli/commands.h"
#include "indexer/cli/lexicon_commands.h"
#include "indexer/cli/pair_command.h"
#include "indexer/cli/works_commands.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

namespace {

constexpr const char* kCommands = R"(acervo-indexer: reads documents into the catalogue and keeps the index up to it.

  acervo-indexer init --folder DIR [--data DIR] [--source NAME] [--output FILE]
      writes a commented configuration for one folder of documents
  acervo-indexer run [--source NAME] [--report FILE] [--accept-missing]
      reads what is new or changed in the configured sources, then updates the index
  acervo-indexer import FILE.jsonl [--source NAME] [--audience NAME] [--report FILE]
      takes documents in bulk: one JSON object a line with id, title, language, text or pages, ...
  acervo-indexer extract FILE [--json]
      prints the text of one document page by page, as the index would see it
  acervo-indexer status [--json]
      what the library holds, the last runs, what failed
  acervo-indexer check
      reads everything back: catalogue, index, and whether they agree
  acervo-indexer reindex
      builds the index anew from the catalogue, verifies it and puts it to use; no document is read again
  acervo-indexer rollback
      puts the index that was in use before the last reindex to use again
)";

constexpr const char* kOptions = R"(
  --config FILE   the configuration; acervo.toml in this folder when left out
)";

std::string usage()
{
    return std::string{kCommands}
        .append(acervo::cli::kWorksUsage)
        .append(acervo::cli::kPairUsage)
        .append(acervo::cli::kLexiconUsage)
        .append(kOptions);
}

} // namespace

int main(int count, char** words)
{
    using namespace acervo::cli;
    try {
        const auto arguments = acervo::config::Arguments::parse(count, words,
                                                                {{"config"},
                                                                 {"folder", true, true},
                                                                 {"mo", true, true},
                                                                 {"from"},
                                                                 {"to"},
                                                                 {"name"},
                                                                 {"works", false},
                                                                 {"data"},
                                                                 {"source"},
                                                                 {"output"},
                                                                 {"report"},
                                                                 {"audience"},
                                                                 {"format"},
                                                                 {"via"},
                                                                 {"origin"},
                                                                 {"title"},
                                                                 {"licence"},
                                                                 {"weight"},
                                                                 {"by"},
                                                                 {"both", false},
                                                                 {"note"},
                                                                 {"language"},
                                                                 {"reset", true, true},
                                                                 {"reason"},
                                                                 {"successor"},
                                                                 {"limit"},
                                                                 {"remove", false},
                                                                 {"withdrawn", false},
                                                                 {"review", false},
                                                                 {"accept", true, true},
                                                                 {"yes-above"},
                                                                 {"accept-missing", false},
                                                                 {"json", false},
                                                                 {"help", false},
                                                                 {"version", false}});
        if (!arguments) {
            std::fprintf(stderr, "acervo-indexer: %s\n\n%s", arguments.error().message.c_str(), usage().c_str());
            return exitUsage;
        }
        if (arguments->has("version")) {
            std::printf("acervo-indexer %s\n", ACERVO_VERSION);
            return exitDone;
        }
        if (arguments->has("help") || arguments->words().empty()) {
            std::fputs(usage().c_str(), arguments->has("help") ? stdout : stderr);
            return arguments->has("help") ? exitDone : exitUsage;
        }
        const auto& command = arguments->words().front();
        if (command == "init") {
            return initCommand(*arguments);
        }
        if (command == "run") {
            return runCommand(*arguments);
        }
        if (command == "import") {
            return importCommand(*arguments);
        }
        if (command == "extract") {
            return extractCommand(*arguments);
        }
        if (command == "status") {
            return statusCommand(*arguments);
        }
        if (command == "check") {
            return checkCommand(*arguments);
        }
        if (command == "reindex") {
            return reindexCommand(*arguments);
        }
        if (command == "rollback") {
            return rollbackCommand(*arguments);
        }
        if (command == "works") {
            return worksCommand(*arguments);
        }
        if (command == "lexicon") {
            return lexiconCommand(*arguments);
        }
        std::fprintf(stderr, "acervo-indexer: unknown command \"%s\"\n\n%s", command.c_str(), usage().c_str());
        return exitUsage;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "acervo-indexer: %s\n", error.what());
    } catch (...) {
        std::fprintf(stderr, "acervo-indexer: ended by an unknown exception\n");
    }
    return exitFailed;
}
