#include "searchd/http/public_url.h"

#include <algorithm>

namespace acervo::http {

std::string configuredBase(const config::Search& search)
{
    auto base = search.baseUrl;
    while (base.ends_with('/')) {
        base.pop_back();
    }
    return base;
}

std::string publicBase(const config::Search& search, std::string_view host)
{
    if (auto configured = configuredBase(search); !configured.empty()) {
        return configured;
    }
    return "http://" + (host.empty() ? search.address + ":" + std::to_string(search.port) : std::string{host});
}

std::string publicHost(const std::string& base)
{
    const auto start = base.find("://") + 3;
    const auto end = std::min(base.find_first_of(base.substr(start).starts_with('[') ? "/" : ":/", start), base.size());
    return base.substr(start, end - start);
}

} // namespace acervo::http
