// The running text of a word processor's document, with the places where a page may begin, cut into pages at the end.
#pragma once

#include "indexer/extract/extractor.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {

// How pages are made, the same for DOCX, ODT, RTF and DOC:
//   1. where the producer recorded how it laid the pages out, these are the pages, labelled 1, 2, 3…;
//   2. else a text of more than 4,000 characters with headings of level 1 or 2 has one page for each such section;
//   3. else explicit page breaks part it; else it is one page.
// Footnotes, endnotes and comments stand at the end of the page that refers to them.
class Flow {
public:
    enum class Break : std::uint8_t {
        explicitBreak, // the author asked for a new page
        rendered,      // the producer noted that a page began here when it last laid the text out
    };

    explicit Flow(const Limits& limits) : _maxBytes(limits.maxTextBytes) {}

    void text(std::string_view utf8);
    void tab() { text("\t"); }
    void lineBreak() { text("\n"); }
    // level  1..6 for a heading, 0 for other paragraphs.
    void endParagraph(std::uint32_t level = 0);
    void endCell();
    void endRow();
    void pageBreak(Break kind);
    void note(std::string text);

    // A text box stands aside: what is written between the two calls follows the paragraph that holds it.
    void beginAside();
    void endAside();

    bool full() const { return _truncated; }
    bool empty() const { return _text.empty(); }
    // The whole text without notes, for small parts such as one footnote.
    std::string takeText();

    // Adds pages and outline entries.
    void deliver(ExtractedDocument& document, const Limits& limits);

private:
    struct Heading {
        std::size_t at = 0; // byte offset into _text, as below
        std::uint32_t level = 0;
        std::string title;
    };
    struct BreakMark {
        std::size_t at = 0;
        Break kind = Break::explicitBreak;
    };
    struct Note {
        std::size_t at = 0;
        std::string text;
    };
    struct Cut {
        std::size_t at = 0;
        std::string heading;
    };
    struct Aside {
        std::string text; // of the surrounding paragraph, put back by endAside
        std::string pending;
        std::size_t paragraphStart = 0;
    };

    bool hasRenderedBreaks() const;
    std::vector<Cut> cuts() const;
    std::string notesBetween(std::size_t from, std::size_t to) const;

    std::uint64_t _maxBytes;
    std::uint64_t _usedBytes = 0;
    bool _truncated = false;
    std::string _text;
    std::string _pending;            // separator due before the next text
    std::size_t _paragraphStart = 0; // byte offset into _text
    std::vector<Heading> _headings;
    std::vector<BreakMark> _breaks;
    std::vector<Note> _notes;
    std::vector<Aside> _asides;
    std::string _deferred; // finished text boxes, waiting for their paragraph's end
};

// Runs of white space become one space; none at the ends.
std::string collapseSpace(std::string_view text);

} // namespace acervo::extract::detail
