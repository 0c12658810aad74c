#include "searchd/query/detail/words.h"

#include <algorithm>

namespace acervo::query {

namespace {

void addDistinct(std::vector<std::string>& list, const std::string& value)
{
    if (!value.empty() && std::ranges::find(list, value) == list.end()) {
        list.push_back(value);
    }
}

} // namespace

WordReader::WordReader()
{
    for (const auto language : {text::Language::other, text::Language::en, text::Language::fr, text::Language::es}) {
        _analyzers.emplace(language, text::Analyzer{language});
    }
}

std::vector<Word> WordReader::read(std::string_view text, text::Language leading) const
{
    std::vector<Word> words;
    for (auto& token : _analyzers.at(leading).analyze(text)) {
        Word word;
        word.isStopword = text::isStopword(token.folded, leading);
        addDistinct(word.stems, token.stem);
        word.typed = text.substr(token.span.begin, token.span.end - token.span.begin);
        word.token = std::move(token);
        words.push_back(std::move(word));
    }
    for (const auto& [language, analyzer] : _analyzers) {
        if (language == leading) {
            continue;
        }
        std::size_t i = 0;
        for (const auto& token : analyzer.analyze(text)) {
            while (i < words.size() && words[i].token.span.end <= token.span.begin) {
                ++i;
            }
            if (i < words.size() && token.span.begin < words[i].token.span.end) {
                addDistinct(words[i].stems, token.stem);
            }
        }
    }
    return words;
}

std::vector<text::CompoundForm> WordReader::compounds(std::string_view text, text::Language leading) const
{
    auto forms = _analyzers.at(leading).analyzeWithCompounds(text).compounds;
    std::erase_if(forms, [](const text::CompoundForm& form) { return form.count < 2; });
    return forms;
}

} // namespace acervo::query
