// Tells what changed between two versions of a text: which pages, and on a page which words.
#pragma once

#include "corpus/model/document.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::passage {

enum class How : std::uint8_t { same, changed, added, removed };

// Numbers of pages; 0 on the side where there is none.
struct PageChange {
    How how = How::same;
    std::uint32_t before = 0;
    std::uint32_t after = 0;

    friend bool operator==(const PageChange&, const PageChange&) = default;
};

// Every page of both versions once, in reading order. Pages are the same when their letters are: line breaks and
// punctuation alone change no page. Pages that share too few words are one removed and one added.
std::vector<PageChange> pageChanges(const std::vector<model::Page>& before, const std::vector<model::Page>& after);

// A stretch of words: `same` (as printed in the newer text), `added` or `removed`.
struct Stretch {
    How how = How::same;
    std::string text;
    bool shortened = false; // words were left out, here stands "…"

    friend bool operator==(const Stretch&, const Stretch&) = default;
};

// Word by word; what changes too much to be worth comparing is one stretch removed and one added.
//
// context  of longer stretches that stay the same, so many words are kept on either side of a change.
std::vector<Stretch> wordChanges(std::string_view before, std::string_view after, std::size_t context);

} // namespace acervo::passage
