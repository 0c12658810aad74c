// An Office Open XML package: its parts, how they refer to one another, and what it says of itself.
#pragma once

#include "indexer/extract/detail/archive.h"
#include "indexer/extract/extractor.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {

struct Relationship {
    std::string id;
    std::string type;   // the last segment of its URI: "slide", "notesSlide", "footnotes"
    std::string target; // a part's name
};

class Package {
public:
    // errors  those of Archive::open; corruptInput when it has no main part.
    static Result<Package> open(std::string_view bytes, const Limits& limits);

    const Archive& archive() const { return _archive; }
    const Limits& limits() const { return _limits; }
    const std::string& mainPart() const { return _mainPart; }

    // Empty when there are none or they are damaged. Relationships to places outside the package are left out.
    std::vector<Relationship> relationshipsOf(std::string_view part) const;

    // docProps/core.xml, app.xml and custom.xml into metadata and properties.
    void readProperties(ExtractedDocument& document) const;

private:
    Package(Archive archive, const Limits& limits) : _archive(std::move(archive)), _limits(limits) {}

    Archive _archive;
    Limits _limits;
    std::string _mainPart;
};

// nullptr when there is none.
const Relationship* relationshipById(const std::vector<Relationship>& all, std::string_view id);
const Relationship* relationshipByType(const std::vector<Relationship>& all, std::string_view type);

// Text of a diagram's or a chart's part, one line a paragraph, for the slide, sheet or page that shows it.
// "" when it has none or is damaged.
std::string readDiagram(const Package& package, std::string_view part);
std::string readChart(const Package& package, std::string_view part);

// "true", "1" and "on" say yes, as does an attribute that is not given: <w:b/> means bold.
bool isOn(const std::optional<std::string>& value);

// nullopt unless the whole text is a number that fits.
std::optional<int> parseInt(std::string_view text);

} // namespace acervo::extract::detail
