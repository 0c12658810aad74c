// The query language as people type it: words, "phrases", -not, AND/OR/NOT, (), field:value, prefix*.
#pragma once

#include "searchd/query/budget.h"
#include "searchd/query/note.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::query {

enum class NodeKind : std::uint8_t {
    word,     // text
    phrase,   // text, words in this order
    prefix,   // text without the star
    sequence, // children side by side: bare words rank, everything else is required, negated ones are excluded
    all,      // a AND b
    any,      // a OR b
};

struct Node {
    NodeKind kind = NodeKind::sequence;
    std::string text;
    std::string field; // "" or one of fieldNames(), in its English form
    bool negated = false;
    std::vector<Node> children;
};

struct ParsedQuery {
    Node root; // a sequence; without children when nothing was asked
    std::vector<Note> notes;
};

// Never fails: what cannot be understood is left out and said in the notes.
// Precedence, tightest first: () and field:, -, AND, OR, side by side. AND, OR, NOT are operators in capitals only.
// Fields: title author id concept, and every facet's name; their French and Spanish names are understood too.
//
// q  valid UTF-8.
ParsedQuery parse(std::string_view q, const Budget& budget);

} // namespace acervo::query
