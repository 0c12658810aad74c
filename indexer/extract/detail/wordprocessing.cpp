#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/package.h"
#include "indexer/extract/detail/properties.h"
#include "indexer/extract/detail/word_styles.h"
#include "indexer/extract/detail/xml.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

// DOCX: the body in reading order. Left out: headers and footers (they would repeat on every page), text deleted under
// change tracking, hidden text, field codes, and the second rendering that Word keeps for older readers.

namespace acervo::extract::detail {

namespace {

using Notes = std::map<std::string, std::string>; // "footnote:2" to its text

bool isSkipped(std::string_view name)
{
    static constexpr std::array<std::string_view, 17> kSkipped{
        "del",        "moveFrom",        "delText",   "instrText",    "delInstrText", "Fallback",
        "tabs",       "pPrChange",       "rPrChange", "sectPrChange", "tblPrChange",  "trPrChange",
        "tcPrChange", "numberingChange", "sdtPr",     "rt",           "ffData"};
    return std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end();
}

class BodyHandler : public XmlHandler {
public:
    BodyHandler(const Package& package, std::string_view part, WordStyles& styles, Notes& notes, Flow& flow)
        : _package(package), _part(part), _styles(styles), _notes(notes), _flow(&flow)
    {
    }

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (isSkipped(name)) {
            return Walk::skip;
        }
        if (name == "p" && element.namespaceUri().find("wordprocessingml") != std::string_view::npos) {
            _paragraphs.emplace_back();
        } else if (name == "t") {
            _inText = true;
        } else if (name == "pPr" || name == "rPr") {
            _properties = name == "pPr"                          ? Properties::paragraph
                          : _properties == Properties::paragraph ? Properties::paragraphMark
                                                                 : Properties::run;
        } else if (name == "r") {
            _hidden = false;
        } else if (name == "txbxContent") {
            _flow->beginAside();
        } else if (_properties != Properties::none) {
            readProperty(name, element);
        } else {
            readContent(name, element);
        }
        return Walk::into;
    }

    void characters(std::string_view text) override
    {
        if (_inText && !_hidden) {
            _flow->text(text);
        }
    }

    void endElement(std::string_view name) override
    {
        if (name == "t") {
            _inText = false;
        } else if (name == "rPr") {
            _properties = _properties == Properties::paragraphMark ? Properties::paragraph : Properties::none;
        } else if (name == "pPr") {
            _properties = Properties::none;
            beginParagraph();
        } else if (name == "p") {
            endParagraph();
        } else if (name == "r") {
            _hidden = false;
        } else if (name == "txbxContent") {
            _flow->endAside();
        } else if (name == "tc") {
            _flow->endCell();
        } else if (name == "tr") {
            _flow->endRow();
        }
    }

    bool full() const override { return _flow->full(); }

private:
    enum class Properties { none, paragraph, paragraphMark, run };
    struct Paragraph {
        std::string style;
        std::uint32_t headingLevel = 0;
        bool pageBreakBefore = false;
        std::optional<int> listId;
        std::optional<int> listLevel;
    };

    void readProperty(std::string_view name, const XmlElement& element)
    {
        if (_properties == Properties::run) {
            if (name == "vanish") {
                _hidden = isOn(element.attribute("val"));
            } else if (name == "rStyle" && _styles.resolved(element.attribute("val").value_or("")).hidden == true) {
                _hidden = true;
            }
            return;
        }
        if (_properties != Properties::paragraph || _paragraphs.empty()) {
            return; // what is said of the paragraph mark says nothing about the text
        }
        auto& paragraph = _paragraphs.back();
        const auto value = [&] { return parseInt(element.attribute("val").value_or("")); };
        if (name == "pStyle") {
            paragraph.style = element.attribute("val").value_or("");
        } else if (name == "outlineLvl") {
            const int level = value().value_or(9);
            paragraph.headingLevel = level >= 0 && level < 9 ? static_cast<std::uint32_t>(level + 1) : 0;
        } else if (name == "numId") {
            paragraph.listId = value();
        } else if (name == "ilvl") {
            paragraph.listLevel = value();
        } else if (name == "pageBreakBefore") {
            paragraph.pageBreakBefore = isOn(element.attribute("val"));
        }
    }

    void beginParagraph()
    {
        if (_paragraphs.empty()) {
            return;
        }
        auto& paragraph = _paragraphs.back();
        const auto style = _styles.resolved(paragraph.style);
        if (paragraph.headingLevel == 0) {
            paragraph.headingLevel = style.headingLevel;
        }
        if (paragraph.pageBreakBefore || style.pageBreakBefore) {
            _flow->pageBreak(Flow::Break::explicitBreak);
        }
        const auto listId = paragraph.listId ? paragraph.listId : style.listId;
        if (!listId) {
            return;
        }
        const int level = paragraph.listLevel.value_or(style.listLevel.value_or(0));
        if (const auto label = _styles.nextLabel(*listId, level); !label.empty()) {
            _flow->text(label + " ");
        }
    }

    void endParagraph()
    {
        if (_paragraphs.empty()) {
            return;
        }
        const auto level = _paragraphs.back().headingLevel;
        _paragraphs.pop_back();
        _flow->endParagraph(std::min<std::uint32_t>(level, 6));
    }

    void readContent(std::string_view name, const XmlElement& element)
    {
        if (name == "footnoteReference" || name == "endnoteReference" || name == "commentReference") {
            const auto kind = name.substr(0, name.size() - std::string_view{"Reference"}.size());
            const auto note = _notes.find(std::string{kind} + ":" + element.attribute("id").value_or(""));
            if (note != _notes.end()) {
                _flow->note(std::exchange(note->second, {}));
            }
        } else if (name == "lastRenderedPageBreak") {
            _flow->pageBreak(Flow::Break::rendered);
        } else if (name == "relIds") {
            addDrawing(element.attributeIn("/relationships", "dm"), readDiagram);
        } else if (name == "chart") {
            addDrawing(element.attributeIn("/relationships", "id"), readChart);
        } else if (name == "textpath") {
            addAside(element.attribute("string").value_or(""));
        } else if (!_hidden) {
            readMark(name, element);
        }
    }

    void readMark(std::string_view name, const XmlElement& element)
    {
        if (name == "tab" || name == "ptab") {
            _flow->tab();
        } else if (name == "br") {
            if (element.attribute("type") == "page") {
                _flow->pageBreak(Flow::Break::explicitBreak);
            }
            _flow->lineBreak();
        } else if (name == "cr") {
            _flow->lineBreak();
        } else if (name == "noBreakHyphen") {
            _flow->text("\u2011");
        } else if (name == "softHyphen") {
            _flow->text("\u00AD");
        }
    }

    void addDrawing(const std::optional<std::string>& id, std::string (*read)(const Package&, std::string_view))
    {
        if (_relationships.empty()) {
            _relationships = _package.relationshipsOf(_part);
        }
        const auto* found = id ? relationshipById(_relationships, *id) : nullptr;
        if (found != nullptr) {
            addAside(read(_package, found->target));
        }
    }

    void addAside(const std::string& text)
    {
        _flow->beginAside();
        _flow->text(text);
        _flow->endAside();
    }

    const Package& _package;
    std::string _part;
    WordStyles& _styles;
    Notes& _notes;
    Flow* _flow;
    std::vector<Relationship> _relationships; // read when first needed
    std::vector<Paragraph> _paragraphs;       // nested through text boxes
    Properties _properties = Properties::none;
    bool _inText = false;
    bool _hidden = false;
};

// footnotes.xml, endnotes.xml, comments.xml: a body of its own for each note.
class NotesHandler : public XmlHandler {
public:
    NotesHandler(const Package& package, std::string_view part, WordStyles& styles, Notes& notes)
        : _notes(notes), _flow(package.limits()), _body(package, part, styles, _none, _flow), _limits(package.limits())
    {
    }

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (element.depth() == 1) {
            const auto type = element.attribute("type").value_or("normal"); // others are separator lines
            _id = std::string{name} + ":" + element.attribute("id").value_or("");
            _flow = Flow{_limits};
            return type == "normal" ? Walk::into : Walk::skip;
        }
        return _body.startElement(element);
    }
    void characters(std::string_view text) override { _body.characters(text); }
    void endElement(std::string_view name) override
    {
        if (!_id.empty() && _id.starts_with(std::string{name} + ":")) {
            auto text = _flow.takeText();
            _bytes += text.size();
            _notes.insert_or_assign(std::exchange(_id, {}), std::move(text));
            return;
        }
        _body.endElement(name);
    }
    bool full() const override { return _bytes > _limits.maxTextBytes || _flow.full(); }

private:
    Notes& _notes;
    Notes _none;
    Flow _flow;
    BodyHandler _body;
    Limits _limits;
    std::string _id;
    std::uint64_t _bytes = 0;
};

Notes readNotes(const Package& package, WordStyles& styles, ExtractedDocument& document)
{
    Notes notes;
    for (const auto& relationship : package.relationshipsOf(package.mainPart())) {
        if (relationship.type == "footnotes" || relationship.type == "endnotes" || relationship.type == "comments") {
            NotesHandler handler{package, relationship.target, styles, notes};
            if (const auto walked = walkPart(package.archive(), relationship.target, package.limits(), handler);
                !walked) {
                document.warnings.push_back(relationship.type + ": " + walked.error().message);
            }
        }
    }
    return notes;
}

} // namespace

Result<ExtractedDocument> readWordprocessing(std::string_view bytes, const Limits& limits)
{
    const auto package = Package::open(bytes, limits);
    if (!package) {
        return package.error();
    }
    ExtractedDocument document;
    package->readProperties(document);
    auto styles = WordStyles::read(*package);
    auto notes = readNotes(*package, styles, document);
    Flow flow{limits};
    BodyHandler body{*package, package->mainPart(), styles, notes, flow};
    const auto walked = walkPart(package->archive(), package->mainPart(), limits, body);
    if (!walked) {
        if (flow.empty()) {
            return walked.error();
        }
        document.warnings.push_back("the text is not complete: " + walked.error().message);
    }
    flow.deliver(document, limits);
    warnIfEmpty(document);
    return document;
}

} // namespace acervo::extract::detail
