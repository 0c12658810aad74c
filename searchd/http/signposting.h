// FAIR Signposting (https://signposting.org/FAIR): tells programs that land on a page what it is about.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <string>

namespace acervo::http {

struct Signposted {
    std::string citableId;
    std::string license; // of the edition shown, as written; "" when nothing is known of it
};

// The Link header of a work's landing page and of the address that leads there.
void addSignposts(Response& response, const Services& services, const Signposted& work);

} // namespace acervo::http
