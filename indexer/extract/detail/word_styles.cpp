#include "indexer/extract/detail/word_styles.h"

#include "indexer/extract/detail/xml.h"

#include <algorithm>

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxStyles = 20'000;
constexpr int kMaxInheritance = 20;

int number(const std::optional<std::string>& text, int fallback = 0)
{
    return text ? parseInt(*text).value_or(fallback) : fallback;
}

// "heading 1" (the name is in English whatever the language of the program) gives 1.
std::uint32_t headingLevelOf(std::string_view name)
{
    std::string lower;
    for (const char c : name) {
        lower.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    const bool heading = lower.size() == 9 && lower.starts_with("heading ") && lower[8] >= '1' && lower[8] <= '9';
    return heading ? static_cast<std::uint32_t>(lower[8] - '0') : 0;
}

class StyleHandler : public XmlHandler {
public:
    explicit StyleHandler(std::map<std::string, WordStyle>& styles) : _styles(styles) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "style") {
            _id = element.attribute("styleId").value_or("");
            _style = {};
        } else if (name == "name") {
            _style.headingLevel = std::max(_style.headingLevel, headingLevelOf(element.attribute("val").value_or("")));
        } else if (name == "basedOn") {
            _style.basedOn = element.attribute("val").value_or("");
        } else if (name == "outlineLvl") {
            const int level = number(element.attribute("val"), 9);
            if (level >= 0 && level < 9) {
                _style.headingLevel = static_cast<std::uint32_t>(level + 1);
            }
        } else if (name == "vanish") {
            _style.hidden = isOn(element.attribute("val"));
        } else if (name == "pageBreakBefore") {
            _style.pageBreakBefore = isOn(element.attribute("val"));
        } else if (name == "numId") {
            _style.listId = number(element.attribute("val"));
        } else if (name == "ilvl") {
            _style.listLevel = number(element.attribute("val"));
        } else if (name == "tblStylePr" || name == "docDefaults" || name == "latentStyles") {
            return Walk::skip;
        }
        return Walk::into;
    }
    void endElement(std::string_view name) override
    {
        if (name == "style" && !_id.empty()) {
            _styles.insert_or_assign(std::move(_id), std::move(_style));
            _id.clear();
        }
    }
    bool full() const override { return _styles.size() >= kMaxStyles; }

private:
    std::map<std::string, WordStyle>& _styles;
    std::string _id;
    WordStyle _style;
};

NumberStyle numberStyleOf(std::string_view format)
{
    static const std::map<std::string_view, NumberStyle> kStyles{{"none", NumberStyle::none},
                                                                 {"bullet", NumberStyle::bullet},
                                                                 {"decimal", NumberStyle::decimal},
                                                                 {"decimalZero", NumberStyle::decimalZero},
                                                                 {"lowerRoman", NumberStyle::lowerRoman},
                                                                 {"upperRoman", NumberStyle::upperRoman},
                                                                 {"lowerLetter", NumberStyle::lowerLetter},
                                                                 {"upperLetter", NumberStyle::upperLetter}};
    const auto found = kStyles.find(format);
    return found == kStyles.end() ? NumberStyle::decimal : found->second;
}

class NumberingHandler : public XmlHandler {
public:
    NumberingHandler(std::map<int, ListDefinition>& abstracts, std::map<int, WordStyles::List>& lists)
        : _abstracts(abstracts), _lists(lists)
    {
    }

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "abstractNum") {
            _abstract = &_abstracts[number(element.attribute("abstractNumId"))];
            _list = nullptr;
        } else if (name == "num") {
            _list = &_lists[number(element.attribute("numId"))];
            _abstract = nullptr;
        } else if (name == "abstractNumId" && _list != nullptr) {
            _list->abstractId = number(element.attribute("val"));
        } else if (name == "lvlOverride") {
            _levelIndex = number(element.attribute("ilvl"));
        } else if (name == "startOverride" && _list != nullptr) {
            _list->startOverrides[_levelIndex] = number(element.attribute("val"), 1);
        } else if (name == "lvl") {
            _levelIndex = std::clamp(number(element.attribute("ilvl")), 0, static_cast<int>(kListLevels) - 1);
            _level = _abstract != nullptr ? &_abstract->levels[static_cast<std::size_t>(_levelIndex)]
                     : _list != nullptr   ? &_list->levelOverrides[_levelIndex]
                                          : nullptr;
        } else if (_level != nullptr) {
            readLevel(name, element);
        }
        return Walk::into;
    }
    void endElement(std::string_view name) override
    {
        if (name == "lvl") {
            _level = nullptr;
        }
    }
    bool full() const override { return _abstracts.size() + _lists.size() >= kMaxStyles; }

private:
    void readLevel(std::string_view name, const XmlElement& element)
    {
        if (name == "start") {
            _level->start = number(element.attribute("val"), 1);
        } else if (name == "numFmt") {
            _level->style = numberStyleOf(element.attribute("val").value_or(""));
        } else if (name == "lvlText") {
            _level->pattern = element.attribute("val").value_or("").substr(0, 200);
        } else if (name == "isLgl") {
            _level->legal = isOn(element.attribute("val"));
        }
    }

    std::map<int, ListDefinition>& _abstracts;
    std::map<int, WordStyles::List>& _lists;
    ListDefinition* _abstract = nullptr;
    WordStyles::List* _list = nullptr;
    ListLevel* _level = nullptr;
    int _levelIndex = 0;
};

} // namespace

WordStyles WordStyles::read(const Package& package)
{
    WordStyles result;
    const auto relationships = package.relationshipsOf(package.mainPart());
    if (const auto* styles = relationshipByType(relationships, "styles"); styles != nullptr) {
        StyleHandler handler{result._styles};
        (void)walkPart(package.archive(), styles->target, package.limits(), handler);
    }
    if (const auto* numbering = relationshipByType(relationships, "numbering"); numbering != nullptr) {
        NumberingHandler handler{result._abstractLists, result._lists};
        (void)walkPart(package.archive(), numbering->target, package.limits(), handler);
    }
    return result;
}

WordStyle WordStyles::resolved(const std::string& id) const
{
    WordStyle result;
    const auto* next = &id;
    for (int step = 0; step < kMaxInheritance; ++step) {
        const auto found = _styles.find(*next);
        if (found == _styles.end()) {
            break;
        }
        const auto& style = found->second;
        result.headingLevel = result.headingLevel != 0 ? result.headingLevel : style.headingLevel;
        result.hidden = result.hidden ? result.hidden : style.hidden;
        result.pageBreakBefore = result.pageBreakBefore || style.pageBreakBefore;
        result.listId = result.listId ? result.listId : style.listId;
        result.listLevel = result.listLevel ? result.listLevel : style.listLevel;
        next = &style.basedOn;
    }
    return result;
}

std::string WordStyles::nextLabel(int listId, int level)
{
    const auto found = _lists.find(listId);
    if (listId == 0 || found == _lists.end()) {
        return {};
    }
    auto& list = found->second;
    const auto abstract = _abstractLists.find(list.abstractId);
    if (abstract == _abstractLists.end()) {
        return {};
    }
    auto definition = abstract->second;
    for (const auto& [index, override] : list.levelOverrides) {
        definition.levels[static_cast<std::size_t>(index)] = override;
    }
    // Lists made from the same abstract list count on, unless one says where it starts anew.
    if (!list.begun) {
        list.begun = true;
        for (const auto& [index, start] : list.startOverrides) {
            if (index >= 0 && index < static_cast<int>(kListLevels)) {
                _numbers.restart(list.abstractId, static_cast<std::size_t>(index), start);
            }
        }
    }
    return _numbers.next(list.abstractId, static_cast<std::size_t>(std::clamp(level, 0, 8)), definition);
}

} // namespace acervo::extract::detail
