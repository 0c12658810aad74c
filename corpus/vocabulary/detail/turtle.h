// Reads a Turtle file into plain statements.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acervo::vocabulary {

struct Statement {
    std::string subject;    // absolute URI, or a blank node's name
    std::string predicate;  // absolute URI
    std::string object;     // absolute URI, a blank node's name, or a literal's text
    std::string language;   // the literal's tag as written; "" when it has none
    bool isLiteral = false; // of the object
    std::uint32_t line = 0; // of the object's end
};

// errors  as load().
// source  W3C RDF 1.1 Turtle, as serd 0.30 reads it in strict mode.
Result<std::vector<Statement>> readTurtle(const std::filesystem::path& file);

} // namespace acervo::vocabulary
