// The address at which the public reaches this server: what every address that leaves it begins with.
#pragma once

#include "corpus/config/config.h"

#include <string>
#include <string_view>

namespace acervo::http {

// "https://acervo.example.org", without a slash at the end: as the configuration says; "" when it says nothing.
std::string configuredBase(const config::Search& search);

// The same, or as the client called this server. host: of the request, checked; "" when it gave none.
std::string publicBase(const config::Search& search, std::string_view host);

// "acervo.example.org" of it, without the port.
std::string publicHost(const std::string& base);

} // namespace acervo::http
