#include "indexer/extract/detail/codepage.h"
#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/properties.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

// RTF, one pass over the bytes. Left out: headers and footers, hidden and deleted text, field codes, pictures, and
// every destination that is marked as skippable and not known here. source  Rich Text Format Specification 1.9.1.

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxGroups = 10'000;        // nesting; what is deeper is not read
constexpr std::size_t kMaxCapturedBytes = 10'000; // of a property or a style's name
constexpr std::size_t kMaxFonts = 20'000;
constexpr int kMaxWordLength = 32;
constexpr int kFirstYear = 1970;

enum class Destination : std::uint8_t { text, skipped, fontTable, styleSheet, info, captured };

struct Group {
    Destination destination = Destination::text;
    bool startsNote = false;    // what it holds goes to a note
    bool startsAside = false;   // a text box
    bool startsCapture = false; // the property is complete when the group ends
    bool hidden = false;
    bool deleted = false;
    int codePage = 0;    // of the font; 0 is the document's
    int unicodeSkip = 1; // characters that stand for one \u
};

struct Control {
    std::string_view word;
    std::optional<int> value;
};

int codePageOfCharset(int charset)
{
    static const std::map<int, int> kPages{{0, 1252},   {77, 10000}, {128, 932},  {129, 949},  {130, 1361}, {134, 936},
                                           {136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256},
                                           {186, 1257}, {204, 1251}, {222, 874},  {238, 1250}, {254, 437},  {255, 850}};
    const auto found = kPages.find(charset);
    return found == kPages.end() ? 0 : found->second;
}

std::string_view symbolOf(std::string_view word)
{
    static const std::map<std::string_view, std::string_view> kSymbols{
        {"emdash", "—"},    {"endash", "–"},    {"bullet", "•"},       {"lquote", "‘"},       {"rquote", "’"},
        {"ldblquote", "“"}, {"rdblquote", "”"}, {"emspace", "\u2003"}, {"enspace", "\u2002"}, {"qmspace", "\u2005"},
        {"~", "\u00A0"},    {"_", "\u2011"},    {"-", "\u00AD"},       {"zwj", "\u200D"},     {"zwnj", "\u200C"}};
    const auto found = kSymbols.find(word);
    return found == kSymbols.end() ? std::string_view{} : found->second;
}

std::string_view propertyOf(std::string_view word)
{
    static const std::map<std::string_view, std::string_view> kProperties{{"title", "dc:title"},
                                                                          {"author", "dc:creator"},
                                                                          {"subject", "dc:subject"},
                                                                          {"keywords", "meta:keyword"},
                                                                          {"doccomm", "dc:description"},
                                                                          {"company", "dc:publisher"},
                                                                          {"operator", "meta:last-author"},
                                                                          {"category", "cp:category"},
                                                                          {"manager", "extended-properties:Manager"},
                                                                          {"generator", "generator"},
                                                                          {"creatim", "dcterms:created"},
                                                                          {"revtim", "dcterms:modified"},
                                                                          {"printim", "meta:print-date"}};
    const auto found = kProperties.find(word);
    return found == kProperties.end() ? std::string_view{} : found->second;
}

bool isSkippedDestination(std::string_view word)
{
    static constexpr std::array<std::string_view, 27> kSkipped{
        "colortbl", "pict",    "header",    "headerl", "headerr", "headerf",    "footer",    "footerl", "footerr",
        "footerf",  "fldinst", "xe",        "tc",      "tcn",     "rxe",        "bkmkstart", "bkmkend", "sp",
        "shprslt",  "objdata", "listtable", "filetbl", "revtbl",  "nonshppict", "ftnsep",    "ftnsepc", "private"};
    return std::find(kSkipped.begin(), kSkipped.end(), word) != kSkipped.end();
}

class RtfReader {
public:
    RtfReader(std::string_view bytes, const Limits& limits, ExtractedDocument& document)
        : _bytes(bytes), _limits(limits), _document(document), _body(limits), _note(limits), _flow(&_body)
    {
    }

    void read()
    {
        while (_at < _bytes.size() && !_body.full()) {
            const char c = _bytes[_at++];
            if (c == '{') {
                flush();
                openGroup();
            } else if (c == '}') {
                flush();
                closeGroup();
            } else if (c == '\\') {
                readControl();
            } else if (c != '\r' && c != '\n' && c != '\0') {
                addByte(c);
            }
        }
        flush();
        while (_groups.size() > 1) {
            closeGroup();
            _incomplete = true;
        }
        if (_incomplete && !_body.full()) {
            _document.warnings.emplace_back("the RTF ends before its groups do: it may be cut");
        }
        if (_tooDeep) {
            _document.warnings.emplace_back("groups nested too deeply were not read");
        }
        _body.deliver(_document, _limits);
    }

private:
    Group& group() { return _groups.back(); }

    void openGroup()
    {
        _skipAfterUnicode = 0;
        if (_groups.size() >= kMaxGroups) {
            ++_depthBeyond;
            _tooDeep = true;
            return;
        }
        Group inner = group();
        inner.startsNote = inner.startsAside = inner.startsCapture = false;
        _groups.push_back(inner);
        _afterOpen = true;
        _starred = false;
    }

    void closeGroup()
    {
        _skipAfterUnicode = 0;
        if (_depthBeyond > 0) {
            --_depthBeyond;
            return;
        }
        if (_groups.size() <= 1) {
            return;
        }
        const auto closed = group();
        _groups.pop_back();
        if (closed.startsCapture) {
            finishCapture();
        }
        if (closed.startsNote) {
            _flow = &_body;
            _body.note(_note.takeText());
        }
        if (closed.startsAside) {
            _flow->endAside();
        }
        if (closed.destination == Destination::styleSheet && _groups.size() == _styleSheetDepth) {
            finishStyle();
        }
        _afterOpen = _starred = false;
    }

    void readControl()
    {
        if (_at >= _bytes.size()) {
            return;
        }
        const char first = _bytes[_at];
        const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
        if (letter) {
            apply(readWord());
            return;
        }
        ++_at;
        if (first == '\'') {
            readHexByte();
        } else if (first == '*') {
            _starred = _afterOpen; // elsewhere it means nothing, though some producers write it
        } else if (first == '\\' || first == '{' || first == '}') {
            addByte(first);
        } else if (first == '\n' || first == '\r') {
            apply({"par", std::nullopt});
        } else if (first == '\t') {
            apply({"tab", std::nullopt});
        } else if (const auto symbol = symbolOf(std::string_view{&first, 1}); !symbol.empty()) {
            addSymbol(symbol);
        }
    }

    Control readWord()
    {
        const auto start = _at;
        while (_at < _bytes.size() && _at - start < kMaxWordLength &&
               ((_bytes[_at] >= 'a' && _bytes[_at] <= 'z') || (_bytes[_at] >= 'A' && _bytes[_at] <= 'Z'))) {
            ++_at;
        }
        Control control{_bytes.substr(start, _at - start), std::nullopt};
        const bool negative =
            _at + 1 < _bytes.size() && _bytes[_at] == '-' && _bytes[_at + 1] >= '0' && _bytes[_at + 1] <= '9';
        _at += negative ? 1 : 0;
        std::int64_t value = 0;
        bool any = false;
        for (int digits = 0; _at < _bytes.size() && digits < 10 && _bytes[_at] >= '0' && _bytes[_at] <= '9';
             ++_at, ++digits) {
            value = value * 10 + (_bytes[_at] - '0');
            any = true;
        }
        if (any) {
            control.value = static_cast<int>(std::min<std::int64_t>(value, 1'000'000'000)) * (negative ? -1 : 1);
        }
        if (_at < _bytes.size() && _bytes[_at] == ' ') {
            ++_at;
        }
        return control;
    }

    void readHexByte()
    {
        const auto digit = [](char c) {
            return c >= '0' && c <= '9'   ? c - '0'
                   : c >= 'a' && c <= 'f' ? c - 'a' + 10
                   : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                          : -1;
        };
        if (_at + 1 >= _bytes.size()) {
            _at = _bytes.size();
            return;
        }
        const int high = digit(_bytes[_at]);
        const int low = digit(_bytes[_at + 1]);
        if (high < 0 || low < 0) {
            return;
        }
        _at += 2;
        addByte(static_cast<char>(high * 16 + low));
    }

    void apply(const Control& control)
    {
        const auto word = control.word;
        if (word == "u") {
            addUnicode(control.value.value_or(0xFFFD));
            return;
        }
        if (word == "bin") {
            const auto count = static_cast<std::size_t>(std::max(control.value.value_or(0), 0));
            _at += std::min(count, _bytes.size() - _at);
            return;
        }
        if (_skipAfterUnicode > 0) { // a control word counts as one character
            --_skipAfterUnicode;
            return;
        }
        flush();
        const bool opens = std::exchange(_afterOpen, false);
        const bool starred = std::exchange(_starred, false);
        if (opens && startDestination(word, starred)) {
            return;
        }
        if (applyProperty(control) || group().destination == Destination::skipped) {
            return;
        }
        if (group().destination == Destination::info) {
            return;
        }
        applyText(word);
    }

    // True when the word names a destination.
    bool startDestination(std::string_view word, bool starred)
    {
        auto& inner = group();
        if (inner.destination == Destination::skipped) {
            return starred;
        }
        if (word == "info" || word == "userprops") {
            inner.destination = Destination::info;
        } else if (word == "fonttbl") {
            inner.destination = Destination::fontTable;
        } else if (word == "stylesheet") {
            inner.destination = Destination::styleSheet;
            _styleSheetDepth = _groups.size();
        } else if (word == "footnote" || word == "annotation") {
            startNote();
        } else if (word == "shptxt") {
            inner.startsAside = true;
            _flow->beginAside();
        } else if (word == "shpinst" || word == "shppict" || word == "pntext" || word == "listtext") {
            return true; // its content is text
        } else if (word == "propname" || word == "staticval") {
            startCapture(word == "propname" ? "propname" : "custom:" + _customName);
        } else if (const auto property = propertyOf(word);
                   !property.empty() && (inner.destination == Destination::info || starred)) {
            startCapture(std::string{property});
        } else if (isSkippedDestination(word)) {
            inner.destination = Destination::skipped;
        } else if (starred) {
            inner.destination =
                inner.destination == Destination::styleSheet ? Destination::styleSheet : Destination::skipped;
            return inner.destination == Destination::skipped;
        } else {
            return false;
        }
        return true;
    }

    void startNote()
    {
        if (_flow == &_note) {
            return; // a note in a note is part of it
        }
        group().startsNote = true;
        group().hidden = false;
        _note = Flow{_limits};
        _flow = &_note;
    }

    void startCapture(std::string name)
    {
        group().destination = Destination::captured;
        group().startsCapture = true;
        _captureName = std::move(name);
        _captured.clear();
        _date = {};
    }

    void finishCapture()
    {
        if (_captureName == "propname") {
            _customName = collapseSpace(_captured);
        } else if (_date[0] != 0) {
            if (_date[0] < kFirstYear) {
                return; // what programs write for "never"
            }
            char text[64];
            std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:00", _date[0], _date[1], _date[2], _date[3],
                          _date[4]);
            addProperty(_document, _captureName, text);
        } else {
            while (_captureName == "generator" && _captured.ends_with(';')) {
                _captured.pop_back();
            }
            addProperty(_document, _captureName, _captured);
        }
    }

    void finishStyle()
    {
        std::string name;
        for (const char c : _captured) {
            name.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        }
        name = collapseSpace(name.substr(0, name.find(';')));
        if (name.size() == 9 && name.starts_with("heading ") && name[8] >= '1' && name[8] <= '6') {
            _headingStyles[_style] = static_cast<std::uint32_t>(name[8] - '0');
        } else if (_outlineLevel > 0) {
            _headingStyles[_style] = _outlineLevel;
        }
        _captured.clear();
        _style = 0;
        _outlineLevel = 0;
    }

    // Formatting and definitions. True when there is nothing more to do.
    bool applyProperty(const Control& control)
    {
        const auto word = control.word;
        const int value = control.value.value_or(0);
        const bool on = control.value != 0;
        if (word == "ansicpg") {
            _codePage = value > 0 ? value : 1252;
        } else if (word == "mac" || word == "pc" || word == "pca") {
            _codePage = word == "mac" ? 10000 : word == "pc" ? 437 : 850;
        } else if (word == "uc") {
            group().unicodeSkip = std::clamp(value, 0, 100);
        } else if (word == "v") {
            group().hidden = on;
        } else if (word == "deleted") {
            group().deleted = on;
        } else if (word == "f" || word == "deff") {
            applyFont(word, value);
        } else if (word == "fcharset" || word == "cpg") {
            if (group().destination == Destination::fontTable && _fonts.size() < kMaxFonts) {
                _fonts[_font] = word == "cpg" ? value : codePageOfCharset(value);
            }
        } else if (word == "plain") {
            group().hidden = false;
            group().codePage = fontPage(_defaultFont);
        } else if (word == "pard") {
            _style = 0;
            _outlineLevel = 0;
        } else if (word == "s") {
            _style = value;
        } else if (word == "outlinelevel") {
            _outlineLevel = value >= 0 && value < 6 ? static_cast<std::uint32_t>(value + 1) : 0;
        } else if (group().destination == Destination::captured) {
            applyDate(word, value);
        } else {
            return false;
        }
        return true;
    }

    void applyFont(std::string_view word, int value)
    {
        _font = value;
        if (word == "deff") {
            _defaultFont = value;
        } else if (group().destination != Destination::fontTable) {
            group().codePage = fontPage(value);
        }
    }

    int fontPage(int font) const
    {
        const auto found = _fonts.find(font);
        return found == _fonts.end() ? 0 : found->second;
    }

    void applyDate(std::string_view word, int value)
    {
        static constexpr std::array<std::string_view, 5> kFields{"yr", "mo", "dy", "hr", "min"};
        const auto field = std::find(kFields.begin(), kFields.end(), word);
        if (field != kFields.end()) {
            _date[static_cast<std::size_t>(field - kFields.begin())] = std::clamp(value, 0, 9999);
        }
    }

    void applyText(std::string_view word)
    {
        if (group().destination != Destination::text) {
            return;
        }
        if (word == "par" || word == "sect") {
            const auto styled = _headingStyles.find(_style);
            _flow->endParagraph(_outlineLevel > 0                ? _outlineLevel
                                : styled != _headingStyles.end() ? styled->second
                                                                 : 0);
        } else if (word == "line" || word == "lbr") {
            _flow->lineBreak();
        } else if (word == "tab") {
            _flow->tab();
        } else if (word == "cell" || word == "nestcell") {
            _flow->endCell();
        } else if (word == "row" || word == "nestrow") {
            _flow->endRow();
        } else if (word == "page" || word == "pagebb") {
            _flow->pageBreak(Flow::Break::explicitBreak);
        } else if (const auto symbol = symbolOf(word); !symbol.empty()) {
            addSymbol(symbol);
        }
    }

    void addByte(char byte)
    {
        _afterOpen = false;
        if (_skipAfterUnicode > 0) {
            --_skipAfterUnicode;
            return;
        }
        if (_highSurrogate != 0) {
            endSurrogate();
        }
        _pending.push_back(byte);
    }

    void addUnicode(int value)
    {
        _afterOpen = false;
        decodePending();
        const auto unit = static_cast<char32_t>(value < 0 ? value + 65'536 : value);
        if (unit >= 0xDC00 && unit <= 0xDFFF && _highSurrogate != 0) {
            appendCodePoint(_decoded, 0x10000 + ((_highSurrogate - 0xD800) << 10) + (unit - 0xDC00));
            _highSurrogate = 0;
        } else {
            endSurrogate();
            if (unit >= 0xD800 && unit <= 0xDBFF) {
                _highSurrogate = unit;
            } else if (unit < 0xF000 || unit > 0xF0FF) { // symbol fonts have no meaning in text
                appendCodePoint(_decoded, unit);
            }
        }
        _skipAfterUnicode = group().unicodeSkip;
    }

    void addSymbol(std::string_view symbol)
    {
        decodePending();
        _decoded += symbol;
        flush();
    }

    void endSurrogate()
    {
        if (std::exchange(_highSurrogate, 0) != 0) {
            appendCodePoint(_decoded, 0xFFFD);
        }
    }

    void decodePending()
    {
        if (!_pending.empty()) {
            _codePages.append(_decoded, _pending, group().codePage != 0 ? group().codePage : _codePage);
            _pending.clear();
        }
    }

    // Sends what was read so far where it belongs; called before anything that changes where that is.
    void flush()
    {
        decodePending();
        endSurrogate();
        if (_decoded.empty()) {
            return;
        }
        const auto text = std::exchange(_decoded, {});
        const auto& current = group();
        if (current.hidden || current.deleted || _depthBeyond > 0) {
            return;
        }
        if (current.destination == Destination::text) {
            _flow->text(text);
        } else if ((current.destination == Destination::captured || current.destination == Destination::styleSheet) &&
                   _captured.size() < kMaxCapturedBytes) {
            _captured += text;
        }
    }

    std::string_view _bytes;
    Limits _limits;
    ExtractedDocument& _document;
    std::size_t _at = 0;
    std::vector<Group> _groups{Group{}};
    std::size_t _depthBeyond = 0; // open groups beyond kMaxGroups
    bool _tooDeep = false;
    bool _incomplete = false;
    bool _afterOpen = false; // the next control word may name a destination
    bool _starred = false;

    CodePages _codePages;
    int _codePage = 1252;
    int _font = 0;
    int _defaultFont = 0;
    std::map<int, int> _fonts; // font number to code page
    std::string _pending;      // bytes not yet decoded
    std::string _decoded;      // UTF-8 not yet sent on
    int _skipAfterUnicode = 0;
    char32_t _highSurrogate = 0;

    Flow _body;
    Flow _note;
    Flow* _flow;
    int _style = 0;
    std::uint32_t _outlineLevel = 0;
    std::size_t _styleSheetDepth = 0;
    std::map<int, std::uint32_t> _headingStyles;

    std::string _captureName;
    std::string _captured;
    std::string _customName;
    std::array<int, 5> _date{};
};

} // namespace

Result<ExtractedDocument> readRtf(std::string_view bytes, const Limits& limits)
{
    const auto start = bytes.substr(0, 64).find("{\\rtf");
    if (start == std::string_view::npos) {
        return Error{ErrorCode::corruptInput, "not an RTF file"};
    }
    ExtractedDocument document;
    RtfReader reader{bytes.substr(start), limits, document};
    reader.read();
    warnIfEmpty(document);
    return document;
}

} // namespace acervo::extract::detail
