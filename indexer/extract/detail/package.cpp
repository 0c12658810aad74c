#include "indexer/extract/detail/package.h"

#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/properties.h"
#include "indexer/extract/detail/xml.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxRelationships = 50'000;
constexpr std::size_t kMaxDrawingTextBytes = 1 << 20;

class RelationshipHandler : public XmlHandler {
public:
    explicit RelationshipHandler(std::string_view sourcePart) : _sourcePart(sourcePart) {}

    Walk startElement(const XmlElement& element) override
    {
        if (element.name() != "Relationship" || element.attribute("TargetMode") == "External") {
            return Walk::into;
        }
        const auto type = element.attribute("Type").value_or("");
        all.push_back({element.attribute("Id").value_or(""), type.substr(type.rfind('/') + 1),
                       resolvePart(_sourcePart, element.attribute("Target").value_or(""))});
        return Walk::into;
    }
    bool full() const override { return all.size() >= kMaxRelationships; }

    std::vector<Relationship> all;

private:
    std::string_view _sourcePart;
};

// A flat part of properties: the text of each child of the root.
class PropertyHandler : public XmlHandler {
public:
    using Names = std::map<std::string_view, std::string_view>;
    PropertyHandler(ExtractedDocument& document, const Names& names) : _document(document), _names(names) {}

    Walk startElement(const XmlElement& element) override
    {
        if (element.depth() == 1) {
            _custom = element.name() == "property" ? element.attribute("name").value_or("") : "";
            _element = element.name();
            _value.clear();
        }
        return Walk::into;
    }
    void characters(std::string_view text) override
    {
        if (_value.size() < kMaxDrawingTextBytes) {
            _value += text;
        }
    }
    void endElement(std::string_view name) override
    {
        if (name != _element) {
            return;
        }
        if (!_custom.empty()) {
            addProperty(_document, "custom:" + _custom, _value);
        } else if (const auto found = _names.find(name); found != _names.end()) {
            addProperty(_document, found->second, _value);
        }
        _element.clear();
    }

private:
    ExtractedDocument& _document;
    const Names& _names;
    std::string _element;
    std::string _custom;
    std::string _value;
};

const PropertyHandler::Names kCoreNames{{"title", "dc:title"},
                                        {"creator", "dc:creator"},
                                        {"subject", "dc:subject"},
                                        {"description", "dc:description"},
                                        {"language", "dc:language"},
                                        {"identifier", "dc:identifier"},
                                        {"created", "dcterms:created"},
                                        {"modified", "dcterms:modified"},
                                        {"lastModifiedBy", "meta:last-author"},
                                        {"keywords", "meta:keyword"},
                                        {"category", "cp:category"},
                                        {"contentStatus", "cp:contentStatus"},
                                        {"revision", "cp:revision"},
                                        {"lastPrinted", "meta:print-date"},
                                        {"version", "cp:version"}};

const PropertyHandler::Names kAppNames{{"Application", "extended-properties:Application"},
                                       {"AppVersion", "extended-properties:AppVersion"},
                                       {"Company", "dc:publisher"},
                                       {"Manager", "extended-properties:Manager"},
                                       {"Template", "extended-properties:Template"},
                                       {"Pages", "meta:page-count"},
                                       {"Words", "meta:word-count"},
                                       {"Characters", "meta:character-count"},
                                       {"Paragraphs", "meta:paragraph-count"},
                                       {"Slides", "meta:slide-count"}};

const PropertyHandler::Names kNoNames{};

// Paragraphs (a:t below a:p) of a diagram; titles and cached values (a:t, c:v) of a chart.
class DrawingTextHandler : public XmlHandler {
public:
    explicit DrawingTextHandler(bool chart) : _chart(chart) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        // A number's format and a value's number are nothing to search for; categories and names are.
        if (_chart && (name == "numCache" || name == "numLit" || name == "formatCode" || name == "f")) {
            return Walk::skip;
        }
        _inText = name == "t" || (_chart && name == "v");
        return Walk::into;
    }
    void characters(std::string_view piece) override
    {
        if (_inText) {
            text += piece;
        }
    }
    void endElement(std::string_view name) override
    {
        _inText = false;
        if ((name == "p" || (_chart && name == "v")) && !text.empty() && text.back() != '\n') {
            text += '\n';
        }
    }
    bool full() const override { return text.size() > kMaxDrawingTextBytes; }

    std::string text;

private:
    bool _chart;
    bool _inText = false;
};

std::string drawingText(const Package& package, std::string_view part, bool chart)
{
    DrawingTextHandler handler{chart};
    (void)walkPart(package.archive(), part, package.limits(), handler); // what came before a damage is still text
    auto text = std::move(handler.text);
    text.erase(text.find_last_not_of('\n') + 1);
    return text;
}

} // namespace

Result<Package> Package::open(std::string_view bytes, const Limits& limits)
{
    auto archive = Archive::open(bytes, limits);
    if (!archive) {
        return archive.error();
    }
    Package package{std::move(*archive), limits};
    const auto roots = package.relationshipsOf("");
    if (const auto* main = relationshipByType(roots, "officeDocument"); main != nullptr) {
        package._mainPart = main->target;
    } else {
        for (const auto* name : {"word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"}) {
            if (package._archive.contains(name)) {
                package._mainPart = name;
            }
        }
    }
    if (!package._archive.contains(package._mainPart)) {
        return Error{ErrorCode::corruptInput, "the office package has no main part"};
    }
    return package;
}

std::vector<Relationship> Package::relationshipsOf(std::string_view part) const
{
    const auto slash = part.rfind('/');
    const auto folder = slash == std::string_view::npos ? std::string_view{} : part.substr(0, slash + 1);
    const auto file = slash == std::string_view::npos ? part : part.substr(slash + 1);
    RelationshipHandler handler{part};
    (void)walkPart(_archive, std::string{folder} + "_rels/" + std::string{file} + ".rels", _limits, handler);
    return std::move(handler.all);
}

void Package::readProperties(ExtractedDocument& document) const
{
    const auto roots = relationshipsOf("");
    const auto read = [&](std::string_view type, std::string_view usual, const PropertyHandler::Names& names) {
        const auto* relationship = relationshipByType(roots, type);
        const std::string part{relationship != nullptr ? std::string_view{relationship->target} : usual};
        if (!_archive.contains(part)) {
            return;
        }
        PropertyHandler handler{document, names};
        if (const auto walked = walkPart(_archive, part, _limits, handler); !walked) {
            document.warnings.push_back("properties: " + walked.error().message);
        }
    };
    read("core-properties", "docProps/core.xml", kCoreNames);
    read("extended-properties", "docProps/app.xml", kAppNames);
    read("custom-properties", "docProps/custom.xml", kNoNames);
}

const Relationship* relationshipById(const std::vector<Relationship>& all, std::string_view id)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const Relationship* relationshipByType(const std::vector<Relationship>& all, std::string_view type)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.type == type; });
    return found == all.end() ? nullptr : &*found;
}

std::string readDiagram(const Package& package, std::string_view part)
{
    return drawingText(package, part, false);
}

std::string readChart(const Package& package, std::string_view part)
{
    return drawingText(package, part, true);
}

bool isOn(const std::optional<std::string>& value)
{
    return !value || *value == "true" || *value == "1" || *value == "on";
}

std::optional<int> parseInt(std::string_view text)
{
    int value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace acervo::extract::detail
