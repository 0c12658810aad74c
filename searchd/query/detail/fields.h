// What a query asks of one field: title:, author:, id:, year:, concept:, and every facet by its name.
#pragma once

#include "corpus/schema/fields.h"
#include "searchd/query/detail/reading.h"

#include <xapian.h>

#include <string>

namespace acervo::query {

// What cannot be understood finds nothing, and is said in a note.
class Fields {
public:
    // The references of both must outlive the fields.
    Fields(const vocabulary::Vocabularies& vocabularies, const Reading& reading)
        : _vocabularies(vocabularies), _reading(reading)
    {
    }

    Tree query(const std::string& field, const std::string& typed) const;

    // `field:beginn*`; of the fields without words the whole value is meant.
    Tree prefix(const std::string& field, const std::string& typed) const;

private:
    Tree facetValue(schema::Facet facet, const std::string& typed) const;

    const vocabulary::Vocabularies& _vocabularies;
    Reading _reading;
};

} // namespace acervo::query
