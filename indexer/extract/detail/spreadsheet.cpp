#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/number_format.h"
#include "indexer/extract/detail/package.h"
#include "indexer/extract/detail/properties.h"
#include "indexer/extract/detail/xml.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

// XLSX: one page a sheet, in the order of the tabs: rows as lines, cells parted by tabs, values as they were last
// computed; then comments, text boxes, diagrams, chart labels, printed header and footer. Left out: formulas, hidden
// sheets, phonetic guides.

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxSharedStrings = 2'000'000;
constexpr std::size_t kMaxFormats = 100'000;
constexpr std::size_t kMaxValueBytes = 1 << 20;
// Cells that all refer to one long string make much text out of few bytes, without the archive's limits noticing.
constexpr std::uint64_t kFreeTextBytes = 16ULL << 20;
constexpr std::uint64_t kMaxTextRatio = 50;

struct SheetEntry {
    std::string name;
    std::string relationshipId;
    bool hidden = false;
};

class WorkbookHandler : public XmlHandler {
public:
    explicit WorkbookHandler(std::size_t most) : _most(most) {}

    Walk startElement(const XmlElement& element) override
    {
        if (element.name() == "sheet") {
            const auto state = element.attribute("state").value_or("visible");
            sheets.push_back({element.attribute("name").value_or(""),
                              element.attributeIn("/relationships", "id").value_or(""), state != "visible"});
        } else if (element.name() == "workbookPr") {
            const auto value = element.attribute("date1904");
            epoch1904 = value && isOn(value);
        }
        return Walk::into;
    }
    bool full() const override { return sheets.size() > _most; }

    std::vector<SheetEntry> sheets;
    bool epoch1904 = false;

private:
    std::size_t _most;
};

class SharedStrings : public XmlHandler {
public:
    explicit SharedStrings(const Limits& limits) : _maxBytes(limits.maxTextBytes) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "rPh") {
            return Walk::skip;
        }
        if (name == "si") {
            strings.emplace_back();
        }
        _inText = name == "t" && !strings.empty();
        return Walk::into;
    }
    void characters(std::string_view text) override
    {
        if (_inText) {
            strings.back() += text;
            _bytes += text.size();
        }
    }
    void endElement(std::string_view /*name*/) override { _inText = false; }
    bool full() const override { return strings.size() >= kMaxSharedStrings || _bytes > _maxBytes; }

    std::vector<std::string> strings;

private:
    std::uint64_t _maxBytes;
    std::uint64_t _bytes = 0;
    bool _inText = false;
};

class FormatHandler : public XmlHandler {
public:
    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "numFmt") {
            const auto id = parseInt(element.attribute("numFmtId").value_or(""));
            if (id) {
                _codes.insert_or_assign(*id, parseNumberFormat(element.attribute("formatCode").value_or("")));
            }
        } else if (name == "cellXfs") {
            _inCellFormats = true;
        } else if (name == "xf" && _inCellFormats) {
            const auto id = parseInt(element.attribute("numFmtId").value_or("")).value_or(0);
            const auto own = _codes.find(id);
            formats.push_back(own == _codes.end() ? builtInNumberFormat(id) : own->second);
        } else if (name == "dxfs") {
            return Walk::skip;
        }
        return Walk::into;
    }
    void endElement(std::string_view name) override { _inCellFormats = _inCellFormats && name != "cellXfs"; }
    bool full() const override { return formats.size() + _codes.size() > kMaxFormats; }

    std::vector<NumberFormat> formats; // by cell style

private:
    std::map<int, NumberFormat> _codes;
    bool _inCellFormats = false;
};

struct Workbook {
    std::vector<SheetEntry> sheets;
    std::vector<std::string> strings;
    std::vector<NumberFormat> formats;
    bool epoch1904 = false;
};

// "&LLeft&C&"Arial"&12Centre &P" gives "Left Centre": what a header or footer says without its codes.
std::string headerText(std::string_view coded)
{
    std::string result;
    for (std::size_t i = 0; i < coded.size(); ++i) {
        if (coded[i] != '&' || i + 1 >= coded.size()) {
            result.push_back(coded[i]);
            continue;
        }
        const char code = coded[++i];
        if (code == '&') {
            result.push_back('&');
        } else if (code == '"') {
            i = std::min(coded.find('"', i + 1), coded.size());
        } else if (code >= '0' && code <= '9') {
            while (i + 1 < coded.size() && coded[i + 1] >= '0' && coded[i + 1] <= '9') {
                ++i;
            }
        } else if (code == 'K') {
            i += 6; // a colour
        } else if (code == 'L' || code == 'C' || code == 'R') {
            result.push_back(' ');
        }
    }
    return collapseSpace(result);
}

class SheetHandler : public XmlHandler {
public:
    SheetHandler(const Workbook& workbook, Flow& flow) : _workbook(workbook), _flow(flow) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "rPh" || name == "f" || name == "extLst") {
            return Walk::skip;
        }
        if (name == "c") {
            _type = element.attribute("t").value_or("n");
            _style = parseInt(element.attribute("s").value_or("0")).value_or(0);
            _value.clear();
        }
        _inValue = name == "v" || name == "t";
        _inHeader = name == "oddHeader" || name == "oddFooter" || name == "firstHeader" || name == "firstFooter" ||
                    name == "evenHeader" || name == "evenFooter";
        if (_inHeader) {
            _value.clear();
        }
        return Walk::into;
    }
    void characters(std::string_view text) override
    {
        if ((_inValue || _inHeader) && _value.size() < kMaxValueBytes) {
            _value += text;
        }
    }
    void endElement(std::string_view name) override
    {
        if (name == "c") {
            if (const auto shown = shownValue(); !shown.empty()) {
                _flow.text(shown);
                _flow.endCell();
            }
            _value.clear();
        } else if (name == "row") {
            _flow.endRow();
        } else if (_inHeader) {
            _flow.text(headerText(_value));
            _flow.endParagraph();
        }
        _inValue = false;
        _inHeader = false;
    }
    bool full() const override { return _flow.full(); }

private:
    std::string shownValue() const
    {
        if (_type == "s") {
            const auto index = parseInt(_value);
            return index && *index >= 0 && static_cast<std::size_t>(*index) < _workbook.strings.size()
                       ? _workbook.strings[static_cast<std::size_t>(*index)]
                       : std::string{};
        }
        if (_type == "b") {
            return _value == "1" ? "TRUE" : "FALSE";
        }
        double number = 0;
        const auto [end, problem] = std::from_chars(_value.data(), _value.data() + _value.size(), number);
        if (_type != "n" || problem != std::errc{} || end != _value.data() + _value.size()) {
            return _value; // text, ISO dates, error values
        }
        const bool known = _style >= 0 && static_cast<std::size_t>(_style) < _workbook.formats.size();
        const auto format = known ? _workbook.formats[static_cast<std::size_t>(_style)] : NumberFormat{};
        return shownNumber(number, format, _workbook.epoch1904);
    }

    const Workbook& _workbook;
    Flow& _flow;
    std::string _type;
    int _style = 0;
    std::string _value;
    bool _inValue = false;
    bool _inHeader = false;
};

Result<Workbook> readWorkbook(const Package& package, ExtractedDocument& document)
{
    const auto& limits = package.limits();
    WorkbookHandler handler{limits.maxPages};
    const auto walked = walkPart(package.archive(), package.mainPart(), limits, handler);
    if (!walked && handler.sheets.empty()) {
        return walked.error();
    }
    const auto relationships = package.relationshipsOf(package.mainPart());
    const auto read = [&](std::string_view type, XmlHandler& part) {
        const auto* relationship = relationshipByType(relationships, type);
        if (relationship == nullptr) {
            return;
        }
        if (const auto done = walkPart(package.archive(), relationship->target, limits, part); !done) {
            document.warnings.push_back(done.error().message);
        }
    };
    SharedStrings strings{limits};
    read("sharedStrings", strings);
    if (strings.full()) {
        document.warnings.emplace_back("the workbook has more text than is read");
    }
    FormatHandler formats;
    read("styles", formats);
    return Workbook{std::move(handler.sheets), std::move(strings.strings), std::move(formats.formats),
                    handler.epoch1904};
}

// Comments and what is drawn on a sheet.
void addSurroundings(const Package& package, std::string_view sheetPart, Flow& flow)
{
    const auto add = [&](const std::string& text) {
        flow.endParagraph();
        flow.text(text);
        flow.endParagraph();
    };
    for (const auto& relationship : package.relationshipsOf(sheetPart)) {
        if (flow.full()) {
            return;
        }
        if (relationship.type == "comments") {
            add(readDiagram(package, relationship.target)); // the same text elements
        }
        if (relationship.type != "drawing") {
            continue;
        }
        add(readDiagram(package, relationship.target));
        for (const auto& drawn : package.relationshipsOf(relationship.target)) {
            if (drawn.type == "chart") {
                add(readChart(package, drawn.target));
            } else if (drawn.type == "diagramData") {
                add(readDiagram(package, drawn.target));
            }
        }
    }
}

} // namespace

Result<ExtractedDocument> readSpreadsheet(std::string_view bytes, const Limits& limits)
{
    const auto package = Package::open(bytes, limits);
    if (!package) {
        return package.error();
    }
    ExtractedDocument document;
    package->readProperties(document);
    const auto workbook = readWorkbook(*package, document);
    if (!workbook) {
        return workbook.error();
    }
    const auto relationships = package->relationshipsOf(package->mainPart());
    std::optional<Error> damage;
    std::uint64_t textBytes = 0;
    for (const auto& sheet : workbook->sheets) {
        const auto* relationship = relationshipById(relationships, sheet.relationshipId);
        if (relationship == nullptr || sheet.hidden) {
            document.warnings.push_back("sheet \"" + sheet.name + "\" was left out: it is " +
                                        (sheet.hidden ? "hidden" : "missing"));
            continue;
        }
        Flow flow{limits};
        SheetHandler handler{*workbook, flow};
        if (const auto walked = walkPart(package->archive(), relationship->target, limits, handler); !walked) {
            document.warnings.push_back("sheet \"" + sheet.name + "\": " + walked.error().message);
            damage = walked.error();
        }
        addSurroundings(*package, relationship->target, flow);
        model::Page page;
        page.heading = sheet.name;
        page.text = flow.takeText();
        textBytes += page.text.size();
        if (textBytes > kFreeTextBytes && textBytes / kMaxTextRatio > bytes.size()) {
            return Error{ErrorCode::resourceLimit, "the workbook's text grows suspiciously out of a small file"};
        }
        document.outline.push_back({1, sheet.name, static_cast<std::uint32_t>(document.pages.size() + 1)});
        if (!addPage(document, std::move(page), limits)) {
            break;
        }
    }
    const bool anyText =
        std::any_of(document.pages.begin(), document.pages.end(), [](const auto& page) { return !page.text.empty(); });
    if (!anyText && damage) {
        return *damage;
    }
    warnIfEmpty(document);
    return document;
}

} // namespace acervo::extract::detail
