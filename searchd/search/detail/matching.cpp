#include "searchd/search/detail/matching.h"

#include "searchd/search/detail/deadline.h"

#include <algorithm>
#include <string>

namespace acervo::search::detail {

namespace {

// Collects every docid the matcher looks at; with check_at_least = all documents that is every match. Over combined
// databases Xapian 1.4.22 tells a spy the docid within the part, so each part is matched by itself; see FacetProperty.
class DocidCollector : public Xapian::MatchSpy {
public:
    void operator()(const Xapian::Document& document, double) override { docids.push_back(document.get_docid()); }

    std::vector<Xapian::docid> docids;
};

// Years are compared as texts.
std::string fourDigits(int year)
{
    auto digits = std::to_string(std::clamp(year, 0, 9999));
    return std::string(4 - digits.size(), '0') + digits;
}

bool isFiltered(const SearchRequest& request)
{
    return request.yearFrom || request.yearTo ||
           std::ranges::any_of(request.filters, [](const auto& values) { return !values.empty(); });
}

Xapian::Query filterQuery(const SearchRequest& request)
{
    std::vector<Xapian::Query> filters;
    for (const auto& info : schema::kFacets) {
        std::vector<Xapian::Query> values;
        for (const auto& value : request.filter(info.facet)) {
            values.emplace_back(schema::filterTerm(info.facet, value));
        }
        if (!values.empty()) {
            filters.emplace_back(Xapian::Query::OP_OR, values.begin(), values.end());
        }
    }
    if (request.yearFrom || request.yearTo) {
        filters.emplace_back(Xapian::Query::OP_VALUE_RANGE, static_cast<Xapian::valueno>(schema::Slot::year),
                             fourDigits(request.yearFrom.value_or(0)), fourDigits(request.yearTo.value_or(9999)));
    }
    return {Xapian::Query::OP_AND, filters.begin(), filters.end()};
}

} // namespace

Xapian::Query limited(const Xapian::Query& query, std::chrono::milliseconds cpu)
{
    return {Xapian::Query::OP_FILTER, query, Xapian::Query{(new DeadlineSource{cpu})->release()}};
}

std::vector<Xapian::docid> matching(const index::Reader& reader, const Xapian::Query& query,
                                    std::chrono::milliseconds cpu)
{
    const auto withDeadline = limited(query, cpu);
    const auto& parts = reader.parts();
    std::vector<Xapian::docid> matched;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        Xapian::Enquire enquire{parts[part]};
        enquire.set_query(withDeadline);
        enquire.set_weighting_scheme(Xapian::BoolWeight{});
        enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
        DocidCollector collector;
        enquire.add_matchspy(&collector);
        (void)enquire.get_mset(0, 1, parts[part].get_doccount());
        for (const auto id : collector.docids) {
            matched.push_back(static_cast<Xapian::docid>((id - 1) * parts.size() + part + 1));
        }
    }
    return matched;
}

Xapian::Query prefer(const Xapian::Query& query, const Xapian::Query& preferred, double weight)
{
    const Xapian::Query more{(new Xapian::FixedWeightPostingSource{weight})->release()};
    return {Xapian::Query::OP_AND_MAYBE, query, Xapian::Query{Xapian::Query::OP_FILTER, more, preferred}};
}

Xapian::Query filtered(const Xapian::Query& query, const SearchRequest& request)
{
    return isFiltered(request) ? Xapian::Query{Xapian::Query::OP_FILTER, query, filterQuery(request)} : query;
}

} // namespace acervo::search::detail
