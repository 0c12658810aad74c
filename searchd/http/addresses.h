// The lasting addresses: /id/ID, /id/ID/fr, /id/ID/fr;v=2, /id/ID/fr;v=2/p/iv, each with ?quote=.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::http {

struct IdAddress {
    std::string id;             // in any form, or an alias; decoded
    std::string language;       // of the edition; "" when the address names none
    std::optional<int> version; // nullopt: the current one
    std::string page;           // a number or a printed label; "" for the whole
};

// rest  what follows "/id/", still percent-encoded; an alias may hold slashes of its own.
// Malformed  "v" when it is no number from 1.
std::variant<IdAddress, Failure> readIdAddress(std::string_view rest);

// The page that `name` means: the printed label, else the number, else "n" and the number, for the pages whose label
// stands on others too. nullptr when there is none.
const model::Page* pageNamed(const std::vector<model::Page>& pages, std::string_view name);
// What pageNamed() leads back from.
std::string nameOf(const model::Page& page, const std::vector<model::Page>& pages);

// Of a version of an edition (edition.versionNumber), always with its number: what is cited stays what was read.
// page   as nameOf() gives it; "" for the whole.
// quote  "" for none.
std::string permalink(const Services& services, const model::Edition& edition, const std::string& page = {},
                      const std::string& quote = {});

} // namespace acervo::http
