// Addresses that leave the site, in feeds, sitemaps and headers: always absolute.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <string>

namespace acervo::http {

// "https://acervo.example.org": as the configuration says, else as the client called this server. No slash at the end.
std::string publicBase(const Services& services, const Request& request);

// "acervo.example.org" of it, without the port.
std::string publicHost(const std::string& base);

} // namespace acervo::http
