#include "corpus/index/detail/verification.h"

#include "corpus/index/detail/generation_writer.h"
#include "corpus/index/document_builder.h"
#include "corpus/index/guarded.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

namespace acervo::index::detail {

namespace {

constexpr std::int64_t kGoldenQueries = 24;
constexpr std::size_t kGoldenWords = 8; // of a title, from its first on
constexpr Xapian::doccount kFirstResults = 10;

Error unusable(const std::string& why)
{
    return {ErrorCode::internal, "the new index " + why + "; the present one stays in use"};
}

using Databases = std::map<std::string, Xapian::Database>;

Result<void> verifyCounts(const Databases& databases, const access::Audiences& audiences,
                          const catalogue::Catalogue& catalogue, const CatchUp& report)
{
    const auto current = catalogue.currentEditions();
    if (!current) {
        return current.error();
    }
    std::map<std::string, std::uint64_t> wanted;
    std::uint64_t all = 0;
    for (const auto& [audience, editions] : *current) {
        wanted[homeOf(audience, audiences)] += editions;
        all += editions;
    }
    std::uint64_t held = 0;
    for (const auto& [audience, database] : databases) {
        const std::uint64_t documents = database.get_doccount();
        held += documents;
        if (documents > wanted[audience] || documents + report.refused.size() < wanted[audience]) {
            return unusable("has " + std::to_string(documents) + " documents for the audience " + audience +
                            " and the catalogue " + std::to_string(wanted[audience]) + " editions");
        }
    }
    if (held + report.refused.size() != all) {
        return unusable("has " + std::to_string(held) + " documents, and " + std::to_string(report.refused.size()) +
                        " were refused, of " + std::to_string(all) + " editions in the catalogue");
    }
    return {};
}

// The title as a reader would copy it into quotation marks: an edition of which that is the title is among the first,
// unless more have such a title than can be among them.
bool isFound(const Xapian::Database& database, const model::Edition& edition)
{
    const text::Analyzer analyzer{text::languageOf(edition.metadata.language)};
    std::vector<std::string> terms;
    for (const auto& token : analyzer.analyze(edition.metadata.title)) {
        const auto term = schema::fieldTerm(schema::kTitleStem, token.stem);
        if (term.empty() || terms.size() == kGoldenWords) {
            break;
        }
        terms.push_back(term);
    }
    if (terms.empty()) {
        return true;
    }
    const Xapian::Query title{Xapian::Query::OP_PHRASE, terms.begin(), terms.end(),
                              static_cast<Xapian::termcount>(terms.size())};
    const auto unique = DocumentBuilder::uniqueTerm(edition.editionId);
    Xapian::Enquire enquire{database};
    enquire.set_query(title);
    const auto first = enquire.get_mset(0, kFirstResults, kFirstResults + 1);
    for (auto hit = first.begin(); hit != first.end(); ++hit) {
        auto term = hit.get_document().termlist_begin();
        term.skip_to(unique);
        if (term != hit.get_document().termlist_end() && *term == unique) {
            return true;
        }
    }
    if (first.size() < kFirstResults) {
        return false;
    }
    enquire.set_query({Xapian::Query::OP_FILTER, title, Xapian::Query{unique}});
    return !enquire.get_mset(0, 1).empty();
}

Result<void> verifyTitles(const Databases& databases, const access::Audiences& audiences,
                          const catalogue::Catalogue& catalogue, const CatchUp& report)
{
    std::int64_t last = -1;
    for (std::int64_t i = 0; i < kGoldenQueries; ++i) {
        const auto changes = catalogue.changesAfter(std::max(last, report.appliedChange * i / kGoldenQueries), 1);
        if (!changes) {
            return changes.error();
        }
        if (changes->empty() || changes->front().number > report.appliedChange) {
            break;
        }
        last = changes->front().number;
        const auto& edition = changes->front().edition;
        const bool isRefused = std::ranges::any_of(report.refused, [&](const std::string& line) {
            return line.starts_with("edition " + std::to_string(edition.editionId) + ":");
        });
        if (edition.state == model::EditionState::withdrawn || isRefused) {
            continue;
        }
        if (!isFound(databases.at(homeOf(edition.audience, audiences)), edition)) {
            return unusable("does not find " + edition.citableId + " by its title \"" + edition.metadata.title + "\"");
        }
    }
    return {};
}

} // namespace

Result<void> verify(const WriterOptions& options, const std::string& generation, const catalogue::Catalogue& catalogue,
                    const CatchUp& report)
{
    return guarded("verify the new index", [&]() -> Result<void> {
        Databases databases;
        for (const auto& audience : options.audiences.names) {
            databases.emplace(audience, Xapian::Database{(options.root / generation / audience).string()});
        }
        const auto statistics = catalogue.statistics();
        if (!statistics) {
            return statistics.error();
        }
        // One that was stopped, or that the catalogue went on from, is counted when it has caught up.
        if (statistics->lastChange == report.appliedChange) {
            if (auto counted = verifyCounts(databases, options.audiences, catalogue, report); !counted) {
                return counted;
            }
        }
        return verifyTitles(databases, options.audiences, catalogue, report);
    });
}

} // namespace acervo::index::detail
