// The questions that every system of the benchmark is asked, a class after the other.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace acervo::bench {

// What is asked for. Three words are joined by OR where nothing else is said: the larger set, and the same in every
// system.
inline const std::vector<std::string> kClasses{
    "one_word",      // the first ten
    "three_or",      //
    "three_and",     //
    "phrase",        //
    "three_filters", // section, type and years
    "three_facets",  // the first ten, and every facet counted
    "all_facets",    // every document, and every facet counted
    "suggest",       // for the beginning of a title
    "page",          // three words: the first ten, facets, snippets, the pages that answer: what a reader gets
    "start",         // nothing: what it costs Omega to be started, which happens for each question
};

// All of them but the last.
std::set<std::string> searchClasses();

struct Question {
    std::string kind;     // of kClasses
    std::string language; // of the words: "en", "fr", "es"
    std::string text;     // words, `a OR b`, `a AND b`, `"a b"`, or the beginning of a title
    std::string section;  // filters; "" without
    std::string type;
    int yearFrom = 0; // 0: without
    int yearTo = 0;
};

// A line each: the members in their order, separated by tabs.
void writeQuestion(const Question& question);
// Nothing when the file cannot be read or is none.
std::optional<std::vector<Question>> readQuestions(const std::filesystem::path& file);

} // namespace acervo::bench
