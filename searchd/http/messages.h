// The texts a person sees, in three languages, with ICU plurals and numbers; read from web-ui/i18n.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/text/language.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace acervo::http {

// What fills a hole; numbers are written as the language writes them.
using Argument = std::pair<std::string, std::variant<std::string, std::int64_t>>;

// threads  immutable once made; any number may read.
class Messages {
public:
    // Reads en.json, fr.json and es.json: objects of key -> ICU message.
    // errors  notFound, corruptInput (no JSON, no ICU message, a key one language lacks).
    static Result<Messages> load(const std::filesystem::path& folder);

    // The key itself when there is no such text: visible, and found by the tests.
    std::string text(text::Language language, std::string_view key, const std::vector<Argument>& arguments = {}) const;
    bool has(std::string_view key) const;
    std::vector<std::string> keys() const;

private:
    std::map<text::Language, std::map<std::string, std::string, std::less<>>> _texts;
};

// "French", "Français": the name of a language (ISO 639-1) in another, with a capital. "" when ICU does not know it.
std::string languageName(std::string_view code, text::Language in);

std::string formatNumber(std::int64_t number, text::Language language);

// A PartialDate as people of that language write it: "15 June 2021", "June 2021", "2021".
std::string formatDate(const std::string& partialDate, text::Language language);

} // namespace acervo::http
