// The pages' templates (web-ui/templates/*.mustache), read once and filled from JSON views.
#pragma once

#include "analyzers/base/result.h"
#include "searchd/http/messages.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace acervo::http {

// Mustache: {{name}} escapes, {{{name}}} takes HTML that was escaped before. At load, {{t:key}} becomes the escaped
// text of that key and {{> name}} the template of that name.
// threads  immutable once made; any number may render.
class Templates {
public:
    // errors  notFound, corruptInput (a template's syntax, an unknown text or template).
    static Result<Templates> load(const std::filesystem::path& folder, const Messages& messages);

    Templates(Templates&&) noexcept;
    Templates& operator=(Templates&&) noexcept;
    Templates(const Templates&) = delete;
    Templates& operator=(const Templates&) = delete;
    ~Templates();

    // In a view, "" and an empty list are false.
    std::string render(std::string_view name, text::Language language, const nlohmann::json& view) const;

private:
    struct Parsed;
    Templates();
    std::map<std::string, std::unique_ptr<Parsed>, std::less<>> _byName; // "search.en"
};

} // namespace acervo::http
