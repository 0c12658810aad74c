// acervo-indexer lexicon ...: translations and concepts, from import to the compiled file.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "corpus/config/arguments.h"
#include "corpus/config/config.h"

#include <string>
#include <string_view>

namespace acervo::cli {

inline constexpr std::string_view kLexiconUsage =
    R"(  acervo-indexer lexicon import FILE [--format skos|tsv|wiktionary|apertium|freedict] [--name NAME] [--from L --to L]
                 [--via FILE] [--origin thesaurus|dictionary] [--title TEXT] [--licence TEXT]
      takes a thesaurus or dictionary into the lexicon's sources
  acervo-indexer lexicon learn [--folder DIR]... [--mo FILE --from en --to fr]... [--works] [--name learned]
      learns translations from parallel texts: DIR/en, DIR/fr, DIR/es; gettext catalogues; editions of a work
  acervo-indexer lexicon remove NAME
      drops a source
  acervo-indexer lexicon correct LANG PHRASE LANG PHRASE [--weight 0..1] [--by NAME] [--both]
  acervo-indexer lexicon refuse LANG PHRASE LANG PHRASE [--by NAME] [--both]
      the last word on a translation: that it is right, or never to be used
  acervo-indexer lexicon build
      compiles all sources, the vocabularies and the glossary into the file that searches read
  acervo-indexer lexicon list
      sources, and what the compiled file holds
  acervo-indexer lexicon show LANG PHRASE
      what a query would be expanded to, with weights, origins and sources
)";

// All of the above; `words()[1]` chooses.
int lexiconCommand(const config::Arguments& arguments);

// "lexicon: 120,000 phrases, 300,000 renderings", or that there is none: one line of status.
std::string lexiconLine(const config::Config& config);

} // namespace acervo::cli
