// What was ignored, cut or changed in a query: a code, translated for the reader by the layer that shows it.
#pragma once

#include <string>
#include <vector>

namespace acervo::query {

// The texts are in web-ui/i18n under "note.<code>"; `arguments` fill {0}, {1} of the message. Codes:
//   queryTooLong {bytes kept}      tooManyTerms {kept}        tooManyPhrases {kept}     tooManyWildcards {kept}
//   tooManyOperators {kept}        wildcardTooShort {word}    unbalancedQuote           unbalancedParenthesis
//   danglingOperator {operator}    unknownValue {field, value}
//   badId {typed}                  badYear {typed}            allWordsRelaxed           nothingToSearch {typed}
//   someWordsToo                   someWordsOfPages
struct Note {
    std::string code;
    std::vector<std::string> arguments;
};

} // namespace acervo::query
