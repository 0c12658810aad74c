#include "indexer/extract/detail/codepage.h"
#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/little_endian.h"
#include "indexer/extract/detail/ole_properties.h"
#include "indexer/extract/detail/properties.h"
#include "indexer/extract/detail/word_formatting.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>

#include <algorithm>
#include <memory>
#include <utility>

// DOC of Word 97 to 2003, and plainly the text of Word 6 and 95. The text stands in pieces, in any order, of one byte
// (1252) or two (UTF-16) a character; footnotes, comments and text boxes follow the body in the same sequence. Left
// out: headers and footers, field codes, hidden and deleted text. source  [MS-DOC].

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxPieces = 1'000'000;
constexpr std::size_t kMaxFields = 64; // within one another
constexpr std::uint16_t kWordMagic = 0xA5EC;
constexpr std::uint16_t kWord6Magic = 0xA5DC;
constexpr std::uint16_t kFirstWord97 = 105; // nFib below it is Word 6 or 95

struct GObjectUnref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GObject = std::unique_ptr<T, GObjectUnref>;

std::string streamOf(GsfInfile* file, const char* name, std::size_t fileSize)
{
    const GObject<GsfInput> stream{gsf_infile_child_by_name(file, name)};
    if (!stream) {
        return {};
    }
    const auto size = gsf_input_size(stream.get());
    if (size <= 0 || static_cast<std::uint64_t>(size) > fileSize) { // a stream cannot be larger than its file
        return {};
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (gsf_input_read(stream.get(), bytes.size(), reinterpret_cast<guint8*>(bytes.data())) == nullptr) {
        return {};
    }
    return bytes;
}

// Characters of one piece, from `fc` on in the WordDocument stream.
struct Piece {
    std::uint32_t count = 0;
    std::uint32_t fc = 0;
    bool wide = false;
};

// Where each part of the text begins and ends, in characters from the start.
struct Story {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

class WordText {
public:
    WordText(std::string_view word, const WordFormatting& formatting, Flow& flow)
        : _word(word), _formatting(formatting), _flow(flow), _budget(word.size() * 2)
    {
    }

    void addStory(const std::vector<Piece>& pieces, Story story)
    {
        std::uint64_t at = 0;
        for (const auto& piece : pieces) {
            const auto end = at + piece.count;
            if (end > story.from && at < story.to) {
                const auto skip = story.from > at ? story.from - at : 0;
                const auto last = std::min<std::uint64_t>(end, story.to) - at;
                addCharacters(piece, static_cast<std::uint32_t>(skip), static_cast<std::uint32_t>(last));
            }
            at = end;
            if (at >= story.to || _flow.full() || _budget == 0) {
                break;
            }
        }
        flush();
        _flow.endParagraph();
        _startsParagraph = true;
    }

private:
    void addCharacters(const Piece& piece, std::uint32_t from, std::uint32_t to)
    {
        const std::uint32_t width = piece.wide ? 2 : 1;
        for (auto i = from; i < to && !_flow.full() && _budget > 0; ++i, --_budget) {
            const auto fc = std::uint64_t{piece.fc} + std::uint64_t{i} * width;
            if (fc + width > _word.size()) {
                flush();
                return; // cut off
            }
            const char32_t unit = piece.wide ? numberAt<std::uint16_t>(_word, fc)
                                             : static_cast<unsigned char>(_word[static_cast<std::size_t>(fc)]);
            addUnit(unit, piece.wide, static_cast<std::uint32_t>(fc));
        }
    }

    void addUnit(char32_t unit, bool wide, std::uint32_t fc)
    {
        if (unit == 0x13) { // a field begins: its code up to 0x14 is not shown
            if (_fieldCode.size() < kMaxFields) {
                _fieldCode.push_back(true);
            }
            return;
        }
        if (unit == 0x14 || unit == 0x15) {
            if (!_fieldCode.empty()) {
                unit == 0x14 ? static_cast<void>(_fieldCode.back() = false) : _fieldCode.pop_back();
            }
            return;
        }
        if (std::find(_fieldCode.begin(), _fieldCode.end(), true) != _fieldCode.end() || _formatting.isHidden(fc)) {
            return;
        }
        if (std::exchange(_startsParagraph, false)) {
            startParagraph(fc);
        }
        if (unit < 0x20) {
            addMark(unit, fc);
        } else if (wide) {
            addWide(unit);
        } else {
            _bytes.push_back(static_cast<char>(unit));
        }
    }

    void startParagraph(std::uint32_t fc)
    {
        if (_formatting.paragraphAt(fc).pageBreakBefore) {
            _flow.pageBreak(Flow::Break::explicitBreak);
        }
        if (const auto label = _labels.next(_formatting, fc); !label.empty()) {
            _flow.text(label + " ");
        }
    }

    void addMark(char32_t mark, std::uint32_t fc)
    {
        if (mark == 0x1E) {
            appendText("\u2011");
            return;
        }
        if (mark == 0x1F) {
            appendText("\u00AD");
            return;
        }
        flush();
        if (mark == 0x0D) {
            _flow.endParagraph(_formatting.paragraphAt(fc).headingLevel);
            _startsParagraph = true;
        } else if (mark == 0x07) {
            _formatting.paragraphAt(fc).endsRow ? _flow.endRow() : _flow.endCell();
            _startsParagraph = true;
        } else if (mark == 0x0B || mark == 0x0E) {
            _flow.lineBreak();
        } else if (mark == 0x0C) {
            _flow.endParagraph();
            _flow.pageBreak(Flow::Break::explicitBreak);
            _startsParagraph = true;
        } else if (mark == 0x09) {
            _flow.tab();
        }
    }

    void addWide(char32_t unit)
    {
        decodeBytes();
        if (unit >= 0xDC00 && unit <= 0xDFFF && _highSurrogate != 0) {
            appendCodePoint(_text, 0x10000 + ((std::exchange(_highSurrogate, 0) - 0xD800) << 10U) + (unit - 0xDC00));
            return;
        }
        _highSurrogate = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
        if (_highSurrogate == 0 && (unit < 0xF000 || unit > 0xF0FF)) { // symbol fonts have no meaning in text
            appendCodePoint(_text, unit);
        }
    }

    void appendText(std::string_view utf8)
    {
        decodeBytes();
        _text += utf8;
    }

    void decodeBytes()
    {
        if (!_bytes.empty()) {
            _codePages.append(_text, _bytes, 1252);
            _bytes.clear();
        }
    }

    void flush()
    {
        decodeBytes();
        _flow.text(_text);
        _text.clear();
    }

    std::string_view _word;
    const WordFormatting& _formatting;
    Flow& _flow;
    std::size_t _budget; // characters: pieces of a whole file do not overlap, so there are no more than bytes
    CodePages _codePages;
    WordListLabels _labels;
    std::vector<bool> _fieldCode; // for each open field: are we in its code?
    bool _startsParagraph = true;
    char32_t _highSurrogate = 0;
    std::string _bytes;
    std::string _text;
};

// The piece table (Clx) of Word 97 and later; of Word 6 and 95, all text in one piece.
Result<std::vector<Piece>> piecesOf(std::string_view word, std::string_view table, bool old)
{
    std::vector<Piece> pieces;
    if (old) {
        const auto from = numberAt<std::uint32_t>(word, 0x18);
        const auto to = numberAt<std::uint32_t>(word, 0x1C);
        if (from >= to || from >= word.size()) {
            return Error{ErrorCode::corruptInput, "the Word document has no text"};
        }
        pieces.push_back({to - from, from, false});
        return pieces;
    }
    const auto clx = bytesAt(table, numberAt<std::uint32_t>(word, 0x1A2), numberAt<std::uint32_t>(word, 0x1A6));
    std::size_t at = 0;
    while (at < clx.size() && clx[at] == 1) { // formatting runs before the table
        at += 3 + std::size_t{numberAt<std::uint16_t>(clx, at + 1)};
    }
    if (at >= clx.size() || clx[at] != 2) {
        return Error{ErrorCode::corruptInput, "the Word document has no piece table"};
    }
    const auto plc = bytesAt(clx, at + 5, numberAt<std::uint32_t>(clx, at + 1));
    const auto count = plc.size() < 4 ? 0 : std::min((plc.size() - 4) / 12, kMaxPieces);
    for (std::size_t i = 0; i < count; ++i) {
        const auto from = numberAt<std::uint32_t>(plc, i * 4);
        const auto to = numberAt<std::uint32_t>(plc, i * 4 + 4);
        const auto fc = numberAt<std::uint32_t>(plc, (count + 1) * 4 + i * 8 + 2);
        if (to < from) {
            break; // damaged from here on
        }
        const bool wide = (fc & 0x4000'0000U) == 0;
        pieces.push_back({to - from, wide ? fc & 0x3FFF'FFFFU : (fc & 0x3FFF'FFFFU) / 2, wide});
    }
    return pieces;
}

std::vector<Story> storiesOf(std::string_view word, bool old)
{
    // Body, footnotes, headers, macros, comments, endnotes, text boxes, text boxes of headers: lengths in characters.
    std::vector<Story> stories;
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const auto length = numberAt<std::uint32_t>(word, (old ? 0x34 : 0x4C) + i * 4);
        const auto end = std::min<std::uint64_t>(at + length, 0xFFFF'FFFF);
        if (i != 2 && i != 3 && i != 7 && end > at) {
            stories.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
        }
        at = end;
    }
    return stories;
}

Result<ExtractedDocument> readWord(GsfInfile* file, std::size_t fileSize, const Limits& limits)
{
    const auto word = streamOf(file, "WordDocument", fileSize);
    const auto magic = numberAt<std::uint16_t>(word, 0);
    const auto flags = numberAt<std::uint16_t>(word, 0x0A);
    if (magic != kWordMagic && magic != kWord6Magic) {
        return Error{ErrorCode::corruptInput, "the WordDocument stream is missing or damaged"};
    }
    if ((flags & 0x0100U) != 0) {
        return Error{ErrorCode::encrypted, "the Word document is protected by a password"};
    }
    const bool old = numberAt<std::uint16_t>(word, 2) < kFirstWord97;
    const auto table = old ? std::string{} : streamOf(file, (flags & 0x0200U) != 0 ? "1Table" : "0Table", fileSize);
    const auto pieces = piecesOf(word, table, old);
    if (!pieces) {
        return pieces.error();
    }
    ExtractedDocument document;
    readOleProperties(streamOf(file, "\005SummaryInformation", fileSize), PropertySet::summary, document);
    readOleProperties(streamOf(file, "\005DocumentSummaryInformation", fileSize), PropertySet::documentSummary,
                      document);
    const auto formatting = old ? WordFormatting{} : WordFormatting::read(word, table);
    Flow flow{limits};
    WordText text{word, formatting, flow};
    for (const auto& story : storiesOf(word, old)) {
        text.addStory(*pieces, story);
    }
    flow.deliver(document, limits);
    warnIfEmpty(document);
    return document;
}

} // namespace

Result<ExtractedDocument> readLegacyWord(std::string_view bytes, const Limits& limits)
{
    silenceGsf();
    const GObject<GsfInput> input{gsf_input_memory_new(reinterpret_cast<const guint8*>(bytes.data()),
                                                       static_cast<gsf_off_t>(bytes.size()), FALSE)};
    const GObject<GsfInfile> file{input ? gsf_infile_msole_new(input.get(), nullptr) : nullptr};
    if (!file) {
        return Error{ErrorCode::corruptInput, "a damaged OLE2 compound file"};
    }
    return readWord(file.get(), bytes.size(), limits);
}

} // namespace acervo::extract::detail
