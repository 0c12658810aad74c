// Resumption tokens: a list's request and how far it has come, in the token itself, so that any server can go on.
#pragma once

#include "corpus/catalogue/catalogue.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acervo::oai {

struct ListRequest {
    std::string prefix;                      // of the metadata format
    std::optional<std::int64_t> from, until; // seconds, both included
    std::string set;                         // setSpec; "" for all
    catalogue::RecordBookmark after;

    friend bool operator==(const ListRequest& left, const ListRequest& right)
    {
        return left.prefix == right.prefix && left.from == right.from && left.until == right.until &&
               left.set == right.set && left.after.changedAt == right.after.changedAt &&
               left.after.citableId == right.after.citableId;
    }
};

// "1/oai_dc/1700000000//section:africa/1732500000/UCLG-2021-0042-X"; the first part is the version of this format.
std::string formatToken(const ListRequest& request);
std::optional<ListRequest> parseToken(std::string_view token); // nullopt when it is none of ours

} // namespace acervo::oai
