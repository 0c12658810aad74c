#include "searchd/http/messages.h"

#include <nlohmann/json.hpp>
#include <unicode/calendar.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/msgfmt.h>
#include <unicode/numfmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/unistr.h>

#include <fstream>
#include <memory>

namespace acervo::http {

namespace {

icu::UnicodeString unicode(std::string_view utf8)
{
    return icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<int32_t>(utf8.size())});
}

std::string utf8Of(const icu::UnicodeString& text)
{
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

icu::Locale localeOf(text::Language language)
{
    // British dates: the day stands before the month, as everywhere but in one country.
    return icu::Locale{language == text::Language::fr ? "fr" : language == text::Language::es ? "es" : "en_GB"};
}

} // namespace

Result<Messages> Messages::load(const std::filesystem::path& folder)
{
    Messages messages;
    for (const auto language : text::kLanguages) {
        const auto file = folder / (std::string{text::codeOf(language)} + ".json");
        std::ifstream in{file};
        if (!in) {
            return Error{ErrorCode::notFound, "cannot read the texts " + file.string()};
        }
        const auto json = nlohmann::json::parse(in, nullptr, false);
        if (!json.is_object()) {
            return Error{ErrorCode::corruptInput, file.string() + " is not a JSON object of texts"};
        }
        for (const auto& [key, value] : json.items()) {
            if (!value.is_string()) {
                return Error{ErrorCode::corruptInput, file.string() + ": \"" + key + "\" is not a text"};
            }
            const auto pattern = value.get<std::string>();
            UErrorCode status = U_ZERO_ERROR;
            const icu::MessageFormat check{unicode(pattern), localeOf(language), status};
            if (U_FAILURE(status)) {
                return Error{ErrorCode::corruptInput, file.string() + ": \"" + key + "\" is not an ICU message"};
            }
            messages._texts[language].emplace(key, pattern);
        }
    }
    const auto& english = messages._texts[text::Language::en];
    for (const auto& [language, texts] : messages._texts) {
        for (const auto& [key, pattern] : english) {
            if (!texts.contains(key)) {
                return Error{ErrorCode::corruptInput,
                             "no text \"" + key + "\" for " + std::string{text::codeOf(language)}};
            }
        }
    }
    return messages;
}

std::string Messages::text(text::Language language, std::string_view key, const std::vector<Argument>& arguments) const
{
    auto texts = _texts.find(language);
    if (texts == _texts.end()) {
        texts = _texts.find(text::Language::en);
    }
    const auto found = texts->second.find(key);
    if (found == texts->second.end()) {
        return std::string{key};
    }
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        names.push_back(unicode(name));
        if (const auto* text = std::get_if<std::string>(&value)) {
            values.emplace_back(unicode(*text));
        } else {
            values.emplace_back(static_cast<int64_t>(std::get<std::int64_t>(value)));
        }
    }
    // One formatter a call: ICU's keeps caches that threads must not share.
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat format{unicode(found->second), localeOf(language), status};
    icu::UnicodeString text;
    format.format(names.data(), values.data(), static_cast<int32_t>(values.size()), text, status);
    return U_FAILURE(status) ? std::string{key} : utf8Of(text);
}

bool Messages::has(std::string_view key) const
{
    return _texts.at(text::Language::en).contains(key);
}

std::vector<std::string> Messages::keys() const
{
    std::vector<std::string> keys;
    for (const auto& [key, pattern] : _texts.at(text::Language::en)) {
        keys.push_back(key);
    }
    return keys;
}

std::string languageName(std::string_view code, text::Language in)
{
    if (code.empty()) {
        return {};
    }
    const icu::Locale named{std::string{code}.c_str()};
    icu::UnicodeString name;
    named.getDisplayLanguage(localeOf(in), name);
    auto plain = utf8Of(name);
    if (plain == code) {
        return {};
    }
    return utf8Of(name.toTitle(nullptr, localeOf(in), U_TITLECASE_NO_LOWERCASE | U_TITLECASE_SENTENCES));
}

std::string formatNumber(std::int64_t number, text::Language language)
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::NumberFormat> format{icu::NumberFormat::createInstance(localeOf(language), status)};
    if (U_FAILURE(status)) {
        return std::to_string(number);
    }
    icu::UnicodeString text;
    return utf8Of(format->format(static_cast<int64_t>(number), text));
}

std::string formatDate(const std::string& partialDate, text::Language language)
{
    if (partialDate.size() < 7) {
        return partialDate;
    }
    const bool hasDay = partialDate.size() >= 10;
    const int year = std::atoi(partialDate.substr(0, 4).c_str());
    const int month = std::atoi(partialDate.substr(5, 2).c_str());
    const int day = hasDay ? std::atoi(partialDate.substr(8, 2).c_str()) : 1;
    if (month < 1 || month > 12 || day < 1 || day > 31) {
        return partialDate;
    }
    UErrorCode status = U_ZERO_ERROR;
    const auto locale = localeOf(language);
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns{
        icu::DateTimePatternGenerator::createInstance(locale, status)};
    const std::unique_ptr<icu::Calendar> calendar{
        icu::Calendar::createInstance(icu::TimeZone::createTimeZone("GMT"), locale, status)};
    if (U_FAILURE(status)) {
        return partialDate;
    }
    calendar->clear();
    calendar->set(year, month - 1, day, 12, 0);
    icu::SimpleDateFormat format{patterns->getBestPattern(hasDay ? "dMMMMy" : "MMMMy", status), locale, status};
    icu::UnicodeString text;
    if (U_SUCCESS(status)) {
        format.adoptTimeZone(icu::TimeZone::createTimeZone("GMT"));
        format.format(calendar->getTime(status), text);
    }
    return U_FAILURE(status) ? partialDate : utf8Of(text);
}

} // namespace acervo::http
