#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/package.h"
#include "indexer/extract/detail/properties.h"
#include "indexer/extract/detail/xml.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

// ODT: running text (see Flow). ODP: one page a slide, its notes after it. ODS: one page a sheet, cells as displayed,
// then the printed header and footer. Left out: tracked deletions, hidden text, hidden sheets, master slides, and the
// headers and footers of texts (they would repeat on every page).

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxStyles = 50'000;
constexpr std::size_t kMaxManifestBytes = 8 << 20;
constexpr int kMaxSpaces = 100; // <text:s text:c="…"/>
constexpr std::size_t kMaxObjects = 1'000;

// What automatic styles say that concerns the text.
struct Styles {
    std::set<std::string, std::less<>> hidden;      // of spans and paragraphs
    std::set<std::string, std::less<>> breakBefore; // of paragraphs and tables
    std::set<std::string, std::less<>> hiddenTables;
};

class StyleHandler : public XmlHandler {
public:
    explicit StyleHandler(Styles& styles) : _styles(styles) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "body") {
            return Walk::stop;
        }
        if (name == "style") {
            _style = element.attribute("name").value_or("");
        } else if (name == "text-properties" && element.attribute("display") == "none") {
            _styles.hidden.insert(_style);
        } else if (name == "paragraph-properties" && element.attribute("break-before") == "page") {
            _styles.breakBefore.insert(_style);
        } else if (name == "table-properties") {
            if (element.attribute("display") == "false") {
                _styles.hiddenTables.insert(_style);
            }
            if (element.attribute("break-before") == "page") {
                _styles.breakBefore.insert(_style);
            }
        }
        return Walk::into;
    }
    bool full() const override { return _styles.hidden.size() + _styles.breakBefore.size() > kMaxStyles; }

private:
    Styles& _styles;
    std::string _style;
};

bool isSkipped(std::string_view name)
{
    static constexpr std::array<std::string_view, 11> kSkipped{
        "tracked-changes", "automatic-styles", "font-face-decls", "scripts",     "ruby-text", "forms",
        "sequence-decls",  "variable-decls",   "binary-data",     "hidden-text", "dde-source"};
    return std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end();
}

// Writes the content of one document body to a Flow; reports where slides and sheets begin.
class ContentHandler : public XmlHandler {
public:
    ContentHandler(const Styles& styles, Flow& flow, const Limits& limits)
        : _styles(styles), _limits(limits), _flow(&flow)
    {
    }

    std::vector<std::string> objects; // charts and formulas shown on the current page, by part name

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (isSkipped(name)) {
            return Walk::skip;
        }
        const auto decision = _noteDepth < 0 ? startPage(name, element) : Walk::into;
        if (decision != Walk::into) {
            return decision;
        }
        if (name == "p" || name == "h") {
            return startParagraph(name, element);
        }
        if (name == "note-body" || name == "annotation") {
            startNote(element);
        } else if (name == "text-box" || name == "desc" || name == "title") {
            startBox(name);
        } else if (name == "note-citation" || name == "creator" || name == "date" || name == "meta-date-string") {
            // What stands around a note's text, and the fields of text documents of the same names.
            return _noteDepth >= 0 || name == "note-citation" ? Walk::skip : Walk::into;
        } else if (name == "object") {
            auto target = element.attribute("href").value_or("");
            if (target.starts_with("./") && objects.size() < kMaxObjects) {
                objects.push_back(target.substr(2) + "/content.xml");
            }
        } else {
            return startInline(name, element);
        }
        return Walk::into;
    }

    void characters(std::string_view text) override
    {
        if (_paragraphs.empty() && _boxText == 0) {
            return;
        }
        // White space collapses in ODF; what is meant stands as text:s, text:tab, text:line-break.
        std::string plain;
        for (const char c : text) {
            const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!space) {
                plain.push_back(c);
            } else if (!_afterSpace) {
                plain.push_back(' ');
            }
            _afterSpace = space;
        }
        _flow->text(plain);
    }

    void endElement(std::string_view name) override
    {
        if ((name == "p" || name == "h") && !_paragraphs.empty()) {
            const auto level = _paragraphs.back();
            _paragraphs.pop_back();
            _flow->endParagraph(level);
            _afterSpace = false;
        } else if (name == "note-body" || name == "annotation") {
            endNote();
        } else if (name == "text-box") {
            _flow->endAside();
        } else if ((name == "desc" || name == "title") && _boxText > 0) {
            --_boxText;
            _flow->endAside();
        } else if (name == "table-cell" || name == "covered-table-cell") {
            _flow->endCell();
        } else if (name == "table-row") {
            _flow->endRow();
        } else {
            endPage(name);
        }
    }

    bool full() const override { return _flow->full(); }

protected:
    virtual Walk startPage(std::string_view /*name*/, const XmlElement& /*element*/) { return Walk::into; }
    virtual void endPage(std::string_view /*name*/) {}

    void writeTo(Flow& flow) { _flow = &flow; }
    const Styles& styles() const { return _styles; }
    const Limits& limits() const { return _limits; }

private:
    Walk startParagraph(std::string_view name, const XmlElement& element)
    {
        const auto style = element.attribute("style-name").value_or("");
        if (_styles.breakBefore.contains(style)) {
            _flow->pageBreak(Flow::Break::explicitBreak);
        }
        if (_styles.hidden.contains(style)) {
            return Walk::skip;
        }
        const auto level = name == "h" ? parseInt(element.attribute("outline-level").value_or("1")).value_or(1) : 0;
        _paragraphs.push_back(static_cast<std::uint32_t>(std::clamp(level, 0, 6)));
        _afterSpace = true; // none at the start
        return Walk::into;
    }

    Walk startInline(std::string_view name, const XmlElement& element)
    {
        if (name == "s") {
            const auto count = parseInt(element.attribute("c").value_or("1")).value_or(1);
            _flow->text(std::string(static_cast<std::size_t>(std::clamp(count, 1, kMaxSpaces)), ' '));
        } else if (name == "tab") {
            _flow->tab();
        } else if (name == "line-break") {
            _flow->lineBreak();
            _afterSpace = true;
        } else if (name == "soft-page-break") {
            _flow->pageBreak(Flow::Break::rendered);
        } else if (name == "span") {
            return _styles.hidden.contains(element.attribute("style-name").value_or("")) ? Walk::skip : Walk::into;
        } else if (name == "hidden-paragraph" || name == "section") {
            const bool hidden = element.attribute("is-hidden") == "true" || element.attribute("display") == "none";
            return hidden ? Walk::skip : Walk::into;
        }
        return Walk::into;
    }

    void startNote(const XmlElement& element)
    {
        if (_noteDepth >= 0) {
            return; // a note in a note is part of it
        }
        _noteDepth = element.depth();
        _outer = _flow;
        _note = Flow{_limits};
        _flow = &_note;
        ++_noteNesting;
    }

    void endNote()
    {
        if (_noteNesting == 0) {
            return;
        }
        _noteNesting = 0;
        _noteDepth = -1;
        _flow = _outer;
        _flow->note(_note.takeText());
        _afterSpace = false;
    }

    void startBox(std::string_view name)
    {
        _flow->beginAside();
        _boxText += name == "text-box" ? 0 : 1;
        _afterSpace = true;
    }

    const Styles& _styles;
    Limits _limits;
    Flow* _flow;
    Flow* _outer = nullptr;
    Flow _note{_limits};
    int _noteDepth = -1; // of the note being read
    int _noteNesting = 0;
    std::size_t _boxText = 0;               // open title and description elements
    std::vector<std::uint32_t> _paragraphs; // heading level of each open paragraph
    bool _afterSpace = true;
};

// Slides and sheets: each gets a Flow of its own.
class PagedHandler : public ContentHandler {
public:
    enum class Kind { slides, sheets };

    PagedHandler(Kind kind, const Styles& styles, const Limits& limits)
        : ContentHandler(styles, _flow, limits), _kind(kind), _flow(limits)
    {
    }

    struct Sheet {
        model::Page page;
        std::vector<std::string> objects;
        bool hidden = false;
    };
    std::vector<Sheet> sheets;

    void characters(std::string_view text) override
    {
        ContentHandler::characters(text);
        if (_inTitle && sheets.back().page.heading.size() < 500) {
            sheets.back().page.heading += text;
        }
    }

    void endElement(std::string_view name) override
    {
        if (_inTitle && (name == "p" || name == "line-break")) {
            sheets.back().page.heading += ' ';
        }
        ContentHandler::endElement(name);
    }

    bool full() const override { return _usedBytes > limits().maxTextBytes || ContentHandler::full(); }

protected:
    Walk startPage(std::string_view name, const XmlElement& element) override
    {
        if (name == (_kind == Kind::slides ? "page" : "table") && !_open) {
            if (sheets.size() > limits().maxPages) {
                return Walk::stop;
            }
            _open = true;
            _depth = 0;
            _flow = Flow{limits()};
            Sheet sheet;
            sheet.page.heading = _kind == Kind::sheets ? element.attribute("name").value_or("") : "";
            sheet.hidden = styles().hiddenTables.contains(element.attribute("style-name").value_or(""));
            sheets.push_back(std::move(sheet));
            return Walk::into;
        }
        if (name == "table" && _open) {
            ++_depth; // a table within a sheet or on a slide
        }
        if (_kind == Kind::slides && (name == "frame" || name == "custom-shape")) {
            const auto role = element.attributeIn("presentation:1.0", "class").value_or("");
            if (role == "page-number") {
                return Walk::skip;
            }
            _inTitle = _open && role == "title";
        }
        return Walk::into;
    }

    void endPage(std::string_view name) override
    {
        if (name == "frame" || name == "custom-shape") {
            _inTitle = false;
        }
        if (name == "table" && _depth > 0) {
            --_depth;
            return;
        }
        if (_open && name == (_kind == Kind::slides ? "page" : "table")) {
            _open = false;
            sheets.back().page.text = _flow.takeText();
            sheets.back().page.heading = collapseSpace(sheets.back().page.heading);
            sheets.back().objects = std::exchange(objects, {});
            _usedBytes += sheets.back().page.text.size();
        }
    }

private:
    Kind _kind;
    Flow _flow;
    bool _open = false;
    bool _inTitle = false;
    std::size_t _depth = 0;
    std::uint64_t _usedBytes = 0;
};

class MetaHandler : public XmlHandler {
public:
    explicit MetaHandler(ExtractedDocument& document) : _document(document) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "body") { // flat files
            return Walk::stop;
        }
        if (name == "document-statistic") {
            static constexpr std::array<std::string_view, 8> kCounts{
                "page-count",  "word-count",  "character-count", "paragraph-count",
                "table-count", "image-count", "object-count",    "cell-count"};
            for (const auto count : kCounts) {
                addProperty(_document, "meta:" + std::string{count}, element.attribute(count).value_or(""));
            }
        }
        _value.clear();
        _custom = name == "user-defined" ? element.attribute("name").value_or("") : "";
        return Walk::into;
    }
    void characters(std::string_view text) override
    {
        if (_value.size() < kMaxManifestBytes) {
            _value += text;
        }
    }
    void endElement(std::string_view name) override
    {
        static const std::map<std::string_view, std::string_view> kNames{{"title", "dc:title"},
                                                                         {"subject", "dc:subject"},
                                                                         {"description", "dc:description"},
                                                                         {"language", "dc:language"},
                                                                         {"date", "dcterms:modified"},
                                                                         {"creation-date", "dcterms:created"},
                                                                         {"generator", "generator"},
                                                                         {"keyword", "meta:keyword"},
                                                                         {"initial-creator", "meta:initial-author"},
                                                                         {"creator", "meta:last-author"},
                                                                         {"print-date", "meta:print-date"},
                                                                         {"printed-by", "meta:printed-by"}};
        if (name == "user-defined" && !_custom.empty()) {
            addProperty(_document, "custom:" + _custom, _value);
        } else if (const auto found = kNames.find(name); found != kNames.end()) {
            addProperty(_document, found->second, _value);
            if (name == "initial-creator") {
                _author = _value;
            } else if (name == "creator" && _author.empty()) {
                _lastAuthor = _value;
            }
        }
        _value.clear();
    }
    // The author is who began the document; only when that is unknown, who saved it last.
    void finish() { addProperty(_document, "dc:creator", _author.empty() ? _lastAuthor : _author); }

private:
    ExtractedDocument& _document;
    std::string _custom;
    std::string _value;
    std::string _author;
    std::string _lastAuthor;
};

// The printed headers and footers in styles.xml.
class FooterHandler : public XmlHandler {
public:
    explicit FooterHandler(const Limits& limits) : _flow(limits) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "header" || name == "footer") {
            _inside = element.attribute("display") != "false";
        } else if (name == "sheet-name" || name == "page-number" || name == "page-count" || name == "title" ||
                   name == "date" || name == "time" || name == "file-name" || name == "header-left" ||
                   name == "footer-left" || name == "header-first" || name == "footer-first") {
            return Walk::skip; // fields, filled in when it is printed, and variants for some pages
        } else if (name == "p") {
            _inParagraph = _inside;
        }
        return Walk::into;
    }
    void characters(std::string_view text) override
    {
        if (_inParagraph) {
            _flow.text(collapseSpace(text));
        }
    }
    void endElement(std::string_view name) override
    {
        if (name == "p") {
            _inParagraph = false;
            _flow.endParagraph();
        } else if (name == "header" || name == "footer") {
            _inside = false;
        }
    }
    bool full() const override { return _flow.full(); }
    std::string takeText() { return _flow.takeText(); }

private:
    Flow _flow;
    bool _inside = false;
    bool _inParagraph = false;
};

// What kind of body it is: "text", "presentation", "spreadsheet", "drawing".
class BodyKind : public XmlHandler {
public:
    Walk startElement(const XmlElement& element) override
    {
        if (_inBody) {
            kind = element.name();
            return Walk::stop;
        }
        _inBody = element.name() == "body";
        return _inBody || element.depth() == 0 ? Walk::into : Walk::skip;
    }
    std::string kind;

private:
    bool _inBody = false;
};

std::string objectText(const Archive& archive, const std::vector<std::string>& parts, const Limits& limits)
{
    const Styles noStyles;
    std::string text;
    for (const auto& part : parts) {
        Flow flow{limits};
        ContentHandler handler{noStyles, flow, limits};
        (void)walkPart(archive, part, limits, handler); // a damaged chart costs its labels only
        if (auto object = flow.takeText(); !object.empty()) {
            text += "\n" + object;
        }
        if (text.size() > limits.maxTextBytes) {
            break;
        }
    }
    return text;
}

Result<void> readText(const Archive& archive, const Styles& styles, const Limits& limits, ExtractedDocument& document)
{
    Flow flow{limits};
    ContentHandler handler{styles, flow, limits};
    const auto walked = walkPart(archive, "content.xml", limits, handler);
    if (!walked) {
        if (flow.empty()) {
            return walked;
        }
        document.warnings.push_back("the text is not complete: " + walked.error().message);
    }
    if (const auto objects = objectText(archive, handler.objects, limits); !objects.empty()) {
        flow.text(std::string_view{objects}.substr(1));
        flow.endParagraph();
    }
    flow.deliver(document, limits);
    return {};
}

Result<void> readPaged(PagedHandler::Kind kind, const Archive& archive, const Styles& styles, const Limits& limits,
                       ExtractedDocument& document)
{
    PagedHandler handler{kind, styles, limits};
    const auto walked = walkPart(archive, "content.xml", limits, handler);
    if (!walked) {
        if (handler.sheets.empty()) {
            return walked;
        }
        document.warnings.push_back("the text is not complete: " + walked.error().message);
    }
    std::erase_if(handler.sheets, [](const auto& sheet) { return sheet.hidden; });
    if (kind == PagedHandler::Kind::sheets && !handler.sheets.empty()) {
        FooterHandler footers{limits};
        (void)walkPart(archive, "styles.xml", limits, footers); // decoration: missing or damaged is no loss
        handler.sheets.back().page.text += "\n" + footers.takeText();
    }
    for (auto& sheet : handler.sheets) {
        sheet.page.text += objectText(archive, sheet.objects, limits);
        const auto number = static_cast<std::uint32_t>(document.pages.size() + 1);
        if (!sheet.page.heading.empty()) {
            document.outline.push_back({1, sheet.page.heading, number});
        }
        if (!addPage(document, std::move(sheet.page), limits)) {
            break;
        }
    }
    return {};
}

void readMeta(const Archive& archive, const Limits& limits, ExtractedDocument& document)
{
    if (!archive.contains("meta.xml")) {
        return;
    }
    MetaHandler meta{document};
    if (const auto walked = walkPart(archive, "meta.xml", limits, meta); !walked) {
        document.warnings.push_back("properties: " + walked.error().message);
    }
    meta.finish();
}

} // namespace

Result<ExtractedDocument> readOpenDocument(std::string_view bytes, const Limits& limits)
{
    const auto archive = Archive::open(bytes, limits);
    if (!archive) {
        return archive.error();
    }
    // The manifest may have a document type declaration, so it is searched, not parsed.
    if (const auto manifest = archive->readPart("META-INF/manifest.xml", kMaxManifestBytes);
        manifest && manifest->find("encryption-data") != std::string::npos) {
        return Error{ErrorCode::encrypted, "the OpenDocument file is protected by a password"};
    }
    if (!archive->contains("content.xml")) {
        return Error{ErrorCode::corruptInput, "the OpenDocument file has no content.xml"};
    }
    ExtractedDocument document;
    readMeta(*archive, limits, document);
    Styles styles;
    StyleHandler styleHandler{styles};
    (void)walkPart(*archive, "styles.xml", limits, styleHandler); // without it nothing is hidden and nothing breaks
    (void)walkPart(*archive, "content.xml", limits, styleHandler);
    BodyKind body;
    (void)walkPart(*archive, "content.xml", limits, body);

    const bool slides = body.kind == "presentation" || body.kind == "drawing";
    const bool sheets = body.kind == "spreadsheet";
    const auto read = slides   ? readPaged(PagedHandler::Kind::slides, *archive, styles, limits, document)
                      : sheets ? readPaged(PagedHandler::Kind::sheets, *archive, styles, limits, document)
                               : readText(*archive, styles, limits, document);
    if (!read) {
        return read.error();
    }
    warnIfEmpty(document);
    return document;
}

} // namespace acervo::extract::detail
