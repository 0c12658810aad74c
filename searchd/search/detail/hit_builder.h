// Makes of a document that was found what the reader is shown: its metadata, its title marked, its best passages.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/index/document_data.h"
#include "searchd/query/plan.h"
#include "searchd/search/detail/page_finder.h"
#include "searchd/search/detail/reranker.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <xapian.h>

#include <map>
#include <string_view>
#include <vector>

namespace acervo::search::detail {

struct HitSources {
    const Xapian::Database& database; // the reader's own
    const Snapshot& snapshot;         // of it
    const catalogue::Catalogue& catalogue;
    const std::map<text::Language, text::Analyzer>& analyzers;
    const query::Ranking& ranking;
    const query::Marks& marks;
    bool wantsSnippets = true;
};

class HitBuilder {
public:
    explicit HitBuilder(const HitSources& sources) : _sources(sources) {}

    // In their order. Asked for all at once: the words of the query are walked along all of them together.
    // errors  corruptInput (a document's data), and those of Catalogue::page.
    Result<std::vector<Hit>> hits(const std::vector<Ranked>& ranked) const;

private:
    Hit hit(const Ranked& ranked, index::DocumentData data) const;
    std::vector<std::vector<FoundPage>> pagesOf(const std::vector<Ranked>& ranked,
                                                const std::vector<index::DocumentData>& data) const;
    std::vector<std::string> languagesOf(Xapian::docid id) const;
    Result<std::vector<Snippet>> snippets(const std::vector<FoundPage>& pages, const index::DocumentData& data) const;
    const text::Analyzer& analyzerFor(std::string_view language) const
    {
        return _sources.analyzers.at(text::languageOf(language));
    }

    HitSources _sources;
};

} // namespace acervo::search::detail
