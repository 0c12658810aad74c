#include "searchd/http/public_url.h"

#include <algorithm>

namespace acervo::http {

std::string publicBase(const Services& services, const Request& request)
{
    const auto& search = services.config.search;
    if (!search.baseUrl.empty()) {
        return absoluteUrl(services, "");
    }
    return "http://" + (request.host.empty() ? search.address + ":" + std::to_string(search.port) : request.host);
}

std::string publicHost(const std::string& base)
{
    const auto start = base.find("://") + 3;
    const auto end = std::min(base.find_first_of(base.substr(start).starts_with('[') ? "/" : ":/", start), base.size());
    return base.substr(start, end - start);
}

} // namespace acervo::http
